from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from scoring.points import ScoreRefused, check_points, parse_points, range_hint, read_points

from .builders import points_for, rubric_named

NOVELTY = rubric_named("ba-tieu-chi").criterion("tinh-moi")


@pytest.mark.parametrize(
    ("text", "points"),
    [("8,5", "8.5"), ("8.5", "8.5"), ("0", "0"), ("40", "40"), (" 33 ", "33"), ("7,50", "7.5"), ("08", "8")],
)
def test_points_are_read_by_comma_or_point(text, points):
    assert read_points(NOVELTY, text) == Decimal(points)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "missing"),
        ("   ", "missing"),
        (None, "missing"),
        ("1.234", "not_a_number"),
        ("8,555", "not_a_number"),
        ("NaN", "not_a_number"),
        ("inf", "not_a_number"),
        ("-inf", "not_a_number"),
        ("1e2", "not_a_number"),
        ("٨", "not_a_number"),
        ("٨٫٥", "not_a_number"),
        ("８", "not_a_number"),
        ("8 5", "not_a_number"),
        ("8,5.0", "not_a_number"),
        ("+8", "not_a_number"),
        ("8,", "not_a_number"),
        (",5", "not_a_number"),
        ("0x8", "not_a_number"),
        ("1_0", "not_a_number"),
        ("mười", "not_a_number"),
        ("9" * 30, "not_a_number"),
        ("-1", "out_of_range"),
        ("−1", "out_of_range"),
        ("-0", "out_of_range"),
        ("40,5", "out_of_range"),
        ("41", "out_of_range"),
        ("999999999", "out_of_range"),
        ("8,3", "not_on_step"),
        ("39.99", "not_on_step"),
    ],
)
def test_anything_else_is_refused_with_its_reason(text, code):
    with pytest.raises(ScoreRefused) as refused:
        read_points(NOVELTY, text)
    assert refused.value.code == code


@pytest.mark.parametrize("text", ["", "x", "-1", "8,3"])
def test_a_refusal_names_the_criterion_and_its_range(text):
    with translation.override("en"), pytest.raises(ScoreRefused) as refused:
        read_points(NOVELTY, text)
    with translation.override("en"):
        assert "“Tính mới”" in refused.value.message
        assert "40" in refused.value.message


def test_a_refusal_without_a_criterion_still_says_what_to_do():
    with translation.override("en"), pytest.raises(ScoreRefused) as refused:
        parse_points("x")
    with translation.override("en"):
        assert str(refused.value) == "Type the points in figures, for example 8.5."


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "missing"),
        (Decimal("NaN"), "not_a_number"),
        (8.5, "not_a_number"),
        (Decimal("-0.5"), "out_of_range"),
        (Decimal("40.5"), "out_of_range"),
        (Decimal("0.25"), "not_on_step"),
    ],
)
def test_values_from_elsewhere_pass_the_same_check(value, code):
    with pytest.raises(ScoreRefused) as refused:
        check_points(NOVELTY, value)
    assert refused.value.code == code


def test_the_hint_says_step_and_minimum():
    with translation.override("en"):
        assert range_hint(NOVELTY) == "In steps of 0.5. A mean under 10 fails this criterion."
        assert range_hint(rubric_named("cuoc-thi").criteria[0]) == "In steps of 0.5."


@given(points_for(NOVELTY), st.sampled_from(",."))
def test_every_step_is_read_back_exactly(points, mark):
    assert read_points(NOVELTY, str(points).replace(".", mark)) == points


@given(st.text(max_size=12))
def test_no_text_whatever_gives_points_outside_the_scale(text):
    try:
        points = read_points(NOVELTY, text)
    except ScoreRefused as refused:
        assert refused.code in {"missing", "not_a_number", "out_of_range", "not_on_step"}
        assert refused.message
    else:
        assert 0 <= points <= 40
        assert points % Decimal("0.5") == 0
