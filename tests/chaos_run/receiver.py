#!/usr/bin/env python3
"""The world outside: a process of its own that counts by key what it is told, and outlives everything else.

POST: {tenant, key, act, lane, node, attempt}. GET: what it has counted, as JSON. Prints its port.
"""

import json
import socketserver
import sys
import threading
from collections import Counter, defaultdict

HEAD_BYTES_MAX = 64 << 10
NOTHING = b"HTTP/1.1 204 No Content\r\n\r\n"


class Book:
    def __init__(self):
        self.lock = threading.Lock()
        self.acts, self.tenants = Counter(), {}
        self.latest = Counter()  # (tenant, key) -> the highest attempt that has entered
        self.inside = defaultdict(dict)  # (tenant, lane) -> key -> attempt
        self.peaks, self.stale = Counter(), 0

    def note(self, told):
        key, tenant, attempt = told["key"], told["tenant"], told["attempt"]
        with self.lock:
            if told["act"] == "acts":
                self.acts[key] += 1
                self.tenants[key] = tenant
                return
            lane, whole_key = (tenant, told["lane"]), (tenant, key)
            # Whoever has a higher attempt has taken the place over, and what the other says is of the past.
            if attempt < self.latest[whole_key]:
                self.stale += 1
            elif told["act"] == "enters":
                self.latest[whole_key] = attempt
                self.inside[lane][key] = attempt
                self.peaks[lane] = max(self.peaks[lane], len(self.inside[lane]))
            else:
                self.inside[lane].pop(key, None)

    def report(self):
        with self.lock:
            return {"acts": self.acts, "tenants": self.tenants, "stale": self.stale,
                    "peaks": [[tenant, lane, peak] for (tenant, lane), peak in self.peaks.items()]}


class Visitor(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def handle(self):
        try:
            while self.answer():
                pass
        except OSError:
            pass

    def answer(self):
        first, length = self.rfile.readline(HEAD_BYTES_MAX), 0
        while (line := self.rfile.readline(HEAD_BYTES_MAX)) not in (b"\r\n", b""):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        body = self.rfile.read(length)
        if first.startswith(b"POST") and len(body) == length:
            self.server.book.note(json.loads(body))
            self.wfile.write(NOTHING)
            return True
        if first.startswith(b"GET"):
            text = json.dumps(self.server.book.report()).encode()
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(text) + text)
        return False


class Receiver(socketserver.ThreadingTCPServer):
    daemon_threads, request_queue_size = True, 128

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Visitor)
        self.book = Book()


if __name__ == "__main__":
    with Receiver() as receiver:
        print(receiver.server_address[1], flush=True)
        try:
            receiver.serve_forever()
        except KeyboardInterrupt:
            sys.exit(0)
