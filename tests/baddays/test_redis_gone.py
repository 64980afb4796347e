"""Redis dies, hangs, comes back: pages go on, limits hold, news catch up, /healthz says so."""

import time

import pytest

from tests.ideas.builders import make_ward
from tests.notifications.builders import RECEIVED, tell
from tests.portal.builders import site

from .portal import codes_on

NEW = "/sang-kien/ho-so/moi/"
WRONG = {"login": "tacgia", "password": "wrong"}


@pytest.fixture
def portal(open_portal, redis_server):
    portal = open_portal("postgresql", REDIS_URL=redis_server.url)
    portal.web.start()
    return portal


def statuses(person, public):
    """Of what people do in a minute: read, read signed in, look something up that is counted, send a form."""
    began = time.monotonic()
    found = [
        public.get("/").status,
        person.get("/viec-cua-toi/").status,
        public.get("/xac-minh/ABCD2345/").status,
        person.post(NEW, title=f"Sáng kiến lúc {time.monotonic()}").status,
        public.post("/tai-khoan/login/", **WRONG).status,
    ]
    return found, time.monotonic() - began


def test_without_redis_every_page_goes_on_limits_hold_news_arrive_and_healthz_says_so(portal, redis_server):
    site()
    ward = make_ward()
    person, public = portal.visitor(ward.tacgia), portal.visitor()
    with person.socket() as line:
        usual, _seconds = statuses(person, public)
        assert usual == [200, 200, 404, 302, 200]
        redis_server.kill()
        gone, _seconds = statuses(person, public)
        assert gone == usual
        tell(RECEIVED, ward.tacgia, subject="SK-meanwhile")  # by another process, without Redis
        assert "SK-meanwhile" in codes_on(line, 1)
        status, said = portal.health()
        assert (status, said["cache"], said["channels"], said["database"]) == (
            503,
            "failing",
            "failing",
            "ok",
        )
        # The count of wrong passwords goes on in this process: the sixth is refused whatever is typed.
        tries = [public.post("/tai-khoan/login/", **WRONG).text for _ in range(6)]
        assert tries[-1] != tries[0]
        redis_server.start()
        time.sleep(4)  # as long as a cache that failed is left alone
        back, _seconds = statuses(person, public)
        assert (back[:4], portal.health()[1]["cache"]) == (usual[:4], "ok")
        tell(RECEIVED, ward.tacgia, subject="SK-after")
        assert "SK-after" in codes_on(line, 1)


def test_a_redis_that_hangs_costs_a_request_seconds_once_and_no_page(portal, redis_server):
    site()
    person, public = portal.visitor(make_ward().tacgia), portal.visitor()
    usual, _seconds = statuses(person, public)
    redis_server.stop_answering()
    try:
        hanging, seconds = statuses(person, public)
        assert (hanging, seconds < 30) == (usual, True), seconds
        status, said = portal.health()
        assert (status, said["cache"], said["channels"]) == (503, "failing", "failing")
    finally:
        redis_server.answer_again()
