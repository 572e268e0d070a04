#!/usr/bin/env -S python3 -P
"""What the server does in a second, beside nginx and SQLite in the same run.

Built first: mainstay errands_server

Needs wrk and nginx, and a machine that does nothing else. Each figure is the median of three alternated runs of 4 seconds over 64 connections; the load
comes from the same machine. Latencies are those of wrk, at that load.
"""

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
ERRANDS = ROOT / "build/release/errands_server"  # the program with one module more
RUNS, SECONDS, CONNECTIONS = 3, 4, 64

NGINX = """
worker_processes 2; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
    access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{ listen 127.0.0.1:{port}; location / {{ default_type application/json; return 200 '{{"status":"ok"}}'; }} }}
}}
"""

CREATE = """
wrk.method = "POST"
wrk.headers["Authorization"] = "Bearer {key}"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{body}'
"""


class Run(NamedTuple):
    rate: float
    p50_ms: float
    p99_ms: float
    requests: int = 0


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_open(port):
    began = time.monotonic()
    while time.monotonic() - began < 20:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
    sys.exit(f"nothing listens on port {port}")


def wrk(url, header=None, script=None):
    command = ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", url]
    if header:
        command[1:1] = ["-H", header]
    if script:
        command[1:1] = ["-s", str(script)]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in text:
        sys.exit(f"{url} was refused:\n{text}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
    return Run(rate, latency(text, "50"), latency(text, "99"), int(re.search(r"(\d+) requests in", text)[1]))


def create_script(path, key, body):
    path.write_text(CREATE.format(key=key, body=body))
    return path


def errand_script(folder):
    """Before that server has its data: the command line makes a tenant and a key in it."""
    tenant = command(folder / "errands", "tenant", "create", "--name", "Bench")["id"]
    key = command(folder / "errands", "key", "create", "--tenant", tenant, "--scopes", "admin")["key"]
    return create_script(folder / "errand.lua", key, '{"subject":"a subject of the usual length, give or take"}')


def latency(text, percentile):
    number, unit = re.search(rf"{percentile}%\s+([\d.]+)(us|ms|s)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def metric(base, name):
    with urllib.request.urlopen(f"{base}/metrics") as reply:
        return float(re.search(rf"^mainstay_{name} (\S+)", reply.read().decode(), re.M)[1])


def seconds_until_idle(base):
    """How long the jobs take that were waiting when the load ended."""
    began = time.monotonic()
    while metric(base, "jobs_waiting") + metric(base, "jobs_running") > 0:
        if time.monotonic() - began > 60:
            sys.exit("the jobs do not end")
        time.sleep(0.02)
    return time.monotonic() - began


def check_errands(data, answered):
    """Each create that was answered left all that belongs to it, and its job was carried out."""
    database = sqlite3.connect(f"file:{data}/mainstay.db?mode=ro", uri=True)
    counts = [database.execute(f"SELECT count(*) FROM {rows}").fetchone()[0] for rows in (
        "errands", "events WHERE type = 'errands.created'", "audit_log WHERE action = 'create_errand'",
        "flow_jobs WHERE kind = 'RunErrand'", "flow_jobs WHERE kind = 'RunErrand' AND outcome = 'completed'")]
    if min(counts) != max(counts) or counts[0] < answered:
        sys.exit(f"{answered} creates were answered; errands, events, audit lines, jobs, jobs carried out: {counts}")
    return counts[0]


def median_of(runs):
    return Run(*map(statistics.median, zip(*runs)))


def one_row_a_transaction(folder):
    """The yardstick of durable writes: one connection, one row, one commit, FULL."""
    database = sqlite3.connect(folder / "yardstick.db", isolation_level=None)
    database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, v TEXT)")
    began, rows = time.monotonic(), 0
    while time.monotonic() - began < SECONDS:
        database.execute("INSERT INTO t (v) VALUES ('a row of the usual length, give or take')")
        rows += 1
    return rows / (time.monotonic() - began)


def resident_mb(pid):
    """Of the server with its DuckDB processes; what they share counts once."""
    pids = [str(pid), *Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return sum(int(re.search(r"Pss:\s+(\d+)", Path(f"/proc/{one}/smaps_rollup").read_text())[1]) for one in pids) / 1024


def command(folder, *arguments):
    text = subprocess.run([PROGRAM, *arguments, "--data", folder, "--json"], capture_output=True, text=True, check=True).stdout
    return json.loads(text)


def line(what, figure, yardstick, name, aim):
    ratio = figure.rate / yardstick
    verdict = "met" if ratio >= aim else "missed"
    print(f"{what:<46} {figure.rate:>9.0f}/s  p50 {figure.p50_ms:6.2f} ms  p99 {figure.p99_ms:6.2f} ms   {ratio:5.2f} of {name} {yardstick:.0f}/s (aim {aim}: {verdict})")


def main():
    for tool in ("wrk", "nginx"):
        if not shutil.which(tool):
            sys.exit(f"{tool} is missing: apt-get install {tool}")
    with contextlib.ExitStack() as ends:
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="mainstay-bench-")))
        measure(folder, lambda *command: ends.enter_context(running(command)))


