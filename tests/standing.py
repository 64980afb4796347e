"""A world that stands for a whole module: built once, in a transaction of the module's own; each test works
inside it in its transaction, which is undone, and with a copy of what the builder gave.

    standing_ward = standing(make_plan_ward)

    @pytest.fixture
    def ward(standing_ward):
        return deepcopy(standing_ward)

A test with real transactions (`django_db(transaction=True)`) empties the database: pytest-django puts these
last, and the world is gone before the first of them, which builds its own.
"""

from contextlib import contextmanager, nullcontext

import pytest
from django.db import transaction
from django.test import TransactionTestCase

_blocks = []  # the open transaction of the module whose tests run
_alone = [False]  # whether the test about to run has real transactions


def undone():
    """A transaction of the tests': what asks for a durable one of its own may run inside."""
    block = transaction.atomic()
    block._from_testcase = True
    return block


def standing(build, *args, during=nullcontext):
    """A fixture for the module that names it; the builder runs in `during()`, a clock for instance."""

    @pytest.fixture(scope="module", autouse=True)
    def world(django_db_setup, django_db_blocker):
        with built(django_db_blocker, build, *args, during=during) as made:
            yield made

    return world


@contextmanager
def built(blocker, build, *args, during=nullcontext):
    """What the builder gave, as long as it stands; None where the test about to run has real transactions."""
    if _alone[0]:
        yield None
        return
    with blocker.unblock():
        _open()
        try:
            with during():
                made = build(*args)
            yield made
        finally:
            _close()


def stands():
    """Whether there is one: not in a test with real transactions."""
    return bool(_blocks)


def make_room_for(item):
    """Before each test: no world stands where the database is about to be emptied."""
    _alone[0] = _has_real_transactions(item)
    if _alone[0]:
        _close()


def _open():
    block = undone()
    block.__enter__()
    _blocks.append(block)


def _close():
    while _blocks:
        transaction.set_rollback(True)
        _blocks.pop().__exit__(None, None, None)


def _has_real_transactions(item):
    marker = item.get_closest_marker("django_db")
    return (
        bool(marker and marker.kwargs.get("transaction"))
        or bool({"transactional_db", "live_server"} & set(item.fixturenames))
        or (item.cls is not None and issubclass(item.cls, TransactionTestCase))
    )
