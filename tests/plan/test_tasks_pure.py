"""Where a task stands in time, what its percent may be, sums of money, whom a comment calls upon."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.tasks import timing
from plan.tasks.money import Money, source_words, totals
from plan.tasks.progress import settled
from plan.tasks.refusing import SENTENCES, Refused
from plan.tasks.talking import called_upon

DAYS = st.dates(date(2026, 1, 1), date(2031, 12, 31))
STATES = st.sampled_from(["todo", "doing", "done", "dropped"])


@pytest.mark.parametrize(
    ("due", "lane"),
    [
        (date(2026, 11, 29), timing.OVERDUE),
        (date(2026, 11, 30), timing.MONTH),  # today is not late
        (date(2026, 12, 1), timing.QUARTER),
        (date(2026, 12, 31), timing.QUARTER),
        (date(2027, 1, 1), timing.LATER),
        (None, timing.UNDATED),
    ],
)
def test_the_last_day_of_november(due, lane):
    at = timing.bounds(date(2026, 11, 30))
    assert timing.lane("doing", due, at) == lane
    assert timing.lane("done", due, at) == timing.CLOSED


def test_the_month_at_the_end_of_a_quarter_has_no_quarter_beside_it():
    at = timing.bounds(date(2026, 12, 1))
    assert at.month_end == at.quarter_end == date(2026, 12, 31)
    assert timing.lane("todo", date(2026, 12, 31), at) == timing.MONTH


@given(DAYS, st.none() | DAYS, STATES)
def test_every_task_has_one_lane_and_late_is_the_overdue_one(today, due, state):
    lane = timing.lane(state, due, timing.bounds(today))
    assert lane in timing.LANES
    assert (lane == timing.OVERDUE) == timing.is_late(state, due, today)


@given(DAYS, DAYS, DAYS)
def test_a_later_day_never_stands_in_an_earlier_lane(today, one, other):
    at = timing.bounds(today)
    places = [timing.LANES.index(timing.lane("todo", day, at)) for day in sorted([one, other])]
    assert places == sorted(places)


@given(DAYS)
def test_the_bounds_hold_today(today):
    at = timing.bounds(today)
    assert today <= at.month_end <= at.quarter_end
    assert (at.month_end + timedelta(days=1)).day == (at.quarter_end + timedelta(days=1)).day == 1
    assert (at.quarter_end + timedelta(days=1)).month in (1, 4, 7, 10)


# ---- percent


@given(st.integers(0, 100))
def test_done_is_a_hundred_whatever_was_typed(percent):
    assert settled("done", percent) == 100


@given(st.integers(1, 100))
def test_a_task_that_has_not_begun_stands_at_zero(percent):
    assert settled("todo", 0) == 0
    with pytest.raises(Refused, match="percent_not_begun"):
        settled("todo", percent)


def test_under_way_is_less_than_a_hundred():
    assert [settled("doing", n) for n in (0, 99)] == [0, 99]
    with pytest.raises(Refused, match="percent_complete"):
        settled("doing", 100)


def test_every_refusal_has_its_sentence():
    figures = dict.fromkeys(("unit", "due", "start", "most", "codes", "name", "count", "over"), "x")
    assert all(str(sentence) % figures for sentence in SENTENCES.values())


# ---- money

ROWS = st.lists(
    st.tuples(
        st.integers(2026, 2030),
        st.sampled_from(["ward", "programmes", "social"]),
        st.integers(0, 10**15),
        st.integers(0, 10**15),
    )
)


@given(ROWS)
def test_sums_are_exact_and_add_up_either_way(rows):
    sums = totals(rows)
    whole = sums.get((None, None), Money())
    assert (whole.estimate, whole.spent) == (sum(r[2] for r in rows), sum(r[3] for r in rows))
    by_year = [money for (year, source), money in sums.items() if year and source is None]
    by_source = [money for (year, source), money in sums.items() if source and year is None]
    assert sum(by_year, Money()) == sum(by_source, Money()) == whole


def test_overspending_is_more_than_the_estimate():
    assert [Money(100, spent).is_overspent for spent in (99, 100, 101)] == [False, False, True]
    assert Money(100, 130).left == -30


def test_sources_are_in_the_plan_s_own_words():
    assert source_words("ward") == "Sử dụng từ ngân sách phường theo phân cấp"
    assert source_words("programmes") == "Lồng ghép từ các chương trình mục tiêu quốc gia"
    assert source_words("social") == "Nguồn xã hội hóa và các nguồn hợp pháp khác"


# ---- called upon

NAMES = ["Lương Thị Mai", "Lương Thị Mai Anh", "Trần Văn Trưởng"]


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("Nhờ @Trần Văn Trưởng xem giúp", ["Trần Văn Trưởng"]),
        ("@tran van truong, @Lương Thị Mai.", ["Lương Thị Mai", "Trần Văn Trưởng"]),
        ("@Lương Thị Mai Anh", ["Lương Thị Mai Anh"]),
        ("Trần Văn Trưởng không có dấu", []),
        ("@Trần Văn Trưởngg", []),
    ],
)
def test_names_after_the_sign_are_called(text, called):
    assert called_upon(text, NAMES) == called


def test_decomposed_text_calls_as_well():
    import unicodedata

    assert called_upon(unicodedata.normalize("NFD", "@Trần Văn Trưởng"), NAMES) == ["Trần Văn Trưởng"]
