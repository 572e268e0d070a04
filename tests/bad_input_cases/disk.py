"""A full disk: writes are refused with a clear code, reading goes on, and once there is room writing does again,
without a new start and without an answered write lost."""

import os
import subprocess
import time

from bad_input_cases.bench import Bench, logged_faults, titles_of
from server import Server

DISK_MIB = 48
WRITES_UNTIL_FULL = 5000
RECOVERS_WITHIN_S = 5
SCRIPT = "CREATE TABLE dbo.item (id INT PRIMARY KEY, name NVARCHAR(20))"


def run(program, folder, verdicts):
    if os.geteuid() != 0:
        return verdicts.pass_over("a full disk", "needs root")
    disk = folder / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MIB}m", "tmpfs", disk], capture_output=True,
                             check=False)
    if mounted.returncode != 0:
        return verdicts.pass_over("a full disk", "this system lets nobody mount: " + mounted.stderr.decode().strip())
    server = Server(program, folder, disk / "data")
    try:
        server.start()
        FullDisk(server, verdicts, disk).run()
    finally:
        server.stop()
        subprocess.run(["umount", disk], check=True)
    return None


class FullDisk:
    def __init__(self, server, verdicts, disk):
        self.server, self.verdicts = server, verdicts
        self.bench = Bench(server, verdicts, titles_of(server))
        self.filler = disk / "filler"
        self.answered = []

    def run(self):
        for _ in range(50):
            self.write()
        self.fill()
        self.writes_until_refused()
        self.refusals()
        pid = self.server.process.pid
        self.filler.unlink()
        self.recovers()
        self.verdicts.hold("the process after that", "the same one",
                           self.server.is_running() and self.server.process.pid == pid)
        self.nothing_lost("after the disk had room again")
        status = self.server.stop()
        self.verdicts.hold("its end", f"exit {status}", status == 0)
        self.server.start()
        self.nothing_lost("after the next start")
        logged = logged_faults(self.server)
        self.verdicts.hold("the log of that", f"{len(logged)} uncaught", not logged, "\n".join(logged[:5]))

    def write(self):
        name = f"write {len(self.answered)}"
        reply = self.server.ask("POST", "/api/v1/keys", self.bench.key, {"name": name, "scopes": ["read"]})
        if reply.status == 201:
            self.answered.append(name)
        return reply

    def fill(self):
        with open(self.filler, "wb", buffering=0) as filler:
            try:
                for size in (1 << 20, 1 << 12):
                    while True:
                        if filler.write(b"\0" * size) < size:
                            break
            except OSError:
                pass
            try:
                while filler.write(b"\0" * 4096):
                    pass
            except OSError:
                pass

    def writes_until_refused(self):
        """The log's file has some room left in it, which may be used."""
        faults, reply = ["no write was refused"], None
        for _ in range(WRITES_UNTIL_FULL):
            reply = self.write()
            if reply.status != 201:
                code = {507: "storage_full", 503: "wal_full"}.get(reply.status, "storage_full")
                faults = self.bench.faults_of(reply, reply.status if reply.status == 503 else 507, code)
                break
        self.verdicts.say("a write on a full disk",
                          f"{reply.status} {reply.code}, {len(self.answered)} answered before", faults)

    def refusals(self):
        ask, key, bench = self.server.ask, self.bench.key, self.bench
        bench.refused("a second write", self.write(), 507, "storage_full")
        bench.refused("a migration on a full disk", bench.migration_of(key, script=SCRIPT + "-" * 8192), 507,
                      "storage_full")
        upload = self.server.send_file("/api/v1/uploads", key, "a.sql", b"-" * (1 << 20))
        bench.refused("an upload on a full disk", upload, 507, "storage_full")
        large = ask("POST", "/api/v1/migrations", key, {"project_name": "shop", "script": "-" * (2 << 20)})
        bench.refused("a long JSON body on a full disk", large, 507, "storage_full")
        for path in ("/api/v1/me", "/api/v1/keys", "/api/v1/migrations", "/openapi.json"):
            reply = ask("GET", path, key)
            self.verdicts.hold(f"reading on a full disk: {path}", reply.status, reply.status == 200)
        health = ask("GET", "/health")
        self.verdicts.hold("/health on a full disk", health.body.decode(),
                           health.status == 200 and health.json().get("storage") == "full")
        ready = ask("GET", "/ready")
        self.verdicts.say("/ready on a full disk", f"{ready.status} {ready.code}",
                          [] if ready.status == 503 else ["it says that it can work"])

    def recovers(self):
        began = time.monotonic()
        reply = self.write()
        while reply.status != 201 and time.monotonic() < began + RECOVERS_WITHIN_S:
            time.sleep(0.05)
            reply = self.write()
        self.verdicts.hold("the first write with room again", f"{reply.status} after {time.monotonic() - began:.2f} s",
                           reply.status == 201)
        health, ready = self.server.ask("GET", "/health").json(), self.server.ask("GET", "/ready")
        self.verdicts.hold("/health and /ready with room again", f"{health['storage']}, {ready.status}",
                           health["storage"] == "ok" and ready.status == 200)
        started = self.bench.migration_of(self.bench.key, script=SCRIPT)
        state = self.server.ended_migration(self.bench.key, started.json()["id"]) if started.status == 202 else {}
        self.verdicts.hold("a migration with room again",
                           f"{started.status}, {state.get('status')} {state.get('error') or ''}",
                           state.get("status") == "completed")

    def nothing_lost(self, when):
        names = self.bench.names_of_keys(self.bench.key)
        missing = set(self.answered) - set(names)
        twice = len(names) - len(set(names))
        self.verdicts.hold(f"{len(self.answered)} answered writes {when}", f"{len(missing)} missing, {twice} twice",
                           not missing and not twice)
