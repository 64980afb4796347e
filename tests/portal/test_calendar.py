"""/lich/: what takes place in public, by month and as a feed."""

from datetime import date, time, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from tests.html import assert_sound
from tests.training import builders as training

pytestmark = pytest.mark.django_db
SITE = settings.SITE_URL.rstrip("/")
DECEMBER = {"thang": "2026-12"}


def page(client, **query):
    answer = client.get("/lich/", query)
    html = answer.content.decode()
    assert_sound(html)
    return html


def events(client):
    answer = client.get("/lich/lich.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content).walk("VEVENT")


def on(day, code="KNS", **fields):
    of = training.course(code)
    return training.session(of, day, begins=time(8), ends=time(11), **{"state": "open"} | fields)


def test_a_month_shows_what_begins_in_it_the_soonest_first(client):
    on(date(2026, 12, 31), "CUOI", place="Hội trường B")
    on(date(2026, 12, 1), "DAU")
    on(date(2026, 11, 30), "TRUOC")
    on(date(2027, 1, 1), "SAU")
    html = page(client, **DECEMBER)
    assert "Lịch sự kiện, 12/2026" in html
    assert html.index("Khóa DAU") < html.index("Khóa CUOI") < html.index("Hội trường B")
    assert "Khóa TRUOC" not in html and "Khóa SAU" not in html
    assert 'href="?thang=2026-11"' in html and 'href="?thang=2027-01"' in html


def test_only_what_everybody_may_read_is_there(client):
    day = timezone.localdate()
    on(day, "MO")
    on(day, "NOIBO", is_public=False)
    on(day, "NHAP", state="draft")
    html = page(client)
    assert html.count('class="withdate"') == 1 and "Khóa MO" in html
    assert [str(event["summary"]) for event in events(client)] == ["Khóa MO"]


def test_a_cancelled_one_says_so_in_both(client):
    on(timezone.localdate(), state="cancelled")
    assert "Sự kiện này đã hủy" in page(client)
    assert [str(event["status"]) for event in events(client)] == ["CANCELLED"]


def test_the_feed_says_when_where_and_by_which_address(client):
    made = on(timezone.localdate() + timedelta(days=3), place="Hội trường A")
    on(timezone.localdate() - timedelta(days=61), "CU")
    (event,) = events(client)
    assert (event["dtstart"].dt, event["dtend"].dt) == (made.begins, made.ends)
    assert str(event["location"]) == "Hội trường A"
    assert str(event["url"]) == f"{SITE}{made.get_absolute_url()}"
    (same,) = Calendar.from_ical(client.get("/dao-tao/lich.ics").content).walk("VEVENT")
    assert same.to_ical() == event.to_ical()


@pytest.mark.parametrize("asked", ["", "2026-13", "x", "2026-1", "٢٠٢٦-12", "1999-12"])
def test_any_other_month_is_this_month(client, asked):
    assert f"{timezone.localdate():%m/%Y}</h1>" in page(client, thang=asked)


def test_an_empty_month_says_so(client):
    assert "Tháng này không có sự kiện" in page(client, thang="2099-01")


def test_it_asks_the_same_number_of_questions_for_one_and_for_many(client):
    def asked(path):
        with CaptureQueriesContext(connection) as queries:
            client.get(path, DECEMBER)
        return len(queries)

    def both():
        return [asked("/lich/"), asked("/lich/lich.ics")]

    on(date(2026, 12, 1))
    both()
    few = both()
    for number in range(30):
        on(date(2026, 12, 1 + number), f"K{number}")
    assert both() == few
