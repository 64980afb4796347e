"""What a check found: lines to read at once, and a file with all of it."""

import json
from dataclasses import dataclass

from bench.server import ROOT

REPORTS = ROOT / "var" / "audit"


@dataclass(frozen=True)
class Outcome:
    holds: bool
    lines: list[str]


def write(name, found):
    """`var/audit/<name>.json`."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    path = REPORTS / f"{name}.json"
    path.write_text(json.dumps(found, indent=1, ensure_ascii=False))
    return path.relative_to(ROOT)
