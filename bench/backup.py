"""Backup and restore of a city: 114 wards, 42,000 people, 768,000 attendance rows, by the commands the office
runs, on each database. BENCH_CITY keeps the city as for `coverage`.

Restored within 5 minutes, with equal rows and hashes; the memory of neither grows with the size.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .databases import on_both

ROOT = Path(__file__).resolve().parent.parent
# What a backup writes after its own moment, and what only the trail of restoring adds.
OF_THE_COMMANDS = {"trust_auditevent", "trust_auditseal"}


def _budgets(database):
    return {
        f"{database}.restore_s": ("<=", 300),
        f"{database}.tables_that_differ": ("==", 0),
        f"{database}.backup_peak_mb": ("<=", 300),
        f"{database}.restore_peak_mb": ("<=", 400),
    }


BUDGETS = _budgets("sqlite")


def run():
    with tempfile.TemporaryDirectory() as folder:
        city = os.environ.get("BENCH_CITY") or f"{folder}/city.sqlite3"
        figures = on_both("bench.backup", folder, sqlite=city)
    if "postgresql" in figures:
        BUDGETS.update(_budgets("postgresql"))
    return figures


# ---- inside the process of one database


def measure():
    import django

    django.setup()
    from django.db import connections

    from operations.keys import new_key

    from .coverage import _load

    loaded = _load()
    connections.close_all()  # a database somebody is connected to is not replaced
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"BACKUP_KEY": new_key(), "OUTAGE_FILE": f"{folder}/outage.json"}
        file = f"{folder}/city.age"
        backup, backup_s, backup_peak = _command(environment, "backup", file, "--no-verify")
        _checked, check_s, _peak = _command(environment, "restore", file, "--check")
        elsewhere, arguments = _elsewhere(environment, folder)
        restored, restore_s, restore_peak = _command(elsewhere, "restore", file, *arguments)
        again, _seconds, _peak = _command(elsewhere, "backup", f"{folder}/again.age", "--no-verify")
        differing = _different(backup, restored) + _different(backup, again)
        return {
            "rows": backup["rows"],
            "attendance": loaded["attendance"],
            "megabytes": round(backup["bytes"] / 1024**2, 1),
            "backup_s": backup_s,
            "check_s": check_s,
            "restore_s": restore_s,
            "backup_peak_mb": backup_peak,
            "restore_peak_mb": restore_peak,
            "tables_that_differ": len(differing),
            "differing": differing,
        }


def _elsewhere(environment, folder):
    """SQLite: into a new file, the kept city is left alone. PostgreSQL: in place of the city itself, which is
    a database of the measurement's own."""
    if not environment["DATABASE_URL"].startswith("sqlite"):
        return environment, ["--replace"]
    media = f"{folder}/media"
    Path(media).mkdir()
    return environment | {"DATABASE_URL": f"sqlite:///{folder}/new.sqlite3", "MEDIA_ROOT": media}, []


def _different(one, other):
    """Names of tables with other rows or hashes."""
    return sorted(
        name
        for name, said in one["tables"].items()
        if said != other["tables"][name] and name not in OF_THE_COMMANDS
    )


def _command(environment, *arguments):
    """(what it printed, seconds, the most memory it had in MB)."""
    began, peak = time.monotonic(), 0
    with tempfile.TemporaryFile("w+") as out:
        running = subprocess.Popen(
            [sys.executable, "manage.py", *arguments, "--format", "json"],
            cwd=ROOT,
            env=environment,
            stdout=out,
        )
        while running.poll() is None:
            peak = max(peak, _most_memory(running.pid))
            time.sleep(0.1)
        out.seek(0)
        said = out.read()
    if running.returncode:
        raise SystemExit(f"{arguments[0]} ended with {running.returncode}: {said}")
    return json.loads(said), round(time.monotonic() - began, 1), peak


def _most_memory(pid):
    """MB the process has had at most so far. What `wait4` says counts the memory of whoever started it."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)


if __name__ == "__main__":
    print(json.dumps(measure()))
