"""Fixtures every test may use. Builders live beside them in tests/builders.py."""

import gc

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import SimpleTestCase
from django.utils import timezone
from hypothesis import HealthCheck, settings

from portal import furniture
from tests import flushing, standing

NOW = timezone.now
# A busy machine is slow, not wrong.
settings.register_profile("portal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("portal")
flushing.make_flushing_cheap()


def pytest_collection_finish(session):
    """What is loaded by now stays to the end: no need to look through it for garbage over and over."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(config, items):
    """What takes minutes is run where it is asked for. Who may see what, and how a page is drawn, is asked
    once: the run on PostgreSQL is for what differs between databases, and leaves out what is marked `once` or
    touches none."""
    asked = items
    if "long" not in (config.option.markexpr or ""):
        asked = [item for item in asked if not item.get_closest_marker("long")]
    if connection.vendor != "sqlite":
        asked = [item for item in asked if _touches_a_database(item) and not _is_asked_once(item)]
    kept = set(asked)
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = asked


# What comes from outside, and processes that have databases of their own, whatever the tests run on.
ASKED_ONCE = {"walls", "deploy", "baddays"}


def _is_asked_once(item):
    return item.get_closest_marker("once") or item.path.parent.name in ASKED_ONCE


def _touches_a_database(item):
    """pytest-django lets no other test do so."""
    asked = item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(item.fixturenames)
    return bool(asked) or (item.cls is not None and issubclass(item.cls, SimpleTestCase))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    standing.make_room_for(item)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    """A clock that a test set and did not set back would be the clock of all tests after it. (Of two ways to
    set it in one test, the first to be undone brings the other back.)"""
    yield
    if timezone.now is not NOW:
        timezone.now = NOW
        pytest.fail("this test leaves another clock behind")


@pytest.fixture(autouse=True)
def _quiet_world(settings, tmp_path):
    """Files go to a folder of the test's own; what is kept for a minute does not leak from test to test."""
    cache.clear()
    # Known for half a minute, and so no part of what a page costs.
    cache.set(furniture.KEPT_AS, furniture.Furniture())
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "media" / "private"
    settings.AUDIT_ANCHOR_FILE = tmp_path / "audit-anchors.jsonl"
    settings.OUTAGE_FILE = tmp_path / "outage.json"
