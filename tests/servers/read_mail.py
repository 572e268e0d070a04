"""Reads a mail from standard input with the parser of the standard library, and prints what it holds as JSON."""

import json
import sys
from email import message_from_bytes
from email.policy import default
from email.utils import parsedate_to_datetime


def boxes(message, name):
    return [[box.display_name, box.addr_spec] for header in message.get_all(name, []) for box in header.addresses]


def main():
    raw = sys.stdin.buffer.read()
    message = message_from_bytes(raw, policy=default)
    parts = []
    for part in message.walk():
        row = {"type": part.get_content_type(), "defects": [str(defect) for defect in part.defects]}
        if not part.is_multipart():
            row["file"] = part.get_filename() or ""
            content = part.get_content()
            row["content"] = content.replace("\r\n", "\n") if isinstance(content, str) else content.hex()
        parts.append(row)
    headers = {name.lower(): str(value) for name, value in message.items()}
    print(json.dumps({
        "headers": headers,
        "defects": [str(defect) for value in message.values() for defect in value.defects],
        "date": int(parsedate_to_datetime(headers["date"]).timestamp()),
        "from": boxes(message, "from"), "to": boxes(message, "to"), "cc": boxes(message, "cc"),
        "reply_to": boxes(message, "reply-to"),
        "parts": parts,
        "longest_line": max(len(line) for line in raw.split(b"\r\n")),
        "is_ascii": raw.isascii(),
        "bare_line_ends": raw.replace(b"\r\n", b"").count(b"\n") + raw.replace(b"\r\n", b"").count(b"\r"),
    }))


main()
