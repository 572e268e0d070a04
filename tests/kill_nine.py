#!/usr/bin/env python3
"""Kills the server with SIGKILL at seeded moments of a migration and of a stream of keyed writes, and holds it to its
promise: every answered write is there once, the migration ends, and its project is byte for byte that of a run that
nobody disturbed.

The seed chooses for each kill a phase and a part of that phase's usual time; every phase that an undisturbed run has
gets as many kills as the others. The server's own record says afterwards which phase each kill has hit.

Usage: kill_nine.py --program build/release/mainstay [--points 50] [--seed 1] [--script examples/retail/retail.sql]
"""

import argparse
import hashlib
import random
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import datetime
from pathlib import Path

from server import MIGRATION_S, ROOT, Server

UNDISTURBED, KILLS_OF_A_MIGRATION = 3, 4
PHASES = ["assessment", "planning", "execution", "testing", "rebuilding", "evaluation", "complete"]
WATCH_EVERY_S = 0.0005


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
                reply = self.server.ask("POST", "/api/v1/keys", self.key, {"name": name, "scopes": ["read"]}, None,
                                        name.replace(" ", "-"))
            except OSError:
                self.sent_again += 1
                time.sleep(0.02)
                continue
            # Or it was carried out before its answer was lost, and the key in it is not told again.
            if reply.status == 201 or reply.code == "idempotency_secret":
                self.answered.append(name)
                number += 1

    def stop(self):
        self.stopping = True
        self.thread.join()


def names_of_keys(server, key):
    names, cursor = [], ""
    while cursor is not None:
        page = server.ask("GET", "/api/v1/keys?limit=200" + (f"&cursor={cursor}" if cursor else ""), key).json()
        names += [item["name"] for item in page["items"]]
        cursor = page["next_cursor"]
    return names


def start_migration(server, key, script, idempotency_key):
    """Sends it until it is answered, whatever is killed in between."""
    ends = time.monotonic() + MIGRATION_S
    while time.monotonic() < ends:
        try:
            reply = server.ask("POST", "/api/v1/migrations", key, {"project_name": "killed", "script": script}, None,
                               idempotency_key)
            if reply.status == 202:
                return reply.json()["id"]
        except OSError:
            pass
        time.sleep(0.02)
    sys.exit("the migration could not be started")


def seconds_of_phases(server, key, migration):
    """phase -> seconds, of a migration that has ended."""
    def instant(text):
        return datetime.fromisoformat(text.replace("Z", "+00:00"))

    seconds = Counter()
    for record in server.ended_migration(key, migration)["phases"]:
        seconds[record["phase"]] += (instant(record["finished_at"]) - instant(record["started_at"])).total_seconds()
    return dict(seconds)


def choose_kills(chance, points, phases):
    """Rounds of one to four (phase, part of its time), in the order of the phases."""
    deck = (phases * (points // len(phases) + 1))[:points]
    chance.shuffle(deck)
    rounds = []
    while deck:
        count = chance.randint(1, min(KILLS_OF_A_MIGRATION, len(deck)))
        kills = sorted(((PHASES.index(deck.pop()), chance.random()) for _ in range(count)))
        rounds.append([(PHASES[phase], part) for phase, part in kills])
    return rounds


def wait_for_phase(server, key, migration, phase):
    """Until the migration is there, or beyond it."""
    ends = time.monotonic() + MIGRATION_S
    while time.monotonic() < ends:
        state = server.ask("GET", f"/api/v1/migrations/{migration}", key).json()
        is_there = state["status"] == "running" and PHASES.index(state["phase"]) >= PHASES.index(phase)
        if is_there or state["finished_at"]:
            return
        time.sleep(WATCH_EVERY_S)
    sys.exit(f"the migration does not reach {phase}")


def phases_hit(server, key, migration):
    """An attempt that was begun and left no record was killed; its phase counts it."""
    hit = Counter()
    last_attempt = 0
    for record in server.ended_migration(key, migration)["phases"]:
        hit[record["phase"]] += record["attempt"] - last_attempt - 1
        last_attempt = record["attempt"] if record["error"] else 0
    return hit


class Held:
    def __init__(self):
        self.passed, self.failures = 0, []

    def hold(self, is_so, what):
        if is_so:
            self.passed += 1
        else:
            self.failures.append(what)
            print("FAILED:", what)


def undisturbed_migration(server, key, script, held):
    """The project, and how long each phase takes when nothing else holds it up."""
    projects, seconds = [], []
    for number in range(UNDISTURBED):
        migration = start_migration(server, key, script, f"undisturbed-{number}")
        projects.append(server.project_of(key, migration))
        seconds.append(seconds_of_phases(server, key, migration))
    held.hold(len(set(projects)) == 1, "undisturbed migrations give different projects")
    return projects[0], {phase: min(taken[phase] for taken in seconds) for phase in seconds[0]}


def kill_migrations(server, key, script, options, held):
    undisturbed, usual_s = undisturbed_migration(server, key, script, held)
    print(f"seed {options.seed}: an undisturbed migration takes "
          + ", ".join(f"{name} {taken * 1000:.0f} ms" for name, taken in usual_s.items())
          + f"; sha256 {hashlib.sha256(undisturbed).hexdigest()[:16]}", flush=True)
    rounds = choose_kills(random.Random(options.seed), options.points, list(usual_s))
    hit = Counter({phase: 0 for phase in usual_s})
    for number, kills in enumerate(rounds):
        migration = start_migration(server, key, script, f"round-{number}")
        for phase, part in kills:
            wait_for_phase(server, key, migration, phase)
            time.sleep(usual_s[phase] * part)
            server.kill()
            server.start()
        held.hold(server.project_of(key, migration) == undisturbed,
                  f"round {number}: the project differs from the undisturbed one")
        hit.update(phases_hit(server, key, migration))
    aimed = Counter(phase for kills in rounds for phase, _ in kills)
    between = options.points - hit.total()
    print(f"{options.points} kills over {len(rounds)} migrations; aimed at " + listed(aimed) + "; hit " + listed(hit)
          + f", and {between} between two phases")


def listed(counts):
    return ", ".join(f"{phase} {counts[phase]}" for phase in PHASES if phase in counts)


def check_writes(server, key, writes, held):
    names = names_of_keys(server, key)
    held.hold(len(names) == len(set(names)), "a write is there twice")
    missing = set(writes.answered) - set(names)
    held.hold(not missing, f"{len(missing)} answered writes are missing")
    print(f"{len(writes.answered)} answered writes, {writes.sent_again} sent again")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", type=Path, required=True)
    arguments.add_argument("--points", type=int, default=50)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--script", type=Path, default=ROOT / "examples/retail/retail.sql")
    options = arguments.parse_args()
    script = options.script.read_text(encoding="utf-8-sig")
    folder = Path(tempfile.mkdtemp(prefix="mainstay-kill-"))
    server, held = Server(options.program, folder), Held()
    try:
        server.start()
        key = server.new_key(server.command("tenant", "create", "--name", "Killed")["id"])
        writes = Writes(server, key)
        try:
            kill_migrations(server, key, script, options, held)
        finally:
            writes.stop()
        check_writes(server, key, writes, held)
    finally:
        server.stop()
    if held.failures:
        print(f"what the server said is in {folder}")
    else:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{held.passed} passed, {len(held.failures)} failed")
    return 1 if held.failures else 0


if __name__ == "__main__":
    sys.exit(main())
