#!/usr/bin/env python3
"""Writes what a built program is made of as CycloneDX 1.5 JSON: each shared library with the Debian package that it came
from and its SHA-256, each Debian package whose headers were compiled in, each npm package with the hash that it is
pinned to.

Usage: sbom.py --build build/release [--output FILE] [--check]

Writes mainstay.cdx.json beside the program. A library that belongs to no package and is not pinned is a failure. With
--check it writes nothing and prints "N passed, N failed", counted in components.
"""

import argparse
import base64
import hashlib
import json
import platform
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = ("mainstay", "mainstay-duck")
PINS = ROOT / "tools/dev/npm_pins.json"
DASHBOARD_LOCK = ROOT / "web/package-lock.json"
PACKAGES = ROOT / "tools/dev/packages.txt"
OF_TESTS = {"libgtest-dev", "libgmock-dev", "librapidcheck-dev", "libbenchmark-dev"}


def output_of(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def libraries_of(program):
    """The files that the loader maps for it, the kernel's own aside."""
    lines = re.findall(r"(?:=>|^)\s+(/\S+) \(", output_of("ldd", program), re.MULTILINE)
    return {Path(path).resolve() for path in lines}


def package_of(library):
    """`name:architecture` of the Debian package, or nothing. Paths below /usr may be registered without it."""
    for path in (str(library), str(library).removeprefix("/usr")):
        found = subprocess.run(["dpkg-query", "-S", path], capture_output=True, text=True, check=False)
        if found.returncode == 0:
            return found.stdout.split(": ")[0]
    return None


def debian(package, **more):
    shown = output_of("dpkg-query", "-W", "-f", "${Package} ${Version} ${Architecture}", package)
    name, version, architecture = shown.split()
    return {"type": "library", "name": name, "version": version,
            "purl": f"pkg:deb/debian/{name}@{version}?arch={architecture}&distro=bookworm", **more}


def sha256(path):
    return {"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}


def libraries(programs, faults):
    components = {}
    for path in sorted(set().union(*map(libraries_of, programs))):
        if ROOT / "third_party" in path.parents:
            continue  # one of the pins
        package = package_of(path)
        if package is None:
            faults.append(f"{path} belongs to no package and is not pinned")
            continue
        component = components.setdefault(package, debian(package, scope="required", hashes=[]))
        component["hashes"].append(sha256(path))
    return list(components.values())


def compiled_in():
    """Packages of headers and static libraries."""
    names = [line.split("#")[0].strip() for line in PACKAGES.read_text().splitlines()]
    return [debian(name, scope="required") for name in names if name.endswith("-dev") and name not in OF_TESTS]


def pinned():
    components = []
    for pin in json.loads(PINS.read_text()):
        if pin.get("only") or pin.get("machine", platform.machine()) != platform.machine():
            continue
        name, version = pin["package"].rsplit("@", 1)
        digest = base64.b64decode(pin["integrity"].removeprefix("sha512-")).hex()
        components.append({"type": "library", "name": name, "version": version, "scope": "required",
                           "purl": f"pkg:npm/{name.replace('@', '%40')}@{version}",
                           "hashes": [{"alg": "SHA-512", "content": digest}]})
    return components


def bundled():
    """Packages whose code is in the dashboard."""
    components = []
    for place, package in json.loads(DASHBOARD_LOCK.read_text())["packages"].items():
        if not place or package.get("dev"):
            continue
        name, version = place.rsplit("node_modules/", 1)[1], package["version"]
        digest = base64.b64decode(package["integrity"].removeprefix("sha512-")).hex()
        components.append({"type": "library", "name": name, "version": version, "scope": "required",
                           "purl": f"pkg:npm/{name.replace('@', '%40')}@{version}",
                           "hashes": [{"alg": "SHA-512", "content": digest}]})
    return components


def main():
    reads = argparse.ArgumentParser()
    reads.add_argument("--build", type=Path, required=True)
    reads.add_argument("--output", type=Path)
    reads.add_argument("--check", action="store_true")
    options = reads.parse_args()
    faults = []
    programs = [path for path in map(options.build.joinpath, PROGRAMS) if path.exists()]
    if not programs:
        sys.exit(f"there is no program in {options.build}; build it first: ./dev build")
    components = libraries(programs, faults) + compiled_in() + pinned() + bundled()
    for fault in faults:
        print(fault)
    if options.check:
        print(f"{len(components)} passed, {len(faults)} failed")
        return 1 if faults else 0
    document = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
                "metadata": {"component": {"type": "application", "name": "mainstay", "hashes": [sha256(programs[0])],
                                           "version": output_of(programs[0], "--version").split()[-1]}},
                "components": components}
    output = options.output or options.build / "mainstay.cdx.json"
    output.write_text(json.dumps(document, indent=1) + "\n")
    print(f"{output}: {len(components)} components")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
