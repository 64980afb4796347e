"""docs/bad-days.md names tests that are there."""

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
NAMED = re.findall(r"`((?:\w+/)?test_\w+\.py)`", (TESTS.parent / "docs/bad-days.md").read_text())


def test_every_test_it_names_is_there():
    places = {name: TESTS / (name if "/" in name else f"baddays/{name}") for name in NAMED}
    assert [name for name, place in places.items() if not place.exists()] == []


def test_every_bad_day_that_is_tested_is_in_it():
    days = {path.name for path in (TESTS / "baddays").glob("test_*.py")}
    walls = {f"walls/{path.name}" for path in (TESTS / "walls").glob("test_*.py")}
    others = {"walls/test_cookies_and_headers.py", "walls/test_production_refuses.py"}
    others |= {"walls/test_editor_interface.py", "walls/test_scanning.py"}  # settings, not attacks
    assert days | (walls - others) <= set(NAMED)
