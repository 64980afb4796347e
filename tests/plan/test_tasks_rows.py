"""The rows of the tasks alone, as the crawler asks them all (tests/house/test_crawler.py)."""

import pytest

from tests.house.test_crawler import _quiet_world, _short_refusals, clients, differences, report, world
from tests.plan.rows_tasks import ROWS

__all__ = ["_quiet_world", "_short_refusals", "clients", "world"]
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_everybody_gets_what_the_rows_of_the_tasks_say(world, clients):
    problems = []
    for row in ROWS:
        for method, cell in (("get", row.get), ("post", row.post)):
            problems += differences(row.address, method, cell, row.path(world), clients)
    report(problems)
