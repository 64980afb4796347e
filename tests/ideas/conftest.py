"""The ward and the dossier a test begins with; `starting` says where."""

import pytest

from tests import standing

from . import builders
from .starting import begun_by

start = begun_by()


@pytest.fixture
def world(start):
    """Nothing stands where a test has real transactions: it has the ward alone."""
    return start.copied() if standing.stands() else (builders.make_ward(), None)


@pytest.fixture
def ward(world):
    return world[0]


@pytest.fixture
def initiative(world):
    return world[1]
