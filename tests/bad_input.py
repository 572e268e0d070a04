#!/usr/bin/env python3
"""Puts to the real program what it should refuse: malformed, endless, foreign, smuggled and ill-meant input, thousands
of idle connections, a full disk, a SIGTERM in the middle of work. Prints a line a case. Every error has to be a problem
(RFC 9457) with a code of the reference and no internal text, and the server has to be the same process at the end.

Usage: bad_input.py --program build/release/mainstay [--quick] [--only scripts]
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from bad_input_cases import bodies, connections, disk, framing, generated, rights, scripts, stopping
from bad_input_cases.bench import Bench, Verdicts, logged_faults, titles_of
from server import Server

CASES = {"bodies": bodies.run, "scripts": scripts.run, "rights": rights.run, "framing": framing.run,
         "generated": generated.run}
SERVERS_OF_THEIR_OWN = {"stopping": stopping.run, "disk": disk.run}


def in_one_server(program, folder, verdicts, names, quick):
    folder.mkdir()
    server = Server(program, folder)
    server.start()
    try:
        bench = Bench(server, verdicts, titles_of(server))
        pid = server.process.pid
        idle = connections.IdleConnections(server) if "connections" in names else None
        if idle:
            idle.check_others(bench)
        for name in names:
            if name in CASES:
                CASES[name](bench)
        if idle:
            idle.check_halfway(bench)
            idle.check_silent(bench, not quick)
            idle.close()
        ready = server.ask("GET", "/ready").status
        verdicts.hold("the server after all that", f"/ready {ready}, process {pid}",
                      ready == 200 and server.is_running() and server.process.pid == pid)
    finally:
        status = server.stop()
    verdicts.hold("its end", f"exit {status}", status == 0)
    logged = logged_faults(server)
    verdicts.hold("its log", f"{len(logged)} lines of uncaught faults", not logged, "\n".join(logged[:5]))


def main():
    every = [*CASES, "connections", *SERVERS_OF_THEIR_OWN]
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", type=Path, required=True)
    arguments.add_argument("--only", action="append", choices=every, help="these cases alone")
    arguments.add_argument("--quick", action="store_true", help="do not wait for the limit of silent connections")
    options = arguments.parse_args()
    names = options.only or every
    if not connections.allow_many_descriptors():
        sys.exit("this needs 2,500 file descriptors; see ulimit -Hn")
    folder = Path(tempfile.mkdtemp(prefix="mainstay-bad-"))
    verdicts = Verdicts()
    if set(names) - set(SERVERS_OF_THEIR_OWN):
        in_one_server(options.program, folder / "shared", verdicts, names, options.quick)
    for name, run in SERVERS_OF_THEIR_OWN.items():
        if name in names:
            (folder / name).mkdir()
            run(options.program, folder / name, verdicts)
    if verdicts.failed:
        print(f"what the servers said is in {folder}")
    else:
        shutil.rmtree(folder)
    print(f"{verdicts.passed} passed, {verdicts.failed} failed")
    return 1 if verdicts.failed else 0


if __name__ == "__main__":
    sys.exit(main())
