"""A restore is killed with -9 midway: the portal stands as it stood; the same command again ends it."""

import pytest
from django.db import connection, connections

from people.models import User

from .commands import Office
from .machines import until


def leftovers(portal):
    """What a restore that has not ended put beside the database."""
    if connection.vendor == "sqlite":
        return [path.name for path in portal.folder.glob("portal.sqlite3.restoring_*")]
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'restoring\\_%%'")
        found = [name for (name,) in cursor.fetchall()]
    connections.close_all()  # or the restore waits for us
    return found


def names():
    return sorted(User.objects.values_list("username", flat=True))


@pytest.fixture(params=["sqlite", "postgresql"])
def portal(request, open_portal, tmp_path):
    return open_portal(request.param, OUTAGE_FILE=str(tmp_path / "outage.json"))


@pytest.fixture
def killed(portal):
    """(office, file): a backup of `an` alone, and its restore killed; `binh` came in between."""
    office, file = Office(portal), portal.folder / "night.age"
    User.objects.create_user("an")
    office.run("backup", file)
    User.objects.create_user("binh")
    with office.start("restore", file, "--replace") as restoring:
        until(lambda: leftovers(portal) or restoring.poll() is not None, "nothing was begun")
        restoring.kill()
    assert restoring.returncode == -9
    connections.close_all()
    return office, file


def test_everything_stands_as_it_stood_and_the_portal_can_be_switched_on(portal, killed):
    office, _file = killed
    assert names() == ["an", "binh"]
    assert office.outage() == "on"
    office.run("outage", "off")
    portal.web.start()
    assert portal.visitor().get("/").status == 200


@pytest.mark.long
def test_the_same_command_again_ends_it_and_leaves_nothing_behind(portal, killed):
    office, file = killed
    office.run("restore", file, "--replace")
    assert names() == ["an"]
    assert (leftovers(portal), office.outage()) == ([], "off")
