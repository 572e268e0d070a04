"""The processes of a run: nodes, PostgreSQL, Redis, the receiver. Each dies with the driver."""

import json
import os
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from pathlib import Path

from server import ENVIRONMENT, Server

READY_S, STOP_S = 60, 60
DIES_WITH_DRIVER = ["setpriv", "--pdeathsig", "KILL"]
ROLE = "mainstay_node"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(is_so, what, seconds=READY_S):
    ends = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > ends:
            raise SystemExit(f"after {seconds} s: {what}")
        time.sleep(0.02)


class Postgres:
    """Durable, as it is in production: what it has answered is there after a crash."""

    def __init__(self, folder):
        self.binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
        self.folder, self.port, self.process = folder / "postgres", free_port(), None
        self.as_postgres = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
        if os.geteuid() != 0:  # the server refuses to run as root, and nobody else may become another
            self.as_postgres = []
        self.folder.mkdir()
        if self.as_postgres:
            subprocess.run(["chown", "postgres:postgres", self.folder], check=True)
            folder.chmod(0o755)
        subprocess.run([*self.as_postgres, self.binaries / "initdb", "-D", self.folder / "data", "-U", "postgres",
                        "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"],
                       check=True, stdout=subprocess.DEVNULL)
        self.start()
        for role in ("mainstay_app", "mainstay_system"):
            self.query(f"CREATE ROLE {role}", "postgres")
        self.password = secrets.token_hex(8)
        self.query(f"CREATE ROLE {ROLE} LOGIN PASSWORD '{self.password}' IN ROLE mainstay_app, mainstay_system",
                   "postgres")
        self.query(f"CREATE DATABASE {ROLE} OWNER {ROLE}", "postgres")

    def start(self):
        with open(self.folder.parent / "postgres.log", "ab") as log:
            self.process = subprocess.Popen(
                [*self.as_postgres, "setpriv", "--pdeathsig", "QUIT", self.binaries / "postgres", "-D",
                 self.folder / "data", "-k", self.folder, "-p", str(self.port), "-c", "listen_addresses=127.0.0.1",
                 "-c", "max_connections=200", "-c", "shared_buffers=64MB"], stdout=log, stderr=log)
        until(lambda: self.is_ready() or self.process.poll() is not None, "PostgreSQL does not answer")

    def is_ready(self):
        return subprocess.run([self.binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)],
                              check=False).returncode == 0

    def stop(self, how):
        """fast: connections are ended and all is written; immediate: as in a crash, to be recovered from."""
        self.process.send_signal(signal.SIGINT if how == "fast" else signal.SIGQUIT)
        self.process.wait(STOP_S)

    def cut(self):
        self.query(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{ROLE}'")

    def url(self):
        return f"postgresql://{ROLE}:{self.password}@127.0.0.1:{self.port}/{ROLE}"

    def query(self, sql, database=ROLE):
        return subprocess.run(
            [self.binaries / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p",
             str(self.port), "-U", "postgres", database], input=sql, capture_output=True, text=True, check=True).stdout

    def rows(self, sql):
        return json.loads(self.query(f"SELECT coalesce(json_agg(found), '[]') FROM ({sql}) AS found"))


class Sqlite:
    """Read once the one process is gone."""

    def __init__(self, data):
        self.file = data / "mainstay.db"

    def rows(self, sql):
        with sqlite3.connect(self.file) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(sql)]

    def is_sound(self):
        return self.rows("PRAGMA integrity_check") == [{"integrity_check": "ok"}]


class Redis:
    def __init__(self, folder):
        self.folder, self.port, self.process = folder, free_port(), None
        self.start()

    def start(self):
        with open(self.folder / "redis.log", "ab") as log:
            self.process = subprocess.Popen(
                [*DIES_WITH_DRIVER, "redis-server", "--bind", "127.0.0.1", "--port", str(self.port), "--dir",
                 self.folder, "--save", "", "--appendonly", "no"], stdout=log, stderr=log)

    def url(self):
        return f"redis://127.0.0.1:{self.port}"

    def flush(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(b"FLUSHALL\r\n")
                connection.recv(16)
        except OSError:
            pass

    def kill(self):
        self.process.kill()
        self.process.wait()

    def freeze(self):
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)


