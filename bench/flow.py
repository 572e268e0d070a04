#!/usr/bin/env -S python3 -P
"""What flow carries out, durably, on SQLite and on PostgreSQL, each figure beside its yardstick from the same run.

Built first: bench_flow

Starts a PostgreSQL of its own that flushes its log before it answers a commit (fsync and synchronous_commit on) and has
its data in the same folder as SQLite: one in TMPDIR. The engines take turns; figures are medians of RUNS runs with the
lowest and the highest. Needs a machine that does nothing else; the load before each run is printed.

With --peers Celery on Redis and River on the same PostgreSQL take their turns too. They are fetched on the first such
run (PyPI, the Go module proxy; pinned in bench/peers) into build/peers, and are no part of Mainstay.
"""

import argparse
import contextlib
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / "bench/peers"
FETCHED = ROOT / "build/peers"
RUNS = 5
ENGINES = ("SQLite", "PostgreSQL")
STARTS_WITHIN_S, RUN_WITHIN_S, FETCHED_WITHIN_S = 60, 900, 600


class Figure(NamedTuple):
    name: str
    unit: str
    benchmark: str
    member: str  # of the benchmark's JSON; scaled to the unit
    scale: float
    aims: dict  # by engine; more is better when the unit is a rate
    yardstick: tuple  # name, benchmark, member, scale
    aim_is_ratio: bool = False


ROWS = ("the same rows without an engine, one session", "no_op_rows", "items_per_second", 1)
COMMIT = ("one row a transaction", "one_row_a_transaction", "real_time", 0.001)
FIGURES = [
    Figure("no-op jobs, enqueued by the hundred", "/s", "no_op_jobs", "items_per_second", 1,
           {"SQLite": 60_000, "PostgreSQL": 30_000}, ROWS),
    Figure("the same, enqueued before", "/s", "draining_of_jobs", "items_per_second", 1, {}, ROWS),
    *(Figure(f"pickup at 300 a second, {p}", " ms", "pickup_at_300_a_second", f"{p}_us", 0.001,
             {"SQLite": 5, "PostgreSQL": 5} if p == "p95" else {}, COMMIT) for p in ("p50", "p95", "p99")),
    Figure("workflow steps of one run", "/s", "workflow_steps/runs:1", "items_per_second", 1, {},
           ("one row a transaction", "one_row_a_transaction", "items_per_second", 1)),
    Figure("workflow steps of 16 runs", "/s", "workflow_steps/runs:16", "items_per_second", 1, {},
           ("one row a transaction", "one_row_a_transaction", "items_per_second", 1)),
    Figure("step with its checkpoint", " ms", "workflow_steps/runs:1", "checkpoint_s", 1_000, {"SQLite": 0.2}, COMMIT),
    *(Figure(f"single job beside a flood of 100,000, {p}", " ms", "single_job_beside_a_flood", f"flooded_{p}_us", 0.001,
             {"SQLite": 2, "PostgreSQL": 2}, ("its usual time", "single_job_beside_a_flood", f"usual_{p}_us", 0.001), True)
      for p in ("p50", "p95")),
]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_open(port, process):
    began = time.monotonic()
    while time.monotonic() - began < STARTS_WITHIN_S:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            sys.exit(f"{process.args} ended with {process.returncode}")
        time.sleep(0.05)
    sys.exit(f"nothing listens on port {port}")


@contextlib.contextmanager
def running(command, **options):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    try:
        yield process
    finally:
        process.send_signal(2)
        process.wait(STARTS_WITHIN_S)


