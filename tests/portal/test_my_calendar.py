"""A person's duties in their own calendar: by a secret address, all day long, without a title or a name."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from ideas import workflow
from ideas.models import Initiative
from obligations.days_off import announce_day, withdraw_day
from portal import my_calendar
from portal.models import CalendarAddress
from tests.html import assert_sound
from tests.ideas import builders

pytestmark = pytest.mark.django_db
TITLE = "Một tên sáng kiến không được lộ 5521"


@pytest.fixture
def ward():
    cache.clear()
    return builders.make_ward()


def address(user):
    return f"/lich/viec/{my_calendar.renew(user).token}.ics"


def read(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    calendar = Calendar.from_ical(answer.content)
    return {str(event["summary"]): event for event in calendar.walk("VEVENT")}


def test_it_says_what_to_do_and_the_code_on_its_day_and_nothing_else(client, ward):
    initiative = builders.submitted(ward, title=TITLE)
    answer = client.get(address(ward.thuky))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    raw = answer.content
    assert raw.endswith(b"END:VCALENDAR\r\n") and max(map(len, raw.split(b"\r\n"))) <= 75
    [event] = Calendar.from_ical(raw).walk("VEVENT")
    due = initiative.formality_due_on
    assert (event["dtstart"].dt, event["dtend"].dt) == (due, due + timedelta(days=1))
    assert type(event["dtstart"].dt) is date and b"DTSTART;VALUE=DATE:" in raw
    assert str(event["summary"]) == f"Kiểm tra: {initiative.code} (Hồ sơ cần kiểm tra hình thức)"
    assert int(event["sequence"]) == 0 and str(event["transp"]) == "TRANSPARENT"
    text = raw.decode().replace("\r\n ", "")
    assert "X-WR-TIMEZONE:Asia/Ho_Chi_Minh" in text
    leaked = [word for word in (TITLE, "Bùi Thị Ngọc", "Trần Văn Bình", "tacgia") if word in text]
    assert leaked == []


def test_nobody_but_its_owner_keeps_it(client, ward):
    answer = client.get(address(ward.thuky))
    assert "private" in answer["Cache-Control"] and "public" not in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert len(CalendarAddress.objects.get().token) >= 14  # 80 bits and more in that alphabet


def test_a_moved_day_counts_on_under_the_same_name_both_ways(client, ward):
    initiative, path = builders.submitted(ward), address(ward.thuky)
    due = initiative.formality_due_on
    [before] = read(client, path).values()
    row = announce_day(due, works=False, note="TB", by="Quản trị")
    [moved] = read(client, path).values()
    assert read(client, path) == {str(moved["summary"]): moved}  # unchanged: the same again
    withdraw_day(row.pk, by="Quản trị")
    [back] = read(client, path).values()
    assert len({str(event["uid"]) for event in (before, moved, back)}) == 1
    assert [int(event["sequence"]) for event in (before, moved, back)] == [0, 1, 2]
    assert moved["dtstart"].dt > due == back["dtstart"].dt


def test_what_is_done_disappears_and_what_comes_back_counts_on(client, ward):
    initiative, path = builders.submitted(ward), address(ward.tacgia)
    assert read(client, path) == {}
    asked = workflow.move(initiative, "request_supplement", ward.thuky, reason="Thiếu")
    [event] = read(client, path).values()
    workflow.move(asked, "resubmit", ward.tacgia)
    assert read(client, path) == {}
    Initiative.objects.filter(pk=initiative.pk).update(received_on=timezone.localdate())
    workflow.move(builders.fresh(initiative), "request_supplement", ward.thuky, reason="Thiếu nữa")
    [again] = read(client, path).values()
    assert str(again["uid"]) == str(event["uid"])


def test_the_person_makes_renews_and_takes_back_the_address(client, ward):
    client.force_login(ward.thuky)
    client.cookies["ngon_ngu"] = "en"
    assert_sound(client.get("/lich/cua-toi/").content.decode())
    client.post("/lich/cua-toi/", {"act": "renew"})
    first = CalendarAddress.objects.get().token
    page = client.get("/lich/cua-toi/").content.decode()
    assert_sound(page)
    assert f"/lich/viec/{first}.ics" in page and f"/dao-tao/lich/{first}.ics" in page
    client.post("/lich/cua-toi/", {"act": "renew"})
    second = CalendarAddress.objects.get().token
    assert [client.get(f"/lich/viec/{token}.ics").status_code for token in (first, second)] == [404, 200]
    client.post("/lich/cua-toi/", {"act": "take_back"})
    assert client.get(f"/lich/viec/{second}.ics").status_code == 404
    assert CalendarAddress.objects.count() == 0


def test_the_page_is_for_whoever_signed_in_and_the_feed_is_only_read(client, ward):
    path = address(ward.thuky)
    assert client.post(path).status_code == 405
    assert client.get("/lich/cua-toi/").headers["Location"].startswith("/tai-khoan/login/")
    assert client.post("/lich/cua-toi/", {"act": "take_back"}).status_code == 302
    assert client.get(path).status_code == 200  # nobody signed in took it back


def test_a_closed_account_and_a_guess_open_nothing_and_guessing_is_stopped(client, ward):
    path = address(ward.thuky)
    type(ward.thuky).objects.filter(pk=ward.thuky.pk).update(is_active=False)
    assert client.get(path).status_code == 404
    answers = [client.get(f"/lich/viec/{number}.ics").status_code for number in range(30)]
    assert answers == [404] * 29 + [429]
    cache.clear()


def test_thirty_cost_as_many_queries_as_one(client, ward):
    path = address(ward.thuky)

    def counted():
        client.get(path)  # what is new is noted once
        with CaptureQueriesContext(connection) as captured:
            found = read(client, path)
        return len(captured), len(found)

    builders.submitted(ward)
    one = counted()
    for number in range(29):
        builders.submitted(ward, title=f"Sáng kiến {number}")
    assert counted() == (one[0], 30)