@contextlib.contextmanager
def running(command):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        stop(process)


def stop(process):
    process.terminate()
    process.wait(60)


def measure(folder, start):
    nginx_port, port, errands_port = free_port(), free_port(), free_port()
    base, errands_base = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{errands_port}"
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=nginx_port))
    data = folder / "data"
    began = time.monotonic()
    server = start(PROGRAM, "serve", "--data", data, "--port", str(port))
    wait_until_open(port)
    urllib.request.urlopen(f"{base}/ready").read()
    start_ms = (time.monotonic() - began) * 1000
    idle_mb = resident_mb(server.pid)
    start("nginx", "-c", folder / "nginx.conf", "-p", folder)
    errand = errand_script(folder)
    errands = start(ERRANDS, folder / "errands", str(errands_port))
    wait_until_open(nginx_port)
    wait_until_open(errands_port)
    tenant = command(data, "tenant", "create", "--name", "Bench")["id"]
    made = [command(data, "key", "create", "--tenant", tenant, "--scopes", "admin") for _ in range(20)]
    create = create_script(folder / "create.lua", made[0]["key"], '{"name":"bench","scopes":["read"]}')
    header = f"Authorization: Bearer {made[0]['key']}"
    narrow = command(data, "key", "create", "--tenant", tenant, "--scopes", "me.read")["key"]
    rows = {"nginx": [], "row": [], "cache": [], "list": [], "create": [], "errand": []}
    singles, answered, idle_after = [], 0, []
    for _ in range(RUNS):
        rows["nginx"].append(wrk(f"http://127.0.0.1:{nginx_port}/"))
        rows["row"].append(wrk(f"{base}/api/v1/keys/{made[1]['id']}", header))
        rows["cache"].append(wrk(f"{base}/api/v1/me", f"Authorization: Bearer {narrow}"))
        rows["list"].append(wrk(f"{base}/api/v1/keys?limit=20", header))
        singles.append(one_row_a_transaction(folder))
        rows["create"].append(wrk(f"{base}/api/v1/keys", script=create))
        rows["errand"].append(wrk(f"{errands_base}/api/v1/errands", script=errand))
        answered += rows["errand"][-1].requests
        idle_after.append(seconds_until_idle(errands_base))
    single = statistics.median(singles)
    figures = {name: median_of(runs) for name, runs in rows.items()}
    yardstick = figures["nginx"].rate
    line("read one row (key, limit, tenant)", figures["row"], yardstick, "nginx", 0.5)
    line("read from the cache (key, limit)", figures["cache"], yardstick, "nginx", 0.7)
    line("durable create with event, job and audit line", figures["errand"], single, "one row a transaction", 2)
    line("durable create with audit line, no job", figures["create"], single, "one row a transaction", 2)
    line("list of 20", figures["list"], 1179 * 20, "20 times PocketBase's published 1,179/s:", 1)
    for name, where in (("errand", errands_base), ("create", base)):
        worst, checkpoints = max(run.p99_ms for run in rows[name]), metric(where, "database_checkpoints_total")
        print(f"the {name}s' p99 {worst:.2f} ms at worst includes {checkpoints:.0f} checkpoints")
    stop(errands)
    count = check_errands(folder / "errands", answered)
    print(f"{count} errands each have their event, their audit line and a job that was carried out, "
          f"the last {max(idle_after):.2f} s after its load at most")
    print(f"start to the first answer {start_ms:.0f} ms (aim 150); resident idle {idle_mb:.0f} MB (aim 40), after the load {resident_mb(server.pid):.0f} MB")


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C")
    main()
