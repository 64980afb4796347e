"""The rows of this part of the plan, asked as everybody; the crawler asks all others."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests import role_table
from tests.house.table import expected
from tests.house.world import ROLES, make_world

from .rows_public import ROWS

pytestmark = pytest.mark.django_db


def test_everybody_gets_what_the_rows_say():
    world = make_world()
    wrong = []
    for role in ROLES:
        client = Client(raise_request_exception=False)
        if ROLES[role]:
            client.force_login(world.account(role), "django.contrib.auth.backends.ModelBackend")
        for row in ROWS:
            for method, told in (("get", row.get), ("post", row.post)):
                cache.clear()  # open data counts who asks how often
                got = getattr(client, method)(row.path(world)).status_code
                if got != expected(told, role_table.SETS)[role]:
                    wrong.append((row.address, method, role, got))
    assert wrong == []
