#!/usr/bin/env -S python3 -P
"""Verifications of customers' keys a second, beside nginx in the same run, with few tenants and with many.

Built first: mainstay many_keys

Needs wrk and nginx, and a machine that does nothing else. `--small` makes a hundredth of the tenants, keys and users, to
see that it works. Each figure is the median of three alternated runs of 4 seconds over 64 connections; the load comes
from the same machine. Three runs before bring keys into the server's memory; what it takes from a request's head to its
reply is read from its own metrics.
"""

import argparse
import contextlib
import importlib.util
import random
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SEEDER = ROOT / "build/release/many_keys"
WORLDS = {"10 tenants": (10, 1_000, 100), "100,000 tenants": (100_000, 1_000_000, 1_000_000)}
SAMPLE = 200_000  # lines of the list that the load draws from

spec = importlib.util.spec_from_file_location("http_bench", ROOT / "bench/http.py")
http = importlib.util.module_from_spec(spec)
spec.loader.exec_module(http)

VERIFY = """
local lines = {}
for line in io.lines("%s") do lines[#lines + 1] = line end
local at = 0
function init() math.randomseed(tonumber(tostring({}):match("0x(%%x+)"), 16) %% 2147483647); at = math.random(#lines) end
function request()
    at = at %% #lines + 1
    local caller, key = lines[at]:match("(%%S+) (%%S+)")
    return wrk.format("POST", "/api/v1/keys/verify", {["Authorization"] = "Bearer " .. caller, ["Content-Type"] = "application/json"},
        '{"key":"' .. key .. '","permissions":["reports.read"]}')
end
"""


def reply_times(base):
    """Buckets of the time from head to reply, cumulative: {upper bound in seconds: requests}."""
    with urllib.request.urlopen(f"{base}/metrics") as reply:
        text = reply.read().decode()
    found = re.findall(r'^mainstay_request_seconds_bucket\{([^}]*)\} (\S+)', text, re.M)
    return {float(re.search(r'le="([^"]+)"', labels)[1].replace("+Inf", "inf")): float(count)
            for labels, count in found if 'operation="verify_key"' in labels and 'status="200"' in labels}


def share_within(before, after, seconds):
    counts = {bound: after[bound] - before.get(bound, 0) for bound in after}
    return counts[seconds] / counts[float("inf")]


class World:
    def __init__(self, name, size, folder, start):
        tenants, keys, users = size
        self.name = f"{name}, {keys} keys, {users} users"
        self.data, self.list = folder / f"data-{tenants}", folder / f"list-{tenants}"
        began = time.monotonic()
        subprocess.run([SEEDER, self.data, str(tenants), str(keys), str(users), self.list], check=True)
        print(f"{self.name}: made in {time.monotonic() - began:.1f} s")
        lines = self.list.read_text().splitlines()
        random.Random(1).shuffle(lines)
        self.list.write_text("\n".join(lines[:SAMPLE]) + "\n")
        self.script = folder / f"verify-{tenants}.lua"
        self.script.write_text(VERIFY % self.list)
        port = http.free_port()
        self.base = f"http://127.0.0.1:{port}"
        self.server = start(http.PROGRAM, "serve", "--data", self.data, "--port", str(port))
        http.wait_until_open(port)
        self.idle_mb = http.resident_mb(self.server.pid)
        self.runs = []

    def run(self):
        self.runs.append(http.wrk(f"{self.base}/", script=self.script))


def measure(folder, start, worlds):
    nginx_port = http.free_port()
    (folder / "nginx.conf").write_text(http.NGINX.format(folder=folder, port=nginx_port))
    start("nginx", "-c", folder / "nginx.conf", "-p", folder)
    http.wait_until_open(nginx_port)
    made = [World(name, size, folder, start) for name, size in worlds.items()]
    for world in made:  # until the keys of the sample are in memory
        for _ in range(3):
            world.run()
        world.runs.clear()
    before = [reply_times(world.base) for world in made]
    yardsticks = []
    for _ in range(http.RUNS):
        yardsticks.append(http.wrk(f"http://127.0.0.1:{nginx_port}/"))
        for world in made:
            world.run()
    yardstick = http.median_of(yardsticks).rate
    figures = [http.median_of(world.runs) for world in made]
    for world, figure, earlier in zip(made, figures, before):
        http.line(f"verify, {world.name}", figure, yardstick, "nginx", 0.5)
        within = share_within(earlier, reply_times(world.base), 0.001)
        print(f"  from head to reply within 1 ms: {within:.2%} (aim 99%); resident {world.idle_mb:.0f} MB idle, "
              f"{http.resident_mb(world.server.pid):.0f} MB after")
    if len(figures) > 1:
        print(f"few tenants beside many: {figures[0].rate / figures[-1].rate:.2f} times as fast (aim 1.2 at most)")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="a hundredth of everything")
    small = parser.parse_args().small
    worlds = {f"a hundredth of {name}" if small else name: tuple(max(1, n // 100) for n in size) if small else size
              for name, size in WORLDS.items()}
    with contextlib.ExitStack() as ends:
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="mainstay-bench-")))
        measure(folder, lambda *command: ends.enter_context(http.running(command)), worlds)


if __name__ == "__main__":
    sys.exit(main())
