"""Plan 178/KH-UBND as data and as text: read by whatever shows it or carries it out."""

import json
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[1] / "plan" / "data"
PLAN_FILE = _FOLDER / "plan.json"
TEXT_FILE = _FOLDER / "plan-178-KH-UBND.txt"


@cache
def read_plan():
    """The plan as data: source, targets, units, tasks, dates. Raises OSError, ValueError if damaged."""
    return json.loads(PLAN_FILE.read_text(encoding="utf-8"))
