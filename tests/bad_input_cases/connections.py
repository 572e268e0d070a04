"""Sockets below HTTP: what is answered on one, and thousands that say nothing."""

import resource
import socket
import time

from server import Reply

IDLE = 2000
DESCRIPTORS = 8192
SLOWEST_S = 2.0
HEAD_S, IDLE_S, SLACK_S = 10, 75, 5


def read_answers(connection, timeout_s=10):
    """Every answer on a socket until it ends, and whether the server ended it. Bodies have Content-Length here."""
    connection.settimeout(timeout_s)
    received, has_ended = b"", False
    try:
        while True:
            piece = connection.recv(1 << 16)
            if not piece:
                has_ended = True
                break
            received += piece
    except socket.timeout:
        pass
    except OSError:
        has_ended = True
    answers = []
    while b"\r\n\r\n" in received:
        head, _, rest = received.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        size = int(headers.get("content-length", 0))
        answers.append(Reply(int(lines[0].split()[1]), headers, rest[:size]))
        received = rest[size:]
    return answers, has_ended


def allow_many_descriptors():
    """For this process and those that it starts. Gives whether the system lets it."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, DESCRIPTORS)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return wanted > IDLE + 500


class IdleConnections:
    """Half of them silent, half in the middle of a head; open while the other cases run."""

    def __init__(self, server):
        self.began = time.monotonic()
        self.silent = [server.connect() for _ in range(IDLE // 2)]
        self.halfway = [server.connect() for _ in range(IDLE // 2)]
        for connection in self.halfway:
            connection.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")

    def check_others(self, bench):
        slowest = 0.0
        for _ in range(200):
            began = time.monotonic()
            reply = bench.server.ask("GET", "/api/v1/me", bench.key)
            slowest = max(slowest, time.monotonic() - began)
            if reply.status != 200:
                break
        bench.verdicts.hold(f"ordinary requests beside {IDLE} idle connections",
                            f"{reply.status}, the slowest after {slowest * 1000:.0f} ms",
                            reply.status == 200 and slowest < SLOWEST_S)

    def check_halfway(self, bench):
        self._wait_until(HEAD_S + SLACK_S)
        timed_out = 0
        for connection in self.halfway:
            answers, has_ended = read_answers(connection, 1)
            timed_out += has_ended and len(answers) == 1 and answers[0].code == "request_timeout"
        bench.verdicts.hold("connections in the middle of a head",
                            f"408 and closed: {timed_out} of {len(self.halfway)}",
                            timed_out == len(self.halfway))

    def check_silent(self, bench, may_wait):
        early = sum(is_closed(connection) for connection in self.silent) if not self._is_due(IDLE_S) else 0
        bench.verdicts.hold("silent connections before their limit", f"{early} closed", early == 0)
        if not may_wait:
            bench.verdicts.pass_over("silent connections after their limit", "--quick does not wait for it")
            return
        self._wait_until(IDLE_S + SLACK_S)
        closed = sum(is_closed(connection) for connection in self.silent)
        bench.verdicts.hold("silent connections after their limit", f"{closed} of {len(self.silent)} closed",
                            closed == len(self.silent))

    def close(self):
        for connection in self.silent + self.halfway:
            connection.close()

    def _is_due(self, after_s):
        return time.monotonic() >= self.began + after_s

    def _wait_until(self, after_s):
        time.sleep(max(0.0, self.began + after_s - time.monotonic()))


def is_closed(connection):
    connection.setblocking(False)
    try:
        return connection.recv(1) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
