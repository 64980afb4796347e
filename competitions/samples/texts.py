"""The written part of the samples."""

import json
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data" / "competitions.json"


@cache
def written():
    """{"competitions": […], "quiz": {…}} as in data/competitions.json."""
    return json.loads(_DATA.read_text(encoding="utf-8"))