class Receiver:
    def __init__(self):
        self.process = subprocess.Popen([*DIES_WITH_DRIVER, sys.executable, Path(__file__).with_name("receiver.py")],
                                        stdout=subprocess.PIPE, text=True)
        self.url = f"http://127.0.0.1:{int(self.process.stdout.readline())}/"

    def report(self):
        with urllib.request.urlopen(self.url, timeout=READY_S) as reply:
            return json.load(reply)


class Node(Server):
    """The server with chaos beside its own modules."""

    def __init__(self, number, program, folder, lease_ms, receiver, shared):
        super().__init__(program, folder, folder / f"data-{number}")
        self.number, self.log_file = number, folder / f"node-{number}.log"
        self.clock_file = folder / f"clock-{number}"
        self.port, self.is_wanted, self.is_frozen = free_port(), False, False
        self.arguments = [str(lease_ms), *shared]
        self.receiver = receiver
        self.clock_file.write_text("0", encoding="ascii")

    def start(self):
        """Does not wait: whoever asks it finds out when it answers."""
        self.is_wanted = True
        with open(self.log_file, "ab") as log:
            self.process = subprocess.Popen(
                [*DIES_WITH_DRIVER, self.program, f"node-{self.number}", self.data, str(self.port), self.clock_file,
                 self.receiver, *self.arguments], stdout=log, stderr=log, env=ENVIRONMENT)

    def answers(self):
        try:
            return self.ask("GET", "/ready", timeout_s=2).status == 200
        except OSError:
            return False

    def kill(self):
        self.is_wanted = False
        super().kill()

    def terminate(self):
        self.is_wanted = False
        return self.stop()

    def freeze(self):
        self.is_frozen = True
        if self.is_running():
            self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.is_frozen = False
        if self.is_running():
            self.process.send_signal(signal.SIGCONT)

    def set_clock(self, ahead_s):
        self.clock_file.write_text(str(ahead_s), encoding="ascii")
        if self.is_running():
            self.process.send_signal(signal.SIGUSR1)


class Machines:
    def __init__(self, engine, programs, folder, nodes, lease_ms):
        # Its child inherits that, and is not ended by it before it listens.
        signal.signal(signal.SIGUSR1, signal.SIG_IGN)
        self.engine, self.folder = engine, folder
        self.receiver = Receiver()
        self.postgres = self.redis = None
        self.deaths = Counter()  # of nodes that nobody had ended, by exit status
        shared = []
        if engine == "postgres":
            self.postgres, self.redis = Postgres(folder), Redis(folder)
            shared = [self.postgres.url(), self.redis.url()]
        self.nodes = [Node(number, programs / "chaos_server", folder, lease_ms, self.receiver.url, shared)
                      for number in range(nodes)]
        self.database = self.postgres or Sqlite(self.nodes[0].data)
        self.command_line = Server(programs / "mainstay", folder, self.nodes[0].data)
        self.options = ["--database", self.postgres.url()] if self.postgres else []

    def command(self, *arguments):
        return self.command_line.command(*arguments, *self.options)

    def start(self):
        for node in self.nodes:
            node.start()
        until(lambda: self.raise_the_dead() or all(node.answers() for node in self.nodes), "a node does not answer")

    def raise_the_dead(self):
        for node in self.nodes:
            if node.is_wanted and not node.is_running():
                self.deaths[node.process.returncode] += 1
                node.start()

    def logs(self):
        return "".join(node.log_file.read_text(encoding="utf-8", errors="replace") for node in self.nodes
                       if node.log_file.exists())

    def note_end(self, status):
        """Of a node that was asked to stop: it may have ended by itself before, or not have listened yet."""
        if status not in (0, -signal.SIGTERM):
            self.deaths[status] += 1

    def close(self):
        for node in self.nodes:
            if node.is_running():
                node.kill()
        if self.redis:
            self.redis.kill()
        if self.postgres and self.postgres.process.poll() is None:
            self.postgres.stop("immediate")
        self.receiver.process.kill()
        self.receiver.process.wait()
