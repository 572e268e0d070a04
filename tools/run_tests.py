"""Runs the test executables and the checks of the tree in parallel, and counts.

Usage: run_tests.py --build build/check --mode full|quick|threads [--filter TEXT] [--jobs N]

The executables stand in BUILD/tests.txt, one a line: name, space, path. The checks are the executable files of
tools/checks/quick and, in full mode, tools/checks/full; mode threads has the kernel's executables alone. A check ends
its output with "N passed, N failed", or counts as one by its exit status. A skipped or disabled test, an executable without tests and a crash count as failures.
Suites that run on both engines have Sqlite or Postgres in the names of their instances: each must exist for both.
The last line is "N passed, N failed", and the exit status says the same.
"""

import argparse
import atexit
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

TIMEOUT_S = 1800
CHILD_OF_A_TEST = "CrashChild."
COUNTS = re.compile(r"^(\d+) passed, (\d+) failed$")
ENGINE = re.compile(r"(?<=[/.])(Sqlite|Postgres)(?=$|[/._])|^(Sqlite|Postgres)(?=/)")
SANITIZER_OPTIONS = {
    "ASAN_OPTIONS": "detect_stack_use_after_return=1:strict_string_checks=1:check_initialization_order=1",
    "UBSAN_OPTIONS": "print_stacktrace=1",
    "TSAN_OPTIONS": "second_deadlock_stack=1",
}


@dataclass
class Result:
    name: str
    passed: int = 0
    failed: int = 0
    seconds: float = 0.0
    output: str = ""
    faults: list = field(default_factory=list)  # what the output itself does not say
    tests: list = field(default_factory=list)  # full names of the tests that ran


running = set()  # process groups that an interrupt must end
starting = threading.Lock()  # none of them is started and not yet in there
scratch_root = Path(tempfile.mkdtemp(prefix="mainstay-tests-"))
scratch_root.chmod(0o711)  # servers that refuse to run as root have their folders below
atexit.register(shutil.rmtree, scratch_root, ignore_errors=True)


def stop_everything(_signal, _frame):
    with starting:
        for group in list(running):
            kill_group(group)
        shutil.rmtree(scratch_root, ignore_errors=True)
        os._exit(130)  # without waiting for the threads that wait for them


def kill_group(group):
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        pass


def run(arguments, environment):
    """Gives exit status (None past the limit), output and seconds. Nothing the command started outlives it."""
    started = time.monotonic()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryDirectory(dir=scratch_root) as scratch:
        os.chmod(scratch, 0o711)
        with starting:
            process = subprocess.Popen(
                arguments,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**environment, "TMPDIR": scratch},
                start_new_session=True,
            )
            running.add(process.pid)
        try:
            status = process.wait(TIMEOUT_S)
        except subprocess.TimeoutExpired:
            status = None
        kill_group(process.pid)
        process.wait()
        running.discard(process.pid)
        out.seek(0)
        text = out.read().decode(errors="replace")
    return status, text, time.monotonic() - started


def ended(status):
    if status is None:
        return f"was stopped after {TIMEOUT_S} s"
    return f"ended by signal {-status}" if status < 0 else f"ended with status {status}"


def run_executable(name, path, gtest_filter, environment):
    with tempfile.TemporaryDirectory(dir=scratch_root) as folder:
        report = Path(folder) / "report.json"
        arguments = [path, f"--gtest_output=json:{report}", "--gtest_brief=0"]
        if gtest_filter:
            arguments.append(f"--gtest_filter={gtest_filter}")
        status, output, seconds = run(arguments, environment)
        result = Result(name, seconds=seconds, output=output)
        if status not in (0, 1) or not report.exists():
            result.passed = output.count("[       OK ]")
            result.failed = 1 + len(set(re.findall(r"^\[  FAILED  \] (\S+\.\S+?)(?:,|$| \()", output, re.MULTILINE)))
            result.faults.append(f"{name} {ended(status)}")
            return result
        for suite in json.loads(report.read_text())["testsuites"]:
            for test in suite["testsuite"]:
                full_name = f"{suite['name']}.{test['name']}"
                result.tests.append(full_name)
                is_child = CHILD_OF_A_TEST in full_name  # started by another test, with a flag
                is_about_the_corpus = test["result"] == "SKIPPED" and "corpus" in full_name.lower()
                if is_child or is_about_the_corpus:
                    if is_about_the_corpus:
                        print(f"passed over, since there is no corpus beside the tree: {full_name}", flush=True)
                elif test["status"] == "NOTRUN" or test["result"] in ("SKIPPED", "SUPPRESSED"):
                    result.failed += 1
                    result.faults.append(f"{full_name} was not run; every test must run")
                elif test.get("failures"):
                    result.failed += 1
                else:
                    result.passed += 1
        if not result.tests and not gtest_filter:
            result.failed += 1
            result.faults.append(f"{name} has no tests")
        if status == 1 and result.failed == 0:
            result.failed += 1
            result.faults.append(f"{name} {ended(status)} though each test passed")
        return result


