"""The sample dossiers and the council as data."""

import json
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@cache
def initiatives():
    """The written dossiers, each with its text, its people and its steps (days before the day of loading)."""
    return _read("initiatives")["initiatives"]


@cache
def council():
    return _read("council")["council"]


@cache
def meetings():
    return _read("council")["meetings"]


@cache
def comments():
    return _read("council")["comments"]


@cache
def residents_ideas():
    """Ideas of residents, each with its steps (days before the day of loading)."""
    return _read("ideas")["ideas"]


@cache
def results():
    """What was measured of recognised dossiers, and who uses them."""
    return _read("ideas")["results"]


def _read(name):
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
