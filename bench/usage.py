#!/usr/bin/env -S python3 -P
"""How many events of use the server takes in a second, durably and counted, beside SQLite in the same run.

Built first: mainstay

The whole program over HTTP on SQLite: key, limits, audit line, the event's row, and its hour's roll-up in two meters.
Every event has an id of chance, which is the hardest for the index that finds duplicates, and one of 1,000 customers.
Needs wrk and a machine that does nothing else; the load comes from the same machine. Each figure is the median of the
runs; latencies are those of wrk. In the end every answered event has to be stored once and counted once.

Usage: usage.py [--runs 3] [--seconds 4]
"""

import argparse
import contextlib
import json
import os
import re
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "build/release/mainstay"
AIM, PEER = 50_000, "Lago's published 10,000/s on one PostgreSQL"

# Ids are made of chance, since threads of wrk know nothing of each other.
EVENTS = """
math.randomseed({seed})
wrk.method = "POST"
wrk.headers["Authorization"] = "Bearer {key}"
wrk.headers["Content-Type"] = "application/json"
local random, format, concat = math.random, string.format, table.concat
function setup(thread) thread:set("number", random(1, 2^30)) end
function init() math.randomseed(number) end
function request()
    local events = {{}}
    for i = 1, {batch} do
        events[i] = format('{{"id":"%08x-%08x-%08x","name":"llm.call","subject":"cus_%d","properties":{{"tokens":%d,"model":"m%d","path":"/v1/answers"}}}}',
            random(0, 2^31 - 1), random(0, 2^31 - 1), random(0, 2^31 - 1), random(1, 1000), random(1, 5000), random(1, 3))
    end
    return wrk.format(nil, nil, nil, '{{"events":[' .. concat(events, ",") .. ']}}')
end
"""

METERS = (
    {"name": "calls", "event_name": "llm.call", "aggregation": "count"},
    {"name": "tokens", "event_name": "llm.call", "aggregation": "sum", "property": "tokens", "group_by": ["model"]},
)


class Run(NamedTuple):
    events: float
    p50_ms: float
    p99_ms: float
    requests: int


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_ready(base):
    began = time.monotonic()
    while time.monotonic() - began < 20:
        with contextlib.suppress(OSError):
            return urllib.request.urlopen(f"{base}/ready").read()
        time.sleep(0.05)
    sys.exit("the server does not get ready")


def command(folder, *arguments):
    text = subprocess.run([PROGRAM, *arguments, "--data", folder, "--json"], capture_output=True, text=True, check=True).stdout
    return json.loads(text)


def post(base, key, path, body):
    request = urllib.request.Request(base + path, json.dumps(body).encode(), {"Authorization": f"Bearer {key}", "Content-Type": "application/json"})
    return json.load(urllib.request.urlopen(request))


def load(folder, base, key, batch, connections, seconds, seed):
    script = folder / "events.lua"
    script.write_text(EVENTS.format(seed=seed, key=key, batch=batch))
    text = subprocess.run(["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", script, f"{base}/api/v1/usage"],
                          capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in text:
        sys.exit(f"events were refused:\n{text}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
    return Run(rate * batch, latency(text, "50"), latency(text, "99"), int(re.search(r"(\d+) requests in", text)[1]))


def latency(text, percentile):
    number, unit = re.search(rf"{percentile}%\s+([\d.]+)(us|ms|s)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def one_row_a_transaction(folder, seconds):
    """The yardstick of durable writes: one connection, one row, one commit, FULL."""
    database = sqlite3.connect(folder / "yardstick.db", isolation_level=None)
    database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, v TEXT)")
    began, rows = time.monotonic(), 0
    while time.monotonic() - began < seconds:
        database.execute("INSERT INTO t (v) VALUES ('a row of the usual length, give or take')")
        rows += 1
    return rows / (time.monotonic() - began)


def check(data, answered):
    database = sqlite3.connect(f"file:{data}/mainstay.db?mode=ro", uri=True)
    one = lambda sql: database.execute(sql).fetchone()[0]
    stored = one("SELECT count(*) FROM usage_events")
    counted = [row[0] for row in database.execute("SELECT sum(events) FROM usage_rollups GROUP BY meter_id")]
    tokens = one("SELECT sum(json_extract(properties, '$.tokens')) FROM usage_events")
    if stored < answered or counted != [stored] * len(METERS) or one("SELECT sum(whole) FROM usage_rollups") != tokens:
        sys.exit(f"{answered} events were answered, {stored} stored, {counted} counted")
    print(f"{answered} events were answered; {stored} are stored, and each meter has counted as many, "
          f"{one('SELECT count(*) FROM usage_rollups')} roll-ups in all")


@contextlib.contextmanager
def running(*arguments):
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--seconds", type=int, default=4)
    options = options.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk is missing: apt-get install wrk")
    with tempfile.TemporaryDirectory(prefix="mainstay-bench-") as name:
        measure(Path(name), options)


def measure(folder, options):
    port, data = free_port(), folder / "data"
    base, answered, runs, singles = f"http://127.0.0.1:{port}", 0, {1: [], 100: []}, []
    with running(PROGRAM, "serve", "--data", data, "--port", str(port)):
        wait_until_ready(base)
        tenant = command(data, "tenant", "create", "--name", "Bench", "--plan", "enterprise")["id"]
        key = command(data, "key", "create", "--tenant", tenant, "--scopes", "admin")["key"]
        for meter in METERS:
            post(base, key, "/api/v1/usage/meters", meter)
        for number in range(options.runs):
            singles.append(one_row_a_transaction(folder, options.seconds))
            for batch, connections in ((100, 16), (1, 64)):
                run = load(folder, base, key, batch, connections, options.seconds, 1000 * number + batch)
                runs[batch].append(run)
                answered += run.requests * batch
    single = statistics.median(singles)
    for batch, found in runs.items():
        events, p50, p99, _ = map(statistics.median, zip(*found))
        aim = f"   aim {AIM}: {'met' if events >= AIM else 'missed'}" if batch == 100 else ""
        print(f"events a second, in batches of {batch:<3} {events:>9.0f}/s  p50 {p50:6.2f} ms  p99 {p99:6.2f} ms   "
              f"{events / single:5.2f} of one row a transaction {single:.0f}/s{aim}")
    print(f"beside it, read elsewhere and not measured here: {PEER}")
    check(data, answered)


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C")
    main()
