"""The roll of a session as it is taken in the room: on a phone, by finger and by keyboard, without network
and without script."""

import re

import pytest
from django.utils import timezone

from tests.training.session_builders import invited, open_session
from training.models import Attendance

from .conftest import PHONE
from .training_ward import HOME, PASSWORD, all_day, figures_on_the_board, make_ward

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
SAVED = re.compile(r"^Saved \d\d:\d\d$")
LAN, HOA, MINH, NGA = "Vũ Thị Lan", "Trần Thị Hoà", "Đỗ Văn Minh", "Bùi Thị Nga"


@pytest.fixture
def ward():
    return make_ward()


@pytest.fixture
def session(ward):
    """Today's, open: two of the culture division and two of the office are on the list, Sơn is not."""
    culture, office = ward.culture, ward.office
    listed = [
        ward.official("lan", LAN, culture, code="HD-0001"),
        ward.official("hoa", HOA, culture, code="HD-0002"),
        ward.official("minh", MINH, office, code="HD-0003"),
        ward.official("nga", NGA, office, code="HD-0004"),
    ]
    ward.official("son", "Hoàng Văn Sơn", office, code="HD-0005")
    return invited(all_day(ward, state="open", code="KNS-01"), ward.officer, listed)


def person(page, name):
    return page.locator("ul.roll > li", has_text=name)


def tap(page, name, mark):
    person(page, name).locator(f"label.s-{mark}").tap()


def saved(window, name):
    """The tick is stored, and the row says when."""
    words = person(window.page, name).locator("[data-saved]")
    window.until(lambda: SAVED.match(words.inner_text().strip()), f"the tick of {name} was not saved")


def marks(page):
    """{name: mark} of whoever is marked, as the page shows it."""
    found = {}
    for row in page.locator("ul.roll > li").all():
        checked = row.locator("input:checked")
        if checked.count():
            found[row.locator("b").inner_text()] = checked.get_attribute("value")
    return found


def counted(page):
    """ "3/4 marked", and how many of each mark."""
    bar = page.locator("[data-rollbar]")
    each = {
        mark.get_attribute("data-count"): int(mark.inner_text()) for mark in bar.locator("[data-count]").all()
    }
    return bar.locator("b").inner_text(), each


def open_the_roll(officer, code):
    """From the training page, as whoever runs the session finds it."""
    officer.go(HOME)
    officer.press("a:has-text('Sessions I run')")
    officer.press(f"main table th:has-text('{code}') a")
    officer.press("#viec-roll")
    return officer.page