@contextlib.contextmanager
def durable_postgres(folder):
    """The URL of its superuser."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))[-1]
    folder.mkdir()
    unprivileged = []
    if os.geteuid() == 0:  # the server refuses to run as root
        unprivileged = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
        shutil.chown(folder, "postgres", "postgres")
    subprocess.run([*unprivileged, binaries / "initdb", "-D", folder / "data", "-U", "postgres", "--auth=trust",
                    "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"], check=True, stdout=subprocess.DEVNULL)
    port = free_port()
    server = [*unprivileged, binaries / "postgres", "-D", folder / "data", "-k", folder, "-p", str(port),
              "-c", "listen_addresses=127.0.0.1", "-c", "fsync=on", "-c", "synchronous_commit=on",
              "-c", "shared_buffers=256MB", "-c", "max_connections=100"]
    with running(server) as process:
        wait_until_open(port, process)
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"


def benchmarks_of(engine, environment):
    """The JSON of every benchmark that a figure needs, by its name without the engine."""
    names = {figure.benchmark for figure in FIGURES} | {figure.yardstick[1] for figure in FIGURES}
    program = next(path for path in (ROOT / "build/release").rglob("bench_flow") if path.is_file())
    selected = "|".join(sorted({name.split("/")[0] for name in names}))
    text = subprocess.run([program, f"--benchmark_filter=^({selected})/postgres:{ENGINES.index(engine)}(/|$)",
                           "--benchmark_format=json", "--benchmark_min_time=1"],
                          env=environment, capture_output=True, text=True, check=True, timeout=RUN_WITHIN_S).stdout
    measured = {}
    for one in json.loads(text)["benchmarks"]:
        if "error_message" in one:
            sys.exit(f"{one['name']}: {one['error_message']}")
        name, *arguments = one["name"].split("/")
        measured["/".join([name, *(argument for argument in arguments if argument.startswith("runs:"))])] = one
    return measured


def values(runs, engine, benchmark, member, scale):
    return [run[benchmark][member] * scale for run in runs[engine]]


def shown(number, unit):
    return f"{number:,.0f}{unit}" if unit == "/s" else f"{number:.2f}{unit}"


def verdict(figure, engine, median, ratio):
    aim = figure.aims.get(engine)
    if aim is None:
        return ""
    if figure.aim_is_ratio:
        return f"at most {aim} times: " + ("met" if ratio <= aim else "MISSED")
    is_met = median >= aim if figure.unit == "/s" else median <= aim
    return f"{shown(aim, figure.unit)}: " + ("met" if is_met else "MISSED")


def print_figures(runs):
    for engine in ENGINES:
        print(f"\n{engine:<48} {'median':>11}  {'lowest to highest':>23}  {'yardstick':>11}  ratio  aim")
        for figure in FIGURES:
            found = values(runs, engine, figure.benchmark, figure.member, figure.scale)
            name, *where = figure.yardstick
            yardstick = statistics.median(values(runs, engine, *where))
            median = statistics.median(found)
            spread = f"{shown(min(found), figure.unit)} to {shown(max(found), figure.unit)}"
            print(f"{figure.name:<48} {shown(median, figure.unit):>11}  {spread:>23}  {shown(yardstick, figure.unit):>11}  "
                  f"{median / yardstick:5.2f}  {verdict(figure, engine, median, median / yardstick)}")
    print("\nYardsticks: of jobs, the same statements on the same rows in one session, a hundred in a transaction, without an"
          "\nengine; of pickups and steps, a transaction of one row after the other; of the single job, its own time while no"
          "\nflood is there, from the call that enqueues it to its first line, both of the same run.")


def fetch_peers():
    """Gives the commands that measure them; None for one that could not be had."""
    python, river = FETCHED / "celery/bin/python", FETCHED / "river"
    try:
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", FETCHED / "celery"], check=True, timeout=FETCHED_WITHIN_S)
        subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", PEERS / "requirements.txt"],
                       check=True, timeout=FETCHED_WITHIN_S)
    except (OSError, subprocess.SubprocessError) as error:
        print(f"Celery could not be fetched: {error}")
        python = None
    try:
        subprocess.run(["go", "build", "-o", river, "."], cwd=PEERS / "river", check=True, timeout=FETCHED_WITHIN_S)
    except (OSError, subprocess.SubprocessError) as error:
        print(f"River could not be fetched: {error}")
        river = None
    return python, river


def measured_by(command, **variables):
    text = subprocess.run(command, env=os.environ | variables, capture_output=True, text=True, check=True,
                          timeout=RUN_WITHIN_S).stdout
    return json.loads(text)


def celery(python, folder, is_durable):
    folder.mkdir()
    port = free_port()
    log = ("yes", "always") if is_durable else ("no", "everysec")
    server = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "",
              "--appendonly", log[0], "--appendfsync", log[1]]
    with running(server) as process:
        wait_until_open(port, process)
        return measured_by([python, PEERS / "celery_jobs.py"], CELERY_BENCH_REDIS=f"redis://127.0.0.1:{port}/0",
                           CELERY_BENCH_ACKS="late" if is_durable else "early")


def river(program, url):
    database = f"river_{time.monotonic_ns()}"
    psql = ["psql", "-q", url, "-c"]
    subprocess.run([*psql, f"CREATE DATABASE {database}"], check=True)
    try:
        return measured_by([program, url.rsplit("/", 1)[0] + f"/{database}"])
    finally:
        subprocess.run([*psql, f"DROP DATABASE {database}"], check=True)


def print_peers(peers):
    print("\nPeers, in turn with the runs above            no-op jobs    pickup at 300 a second, p50, p95, p99")
    for name, runs in peers.items():
        if not runs:
            continue
        medians = {member: statistics.median(run[member] for run in runs) for member in runs[0]}
        waits = ", ".join(f"{medians[f'pickup_{p}_us'] / 1000:.2f}" for p in ("p50", "p95", "p99"))
        print(f"{name:<44} {medians['no_op_jobs_per_s']:>9,.0f}/s    {waits} ms")
    print("Celery: two processes, tasks published one by one by a third, without results. \"As installed\" Redis keeps nothing on\n"
          "disk and a task is acknowledged as it is taken: a crash loses it. \"Each write flushed\" is appendfsync always and\n"
          "acknowledged when done; attempts are not counted before a run even so. River: jobs of a hundred in a transaction and\n"
          "a hundred workers on the same PostgreSQL, until all are completed in the table.")


def main():
    reads = argparse.ArgumentParser(prog="./dev bench flow")
    reads.add_argument("--peers", action="store_true", help="fetch Celery and River if need be, and measure them too")
    reads.add_argument("--runs", type=int, default=RUNS)
    options = reads.parse_args()
    python, river_program = fetch_peers() if options.peers else (None, None)
    runs = {engine: [] for engine in ENGINES}
    peers = {"Celery on Redis, as installed": [], "Celery on Redis, each write flushed": [], "River on PostgreSQL": []}
    with contextlib.ExitStack() as ends:
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="mainstay-bench-")))
        folder.chmod(0o711)
        kind = subprocess.run(["stat", "-f", "-c", "%T", folder], capture_output=True, text=True, check=True).stdout.strip()
        url = ends.enter_context(durable_postgres(folder / "postgres"))
        print(f"{folder} is on {kind}; {os.cpu_count()} processors; {options.runs} runs of each, alternated")
        environment = os.environ | {"TMPDIR": str(folder), "MAINSTAY_TEST_POSTGRES": url}
        for number in range(options.runs):
            for engine in ENGINES:
                print(f"run {number + 1} on {engine}, load {os.getloadavg()[0]:.2f}", flush=True)
                runs[engine].append(benchmarks_of(engine, environment))
            if python:
                for name, is_durable in (("as installed", False), ("each write flushed", True)):
                    peers[f"Celery on Redis, {name}"].append(celery(python, folder / f"redis-{number}-{is_durable}", is_durable))
            if river_program:
                peers["River on PostgreSQL"].append(river(river_program, url))
    print_figures(runs)
    if any(peers.values()):
        print_peers(peers)


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C")
    main()
