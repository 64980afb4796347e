"""What holds of any publication: nothing is lost on the way to a payload and back, bars add up, nothing new
is no news."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from plan.public.bars import bar_of
from plan.public.difference import changes, is_the_same
from plan.public.freezing import counts_of, plain
from plan.public.frozen import targets_of
from plan.targets.standing import Standing

_numbers = st.decimals(0, 10**12, places=4)
_counts = st.fixed_dictionaries({one.value: st.integers(0, 42) for one in Standing})


@given(_numbers)
def test_a_number_as_text_is_the_same_number(number):
    text = plain(number)
    assert Decimal(text) == number and text == plain(Decimal(text)) and not text.endswith(".")


@given(_counts)
def test_a_bar_is_as_long_as_what_it_shows(counts):
    bar = bar_of(counts | {"total": sum(counts.values())})
    assert sum(int(part.width) for part in bar.parts) == sum(counts.values())
    assert [part.code for part in bar.drawn] == [part.code for part in bar.parts if counts[part.code]]
    ends = [float(part.x) + int(part.width) for part in bar.drawn]
    starts = [float(part.x) for part in bar.drawn]
    assert all(start >= end for start, end in zip(starts[1:], ends, strict=False))
    assert not ends or ends[-1] <= float(bar.length) + 0.01


def payload(standings, numerator=Decimal(5)):
    definition = {
        "version": 1,
        "in_force_on": "2026-06-12",
        "indicator": "Tỷ lệ",
        "is_measurable": True,
        "numerator": "",
        "denominator": "",
        "source": "",
        "comparator": ">=",
        "goal": "100",
        "goal_upper": None,
        "measured_in": "%",
        "is_suggested": False,
    }
    held = {
        "as_of": "2026-10-31",
        "definition": 1,
        "numerator": plain(numerator),
        "denominator": "10",
        "is_met": None,
        "is_computed": False,
        "source": "",
        "units": ["Văn phòng"],
        "is_public": True,
    }
    return {
        "format": 1,
        "year": 2026,
        "day": "2026-11-30",
        "tasks": [],
        "targets": [
            {
                "code": f"A{number}",
                "text": "Chỉ tiêu",
                "group": "A",
                "group_name": "Nhóm",
                "section": "II.2.a",
                "frequency": "yearly",
                "due_year": 2030,
                "leads": ["Văn phòng"],
                "coordinates": [],
                "is_proposed": True,
                "definitions": [definition],
                "definition": 1,
                "expected": {"2026": "50"},
                "start": "1/3",
                "held": held,
                "standing": standing.value,
                "reason": "expected_reached",
                "needed": "100/3",
            }
            for number, standing in enumerate(standings)
        ],
    }


@given(st.lists(st.sampled_from(Standing), max_size=42))
def test_every_target_is_counted_once(standings):
    counts = counts_of(payload(standings))
    assert counts.pop("total") == len(standings) == sum(counts.values())
    assert all(counts[one.value] == standings.count(one) for one in Standing)


@given(_numbers)
def test_what_was_frozen_is_read_back_as_it_was(number):
    (target,) = targets_of(payload([Standing.LATE], number))
    assert target.held.measure.exact == Fraction(number) * 10
    assert target.held.measure.value <= target.held.measure.exact  # never rounded up
    assert (target.standing, target.verdict.needed, target.start) == (
        Standing.LATE,
        Fraction(100, 3),
        Fraction(1, 3),
    )
    assert (target.held.as_of, target.expected) == (date(2026, 10, 31), {2026: Decimal(50)})


@given(st.lists(st.sampled_from(Standing), min_size=1, max_size=9), _numbers, _numbers)
def test_a_change_is_told_where_there_is_one(standings, before, after):
    old, new = payload(standings, before), payload(standings, after)
    assert is_the_same(old, new) == (before == after)
    assert len(changes(old, new)) == (0 if before == after else len(standings))
    assert is_the_same(old, old | {"day": "2026-12-01"}) and not is_the_same(None, new)
