"""bandit over the code that runs in production. Where it is mistaken, the line says `# nosec` and why."""

import json
import subprocess
import sys

from bench.server import ROOT

from ..report import Outcome, write

READ = ("site", "ideas", "training", "competitions", "deploy", "manage.py")
SERIOUS = ("MEDIUM", "HIGH")


def check():
    command = [sys.executable, "-m", "bandit", "--quiet", "--recursive", *READ, "--format", "json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    try:
        found = json.loads(done.stdout)
    except ValueError:
        return Outcome(False, [f"bandit did not look: {done.stderr.strip()[-500:]}"])
    return judged(found, write("bandit", found))


def judged(found, path):
    """Unread files count as a finding: what could not be read may hold anything."""
    lines = [f"{error['filename']}: {error['reason']}" for error in found["errors"]]
    lines += [
        f"{each['filename']}:{each['line_number']} {each['issue_severity'].lower()} {each['test_id']} "
        f"{each['issue_text'].splitlines()[0]}"
        for each in found["results"]
        if each["issue_severity"] in SERIOUS
    ]
    count = found["metrics"]["_totals"]
    summary = f"{count['loc']} lines read, {len(lines)} findings of medium severity or higher ({path})"
    return Outcome(not lines and count["loc"] > 0, [*lines, summary])
