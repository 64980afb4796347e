"""Calendars: what the public sees of sessions, and feeds as RFC 5545 wants them."""

from datetime import UTC, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from icalendar import Calendar

from portal import my_calendar
from portal.models import CalendarAddress
from tests.html import assert_sound
from training import editing, enrolment, workflow

from . import builders
from . import session_builders as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return builders.course("KNS-9", description="Ký số, văn bản điện tử")


def parsed(answer):
    assert answer.status_code == 200
    return Calendar.from_ical(answer.content)


def events(answer):
    return {str(event["url"]).rstrip("/").split("/")[-1]: event for event in parsed(answer).walk("VEVENT")}


def test_the_public_calendar_shows_course_day_time_place_and_no_person(client, course):
    """Everybody who belongs to the session has a name that could leak."""
    names = ["Người Tổ Chức", "Người Giảng", "Người Học", "Người Chờ"]
    organiser, learner, waiter = (made.account(full_name=names[n]) for n in (0, 2, 3))
    session = made.open_session(
        organiser, of=course, capacity=1, presenter=names[1], place="Hội trường tầng 3", note="Mang máy tính"
    )
    enrolment.call_up(session, [learner.staff.pk], organiser)
    enrolment.enrol(session, waiter)
    month = f"/dao-tao/lich/?thang={session.held_on:%Y-%m}"
    for page in ("/dao-tao/", month, session.get_absolute_url(), "/dao-tao/lich.ics"):
        text = client.get(page).content.decode().replace("\r\n ", "")
        assert "Khóa KNS-9" in text and "Hội trường tầng 3" in text, page
        leaked = [name for name in [*names, organiser.username, learner.staff.staff_code] if name in text]
        assert leaked == [], page


def test_planned_and_internal_sessions_are_not_the_publics(client, course):
    hidden = [made.planned(of=course), made.open_session(of=course, is_public=False)]
    for session in hidden:
        assert client.get(session.get_absolute_url()).status_code == 404
    month = f"/dao-tao/lich/?thang={made.tomorrow():%Y-%m}"
    for page in ("/dao-tao/", month, "/dao-tao/lich.ics"):
        text = client.get(page).content.decode()
        assert [session.code for session in hidden if session.code in text] == []
    made.signed_in(client, made.account())
    assert [client.get(session.get_absolute_url()).status_code for session in hidden] == [404, 200]


def test_the_feed_reads_back_as_it_was_written(client):
    long_name = "Kỹ năng số; trí tuệ nhân tạo, dữ liệu mở\\ và an toàn thông tin cho cán bộ, công chức phường"
    course = builders.course("DAI")
    course.name = long_name
    course.save()
    session = made.open_session(of=course, place="Tầng 3, nhà A; cửa sau")
    answer = client.get("/dao-tao/lich.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    raw = answer.content
    assert raw.endswith(b"END:VCALENDAR\r\n") and b"\n" not in raw.replace(b"\r\n", b"")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    event = events(answer)[session.code]
    assert (str(event["summary"]), str(event["location"])) == (long_name, "Tầng 3, nhà A; cửa sau")
    assert event["dtstart"].dt.astimezone(UTC) == session.begins
    assert event["dtend"].dt.astimezone(UTC) == session.ends
    assert b"DTSTART;TZID=Asia/Ho_Chi_Minh:" in raw
    [zone] = parsed(answer).walk("VTIMEZONE")
    assert str(zone["tzid"]) == "Asia/Ho_Chi_Minh"
    assert {"uid", "dtstamp", "sequence", "status"} <= {name.lower() for name in event}


def test_a_moved_and_a_cancelled_session_replace_what_the_phone_has(client):
    officer, session = made.officer(), made.open_session()
    before = events(client.get("/dao-tao/lich.ics"))[session.code]
    editing.change(session, {"place": "Nhà văn hóa"}, officer)
    moved = events(client.get("/dao-tao/lich.ics"))[session.code]
    workflow.move(session, "cancel", officer, reason="Mất điện")
    cancelled = events(client.get("/dao-tao/lich.ics"))[session.code]
    assert len({str(event["uid"]) for event in (before, moved, cancelled)}) == 1
    assert before["sequence"] < moved["sequence"] < cancelled["sequence"]
    assert [str(event["status"]) for event in (moved, cancelled)] == ["CONFIRMED", "CANCELLED"]


def test_the_feed_of_an_unchanged_calendar_has_the_same_bytes(client):
    editing.change(made.open_session(), {"place": "A"}, made.officer())
    assert client.get("/dao-tao/lich.ics").content == client.get("/dao-tao/lich.ics").content


def test_the_personal_feed_says_what_to_do_and_the_code_and_can_be_renewed_and_taken_back(client, course):
    officer, user = made.officer(), made.account()
    session = made.open_session(of=course)
    enrolment.call_up(session, [user.staff.pk], officer)
    other = made.open_session(of=course)
    made.signed_in(client, user)
    client.post("/lich/cua-toi/", {"act": "renew"})
    token = CalendarAddress.objects.get().token
    assert len(token) >= 20 and token in client.get("/lich/cua-toi/").content.decode()
    client.logout()
    client.cookies["ngon_ngu"] = "en"
    answer = client.get(f"/dao-tao/lich/{token}.ics")
    event = events(answer)[session.code]
    assert str(event["summary"]) == f"Attend session {session.code}"
    text = answer.content.decode()
    assert [w for w in (course.name, user.staff.full_name, other.code) if w in text] == []
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    my_calendar.renew(user)
    assert client.get(f"/dao-tao/lich/{token}.ics").status_code == 404
    newer = CalendarAddress.objects.get().token
    user.is_active = False
    user.save()
    assert client.get(f"/dao-tao/lich/{newer}.ics").status_code == 404


def test_guessing_tokens_is_stopped(client):
    cache.clear()
    answers = [client.get(f"/dao-tao/lich/{number}.ics").status_code for number in range(31)]
    cache.clear()
    assert answers == [404] * 30 + [429]


def test_months_lead_to_one_another_and_nonsense_shows_this_month(client):
    page = client.get("/dao-tao/lich/", {"thang": "2026-12"}).content.decode()
    assert_sound(page)
    assert 'href="?thang=2026-11"' in page and 'href="?thang=2027-01"' in page
    today = timezone.localdate()
    assert f"{today:%m/%Y}" in client.get("/dao-tao/lich/", {"thang": "2026-13"}).content.decode()


def test_my_sessions_list_what_was_noted_and_what_counts(client):
    user = made.account()
    done = builders.session(on=timezone.localdate() - timedelta(days=9))
    builders.attended(user.staff, done)
    waiting = made.held()
    builders.attended(user.staff, waiting, "late")
    made.signed_in(client, user)
    page = client.get("/dao-tao/buoi-cua-toi/").content.decode()
    assert_sound(page)
    assert (page.count("not confirmed yet"), page.count(">180<")) == (1, 1)
