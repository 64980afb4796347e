"""`make bench`: every `bench.<module>.run()`, each in a process and on a database of its own; one JSON.

`python -m bench papers live` measures only those. Exit 1 when a budget does not hold.
"""

import importlib
import json
import os
import pkgutil
import subprocess
import sys
import tempfile
from pathlib import Path

from .budgets import BUDGETS, check

ROOT = Path(__file__).resolve().parent.parent
NO_MEASUREMENT = {
    "__main__",
    "budgets",
    "databases",
    "server",
    "processes_settings",
    "public_settings",
    "settings",
    "vote_settings",
    "urls",
    "yardstick",
}


def modules():
    names = sorted(module.name for module in pkgutil.iter_modules([str(ROOT / "bench")]))
    return [name for name in names if name not in NO_MEASUREMENT]


def measure(name):
    """The figures of one module with its budgets, or the error that ended it."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "MEDIA_ROOT": f"{folder}/media",
            "REDIS_URL": "",
            "SECRET_KEY": "only-for-the-bench-" + "0123456789abcdef" * 4,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
        }
        done = subprocess.run(
            [sys.executable, "-m", "bench", "--inside", name],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
        )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"exit {done.returncode}"]
        return {"error": lines[-1]}
    return json.loads(done.stdout.splitlines()[-1])


def inside(name):
    import django

    django.setup()
    module = importlib.import_module(f"bench.{name}")
    figures = module.run()
    budgets = getattr(module, "BUDGETS", BUDGETS.get(name, {}))
    return {"figures": figures, "budgets": check(figures, budgets)}


def main(names):
    found = {name: measure(name) for name in names or modules()}
    broken = [
        f"{name}.{path}" if path else name
        for name, outcome in found.items()
        for path in (
            [""] if "error" in outcome else [p for p, b in outcome["budgets"].items() if not b["holds"]]
        )
    ]
    print(json.dumps({"all_hold": not broken, "broken": broken, **found}, indent=1, ensure_ascii=False))
    return 1 if broken else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        print(json.dumps(inside(sys.argv[2])))
    else:
        sys.exit(main(sys.argv[1:]))
