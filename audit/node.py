"""Tools from the npm registry, at one version each, under var/: nothing of theirs is part of the portal."""

import json
import subprocess
import sys

from .report import REPORTS

FOLDER = REPORTS / "node"
VERSIONS = {
    "vnu-jar": "26.9.27",  # the Nu checker; runs on any Java from 11
    "lighthouse": "12.8.2",  # the last that runs on Node 20
}


def package(name):
    """The folder of this package; installed where it is missing or of another version."""
    folder = FOLDER / name / "node_modules" / name
    if _version(folder) != VERSIONS[name]:
        _install(name)
    return folder


def _version(folder):
    manifest = folder / "package.json"
    return json.loads(manifest.read_text())["version"] if manifest.exists() else None


def _install(name):
    """Without scripts of the packages: vnu-jar's would fetch a Java of its own."""
    home = FOLDER / name
    home.mkdir(parents=True, exist_ok=True)
    options = ["--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"]
    run(["npm", "install", "--prefix", str(home), *options, f"{name}@{VERSIONS[name]}"], stdout=sys.stderr)


def run(command, **more):
    """A tool that must be on the machine; says so where it is not."""
    try:
        return subprocess.run(command, check=True, **more)
    except FileNotFoundError:
        sys.exit(f"{command[0]} is not on this machine (Debian: apt-get install default-jre-headless npm)")
