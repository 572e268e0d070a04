#!/usr/bin/env python3
"""docs/security.md names tests and sources that exist, and its checklist has a test for each item.

Usage: security_page.py [ROOT]

A name in backticks that reads like a test's (`NothingIsSpentTwice`, `Guard.KeepsTenantsApart`, `FolderFilesTest`, with
`...` for any ending) has to be one; a path has to exist. An item may say "not there yet" in place of a test. Prints
FILE:LINE: what is wrong, then "N passed, N failed" counted in names and items.
"""

import re
import sys
from pathlib import Path

PAGE = "docs/security.md"
ITEMS = [*range(1, 31), 42, *range(46, 54)]
TEST = re.compile(r"^(?:TEST|TEST_F|TEST_P|TYPED_TEST|RC_GTEST_PROP|RC_GTEST_FIXTURE_PROP)\(\s*(\w+),\s*(\w+)", re.MULTILINE)
QUOTED = re.compile(r"`([^`]+)`")
TEST_NAME = re.compile(r"^(?:[A-Z][a-z]\w*\.)?[A-Z][a-z]*(?:[A-Z][a-z]*)+\w*(?:\.\.\.)?$|^[A-Z]\w+\.[A-Z]\w+$|^[A-Z]\w+(?:Test|\.\.\.)$")
PATH = re.compile(r"^(?:src|tests|tools)/[\w./]+$|^\w+\.(?:cpp|hpp|py)$")
NOT_YET = "| not there yet |"
ROW = re.compile(r"^\| (\d+) \|", re.MULTILINE)


def tests_of(root):
    names = set()
    for path in (root / "src").rglob("*_test.cpp"):
        for suite, name in TEST.findall(path.read_text()):
            names |= {suite, name, f"{suite}.{name}"}
    for path in (root / "tests").rglob("*.py"):
        names |= set(re.findall(r"def (test_\w+)", path.read_text()))
    return names


def is_there(root, files, name):
    if "/" in name:
        return (root / name).exists()
    return name in files


def names_a_test(tests, name):
    if name.endswith("..."):
        return any(one.startswith(name[:-3]) for one in tests)
    return name in tests


def check(root):
    """(names and items that hold, faults)"""
    tests = tests_of(root)
    files = {path.name for folder in ("src", "tests", "tools") for path in (root / folder).rglob("*") if path.is_file()}
    held, faults, items = 0, [], set()
    for number, line in enumerate((root / PAGE).read_text().splitlines(), 1):
        good = []
        for name in QUOTED.findall(line):
            if PATH.match(name):
                good.append(is_there(root, files, name))
            elif TEST_NAME.match(name):
                good.append(names_a_test(tests, name))
            else:
                continue
            if not good[-1]:
                faults.append(f"{PAGE}:{number}: there is no {name}")
        held += sum(good)
        row = ROW.match(line)
        if row and (any(good) or NOT_YET in line):
            items.add(int(row[1]))
    faults += [f"{PAGE}: item {item} of the checklist has no test" for item in ITEMS if item not in items]
    return held + len(items), faults


def main(root):
    held, faults = check(Path(root))
    for fault in faults:
        print(fault)
    print(f"{held} passed, {len(faults)} failed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent))
