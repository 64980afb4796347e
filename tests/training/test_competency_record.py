"""From evidence to levels: the pure function, by examples and by properties; no database."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from training.competency.record import WITHDRAWN, record_of, still_standing

AREAS = [1, 2, 3]


@dataclass(frozen=True)
class Evidence:
    pk: int
    area_id: int
    level: int
    kind: str = "course"
    shown_on: date = date(2026, 3, 1)
    withdraws_id: int | None = None


@dataclass(frozen=True)
class Said:
    pk: int
    area_id: int
    level: int
    at: date = date(2026, 1, 1)


def levels(rows):
    return [(row.had, row.needed, row.gap) for row in rows]


def test_nothing_shown_is_level_none():
    assert levels(record_of(AREAS, [], [], {1: 2})) == [(0, 2, 2), (0, None, 0), (0, None, 0)]


def test_the_highest_that_stands_counts_and_the_latest_is_named():
    shown = [Evidence(1, 1, 3, shown_on=date(2024, 5, 1)), Evidence(2, 1, 1, shown_on=date(2026, 5, 1))]
    row = record_of(AREAS, shown, [], {1: 2})[0]
    assert (row.had, row.gap, row.latest) == (3, 0, shown[1])


def test_what_is_withdrawn_counts_no_more():
    shown = [Evidence(1, 1, 3), Evidence(2, 1, 1), Evidence(3, 1, 3, WITHDRAWN, withdraws_id=1)]
    row = record_of(AREAS, shown, [], {1: 2})[0]
    assert (row.had, row.gap, row.latest) == (1, 1, shown[1])


def test_the_latest_self_assessment_stands_beside():
    said = [Said(2, 1, 4, date(2026, 2, 1)), Said(1, 1, 1, date(2026, 1, 1)), Said(3, 2, 0)]
    rows = record_of(AREAS, [], said, {1: 2})
    assert [row.self_assessed for row in rows] == [4, 0, None]
    assert levels(rows)[0] == (0, 2, 2)


@st.composite
def evidence(draw):
    """Up to twelve rows, some of them withdrawing earlier ones, each once."""
    rows = []
    for pk in range(1, draw(st.integers(0, 12)) + 1):
        gone = {row.withdraws_id for row in rows}
        open_rows = [row for row in rows if row.kind != WITHDRAWN and row.pk not in gone]
        if open_rows and draw(st.booleans()):
            target = draw(st.sampled_from(open_rows))
            rows.append(Evidence(pk, target.area_id, target.level, WITHDRAWN, withdraws_id=target.pk))
        else:
            day = date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 5)))
            rows.append(Evidence(pk, draw(st.sampled_from(AREAS)), draw(st.integers(1, 4)), shown_on=day))
    return rows


assessments = st.lists(
    st.builds(Said, st.integers(1, 9), st.sampled_from(AREAS), st.integers(0, 4)),
    max_size=6,
    unique_by=lambda said: said.pk,
)
targets = st.dictionaries(st.sampled_from(AREAS), st.integers(1, 4))
few = settings(max_examples=50, deadline=None)


@few
@given(evidence(), assessments, targets, st.randoms())
def test_the_order_of_rows_is_irrelevant(shown, said, needed, random):
    expected = record_of(AREAS, shown, said, needed)
    mixed, said_mixed = list(shown), list(said)
    random.shuffle(mixed)
    random.shuffle(said_mixed)
    assert record_of(AREAS, mixed, said_mixed, needed) == expected


@few
@given(evidence(), assessments, assessments, targets)
def test_self_assessment_changes_no_level(shown, said, other, needed):
    def without_self(rows):
        return [(row.area, row.had, row.needed, row.gap, row.latest) for row in rows]

    first, second = (record_of(AREAS, shown, each, needed) for each in (said, other))
    assert without_self(first) == without_self(second)


@few
@given(evidence(), targets)
def test_withdrawing_is_as_if_it_had_never_been_shown(shown, needed):
    clean = still_standing(shown)
    assert record_of(AREAS, shown, [], needed) == record_of(AREAS, clean, [], needed)
    for item in clean:
        withdrawal = Evidence(99, item.area_id, item.level, WITHDRAWN, withdraws_id=item.pk)
        left = [other for other in shown if other.pk != item.pk]
        assert record_of(AREAS, [*shown, withdrawal], [], needed) == record_of(AREAS, left, [], needed)


@few
@given(evidence(), targets, st.sampled_from(AREAS), st.integers(1, 4))
def test_more_evidence_never_lowers_a_level_and_touches_one_area(shown, needed, area, level):
    before = record_of(AREAS, shown, [], needed)
    after = record_of(AREAS, [*shown, Evidence(50, area, level)], [], needed)
    for old, new in zip(before, after, strict=True):
        if new.area == area:
            assert (new.had, new.gap) == (max(old.had, level), max(0, (old.needed or 0) - new.had))
        else:
            assert new == old
