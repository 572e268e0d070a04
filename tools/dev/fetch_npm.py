"""Takes single files out of npm packages: pinned by hash, no script of a package is run, nothing else is installed.

Usage: fetch_npm.py PINS DESTINATION [--with-node]

The tarball comes through the machine's own npm with its settings. A file is written only when the tarball has the
pinned hash, and appears whole or not at all. A stamp per package makes a second run do nothing.
"""

import base64
import hashlib
import json
import os
import platform
import stat
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path


def wanted(pin, machine, with_node):
    return pin.get("machine", machine) == machine and (pin.get("only") != "node" or with_node)


def stamp_of(pin, destination):
    return destination / ".pins" / (pin["package"].replace("/", "_") + ".json")


def is_present(pin, destination):
    stamp = stamp_of(pin, destination)
    return (
        stamp.exists()
        and json.loads(stamp.read_text()) == pin
        and all((destination / place).exists() for place in pin["take"].values())
    )


def integrity_of(path):
    return "sha512-" + base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()


# npm's cache may serve the file: the hash is checked here. Without a network npm would try for minutes.
NPM_PACK = ["npm", "pack", "--json", "--ignore-scripts", "--loglevel=error", "--prefer-offline",
            "--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"]


def fetch(package, folder):
    done = subprocess.run(
        [*NPM_PACK, package],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    tarballs = list(Path(folder).glob("*.tgz"))
    if done.returncode != 0 or len(tarballs) != 1:
        sys.exit(
            f"dev: npm could not fetch {package}. Check the network, or the proxy and registry in npm's settings "
            f"(npm config ls). npm said:\n{done.stderr.strip()}"
        )
    return tarballs[0]


def take(tarball, members, destination):
    with tarfile.open(tarball) as archive:
        for member, place in members.items():
            entry = archive.getmember("package/" + member)
            source = archive.extractfile(entry)
            target = destination / place
            target.parent.mkdir(parents=True, exist_ok=True)
            partial = target.with_name(target.name + ".partial")
            with open(partial, "wb") as out:
                while block := source.read(1 << 20):
                    out.write(block)
            os.chmod(partial, 0o755 if entry.mode & stat.S_IXUSR else 0o644)
            os.replace(partial, target)


def main(pins_path, destination, with_node):
    for pin in json.loads(Path(pins_path).read_text()):
        if not wanted(pin, platform.machine(), with_node) or is_present(pin, destination):
            continue
        print(f"Fetching {pin['package']} ...", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            tarball = fetch(pin["package"], folder)
            if integrity_of(tarball) != pin["integrity"]:
                sys.exit(
                    f"dev: {pin['package']} is not the file that {pins_path} pins: it has {integrity_of(tarball)}. "
                    "Nothing of it was kept. The registry in npm's settings may serve something else under this name."
                )
            take(tarball, pin["take"], destination)
        stamp = stamp_of(pin, destination)
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(json.dumps(pin))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), "--with-node" in sys.argv[3:])
