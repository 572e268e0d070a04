#!/usr/bin/env python3
"""Schemathesis against the running program and its own /openapi.json: no server error, and no answer whose status, type
or body the document does not declare. By an administrator's key; streams are left out, as they have no end.

Usage: schemathesis_run.py --program build/release/mainstay [--examples 100]

Passes over, saying so, where Schemathesis is neither installed nor to be had (PyPI, pinned in requirements.txt); it is
kept in build/conformance.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from server import Server  # noqa: E402

FETCHED = ROOT / "build/conformance"
FETCHED_WITHIN_S, RUN_WITHIN_S = 300, 1800
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
SEED = "4"


def schemathesis():
    """Its command, or nothing."""
    command = FETCHED / "bin/schemathesis"
    if command.exists():
        return command
    try:
        subprocess.run([sys.executable, "-m", "venv", FETCHED], check=True, timeout=FETCHED_WITHIN_S)
        subprocess.run([FETCHED / "bin/python", "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r",
                        Path(__file__).parent / "requirements.txt"], check=True, timeout=FETCHED_WITHIN_S)
    except (OSError, subprocess.SubprocessError) as error:
        print(f"passed over: Schemathesis could not be installed: {error}")
        return None
    return command


def main():
    reads = argparse.ArgumentParser()
    reads.add_argument("--program", type=Path, required=True)
    reads.add_argument("--examples", type=int, default=30, help="requests made for each operation and phase")
    options = reads.parse_args()
    command = schemathesis()
    if command is None:
        return 0
    with tempfile.TemporaryDirectory(prefix="mainstay-conformance-") as folder:
        server = Server(options.program, Path(folder))
        server.start()
        try:
            key = server.new_key(server.command("tenant", "create", "--name", "Conformance", "--plan", "enterprise")["id"])
            done = subprocess.run(
                [command, "--config-file", Path(__file__).with_name("schemathesis.toml"), "run", f"http://127.0.0.1:{server.port}/openapi.json", "--header", f"Authorization: Bearer {key}",
                 "--checks", CHECKS, "--max-examples", str(options.examples), "--seed", SEED, "--continue-on-failure",
                 "--exclude-path-regex", "/events$", "--phases", "examples,coverage,fuzzing", "--warnings", "off"],
                cwd=folder, timeout=RUN_WITHIN_S)
        finally:
            status = server.stop()
    is_well = done.returncode == 0 and status == 0
    print(f"{int(is_well)} passed, {int(not is_well)} failed")
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
