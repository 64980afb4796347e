"""A sign-in ends with disuse, whatever stands open on the screen; what was typed is kept."""

import time
from unittest.mock import patch

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from people.roles import set_up_role
from people.sign_in import activity
from people.sign_in.session_store import ALLOWED, SEEN
from tests.people.test_sign_in import signed_in

from .builders import PASSWORD, account, administrator

pytestmark = pytest.mark.django_db
PAGE = "/nhan-su/cua-toi/"
BACKGROUND = {"Sec-Fetch-Mode": "cors"}


@pytest.fixture
def an(client):
    an = account("an")
    client.force_login(an)
    return an


class Clock:
    """Moves all clocks a session looks at."""

    def __init__(self):
        self.moved = 0
        self._time, self._now = time.time, timezone.now

    def __enter__(self):
        self._patches = [
            patch("time.time", lambda: self._time() + self.moved),
            patch("django.utils.timezone.now", lambda: self._now() + timezone.timedelta(seconds=self.moved)),
        ]
        for each in self._patches:
            each.start()
        return self

    def __exit__(self, *args):
        for each in self._patches:
            each.stop()

    def pass_by(self, minutes):
        self.moved += minutes * 60


@pytest.fixture
def clock():
    with Clock() as clock:
        yield clock


def is_in(client):
    return client.get(PAGE, headers=BACKGROUND).status_code == 200


def test_fifteen_minutes_without_doing_anything_end_it(client, an, clock):
    clock.pass_by(14)
    assert is_in(client)
    clock.pass_by(1.1)
    assert not is_in(client)
    assert client.get(PAGE).url == f"/tai-khoan/login/?next={PAGE}"


def test_an_administrator_has_five(client, clock):
    client.force_login(administrator())
    clock.pass_by(4)
    assert is_in(client)
    clock.pass_by(1.1)
    assert not is_in(client)


def test_whoever_works_stays_in_until_the_day_is_over(client, an, clock):
    for _n in range(int(12 * 60 / 10) - 1):
        clock.pass_by(10)
        assert client.get(PAGE).status_code == 200
    clock.pass_by(10)
    assert client.get(PAGE).status_code == 302


@pytest.mark.parametrize(
    "address", ["/thong-bao/moi/?after=0", "/nhan-su/phien/", "/viec-cua-toi/", "/nhan-su/cua-toi/"]
)
def test_what_an_open_page_fetches_keeps_nobody_signed_in(client, an, clock, address):
    for _n in range(14):
        clock.pass_by(1)
        assert client.get(address, headers=BACKGROUND | {"HX-Request": "true"}).status_code == 200
    clock.pass_by(1.1)
    assert not is_in(client)


def test_what_is_sent_keeps_signed_in_as_an_autosave_does_while_somebody_types(client, an, clock):
    for _n in range(6):
        clock.pass_by(10)
        client.post("/nhan-su/giu/bo/", {"page": PAGE}, headers=BACKGROUND)
    assert is_in(client)


def test_an_editor_left_open_on_a_page_ends_as_well(client, an, clock):
    for _n in range(15):
        clock.pass_by(1)
        client.post("/quan-tri/editing-sessions/ping/wagtailcore/page/1/1/", headers=BACKGROUND)
    clock.pass_by(0.1)
    assert not is_in(client)


def test_something_written_into_the_session_meanwhile_prolongs_nothing(client, an, clock):
    before = Session.objects.get(pk=client.session.session_key).expire_date
    clock.pass_by(10)
    session = client.session
    session["anything"] = 1
    session.save()
    assert Session.objects.get(pk=session.session_key).expire_date == before


def test_a_page_within_half_a_minute_writes_nothing(client, an, monkeypatch):
    monkeypatch.setattr(activity, "NOTE_EVERY", 3600)  # a busy machine is slow, not wrong
    client.get(PAGE)
    seen = client.session[SEEN]
    client.get(PAGE)
    assert client.session[SEEN] == seen


def test_a_role_given_meanwhile_shortens_the_time(client, an, clock):
    set_up_role(an, "administrator", "test")
    clock.pass_by(1)
    client.get(PAGE)
    assert client.session[ALLOWED] == 5 * 60


def test_a_session_from_before_is_taken_up(client, an):
    session = client.session
    for name in ("began_at", "seen_at", "idle_seconds"):
        del session[name]
    session.save()
    assert client.get(PAGE).status_code == 200
    assert SEEN in client.session


def test_the_cookie_ends_with_the_browser(client):
    account("an")
    client.post("/tai-khoan/login/", {"login": "an", "password": PASSWORD})
    assert signed_in(client)
    assert client.cookies["sessionid"]["max-age"] == ""


def test_what_a_signed_in_person_sees_is_kept_in_no_cache(an, client):
    assert client.get(PAGE).headers["Cache-Control"] == "private, no-store"
    client.force_login(administrator())
    assert client.get("/nhan-su/tai-khoan/").headers["Cache-Control"] == "private, no-store"
