"""Properties over plain values: what is typed and read, what may be reported, how plots are drawn."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from plan.forms.numbers import read_number, written
from plan.models import TargetDefinition
from plan.targets import figures, plots
from plan.targets.defining import Wording
from plan.targets.defining import check as check_wording
from plan.targets.refusing import SENTENCES, Refused
from plan.targets.standing import Measure

numbers = st.decimals(0, 10**12, places=4).map(lambda number: abs(number))
days = st.dates(date(2025, 1, 1), date(2031, 12, 31))
TODAY = date(2026, 10, 20)
SHARE = TargetDefinition(is_measurable=True, measured_in="%", numerator="a", denominator="b")
COUNT = TargetDefinition(is_measurable=True, measured_in="lớp", numerator="a")
WORDS = TargetDefinition(is_measurable=False)


@given(numbers)
def test_what_the_portal_writes_it_reads_again(number):
    assert read_number(written(number)) == number


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_number_of_0_or_more_or_a_sentence(text):
    try:
        number = read_number(text)
    except forms.ValidationError as refused:
        assert refused.messages[0]
    else:
        assert number >= 0
        assert number.is_finite()


@given(numbers, numbers, days)
def test_a_share_is_taken_exactly_when_it_is_one_and_its_day_has_come(numerator, denominator, day):
    figure = figures.Figure(day, numerator, denominator)
    allowed = numerator <= denominator and day.year == 2026 and day <= TODAY
    try:
        figures.check(figure, SHARE, 2026, TODAY)
    except Refused as refused:
        assert not allowed
        assert refused.field in ("numerator", "as_of")
        assert refused.sentence
    else:
        assert allowed
        measure = Measure(numerator, denominator, is_share=True)
        assert measure.value is None if denominator == 0 else 0 <= measure.value <= 100


@given(numbers)
def test_a_count_has_no_bound(number):
    figures.check(figures.Figure(TODAY, number), COUNT, 2026, TODAY)


@given(numbers, numbers, st.text(max_size=20), st.booleans())
def test_only_what_a_definition_asks_for_is_kept(numerator, denominator, words, is_met):
    typed = figures.Figure(TODAY, numerator, denominator, words, is_met, "x")
    assert figures.kept(typed, SHARE) == figures.Figure(TODAY, numerator, denominator, words, None, "x")
    assert figures.kept(typed, COUNT) == figures.Figure(TODAY, numerator, None, words, None, "x")
    assert figures.kept(typed, WORDS) == figures.Figure(TODAY, None, None, words, is_met, "x")


@given(numbers)
def test_idle_noughts_make_no_other_figure(number):
    stored = number.quantize(Decimal("0.0001"))
    assert figures.plain(figures.Figure(TODAY, number)) == figures.plain(figures.Figure(TODAY, stored))


@given(st.lists(days, min_size=1, max_size=6), days)
def test_one_definition_is_in_force_on_each_day(starts, day):
    rows = [SimpleNamespace(version=n + 1, in_force_on=start) for n, start in enumerate(sorted(starts))]
    found = figures.in_force(rows, day)
    later = [row for row in rows if found.version < row.version and row.in_force_on <= day]
    assert later == []
    assert found.in_force_on <= day or found is rows[0]
    assert figures.in_force(rows, day + timedelta(days=1)).version >= found.version


@given(st.lists(st.one_of(st.none(), numbers), max_size=5), st.lists(numbers, max_size=5), st.booleans())
def test_columns_stay_in_their_plot(values, expected, is_share):
    if is_share:
        values = [None if value is None else value % 101 for value in values]
    top = plots.highest(values, expected, is_share)
    for number in [value for value in values if value is not None] + expected:
        assert 0 <= plots.tall(number, top) <= plots.HEIGHT
        assert (plots.tall(number, top) == 0) is (number == 0)


@given(
    st.builds(
        Wording,
        indicator=st.just("x"),
        is_measurable=st.booleans(),
        numerator=st.sampled_from(["", "a"]),
        denominator=st.sampled_from(["", "b"]),
        comparator=st.sampled_from(["", ">=", "<="]),
        goal=st.sampled_from([None, Decimal(0), Decimal(100), Decimal(101)]),
        goal_upper=st.sampled_from([None, Decimal(50), Decimal(200)]),
        measured_in=st.sampled_from(["", "%", "lớp"]),
    )
)
def test_a_definition_that_passes_can_be_judged(wording):
    try:
        check_wording(wording)
    except Refused as refused:
        assert refused.field in vars(wording)
        return
    if wording.is_measurable:
        assert wording.numerator
        assert wording.comparator
        assert wording.goal is not None
        assert wording.measured_in != "%" or (wording.denominator and wording.goal <= 100)


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_refusal_has_a_whole_sentence(code):
    names = [
        "unit",
        "year",
        "first",
        "last",
        "start",
        "day",
        "today",
        "what",
        "numerator",
        "denominator",
        "name",
        "version",
    ]
    said = Refused(code, **dict.fromkeys(names, "X")).sentence
    assert said.endswith(".")
    assert "%(" not in said
