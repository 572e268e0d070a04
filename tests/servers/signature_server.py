"""Answers requests to S3 by whether their signature (AWS Signature Version 4) is right, computed from what arrived.

Usage: signature_server.py SECRET. Prints "port N". A right one is 200 with an empty list, a wrong one 403.
"""

import hashlib
import hmac
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, quote

SECRET = sys.argv[1]


def signature(method, path, query, headers, signed, payload, date, scope):
    pairs = sorted((quote(name, safe="-_.~"), quote(value, safe="-_.~")) for name, value in query)
    canonical = "\n".join([
        method, path, "&".join(f"{name}={value}" for name, value in pairs),
        *(f"{name}:{headers[name].strip()}" for name in signed), "", ";".join(signed), payload])
    to_sign = "\n".join(["AWS4-HMAC-SHA256", date, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = ("AWS4" + SECRET).encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def is_right(self, body):
        path, _, text = self.path.partition("?")
        query = parse_qsl(text, keep_blank_values=True)
        given = dict(query)
        if "X-Amz-Signature" in given:
            signed, claimed = given["X-Amz-SignedHeaders"].split(";"), given["X-Amz-Signature"]
            scope = given["X-Amz-Credential"].split("/", 1)[1]
            query = [pair for pair in query if pair[0] != "X-Amz-Signature"]
            payload, date = "UNSIGNED-PAYLOAD", given["X-Amz-Date"]
        else:
            fields = dict(field.split("=", 1) for field in self.headers["Authorization"].split(" ", 1)[1].split(","))
            signed, claimed = fields["SignedHeaders"].split(";"), fields["Signature"]
            scope = fields["Credential"].split("/", 1)[1]
            payload, date = hashlib.sha256(body).hexdigest(), self.headers["x-amz-date"]
        return claimed == signature(self.command, path, query, self.headers, signed, payload, date, scope)

    def answer(self):
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        is_right = self.is_right(body)
        reply = b"<ListBucketResult/>" if is_right else b"<Error><Code>SignatureDoesNotMatch</Code></Error>"
        self.send_response(200 if is_right else 403)
        self.send_header("Content-Length", str(len(reply)))
        self.send_header("ETag", '"tag"')
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply)

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = answer

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(f"port {server.server_port}", flush=True)
server.serve_forever()
