"""Scanning the code of the room's screen, from the picture on the screen to the mark on the roll."""

from datetime import timedelta

import pytest
from django.utils import timezone

from people.models import User
from tests.training import builders as b
from tests.training.session_builders import invited
from training.checkin import STEP_SECONDS, token_at

from .conftest import PHONE
from .qr import link_in
from .training_ward import PASSWORD, make_ward

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


@pytest.fixture
def ward():
    ward = make_ward()
    ward.official("lan", "Vũ Thị Lan", ward.culture, code="HD-0001")
    ward.official("son", "Hoàng Văn Sơn", ward.office, code="HD-0005")
    return ward


@pytest.fixture
def session(ward):
    """Begins in a few minutes, so that nobody who scans is late; just after midnight where those few minutes
    would reach over it (a session ends on the day it began). Lan is on the list, Sơn is not."""
    begin = timezone.localtime().replace(second=0, microsecond=0) + timedelta(minutes=10)
    if begin.hour == 23 and begin.minute >= 30:
        begin = begin.replace(hour=0, minute=15) + timedelta(days=1)
    end = min(begin + timedelta(hours=2), begin.replace(hour=23, minute=59))
    session = b.session(
        ward.course, begin.date(), begins=begin.time(), ends=end.time(), state="open", organiser=ward.officer
    )
    return invited(session, ward.officer, [User.objects.get(username="lan")])


def code_on(screen):
    """What a phone's camera reads from the screen."""
    return link_in(screen.page.locator("svg.qr").screenshot())


def scans_on(screen):
    return int(screen.page.locator("[data-stage] .figure").inner_text().split()[0])


def scan(phone, screen):
    """Opens the address on the screen now; the answer of the page it leads to."""
    return phone.page.goto(code_on(screen))


def confirm(phone):
    assert "I am here" in phone.page.inner_text("main")
    phone.press("main form button.btn-primary")
    return phone.page.inner_text("main")


def test_a_scan_from_the_screen_to_the_roll(ward, session, windows, portal):
    screen = windows("screen").sign_in("daotao", PASSWORD)
    screen.go(f"{session.get_absolute_url()}man-hinh/")
    assert code_on(screen).startswith(f"{portal.origin}/dao-tao/diem-danh/{session.code}/")
    assert scans_on(screen) == 0
    screen.axe_clean()
    desk = windows("desk").sign_in("daotao", PASSWORD)
    desk.go(session.get_absolute_url())

    # Lan is signed out: the scan outlives signing in, and only the button notes her
    lan = windows("lan", size=PHONE)
    scan(lan, screen)
    assert "/tai-khoan/login/" in lan.page.url
    lan.fill_sign_in("lan", PASSWORD)
    lan.page.wait_for_url("**/dao-tao/diem-danh/**")
    assert "as Vũ Thị Lan." in lan.page.inner_text("main")
    lan.axe_clean()
    lan.fits()
    assert "Present, noted at" in confirm(lan)
    lan.axe_clean()

    # Sơn is not on the list: he waits, and the organiser's page shows it without being loaded anew
    son = windows("son", size=PHONE).sign_in("son", PASSWORD)
    scan(son, screen)
    assert "You are not on the list of this session" in confirm(son)
    son.axe_clean()
    son.fits()
    waiting = desk.page.locator("#tren-lop li", has_text="Hoàng Văn Sơn")
    desk.until(waiting.count, "nobody waits at the organiser's")
    assert "Off the list, waits" in waiting.inner_text()
    screen.until(lambda: scans_on(screen) == 2, "the screen does not count")

    # the same once more changes nothing
    scan(lan, screen)
    assert "Present, noted at" in confirm(lan)
    desk.press("button:has-text('Accept Hoàng Văn Sơn')")
    assert "Present 2, late 0, excused 0, absent 0, not marked 0." in desk.page.inner_text("#tren-lop")
    assert not waiting.count()
    assert "Present, noted at" in son.go(f"{session.get_absolute_url()}co-mat/").inner_text("main")
    screen.page.reload()
    assert scans_on(screen) == 2
    desk.press("#viec-roll")
    desk.axe_clean()
    lines = {
        row.locator("b").inner_text(): row.inner_text() for row in desk.page.locator("ul.roll > li").all()
    }
    assert {name: ("scanned" in text, "off the list" in text) for name, text in lines.items()} == {
        "Vũ Thị Lan": (True, False),
        "Hoàng Văn Sơn": (True, True),
    }


@pytest.mark.once
def test_an_old_code_is_refused_in_a_plain_sentence(session, windows):
    phone = windows("lan", size=PHONE).sign_in("lan", PASSWORD)
    before = timezone.now() - timedelta(seconds=3 * STEP_SECONDS)
    answer = phone.page.goto(f"/dao-tao/diem-danh/{session.code}/{token_at(session.code, before)}/")
    assert answer.status == 410
    said = phone.page.inner_text("main")
    assert "Nothing was noted" in said
    assert "The code on the screen has changed. Scan it again." in said
    phone.axe_clean()
    phone.fits()
