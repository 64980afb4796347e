"""Every edge of every window, to the second."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competitions.phases import ORDER, Fault, Window, faults, phase_at

pytestmark = pytest.mark.once

START = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)  # 08:00 in Hải Phòng
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


def windows(gap=HOUR):
    found, moment = [], START
    for code in ORDER:
        found.append(Window(code, moment, moment + 10 * HOUR))
        moment += 10 * HOUR + gap
    return found


EDGES = [
    (window, edge, offset, code)
    for window in windows()
    for edge, offset, code in [
        ("opens_at", -1, ""),
        ("opens_at", 0, window.code),
        ("opens_at", 1, window.code),
        ("closes_at", -1, window.code),
        ("closes_at", 0, ""),
        ("closes_at", 1, ""),
    ]
]


@pytest.mark.parametrize(
    ("window", "edge", "offset", "code"), EDGES, ids=[f"{w.code}-{e}{o:+d}s" for w, e, o, _c in EDGES]
)
def test_an_edge_belongs_to_what_begins_there(window, edge, offset, code):
    moment = getattr(window, edge) + offset * SECOND
    assert phase_at(windows(), moment).code == code


@pytest.mark.parametrize("number", range(len(ORDER) - 1))
@pytest.mark.parametrize(("offset", "which"), [(-1, 0), (0, 1), (1, 1)])
def test_windows_that_touch_hand_over_in_the_very_second(number, offset, which):
    touching = windows(gap=timedelta(0))
    moment = touching[number].closes_at + offset * SECOND
    assert phase_at(touching, moment).current == touching[number + which]


def test_before_between_and_after():
    found = windows()
    before = phase_at(found, START - SECOND)
    assert (before.current, before.last, before.next) == (None, None, found[0])
    assert not before.has_begun and not before.is_over
    between = phase_at(found, found[0].closes_at)
    assert (between.current, between.last, between.next) == (None, found[0], found[1])
    after = phase_at(found, found[-1].closes_at)
    assert (after.current, after.last, after.next) == (None, found[-1], None)
    assert after.is_over


@pytest.mark.parametrize("missing", ["opens_at", "closes_at"])
def test_a_window_without_an_edge_is_never_open(missing):
    window = Window(**{"code": "entry", "opens_at": START, "closes_at": START + HOUR, missing: None})
    for moment in (START - HOUR, START, START + HOUR / 2, START + 1000 * HOUR):
        assert phase_at([window], moment).code == ""


@pytest.mark.parametrize(
    ("window", "code"),
    [
        (Window("entry", None, START), "no_start"),
        (Window("entry", START, None), "no_end"),
        (Window("entry", START, START), "ends_before_start"),
        (Window("entry", START, START - HOUR), "ends_before_start"),
        (Window("entry", START + SECOND, START + HOUR), "seconds"),
    ],
)
def test_what_is_wrong_with_a_window(window, code):
    assert faults([window]) == [Fault("entry", code)]


def test_a_phase_may_not_begin_before_the_one_before_it_ends():
    entry = Window("entry", START, START + 10 * HOUR)
    judging = Window("preliminary", START + 9 * HOUR, START + 12 * HOUR)
    assert faults([judging, entry]) == [Fault("preliminary", "overlaps", "entry")]
    assert faults([entry, Window("preliminary", entry.closes_at, START + 12 * HOUR)]) == []


@given(
    st.lists(st.integers(0, 5000), min_size=10, max_size=10, unique=True).map(sorted),
    st.integers(-10, 5010),
)
def test_at_most_one_window_holds_a_moment_and_phase_at_names_it(edges, minute):
    found = [
        Window(code, START + timedelta(minutes=a), START + timedelta(minutes=b))
        for code, a, b in zip(ORDER, edges[::2], edges[1::2], strict=True)
    ]
    assert faults(found) == []
    moment = START + timedelta(minutes=minute)
    holding = [window for window in found if window.opens_at <= moment < window.closes_at]
    assert len(holding) <= 1
    standing = phase_at(found, moment)
    assert standing.current == (holding[0] if holding else None)
    assert standing.is_over == (moment >= found[-1].closes_at)
