#!/usr/bin/env python3
"""Kills the server with SIGKILL at seeded moments of a migration and of a stream of keyed writes, and holds it to its
promise: every answered write is there once, the migration ends, and its project is byte for byte that of a run that
nobody disturbed.

Usage: kill_nine.py --program build/release/mainstay [--points 50] [--seed 1] [--script examples/retail/retail.sql]
"""

import argparse
import hashlib
import http.client
import json
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_S, MIGRATION_S = 60, 300


class Server:
    def __init__(self, program, data):
        self.program, self.data, self.process, self.port = program, data, None, None

    def start(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        log = open(self.data.parent / "server.log", "ab")
        self.process = subprocess.Popen([self.program, "serve", "--data", self.data, "--port", str(self.port)], stdout=log, stderr=log)
        ends = time.monotonic() + START_S
        while time.monotonic() < ends:
            try:
                if self.ask("GET", "/ready")[0] == 200:
                    return
            except OSError:
                time.sleep(0.02)
        sys.exit("the server does not start; see " + str(self.data.parent / "server.log"))

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def command(self, *arguments):
        text = subprocess.run([self.program, *arguments, "--data", self.data, "--json"], capture_output=True, text=True, check=True).stdout
        return json.loads(text)

    def ask(self, method, path, key=None, body=None, idempotency_key=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Authorization": "Bearer " + key} if key else {}
        if body is not None:
            headers["Content-Type"] = "application/json"
        if idempotency_key:
            headers["Idempotency-Key"] = idempotency_key
        try:
            connection.request(method, path, json.dumps(body) if body is not None else None, headers)
            reply = connection.getresponse()
            return reply.status, reply.read()
        except http.client.HTTPException as cut:
            raise OSError(str(cut)) from cut
        finally:
            connection.close()


class Writes:
    """One after another, each sent again under its key until it is answered."""

    def __init__(self, server, key):
        self.server, self.key, self.answered, self.sent_again = server, key, [], 0
        self.stopping, self.thread = False, threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        number = 0
        while not self.stopping:
            name = f"write {number}"
            try:
                status, body = self.server.ask("POST", "/api/v1/keys", self.key, {"name": name, "scopes": ["read"]}, name.replace(" ", "-"))
            except OSError:
                self.sent_again += 1
                time.sleep(0.02)
                continue
            # Or it was carried out before its answer was lost, and the key in it is not told again.
            if status == 201 or json.loads(body)["code"] == "idempotency_secret":
                self.answered.append(name)
                number += 1

    def stop(self):
        self.stopping = True
        self.thread.join()


def names_of_keys(server, key):
    names, cursor = [], ""
    while cursor is not None:
        _, body = server.ask("GET", "/api/v1/keys?limit=200" + (f"&cursor={cursor}" if cursor else ""), key)
        page = json.loads(body)
        names += [item["name"] for item in page["items"]]
        cursor = page["next_cursor"]
    return names


def start_migration(server, key, script, idempotency_key):
    """Sends it until it is answered, whatever is killed in between."""
    ends = time.monotonic() + MIGRATION_S
    while time.monotonic() < ends:
        try:
            status, body = server.ask("POST", "/api/v1/migrations", key, {"project_name": "killed", "script": script}, idempotency_key)
            if status == 202:
                return json.loads(body)["id"]
        except OSError:
            pass
        time.sleep(0.02)
    sys.exit("the migration could not be started")


def state_of(server, key, migration):
    try:
        return json.loads(server.ask("GET", f"/api/v1/migrations/{migration}", key)[1])
    except OSError:
        return None


def project_of(server, key, migration):
    ends = time.monotonic() + MIGRATION_S
    while time.monotonic() < ends:
        state = state_of(server, key, migration)
        if state and state["status"] == "completed":
            return server.ask("GET", f"/api/v1/migrations/{migration}/download", key)[1]
        if state and state["status"] in ("failed", "cancelled"):
            sys.exit(f"the migration is {state['status']}: {state['error']}")
        time.sleep(0.05)
    sys.exit("the migration does not end")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", type=Path, required=True)
    arguments.add_argument("--points", type=int, default=50)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--script", type=Path, default=ROOT / "examples/retail/retail.sql")
    options = arguments.parse_args()
    program, script = options.program.resolve(), options.script.read_text(encoding="utf-8-sig")
    chance = random.Random(options.seed)
    folder = Path(tempfile.mkdtemp(prefix="mainstay-kill-"))
    server = Server(program, folder / "data")
    failures, passed = [], 0

    def hold(is_so, what):
        nonlocal passed
        if is_so:
            passed += 1
        else:
            failures.append(what)
            print("FAILED:", what)

    try:
        server.start()
        tenant = server.command("tenant", "create", "--name", "Killed")["id"]
        key = server.command("key", "create", "--tenant", tenant, "--scopes", "admin")["key"]
        began = time.monotonic()
        undisturbed = project_of(server, key, start_migration(server, key, script, "undisturbed"))
        usual_s = time.monotonic() - began
        print(f"seed {options.seed}: an undisturbed migration takes {usual_s:.2f} s; sha256 {hashlib.sha256(undisturbed).hexdigest()[:16]}")

        writes, killed, round_number, phases = Writes(server, key), 0, 0, {}
        while killed < options.points:
            round_number += 1
            migration = start_migration(server, key, script, f"round-{round_number}")
            # Several kills may fall into one migration: it has to come through all of them.
            for _ in range(chance.randint(1, 4)):
                time.sleep(chance.uniform(0, usual_s * 0.9))
                state = state_of(server, key, migration)
                phase = state["phase"] if state else "unknown"
                phases[phase] = phases.get(phase, 0) + 1
                server.kill()
                killed += 1
                server.start()
            project = project_of(server, key, migration)
            hold(project == undisturbed, f"round {round_number}: the project differs from the undisturbed one")
        writes.stop()
        names = names_of_keys(server, key)
        hold(len(names) == len(set(names)), "a write is there twice")
        missing = set(writes.answered) - set(names)
        hold(not missing, f"{len(missing)} answered writes are missing")
        print(f"{killed} kills over {round_number} migrations, in phases {phases}; {len(writes.answered)} answered writes, {writes.sent_again} sent again")
    finally:
        if server.process and server.process.poll() is None:
            server.process.send_signal(signal.SIGTERM)
            server.process.wait(60)
        if not failures:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
