#!/usr/bin/env python3
"""Chaos: three nodes on PostgreSQL with Redis, or one on SQLite, carry out jobs, workflows and schedules while they are
killed, stopped past their leases, set to other times, and lose their database and Redis. Every effect is a row under a
key and is told to a receiver outside; in the end each happened once, nothing is pending and done, and whatever the API
had answered is there.

What is to be done and what befalls whom follows from the seed alone; both are printed first. What becomes of it on the
way does not: that is the point.

Usage: chaos.py --programs build/release [--engine postgres|sqlite] [--seed 1] [--minutes 10]
Without --minutes it is short. The last line is "N passed, N failed".
"""

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

from chaos_run.checks import Checks
from chaos_run.faults import HOUR_S, LEASE_MS, Injector, make_faults
from chaos_run.machines import Machines
from chaos_run.people import Api, People, Tenant
from chaos_run.plan import make_plan

NODES = {"postgres": 3, "sqlite": 1}
# Of a short run, and of each minute of a long one.
TENANTS_OF_SHORT, TENANTS = 2, 3
SHORT = {"jobs": 400, "voyages": 12, "slow": 3, "crashes": 2, "poison": 0}
A_MINUTE = {"jobs": 2000, "voyages": 50, "slow": 8, "crashes": 2, "poison": 1}
SHORT_S, FED_BY = {"postgres": 10.0, "sqlite": 7.0}, 0.8  # of the time
PAUSE_S, PAUSE_OF_LONG_S = 0.6, 2.0                       # between two faults, in the mean
# Ahead of whatever was written by a node whose clock was an hour ahead.
HEALED_AHEAD_S = HOUR_S + 300
SETTLE_S = 240


def calm_phase(people, injector, plan):
    """A poison among others, and no other fault."""
    injector.watch_while(people.begin(people.make, 0, "jobs", plan.calm, "calm"))
    injector.watch_while(people.begin(people.wait_until_done, SETTLE_S))


def settle(machines, people, injector):
    """All is whole again, and time has passed."""
    injector.watch(people.is_fed.is_set)
    for node in machines.nodes:
        node.set_clock(HEALED_AHEAD_S)
    injector.watch_while(people.begin(people.wait_until_done, SETTLE_S))
    injector.watch_while(people.begin(people.pause_schedules))
    injector.watch_while(people.begin(people.wait_until_done, SETTLE_S))


def chaos(options, engine, folder):
    machines = Machines(engine, options.programs, folder, NODES[engine], LEASE_MS)
    try:
        return run(options, engine, machines)
    finally:
        machines.close()


def run(options, engine, machines):
    minutes = options.minutes
    amounts = {name: int(count * minutes) for name, count in A_MINUTE.items()} if minutes else SHORT
    seconds = minutes * 60 if minutes else SHORT_S[engine]
    number_of_tenants = TENANTS if minutes else TENANTS_OF_SHORT
    plan = make_plan(options.seed, number_of_tenants, **amounts)
    faults = make_faults(options.seed, engine, seconds, NODES[engine], PAUSE_OF_LONG_S if minutes else PAUSE_S)
    print(f"{engine}, seed {options.seed}: {len(plan.jobs)} jobs, {len(plan.voyages)} workflows, {len(faults)} faults in "
          f"{seconds:.0f} s")
    for fault in faults:
        print("   ", fault)
    sys.stdout.flush()
    tenants = [Tenant(machines, number) for number in range(number_of_tenants)]
    api, injector = Api(machines), Injector(machines)
    people = People(api, tenants, plan)
    began = time.monotonic()
    machines.start()
    calm_phase(people, injector, plan)
    calm_s = time.monotonic() - began
    people.start(seconds * FED_BY)
    injector.run(faults)
    faults_s = time.monotonic() - began - calm_s
    settle(machines, people, injector)
    people.stop()
    statuses = [node.terminate() for node in machines.nodes]
    checks = Checks(machines, people, plan, tenants)
    checks.run()
    checks.hold([status for status in statuses if status != 0], "nodes did not stop as they were asked to")
    print("    " + "; ".join(f"{name} {value}" for name, value in checks.figures.items()))
    print(f"    poison {calm_s:.1f} s, faults {faults_s:.1f} s, settled after "
          f"{time.monotonic() - began - calm_s - faults_s:.1f} s", flush=True)
    return checks


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--programs", type=Path, required=True)
    arguments.add_argument("--engine", choices=list(NODES))
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--minutes", type=float)
    options = arguments.parse_args()
    passed = failed = 0
    for engine in [options.engine] if options.engine else list(NODES):
        folder = Path(tempfile.mkdtemp(prefix=f"mainstay-chaos-{engine}-"))
        checks = chaos(options, engine, folder)
        passed, failed = passed + checks.passed, failed + len(checks.failures)
        if checks.failures:
            print(f"{engine}, seed {options.seed}: what the nodes said and what they left is in {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
