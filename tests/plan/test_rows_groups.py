"""The rows of the books alone, asked as the crawler asks: the whole table takes minutes."""

import pytest

from tests.house.test_crawler import (  # noqa: F401
    _short_refusals,
    clients,
    differences,
    report,
    world,
)
from tests.plan.rows_groups import ROWS

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def _quiet_world():
    """As the crawler: the world's files outlive one test."""


def test_everybody_gets_of_the_books_what_the_table_says(world, clients):  # noqa: F811
    problems = []
    for row in ROWS:
        for method, cell in (("get", row.get), ("post", row.post)):
            problems += differences(row.address, method, cell, row.path(world), clients)
    report(problems)
