"""The real program on a folder of its own, for tests that start it: its process, its command line, its HTTP."""

import http.client
import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
START_S, STOP_S, ANSWER_S, MIGRATION_S = 60, 90, 60, 300
# A sanitizer keeps what was freed for a while; measured memory should be the program's own.
ENVIRONMENT = {**os.environ, "ASAN_OPTIONS": "quarantine_size_mb=4:detect_leaks=0"}


class Reply(NamedTuple):
    status: int
    headers: dict  # names in lower case
    body: bytes

    def json(self):
        return json.loads(self.body)

    @property
    def code(self):
        """Of the problem, or nothing."""
        try:
            return self.json().get("code", "")
        except (ValueError, AttributeError):
            return ""


class Server:
    """`folder` holds the log, and the data unless that stands elsewhere."""

    def __init__(self, program, folder, data=None):
        self.program, self.folder, self.data = Path(program).resolve(), folder, data or folder / "data"
        self.log_file = folder / "server.log"
        self.process, self.port = None, None

    def start(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        with open(self.log_file, "ab") as log:
            self.process = subprocess.Popen(
                [self.program, "serve", "--data", self.data, "--port", str(self.port)],
                stdout=log, stderr=log, env=ENVIRONMENT)
        ends = time.monotonic() + START_S
        while time.monotonic() < ends and self.is_running():
            try:
                with self.connect():
                    return
            except OSError:
                time.sleep(0.02)
        raise SystemExit(f"the server does not start; see {self.log_file}")

    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """Asks it to stop and gives its exit status; a server that has ended already gives its own."""
        if self.is_running():
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self.kill()
            return None

    def command(self, *arguments):
        done = subprocess.run([self.program, *arguments, "--data", self.data, "--json"],
                              capture_output=True, text=True, check=True, env=ENVIRONMENT)
        return json.loads(done.stdout)

    def new_key(self, tenant, scopes="admin", **flags):
        extra = [part for name, value in flags.items() for part in ("--" + name.replace("_", "-"), value)]
        return self.command("key", "create", "--tenant", tenant, "--scopes", scopes, *extra)["key"]

    def connect(self, timeout_s=ANSWER_S):
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout_s)

    def ask(self, method, path, key=None, body=None, headers=None, idempotency_key=None, timeout_s=ANSWER_S):
        """Sends `body` as JSON, or as it is when it is bytes. Throws OSError when no whole answer comes."""
        sent = {"Authorization": "Bearer " + key} if key else {}
        if body is not None:
            sent["Content-Type"] = "application/json"
        if idempotency_key:
            sent["Idempotency-Key"] = idempotency_key
        sent.update(headers or {})
        raw = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout_s)
        try:
            connection.request(method, path, raw, sent)
            reply = connection.getresponse()
            return Reply(reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read())
        except http.client.HTTPException as cut:
            raise OSError(str(cut)) from cut
        finally:
            connection.close()

    def send_file(self, path, key, name, data, fields=None):
        """As multipart/form-data."""
        parts = [(f'Content-Disposition: form-data; name="{field}"', value.encode())
                 for field, value in (fields or {}).items()]
        parts.append((f'Content-Disposition: form-data; name="file"; filename="{name}"', data))
        body = b"".join(b"--edge\r\n" + head.encode() + b"\r\n\r\n" + value + b"\r\n" for head, value in parts)
        return self.ask("POST", path, key, body + b"--edge--\r\n",
                        {"Content-Type": "multipart/form-data; boundary=edge"})

    def ended_migration(self, key, migration):
        """The migration's facts once it has ended, however it did."""
        ends = time.monotonic() + MIGRATION_S
        while time.monotonic() < ends:
            try:
                state = self.ask("GET", f"/api/v1/migrations/{migration}", key).json()
                if state["finished_at"] is not None:
                    return state
            except OSError:
                pass
            time.sleep(0.03)
        raise SystemExit("a migration does not end")

    def project_of(self, key, migration):
        """The zip of a migration that has to be completed."""
        state = self.ended_migration(key, migration)
        if state["status"] != "completed":
            raise SystemExit(f"the migration is {state['status']}: {state['error']}")
        return self.ask("GET", f"/api/v1/migrations/{migration}/download", key).body

    def resident_mib(self):
        return self._status_mib("VmRSS")

    def forget_peak(self):
        Path(f"/proc/{self.process.pid}/clear_refs").write_text("5", encoding="ascii")

    def peak_mib(self):
        """The most that was resident since forget_peak()."""
        return self._status_mib("VmHWM")

    def _status_mib(self, name):
        for line in Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith(name + ":"):
                return int(line.split()[1]) / 1024
        raise OSError("no " + name)
