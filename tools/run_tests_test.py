"""run_tests.py against small executables that speak as GoogleTest does: what counts as failed, and the last line."""

import json
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

RUNNER = Path(__file__).with_name("run_tests.py")

FAKE = """#!{python}
import json, os, signal, sys
report = next(a.split(":", 1)[1] for a in sys.argv if a.startswith("--gtest_output=json:"))
tests = {tests}
chosen = next((a.split("=", 1)[1].strip("*") for a in sys.argv if a.startswith("--gtest_filter=")), "")
tests = {{name: outcome for name, outcome in tests.items() if chosen in name}}
for name, outcome in tests.items():
    if outcome == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    print("[       OK ]" if outcome == "ok" else "[  FAILED  ]", name, flush=True)
suites = []
for name, outcome in tests.items():
    suite, test = name.split(".")
    row = {{"name": test, "status": "NOTRUN" if outcome == "disabled" else "RUN",
           "result": "SKIPPED" if outcome == "skipped" else "COMPLETED"}}
    if outcome == "failed":
        row["failures"] = [{{"failure": "expected so"}}]
    suites.append({{"name": suite, "testsuite": [row]}})
json.dump({{"testsuites": suites}}, open(report, "w"))
sys.exit({status} if {status} is not None else int("failed" in tests.values()))
"""


