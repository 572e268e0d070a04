#!/usr/bin/env python3
"""Takes one guard at a time out of the program, and expects a test to notice. Each mutant of tests/mutant_table.py is
applied to a worktree of the last commit, built, and run against the tests that must fail. Prints "killed" or "SURVIVED"
for each. Builds a lot, so it is run by hand.

Usage: mutants.py [--only fence] [--jobs 2] [--list]
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from mutant_table import MUTANTS

ROOT = Path(__file__).resolve().parent.parent
PRESET = "release"
TEST_S = 300
KILLED = "killed"
TIDY = "tidy"  # the rules of the tree in place of a test executable
FOLDERS = {
    "test_storage": "kernel/storage", "test_flow": "kernel/flow", "test_net": "kernel/net", "test_web": "kernel/web", "test_app": "app",
    "test_dbt": "products/migrate/dbt", "test_keys": "platform/keys", "test_shared_state": "kernel/shared_state",
    "test_usage": "platform/usage", "test_identity": "platform/identity", "test_channels": "platform/channels",
    "test_jwt": "kernel/jwt", "test_domains": "platform/domains", "test_portability": "platform/portability",
    "test_retention": "platform/retention", "test_support": "platform/support",
}
# As ./dev test starts it; it ends when our end of the pipe closes.
POSTGRES = """
set -euo pipefail
ROOT=$PWD
source tools/dev/common.sh
source tools/dev/test.sh
start_postgres >&2
echo "$MAINSTAY_TEST_POSTGRES"
read -r _ || true
"""


@contextmanager
def postgres():
    """The environment of tests on both engines."""
    process = subprocess.Popen(["bash", "-c", POSTGRES], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               text=True)
    try:
        url = process.stdout.readline().strip()
        if not url:
            sys.exit("PostgreSQL did not start.")
        yield {**os.environ, "MAINSTAY_TEST_POSTGRES": url}
    finally:
        process.stdin.close()
        process.wait(60)


@contextmanager
def worktree():
    """The last commit, in a folder that may be spoiled."""
    with tempfile.TemporaryDirectory(prefix="mainstay-mutants-") as folder:
        tree = Path(folder) / "tree"
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", tree], cwd=ROOT, check=True)
        try:
            (tree / "third_party").symlink_to((ROOT / "third_party").resolve())
            subprocess.run(["cmake", "--preset", PRESET], cwd=tree, check=True, stdout=subprocess.DEVNULL)
            yield tree
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", tree], cwd=ROOT, check=True)


class Tree:
    def __init__(self, folder, environment, jobs):
        self.folder, self.environment, self.jobs = folder, environment, jobs

    def build(self, targets):
        """Gives what the compiler said when it refused, else nothing."""
        targets = [target for target in targets if target != TIDY]
        if not targets:
            return ""
        done = subprocess.run(["ninja", "-C", f"build/{PRESET}", f"-j{self.jobs}", *targets], cwd=self.folder,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        return done.stdout if done.returncode != 0 else ""

    def test(self, target, tests):
        """Whether they pass; what hangs does not."""
        if target == TIDY:
            done = subprocess.run([sys.executable, "tools/tidy.py"], cwd=self.folder, capture_output=True, check=False)
            return done.returncode == 0
        program = self.folder / "build" / PRESET / "src" / FOLDERS[target] / target
        try:
            done = subprocess.run([program, f"--gtest_filter={tests}", "--gtest_brief=1"], cwd=self.folder,
                                  env=self.environment, timeout=TEST_S, capture_output=True, text=True, check=False)
        except subprocess.TimeoutExpired:
            return False
        if "] 0 tests from 0 test suites ran" in done.stdout:
            sys.exit(f"{target} has no tests called {tests}")
        return done.returncode == 0

    def verdict(self, mutant):
        file = self.folder / mutant.file
        original = file.read_text(encoding="utf-8")
        if original.count(mutant.text) != 1:
            sys.exit(f"{mutant.name}: {mutant.file} has its text {original.count(mutant.text)} times, not once")
        file.write_text(original.replace(mutant.text, mutant.replacement), encoding="utf-8")
        try:
            refused = self.build([mutant.target])
            if refused:
                print(refused[-2000:])
                return "DOES NOT COMPILE"
            return "SURVIVED" if self.test(mutant.target, mutant.tests) else KILLED
        finally:
            file.write_text(original, encoding="utf-8")


def check_originals(tree, mutants):
    """A test that fails by itself would kill every mutant."""
    targets = sorted({mutant.target for mutant in mutants})
    refused = tree.build([*targets, "mainstay-duck"])
    if refused:
        sys.exit(refused[-3000:])
    for target, tests in sorted({(mutant.target, mutant.tests) for mutant in mutants}):
        if not tree.test(target, tests):
            sys.exit(f"{target} fails in {tests} without a mutant")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--only", default="", help="mutants whose name contains this")
    arguments.add_argument("--jobs", type=int, default=os.cpu_count())
    arguments.add_argument("--list", action="store_true", help="names alone")
    options = arguments.parse_args()
    mutants = [mutant for mutant in MUTANTS if options.only in mutant.name]
    if options.list:
        print("\n".join(mutant.name for mutant in mutants))
        return 0
    survived = 0
    with postgres() as environment, worktree() as folder:
        tree = Tree(folder, environment, options.jobs)
        check_originals(tree, mutants)
        for mutant in mutants:
            began = time.monotonic()
            verdict = tree.verdict(mutant)
            survived += verdict != KILLED
            print(f"{verdict:8}  {mutant.name} ({time.monotonic() - began:.0f} s)", flush=True)
    print(f"{len(mutants) - survived} killed, {survived} survived")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
