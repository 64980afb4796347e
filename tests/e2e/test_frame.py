"""The frame around every page, in a real browser: accessible, fits a phone, works by keyboard alone."""

import json
import urllib.request

import pytest
from playwright.sync_api import Error
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.ideas import builders
from tests.notifications.builders import session_cookie

from .conftest import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)
PUBLIC = ("/", "/tai-khoan/login/", "/tai-khoan/password/reset/", "/xac-minh/", "/sang-kien/")
SIGNED_IN = (
    "/viec-cua-toi/",
    "/lich/cua-toi/",
    "/thong-bao/",
    "/nhan-su/cua-toi/",
    "/tai-khoan/password/change/",
)


@pytest.mark.once
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["1280", "360"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_of_the_frame_are_accessible_and_fit(windows, size, language):
    builders.make_user("canbo", "Lý Văn Thường")
    window = windows(size=size, language=language)
    for path in PUBLIC:
        window.go(path)
        window.axe_clean()
        window.fits()
    window.sign_in("canbo", builders.PASSWORD)
    for path in SIGNED_IN:
        window.go(path)
        window.axe_clean()
        window.fits()


@pytest.mark.once
def test_a_page_that_is_not_there_is_accessible_too(windows):
    window = windows(size=PHONE)
    assert window.page.goto("/khong-co/").status == 404
    window.axe_clean()
    window.fits()


@pytest.mark.once
def test_one_signs_in_with_the_keyboard_alone(windows):
    builders.make_user("canbo", "Lý Văn Thường")
    page = windows().go("/tai-khoan/login/")
    keys, focused = page.keyboard, "document.activeElement.id"
    keys.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    keys.press("Enter")  # over the header, to the content
    for _step in range(10):
        keys.press("Tab")
        if page.evaluate(focused) == "id_login":
            break
    assert page.evaluate(focused) == "id_login"
    keys.type("canbo")
    for _step in range(3):
        keys.press("Tab")
        if page.evaluate(focused) == "id_password":
            break
    keys.type(builders.PASSWORD)
    keys.press("Enter")
    page.wait_for_url("**/viec-cua-toi/")
    assert page.locator("h1").is_visible()


@pytest.mark.once
def test_the_page_policy_holds_back_a_script_that_slipped_in(windows):
    window = windows()
    window.go("/xac-minh/")
    with pytest.raises(Error, match=r"(?i)security policy|eval"):
        window.page.wait_for_function("window.never")
    assert [said for said in window.complaints if "Content Security Policy" not in said] == []
    window.complaints.clear()


def _status(portal, **headers):
    """What the server answers to an attempt to open the socket: 101 when it opens."""
    try:
        with connect(portal.socket_address, additional_headers=headers, open_timeout=20):
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


def test_the_socket_opens_to_our_own_pages_and_signed_in_people_alone(portal):
    cookie = session_cookie(builders.make_user("canbo"))
    assert _status(portal, Origin=portal.origin, Cookie=cookie) == 101
    assert _status(portal, Origin="https://elsewhere.example", Cookie=cookie) == 403
    assert _status(portal, Origin=portal.origin) == 403


def test_healthz_is_well_while_web_and_worker_run(portal, worker, windows):
    def answer():
        try:
            with urllib.request.urlopen(f"{portal.origin}/healthz", timeout=10) as response:
                return json.load(response)
        except OSError:
            return None

    found = windows().until(answer, "healthz")
    assert set(found.values()) == {"ok"}
    assert set(found) == {"status", "database", "cache", "channels", "worker"}