class RunTestsTest(unittest.TestCase):
    def run_with(self, executables, checks=None, arguments=(), status=None):
        """Gives exit status and output lines. executables: name -> {test: ok|failed|skipped|disabled|crash}."""
        with tempfile.TemporaryDirectory() as folder:
            build, rows = Path(folder) / "build", []
            build.mkdir()
            for name, tests in executables.items():
                path = build / name
                path.write_text(FAKE.format(python=sys.executable, tests=json.dumps(tests), status=status))
                path.chmod(0o755)
                rows.append(f"{name} {path}\n")
            (build / "tests.txt").write_text("".join(rows))
            for place, text in (checks or {}).items():
                path = Path(folder) / "checks" / place
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text("#!/bin/sh\n" + text)
                path.chmod(0o755)
            done = subprocess.run(
                [sys.executable, RUNNER, "--build", build, "--checks", f"{folder}/checks", "--jobs", "2", *arguments],
                capture_output=True, text=True, check=False,
            )
            self.assertEqual("", done.stderr)
            return done.returncode, done.stdout.splitlines()

    def test_interrupt_ends_what_runs(self):
        with tempfile.TemporaryDirectory() as folder:
            build, check = Path(folder), Path(folder) / "checks/quick/slow"
            (build / "tests.txt").write_text("")
            check.parent.mkdir(parents=True)
            check.write_text(f"#!/bin/sh\necho $$ > {folder}/pid\nexec sleep 60\n")
            check.chmod(0o755)
            runner = subprocess.Popen([sys.executable, RUNNER, "--build", build, "--checks", f"{folder}/checks"])
            while not (build / "pid").exists() or not (build / "pid").read_text():
                time.sleep(0.01)
            runner.send_signal(signal.SIGINT)
            self.assertEqual(130, runner.wait(10))
            self.wait_until_gone((build / "pid").read_text().strip())

    def wait_until_gone(self, pid):
        until = time.monotonic() + 10
        while time.monotonic() < until:
            try:
                if Path(f"/proc/{pid}/stat").read_text().split()[2] in "ZX":
                    return
            except FileNotFoundError:
                return
            time.sleep(0.01)
        self.fail(f"process {pid} goes on")

    def test_counts_stand_alone_on_the_last_line(self):
        status, lines = self.run_with({"test_a": {"A.One": "ok", "A.Two": "ok"}, "test_b": {"B.One": "ok"}})
        self.assertEqual((0, "3 passed, 0 failed"), (status, lines[-1]))

    def test_failure_is_shown_in_full(self):
        status, lines = self.run_with({"test_a": {"A.One": "ok", "A.Two": "failed"}})
        self.assertEqual((1, "1 passed, 1 failed"), (status, lines[-1]))
        self.assertIn("[  FAILED  ] A.Two", lines)

    def test_skipped_and_disabled_tests_fail(self):
        status, lines = self.run_with({"test_a": {"A.One": "skipped", "A.DISABLED_Two": "disabled", "A.Three": "ok"}})
        self.assertEqual((1, "1 passed, 2 failed"), (status, lines[-1]))

    def test_crash_is_one_failure_and_keeps_what_passed(self):
        status, lines = self.run_with({"test_a": {"A.One": "ok", "A.Two": "crash", "A.Three": "ok"}})
        self.assertEqual((1, "1 passed, 1 failed"), (status, lines[-1]))
        self.assertIn("-- test_a ended by signal 11", lines)

    def test_failure_after_the_tests_counts(self):
        status, lines = self.run_with({"test_a": {"A.One": "ok"}}, status=1)
        self.assertEqual((1, "1 passed, 1 failed"), (status, lines[-1]))

    def test_sanitizer_report_at_exit_counts(self):
        status, lines = self.run_with({"test_a": {"A.One": "ok"}}, status=23)
        self.assertEqual((1, "1 passed, 1 failed"), (status, lines[-1]))

    def test_executable_without_tests_fails(self):
        status, lines = self.run_with({"test_a": {}})
        self.assertEqual((1, "0 passed, 1 failed"), (status, lines[-1]))

    def test_test_on_one_engine_alone_fails(self):
        both = {"Engines/Store.Keeps/Sqlite": "ok", "Engines/Store.Keeps/Postgres": "ok"}
        status, lines = self.run_with({"test_a": both})
        self.assertEqual((0, "2 passed, 0 failed"), (status, lines[-1]))
        self.assertIn("Run on both engines: 1 tests on SQLite, 1 on PostgreSQL", lines)
        status, lines = self.run_with({"test_a": {**both, "Engines/Store.Forgets/Sqlite": "ok"}})
        self.assertEqual((1, "3 passed, 1 failed"), (status, lines[-1]))
        self.assertTrue(any("Store.Forgets/Postgres does not exist" in line for line in lines), lines)

    def test_engine_in_a_plain_name_is_no_instance(self):
        status, lines = self.run_with({"test_a": {"SqliteWriter.Groups": "ok", "Sqlite.Opens": "ok"}})
        self.assertEqual((0, "2 passed, 0 failed"), (status, lines[-1]))

    def test_check_gives_its_own_counts(self):
        checks = {"quick/tidy": "echo 7 passed, 0 failed\n", "full/template": "exit 0\n"}
        status, lines = self.run_with({"test_a": {"A.One": "ok"}}, checks)
        self.assertEqual((0, "9 passed, 0 failed"), (status, lines[-1]))
        status, lines = self.run_with({"test_a": {"A.One": "ok"}}, checks, ["--mode", "quick"])
        self.assertEqual((0, "8 passed, 0 failed"), (status, lines[-1]))

    def test_check_that_fails_without_counts_is_one_failure(self):
        status, lines = self.run_with({"test_a": {"A.One": "ok"}}, {"quick/tidy": "echo words\nexit 3\n"})
        self.assertEqual((1, "1 passed, 1 failed"), (status, lines[-1]))

    def test_filter_names_an_executable_a_check_or_tests(self):
        executables = {"test_a": {"A.One": "ok"}, "test_b": {"B.One": "ok", "B.Two": "ok"}}
        checks = {"quick/tidy": "echo 7 passed, 0 failed\n"}
        for text, counts in {"test_b": "2 passed, 0 failed", "tidy": "7 passed, 0 failed",
                             "B.Two": "1 passed, 0 failed", "One": "2 passed, 0 failed",
                             "nothing": "0 passed, 1 failed"}.items():
            with self.subTest(text):
                self.assertEqual(counts, self.run_with(executables, checks, ["--filter", text])[1][-1])


if __name__ == "__main__":
    unittest.main()
