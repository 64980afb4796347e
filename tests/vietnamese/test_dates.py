from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from vietnamese.dates import spoken_date, spoken_moment

FRIDAY = date(2026, 12, 18)
AT_FIVE = datetime(2026, 12, 18, 10, 0, tzinfo=UTC)  # 17:00 in Hải Phòng


def draw(source, **context):
    with translation.override("vi"):
        return Template("{% load vietnamese %}" + source).render(Context(context))


def test_a_date_is_spoken_in_both_languages():
    assert spoken_date(FRIDAY, "vi") == "thứ Sáu, 18/12/2026"
    assert spoken_date(FRIDAY, "en") == "Friday, 18/12/2026"
    assert spoken_date(date(2026, 12, 20), "vi") == "Chủ nhật, 20/12/2026"


def test_a_moment_is_spoken_in_local_time():
    assert spoken_moment(AT_FIVE, "vi") == "17:00 thứ Sáu, 18/12/2026"
    assert spoken_moment(AT_FIVE, "en") == "17:00 Friday, 18/12/2026"
    late = datetime(2026, 12, 18, 17, 30, tzinfo=UTC)  # half past midnight on Saturday
    assert spoken_moment(late, "vi") == "00:30 thứ Bảy, 19/12/2026"
    assert spoken_date(late, "vi") == "thứ Bảy, 19/12/2026"


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="naive"):
        spoken_moment(datetime(2026, 12, 18, 17, 0))


@given(st.dates(min_value=date(1900, 1, 1)))
def test_the_spoken_weekday_moves_with_the_day(day):
    words = {spoken_date(day + timedelta(n), "vi").split(",")[0] for n in range(-3, 4) if day.year < 9999}
    assert len(words) in (0, 7)


def test_the_tags_draw_numbers_and_dates():
    assert draw("{{ n|decimal:2 }}", n="1234.5") == "1.234,50"
    assert draw("{{ n|decimal }}", n=8.5) == "8,5"
    assert draw("{{ n|percent }}", n=93.1) == "93,1\u00a0%"
    assert draw("{{ n|percent:2 }}", n=95) == "95,00\u00a0%"
    assert draw("{{ d|spoken_date }}", d=FRIDAY) == "thứ Sáu, 18/12/2026"
    assert draw("{{ d|spoken_moment }}", d=AT_FIVE) == "17:00 thứ Sáu, 18/12/2026"


@pytest.mark.parametrize(
    "tag", ["decimal", "decimal:2", "percent", "spoken_date", "spoken_moment", "days_left"]
)
def test_the_tags_draw_nothing_for_nothing(tag):
    assert draw(f"[{{{{ v|{tag} }}}}]", v=None) == "[]"


def test_zero_is_a_number_and_is_drawn():
    assert draw("{{ n|decimal:2 }}", n=0) == "0,00"


@pytest.mark.parametrize(
    ("days", "words"),
    [(3, "3 days left"), (1, "1 day left"), (0, "due today"), (-1, "1 day overdue"), (-2, "2 days overdue")],
)
def test_days_left_are_counted_in_local_days(days, words):
    from vietnamese.templatetags.vietnamese import days_left

    with translation.override("en"):
        assert days_left(timezone.localdate() + timedelta(days)) == words


def test_a_moment_that_has_passed_today_says_since_when(monkeypatch):
    from vietnamese.templatetags.vietnamese import days_left

    monkeypatch.setattr(timezone, "now", lambda: AT_FIVE + timedelta(hours=1))
    with translation.override("en"):
        assert days_left(AT_FIVE) == "overdue since 17:00 today"
        assert days_left(AT_FIVE + timedelta(hours=2)) == "due today"
