"""Notifications in a browser: the bell rings without reload, over restarts and without sockets."""

import os
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group

from bench.server import Daphne
from notifications.models import OutboxMail
from tests.notifications.builders import (
    CHANGED,
    DECIDED,
    RECEIVED,
    child_environment,
    make_user,
    session_cookie,
    tell,
)

pytestmark = pytest.mark.django_db(transaction=True)
WORK = "/viec-cua-toi/"


@pytest.fixture
def lan():
    return make_user("lan", first_name="Lan")


@pytest.fixture
def server():
    with Daphne(child_environment()) as own:
        yield own


@pytest.fixture
def page(browser, server, lan):
    """Lan's window; whatever the browser complains of fails the test."""
    context = browser.new_context(base_url=server.origin, viewport={"width": 1280, "height": 800})
    name, value = session_cookie(lan).split("=")
    context.add_cookies(
        [
            {"name": name, "value": value, "url": server.origin},
            {"name": "ngon_ngu", "value": "en", "url": server.origin},
        ]
    )
    own = context.new_page()
    complaints = []
    own.on("pageerror", lambda error: complaints.append(str(error)))
    own.on("console", lambda said: complaints.append(said.text) if "Security Policy" in said.text else None)
    yield own
    context.close()
    assert complaints == []


def eventually(page, check, patience=60):
    deadline = time.monotonic() + patience
    while not (found := check()) and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    assert found, check()


def toasts(page):
    """What the toasts say. The server does not know the tests' own events, so it shows their code."""
    return page.locator("[data-toasts] [data-text]").all_inner_texts()


def bell(page):
    return page.locator("[data-bell] .count").inner_text()


def test_the_bell_rings_without_reload_and_over_a_restart(page, server, lan):
    page.goto(WORK)
    assert page.locator("[data-bell] .count").is_hidden()
    tell(RECEIVED, lan, subject="SK-2026-HD01", link="/thong-bao/thu-dien-tu/")
    eventually(page, lambda: toasts(page) == ["SK-2026-HD01"])
    assert (bell(page), page.title()[:4]) == ("1", "(1) ")
    assert page.locator("[data-bell] .visually-hidden").inner_text() == "Notifications: 1 unread"
    server.stop()
    tell(RECEIVED, lan, subject="SK-2026-HD02")
    server.start()
    eventually(page, lambda: len(toasts(page)) == 2)
    assert (toasts(page)[1], bell(page)) == ("SK-2026-HD02", "2")
    page.wait_for_timeout(1500)
    assert len(toasts(page)) == 2
    page.locator("[data-toasts] [data-close]").last.click()
    assert toasts(page) == ["SK-2026-HD01"]
    page.locator("[data-toasts] [data-link]").click()
    page.wait_for_url("**/thong-bao/thu-dien-tu/")
    assert bell(page) == "1"


def test_many_at_once_are_one_toast(page, server, lan):
    page.goto(WORK)
    server.stop()
    for number in range(5):
        tell(RECEIVED, lan, subject=f"SK-{number}")
    server.start()
    eventually(page, lambda: toasts(page) == ["5 new notifications"])
    assert bell(page) == "5"


def test_only_the_part_that_changed_fetches_itself_and_never_under_a_typing_hand(page, lan):
    page.goto(WORK)
    page.evaluate(
        """() => {
        document.querySelector("#viec").innerHTML = ["initiative:12", "initiative:13"].map((key, n) =>
          `<p data-refresh="${key}" data-hx-get="/thong-bao/moi/?after=${n}" data-hx-trigger="refresh"
             data-hx-swap="none"><input id="field${n}"></p>`).join("");
        htmx.process(document.querySelector("#viec"));
        }"""
    )
    asked = []
    page.on("request", lambda request: asked.append(request.url[-1]) if "after=" in request.url else None)
    tell(CHANGED, lan, refresh=("initiative:13",))
    eventually(page, lambda: asked == ["1"])
    assert toasts(page) == []
    page.locator("#field0").fill("typed")
    tell(CHANGED, lan, refresh=("initiative:12",))
    page.wait_for_timeout(1600)
    assert asked == ["1"]
    page.locator("#field1").focus()
    eventually(page, lambda: asked == ["1", "0"])


def test_without_sockets_the_page_polls(page, lan):
    page.route_web_socket("**/ws/notifications/", lambda socket: socket.close())
    page.goto(WORK)
    tell(RECEIVED, lan)
    eventually(page, lambda: toasts(page) == ["SK-2026-HD15"], 25)
    assert bell(page) == "1"


def test_the_pages_are_accessible_and_fit_a_phone(page, lan):
    lan.groups.add(Group.objects.get_or_create(name="administrator")[0])
    tell(RECEIVED, lan)
    tell(DECIDED, lan)
    OutboxMail.objects.update(state="dead", attempts=6, last_error="552 mailbox full")
    for path in (WORK, "/thong-bao/", "/thong-bao/thu-dien-tu/", "/thong-bao/thu-di/"):
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(path)
            found = Axe().run(page).response["violations"]
            assert [(path, width, item["id"]) for item in found] == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            if folder := os.environ.get("SHOTS"):
                page.screenshot(
                    path=f"{folder}/{path.strip('/').replace('/', '-')}-{width}.png", full_page=True
                )