def test_the_roll_of_today_is_taken_on_a_phone_and_counts_once_confirmed(ward, session, windows):
    officer = windows("daotao", size=PHONE, has_touch=True).sign_in("daotao", PASSWORD)
    page = open_the_roll(officer, session.code)
    officer.fits()
    assert [row.locator("b").inner_text() for row in page.locator("ul.roll > li").all()] == [
        HOA, LAN, MINH, NGA,
    ]  # fmt: skip
    assert marks(page) == {}

    # by finger, then by keyboard alone: Tab goes from person to person, the arrows choose
    tap(page, HOA, "present")
    saved(officer, HOA)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    saved(officer, LAN)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    saved(officer, MINH)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    saved(officer, NGA)
    taken = {HOA: "present", LAN: "late", MINH: "excused", NGA: "absent"}
    assert marks(page) == taken
    each = {"present": 1, "late": 1, "excused": 1, "absent": 1}
    assert counted(page) == ("4/4", each)
    officer.axe_clean()

    page.reload()
    assert marks(page) == taken
    assert counted(page) == ("4/4", each)
    for name in taken:
        saved(officer, name)

    # somebody who is in the room and not on the list
    officer.press("a:has-text('Add somebody off the list')")
    page.locator("main [name=q]").fill("son hoang")
    officer.press("form[role=search] button:visible >> nth=-1")
    officer.axe_clean()
    officer.fits()
    officer.press("button:has-text('Add as present')")
    assert marks(page) == taken | {"Hoàng Văn Sơn": "present"}
    assert "off the list" in person(page, "Hoàng Văn Sơn").inner_text()

    page.locator("[name=head_count]").fill("4")
    officer.press("button:has-text('Save the count')")
    assert "They differ: 4 counted in the room, 3 marked as there or waiting." in page.inner_text(
        "#doi-chieu + *"
    )
    page.locator("[name=head_count]").fill("3")
    officer.press("button:has-text('Save the count')")
    assert "Both say 3:" in page.inner_text("#doi-chieu + *")

    # nothing counts before the confirmation
    today = timezone.localdate()
    nobody = {
        "Phường Hưng Đạo": (0, 0, 0, 6, 6),
        "Phòng Văn hóa - Xã hội": (0, 0, 0, 2, 2),
        "Văn phòng HĐND và UBND": (0, 0, 0, 4, 4),
        "The whole ward": (0, 0, 0, 6, 6),
    }
    assert figures_on_the_board(officer, today) == nobody
    officer.go(session.get_absolute_url())
    for step in ("hold", "confirm"):
        officer.press(f"#viec-{step}")
        officer.press("main form button.btn-primary")
    assert "Present 2, late 1, excused 1, absent 1, not marked 0." in page.inner_text("main")
    assert figures_on_the_board(officer, today) == {
        "Phường Hưng Đạo": (3, 0, 0, 3, 6),
        "Phòng Văn hóa - Xã hội": (2, 0, 0, 0, 2),
        "Văn phòng HĐND và UBND": (1, 0, 0, 3, 4),
        "The whole ward": (3, 0, 0, 3, 6),
    }
    assert [cell.inner_text() for cell in page.locator("#so-lieu tfoot td").all()[5:]] == ["50.0", "50.0"]
    officer.axe_clean()
    officer.fits()


@pytest.mark.once
def test_ticks_without_network_stay_on_the_phone_and_are_sent_when_it_is_back(session, windows):
    officer = windows("daotao", size=PHONE, has_touch=True).sign_in("daotao", PASSWORD)
    page = officer.go(f"{session.get_absolute_url()}diem-danh/")
    officer.context.set_offline(True)
    tap(page, LAN, "present")
    tap(page, NGA, "absent")
    banner = page.locator("[data-offline]")
    officer.until(lambda: "No connection. The marks stay on this phone" in banner.inner_text())
    assert "Kept on this phone" in person(page, LAN).inner_text()
    assert not Attendance.objects.exists()
    officer.context.set_offline(False)
    saved(officer, LAN)
    saved(officer, NGA)
    officer.until(lambda: not banner.is_visible())
    page.reload()
    assert marks(page) == {LAN: "present", NGA: "absent"}


@pytest.mark.once
def test_without_script_a_place_is_taken_and_the_roll_is_saved(ward, session, windows):
    ahead = open_session(ward.officer, of=ward.course, code="KNS-02", capacity=30)
    guest = windows("lan", size=PHONE, java_script_enabled=False).sign_in("lan", PASSWORD)
    guest.go(HOME)
    guest.press("main form button:has-text('Enrol KNS-02')")
    assert ahead.code in guest.go(HOME).inner_text("section:has(#sap-toi)")
    assert ahead.code not in guest.page.inner_text("section:has(#dang-mo)")

    officer = windows("daotao", size=PHONE, java_script_enabled=False).sign_in("daotao", PASSWORD)
    page = open_the_roll(officer, "KNS-01")
    for name, mark in ((LAN, "present"), (HOA, "late"), (NGA, "absent")):
        person(page, name).locator(f"label.s-{mark}").click()
    officer.press("button:has-text('Save all marks')")
    assert "3 marks are saved." in page.inner_text("body")
    officer.press("#viec-roll")
    assert marks(page) == {LAN: "present", HOA: "late", NGA: "absent"}
    assert counted(page)[0] == "3/4"