def run_check(name, path, environment):
    status, output, seconds = run([path], environment)
    result = Result(name, seconds=seconds, output=output)
    lines = output.rstrip().splitlines()
    counts = COUNTS.match(lines[-1]) if lines else None
    if counts:
        result.passed, result.failed = int(counts[1]), int(counts[2])
    elif status == 0:
        result.passed = 1
    if status != 0 and result.failed == 0:
        result.failed = 1
        result.faults.append(f"{name} {ended(status)}")
    return result


def engine_faults(tests):
    """Gives the number of tests on each engine, and a sentence for each that only one of them has."""
    by_engine = {"Sqlite": set(), "Postgres": set()}
    for name in tests:
        found = ENGINE.search(name) if "/" in name else None
        if found:
            by_engine[found[0]].add(name[: found.start()] + "*" + name[found.end() :])
    faults = [
        f"{name.replace('*', engine)} does not exist; both engines run the same tests"
        for engine, other in (("Sqlite", "Postgres"), ("Postgres", "Sqlite"))
        for name in sorted(by_engine[other] - by_engine[engine])
    ]
    return len(by_engine["Sqlite"]), len(by_engine["Postgres"]), faults


def read_tests(build):
    lines = (build / "tests.txt").read_text().splitlines()
    return [tuple(line.split(" ", 1)) for line in lines if line]


def find_checks(folder, mode):
    folders = {"full": ["quick", "full"], "quick": ["quick"], "threads": []}[mode]
    found = [path for name in folders for path in sorted((folder / name).glob("*"))]
    return [(path.name, str(path)) for path in found if os.access(path, os.X_OK)]


def choose(executables, checks, text):
    """Gives (executables, checks, gtest filter): a filter names executables and checks, else single tests."""
    if not text:
        return executables, checks, ""
    named = [row for row in executables if text in row[0]], [row for row in checks if text in row[0]]
    if any(named):
        return *named, ""
    return executables, [], text if re.search(r"[*?:]", text) else f"*{text}*"


def print_result(result):
    verdict = "FAILED" if result.failed else "ok"
    counts = f"{result.passed} passed" + (f", {result.failed} failed" if result.failed else "")
    print(f"{verdict:7} {result.name:28} {counts:28} {result.seconds:7.1f} s", flush=True)
    if result.failed:
        print(result.output.rstrip())
        for fault in result.faults:
            print(f"-- {fault}")
        print(f"-- end of {result.name}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--mode", choices=["full", "quick", "threads"], default="full")
    parser.add_argument("--filter", default="")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--checks", type=Path, default=Path("tools/checks"))
    options = parser.parse_args()
    started = time.monotonic()

    signal.signal(signal.SIGINT, stop_everything)
    signal.signal(signal.SIGTERM, stop_everything)
    executables = [row for row in read_tests(options.build) if options.mode != "threads" or "/src/kernel/" in row[1]]
    executables, checks, gtest_filter = choose(executables, find_checks(options.checks, options.mode), options.filter)
    environment = {**SANITIZER_OPTIONS, **os.environ, "MAINSTAY_BUILD": str(options.build)}
    work = {name: (run_check, name, path, environment) for name, path in checks}
    work |= {name: (run_executable, name, path, gtest_filter, environment) for name, path in executables}

    # What took longest last time starts first, so that the cores end together.
    times_path = options.build / "test_seconds.json"
    seconds = json.loads(times_path.read_text()) if times_path.exists() else {}
    results = []
    with ThreadPoolExecutor(options.jobs) as pool:
        order = sorted(work, key=lambda name: -seconds.get(name, TIMEOUT_S))
        for future in as_completed([pool.submit(*work[name]) for name in order]):
            result = future.result()
            results.append(result)
            seconds[result.name] = result.seconds
            if result.passed or result.failed:
                print_result(result)
    times_path.write_text(json.dumps(seconds))
    print(f"Stage test: {(time.monotonic() - started) / 60:.1f} min")

    passed = sum(result.passed for result in results)
    failed = sum(result.failed for result in results)
    if passed + failed == 0:
        print(f'No test is called like "{options.filter}".')
        failed = 1
    if options.mode == "full" and not options.filter:
        on_sqlite, on_postgres, faults = engine_faults([name for result in results for name in result.tests])
        for fault in faults:
            print(f"-- {fault}")
        failed += len(faults)
        print(f"Run on both engines: {on_sqlite} tests on SQLite, {on_postgres} on PostgreSQL")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
