#!/usr/bin/env -S python3 -P
"""What it costs to take a large tenant out and to bring it in, on SQLite: seconds, and megabytes of memory.

Built first: mainstay

Memory has to be the same for a tenant of a tenth of the size. --rows and --megabytes say how large it is (1,000,000 and
500), --program which program is measured.
"""

import argparse
import json
import os
import sqlite3
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE_BYTES = 5_000_000
DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"


def base32(number):
    text = ""
    for _ in range(26):
        text = DIGITS[number % 32] + text
        number //= 32
    return text


def run(program, *words):
    """What the program prints, the seconds it took and the most memory that it had."""
    read, write = os.pipe()
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        os.dup2(write, 1)
        os.execv(program, [str(program), *words, "--json"])
    os.close(write)
    with os.fdopen(read) as out:
        text = out.read()
    _, status, usage = os.wait4(child, 0)
    if status != 0:
        raise SystemExit(f"{' '.join(words)} failed")
    return json.loads(text), time.monotonic() - started, usage.ru_maxrss / 1024


def fill(data, tenant, rows, megabytes):
    now = time.time_ns() // 1000
    first = (time.time_ns() // 1_000_000) << 80 | 7 << 76 | 2 << 62  # a UUIDv7
    with sqlite3.connect(data / "mainstay.db") as database:
        database.executemany(
            "INSERT INTO events (tenant_id, id, type, subject, payload, created_at) VALUES (?, ?, ?, ?, ?, ?)",
            ((tenant, "evt_" + base32(first + i), "bench.row", f"subject {i % 1000}",
              json.dumps({"number": i, "text": f"a payload with some words in it, of the row {i}"}), now)
             for i in range(rows)))
        folder = data / "files" / tenant
        folder.mkdir(parents=True, exist_ok=True)
        for i in range(megabytes * 1_000_000 // FILE_BYTES):
            name = "fil_" + base32(first + i)
            (folder / name).write_bytes(os.urandom(FILE_BYTES))
            database.execute("INSERT INTO file_owners (tenant_id, file_id, owner) VALUES (?, ?, 'bench')", (tenant, name))


def measure(program, rows, megabytes):
    with tempfile.TemporaryDirectory() as folder:
        here, there, archive = Path(folder) / "here", Path(folder) / "there", Path(folder) / "archive.zip"
        tenant = run(program, "tenant", "create", "--name", "Bench", "--data", str(here))[0]["id"]
        fill(here, tenant, rows, megabytes)
        made, seconds, memory = run(program, "export", "--tenant", tenant, "--out", str(archive), "--data", str(here))
        print(f"export of {made['row_count']:,} rows and {megabytes} MB: {seconds:.1f} s, {memory:.0f} MB of memory, "
              f"{made['bytes'] / 1e6:.0f} MB of archive", flush=True)
        brought, seconds, memory = run(program, "import", "--file", str(archive), "--data", str(there))
        print(f"import of {brought['row_count']:,} rows and {brought['file_count']} files: {seconds:.1f} s, "
              f"{memory:.0f} MB of memory", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--megabytes", type=int, default=500)
    parser.add_argument("--program", type=Path, default=ROOT / "build/release/mainstay")
    wanted = parser.parse_args()
    for part in (10, 1):
        measure(wanted.program.resolve(), wanted.rows // part, wanted.megabytes // part)


if __name__ == "__main__":
    main()
