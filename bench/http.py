#!/usr/bin/env -S python3 -P
"""What the server does in a second, beside nginx and SQLite in the same run.

Needs wrk and nginx, and a machine that does nothing else. Each figure is the median of three alternated runs of 4 seconds over 64 connections; the load
comes from the same machine. Latencies are those of wrk, at that load.
"""

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "build/release/mainstay"
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
wrk.body = '{{"name":"bench","scopes":["read"]}}'
"""


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
    return rate, latency(text, "50"), latency(text, "99")


def latency(text, percentile):
    number, unit = re.search(rf"{percentile}%\s+([\d.]+)(us|ms|s)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def median_of(runs):
    return [statistics.median(values) for values in zip(*runs)]


def one_row_a_transaction(folder):
    """The yardstick of durable writes: one connection, one row, one commit, FULL."""
    database = sqlite3.connect(folder / "yardstick.db", isolation_level=None)
    database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)")
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
    rate, p50, p99 = figure
    ratio = rate / yardstick
    verdict = "met" if ratio >= aim else "missed"
    print(f"{what:<44} {rate:>9.0f}/s  p50 {p50:6.2f} ms  p99 {p99:6.2f} ms   {ratio:5.2f} of {name} {yardstick:.0f}/s (aim {aim}: {verdict})")


def main():
    for tool in ("wrk", "nginx"):
        if not shutil.which(tool):
            sys.exit(f"{tool} is missing: apt-get install {tool}")
    folder = Path(tempfile.mkdtemp(prefix="mainstay-bench-"))
    nginx_port, port = free_port(), free_port()
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=nginx_port))
    data = folder / "data"
    began = time.monotonic()
    server = subprocess.Popen([PROGRAM, "serve", "--data", data, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_until_open(port)
    urllib.request.urlopen(f"http://127.0.0.1:{port}/ready").read()
    start_ms = (time.monotonic() - began) * 1000
    nginx = subprocess.Popen(["nginx", "-c", folder / "nginx.conf", "-p", folder], stderr=subprocess.DEVNULL)
    try:
        wait_until_open(nginx_port)
        idle_mb = resident_mb(server.pid)
        tenant = command(data, "tenant", "create", "--name", "Bench")["id"]
        made = [command(data, "key", "create", "--tenant", tenant, "--scopes", "admin") for _ in range(20)]
        (folder / "create.lua").write_text(CREATE.format(key=made[0]["key"]))
        header = f"Authorization: Bearer {made[0]['key']}"
        narrow = command(data, "key", "create", "--tenant", tenant, "--scopes", "me.read")["key"]
        base = f"http://127.0.0.1:{port}"
        rows = {"nginx": [], "row": [], "cache": [], "list": [], "create": []}
        for _ in range(RUNS):
            rows["nginx"].append(wrk(f"http://127.0.0.1:{nginx_port}/"))
            rows["row"].append(wrk(f"{base}/api/v1/keys/{made[1]['id']}", header))
            rows["cache"].append(wrk(f"{base}/api/v1/me", f"Authorization: Bearer {narrow}"))
            rows["list"].append(wrk(f"{base}/api/v1/keys?limit=20", header))
            rows["create"].append(wrk(f"{base}/api/v1/keys", script=folder / "create.lua"))
        single = one_row_a_transaction(folder)
        figures = {name: median_of(runs) for name, runs in rows.items()}
        yardstick = figures["nginx"][0]
        line("read one row (key, limit, tenant)", figures["row"], yardstick, "nginx", 0.5)
        line("read from the cache (key, limit)", figures["cache"], yardstick, "nginx", 0.7)
        line("durable create with audit line", figures["create"], single, "one row a transaction", 2)
        line("list of 20", figures["list"], 1179 * 20, "20 times PocketBase's published 1,179/s:", 1)
        with urllib.request.urlopen(f"{base}/metrics") as reply:
            metrics = reply.read().decode()
        checkpoints = re.search(r"^mainstay_database_checkpoints_total (\S+)", metrics, re.M)[1]
        print(f"the creates' p99 {max(run[2] for run in rows['create']):.2f} ms at worst includes {checkpoints} checkpoints")
        print(f"start to the first answer {start_ms:.0f} ms (aim 150); resident idle {idle_mb:.0f} MB (aim 40), after the load {resident_mb(server.pid):.0f} MB")
    finally:
        nginx.terminate()
        server.send_signal(signal.SIGTERM)
        server.wait(30)
        nginx.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C")
    main()
