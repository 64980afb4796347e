"""What is kept long enough goes, once a day, to the day in Hải Phòng time, however often the worker runs."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from hypothesis import given
from hypothesis import strategies as st

from notifications.models import Notification
from people.models import Leave
from rights import keeping
from rights.models import RetentionRun, RightsRequest
from tests.people.builders import account, staff
from trust import retention

from .builders import at, do, fresh, officer, sent

KEEP = timedelta(days=10)


def test_what_ended_at_any_hour_of_a_day_is_kept_for_whole_days_after_it():
    ended = at(2026, 3, 1, 23, 59)
    assert ended >= retention.over_before(date(2026, 3, 11), KEEP)
    assert ended < retention.over_before(date(2026, 3, 12), KEEP)


def test_the_day_is_hai_phong_s_and_not_greenwich_s():
    evening = datetime(2026, 3, 1, 17, 30, tzinfo=UTC)  # 00:30 on the second in Hải Phòng
    assert evening >= retention.over_before(date(2026, 3, 12), KEEP)
    assert evening < retention.over_before(date(2026, 3, 13), KEEP)


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(0, 4000))
def test_a_day_later_a_day_more_is_over(today, days):
    keep = timedelta(days=days)
    later = retention.over_before(today + timedelta(days=1), keep)
    assert later - retention.over_before(today, keep) == timedelta(days=1)


def test_a_term_that_is_none_is_refused():
    with pytest.raises(ValueError, match="timedelta"):
        retention.register("x.y", "x", 10, lambda before: 0)
    with pytest.raises(ValueError, match="timedelta"):
        retention.register("x.y", "x", timedelta(days=-1), lambda before: 0)


def test_every_kind_says_what_it_is_and_why_so_long():
    assert all(str(kind.label) and str(kind.basis) for kind in retention.kinds() if kind.due)


@pytest.mark.django_db
def test_the_daily_run_takes_each_kind_once_a_local_day():
    first = keeping.run(at(2026, 10, 5, 1))
    assert set(first) == {kind.code for kind in retention.kinds()}
    assert keeping.run(at(2026, 10, 5, 23)) == {}
    assert set(keeping.run(at(2026, 10, 6, 0, 1))) == set(first)
    assert RetentionRun.objects.count() == 2 * len(first)


@pytest.mark.django_db
def test_a_kind_that_fails_holds_up_no_other_and_is_tried_again(monkeypatch):
    kind = next(kind for kind in retention.kinds() if kind.code == "people.sessions")
    broken = retention.Kind(kind.code, kind.label, kind.keep, _fail)
    monkeypatch.setitem(retention._kinds, kind.code, broken)
    first = keeping.run(at(2026, 10, 5, 1))
    assert [code for code, count in first.items() if count is None] == ["people.sessions"]
    assert RetentionRun.objects.get(kind=kind.code).error == "RuntimeError"
    monkeypatch.setitem(retention._kinds, kind.code, kind)
    assert keeping.run(at(2026, 10, 5, 2)) == {"people.sessions": 0}
    assert RetentionRun.objects.get(kind=kind.code).error == ""


def _fail(before):
    raise RuntimeError


@pytest.mark.django_db
def test_sessions_notifications_and_health_reasons_go_on_their_day_and_not_before():
    user = account("canbo")
    person = staff("HD-0101", user=user)
    Leave.objects.create(
        staff=person, start_on=date(2021, 9, 1), end_before=date(2021, 10, 1), kind="Ốm", decision_number="1"
    )
    Session.objects.create(session_key="s" * 32, session_data="", expire_date=at(2026, 9, 30, 23))
    row = {"event": "x.y", "category": "account", "recipient": user}
    Notification.objects.create(**row, created_at=at(2024, 9, 30, 12))
    # The leave ended with 30/09/2021, 1825 days before 29/09/2026.
    for day, left in (
        (at(2026, 9, 29), (1, 1, "Ốm")),
        (at(2026, 9, 30), (1, 1, "")),
        (at(2026, 10, 1), (0, 0, "")),
    ):
        keeping.run(day)
        found = (Notification.objects.count(), Session.objects.count(), Leave.objects.get().kind)
        assert found == left, day
    assert Leave.objects.get().decision_number == "1"


@pytest.mark.django_db
def test_a_year_after_a_request_is_settled_its_sender_is_forgotten_its_course_is_not():
    baove, request = officer(), sent(phone="0912 345 678")
    do("refuse", request, baove, "Không thuộc phạm vi.")
    keeping.run(at(2027, 10, 5))
    assert fresh(request).email == "gui.8120@thu.example"
    keeping.run(at(2027, 10, 6))
    gone = RightsRequest.objects.get()
    assert (gone.name, gone.email, gone.phone, gone.text) == ("", "", "", "")
    assert (gone.number, gone.answer, gone.entries.count()) == (request.number, "Không thuộc phạm vi.", 2)
    assert keeping.run(at(2027, 10, 7))["rights.senders"] == 0


@pytest.mark.django_db
def test_an_open_request_keeps_its_sender_however_old():
    request = sent()
    keeping.run(at(2029, 1, 1))
    assert fresh(request).name == "Người Gửi 8120"


@pytest.mark.django_db
def test_the_officer_reads_what_is_due_before_it_goes():
    Session.objects.create(session_key="s" * 32, session_data="", expire_date=at(2026, 9, 30))
    rows = {row.label: row for row in keeping.standing(at(2026, 10, 1))}
    label = str(next(kind.label for kind in retention.kinds() if kind.code == "people.sessions"))
    assert rows[label].due == 1
    keeping.run(at(2026, 10, 1))
    after = {row.label: row for row in keeping.standing(at(2026, 10, 1))}[label]
    assert (after.due, after.last.count, after.last_month) == (0, 1, 1)
