"""pip-audit over everything the requirements bring along: holes that are known, by the service of PyPI (or
OSV, `SCAN_SERVICE=osv`).

pip-audit passes over a package its service does not know and still ends well. Here a package nobody was asked
about is a failure: an office behind a mirror without that service must not read "no known holes".
"""

import json
import os
import subprocess
import sys

from bench.server import ROOT

from ..report import Outcome, write

SERVICE = os.environ.get("SCAN_SERVICE", "pypi")
PATIENCE = 600  # seconds
SHOWN = 5


def check():
    command = [sys.executable, "-m", "pip_audit", "--requirement", "requirements.txt", "--format", "json"]
    command += ["--vulnerability-service", SERVICE, "--progress-spinner", "off"]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        found = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return Outcome(False, [f"pip-audit gave no answer within {PATIENCE} s: nothing is known"])
    except ValueError:
        last = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        return Outcome(False, [f"pip-audit could not ask its service ({SERVICE}): {last[:300]}"])
    return judged(found, write("pip-audit", found))


def judged(found, path):
    """Every known hole counts, whatever its severity: most are published without one."""
    packages = found["dependencies"]
    skipped = [each["name"] for each in packages if "skip_reason" in each]
    lines = [
        f"{each['name']} {each['version']}: {hole['id']}, mended in {_versions(hole)}"
        for each in packages
        for hole in each.get("vulns", ())
    ]
    if skipped:
        shown = ", ".join(skipped[:SHOWN]) + (" …" if len(skipped) > SHOWN else "")
        lines.append(
            f"{len(skipped)} of {len(packages)} packages were NOT looked at, the service does not know them: "
            f"{shown}. Run this where pip-audit reaches PyPI itself (or SCAN_SERVICE=osv)."
        )
    asked = len(packages) - len(skipped)
    return Outcome(not lines and asked > 0, [*lines, f"{asked} packages asked about ({path})"])


def _versions(hole):
    return ", ".join(hole["fix_versions"]) or "none yet"
