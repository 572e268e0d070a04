#!/usr/bin/env python3
"""Builds the dashboard of web/ into a folder that all presets share, unless it is there already.

Usage: build_dashboard.py --out build/web --stamp build/check/dashboard.stamp

What was built is known by a hash over all that it is made of, so a second preset, or a branch that was left and taken
up again, builds nothing. The stamp is one preset's: it is touched when the preset has to take the folder anew.
"""

import argparse
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
MADE = {"node_modules", "dist"}
GENERATED = {WEB / "src/api/schema.d.ts", WEB / "src/api/limits.ts"}
OUTSIDE = [
    ROOT / "docs/reference/openapi.json",
    ROOT / "examples/retail/retail.sql",
    *sorted((ROOT / "docs/pictures").glob("*.png")),
]


def sources():
    for folder, folders, files in os.walk(WEB):
        folders[:] = sorted(name for name in folders if name not in MADE)
        yield from (path for name in sorted(files) if (path := Path(folder) / name) not in GENERATED)
    yield from OUTSIDE


def hash_of_sources():
    total = hashlib.sha256()
    for path in sources():
        total.update(f"{path.relative_to(ROOT)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def build(out):
    """Into a folder beside the old one, which stays whole until the new one is."""
    fresh = out.with_name(out.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    command = ["npm", "--prefix", WEB, "run", "build", "--", "--outDir", fresh, "--emptyOutDir", "--logLevel", "warn"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        print(done.stdout)
        sys.exit("The dashboard does not build; the lines above say why.")
    shutil.rmtree(out, ignore_errors=True)
    fresh.rename(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--stamp", type=Path, required=True)
    options = parser.parse_args()
    if not (WEB / "node_modules").exists():
        sys.exit("The dashboard's packages are missing. Run ./dev setup.")
    out = options.out.resolve()
    built = out.with_name(out.name + ".hash")
    out.parent.mkdir(parents=True, exist_ok=True)
    with open(out.with_name(out.name + ".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        started = time.time()
        wanted = hash_of_sources()
        if not out.exists() or not built.exists() or built.read_text() != wanted:
            build(out)
            built.write_text(wanted)
    options.stamp.write_text(wanted)
    # What is edited while it builds is newer than the stamp.
    os.utime(options.stamp, (started, started))


if __name__ == "__main__":
    main()
