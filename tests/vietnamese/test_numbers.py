from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from vietnamese.numbers import format_decimal, format_percent, parse_decimal, round_half_up

NUMBERS = st.decimals(Decimal("-999999999999"), Decimal("999999999999"), places=4)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234,5", "1234.5"),
        ("1.234", "1234"),
        ("12.345.678,90", "12345678.90"),
        ("8,5", "8.5"),
        ("8.5", "8.5"),
        ("0.125", "0.125"),
        ("8.1234", "8.1234"),
        (" 33,33\u00a0", "33.33"),
        ("-7", "-7"),
        ("007", "7"),
    ],
)
def test_numbers_are_read_the_vietnamese_way(text, number):
    assert parse_decimal(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "abc", "NaN", "inf", "Infinity", "1e2", "+5", "1,234.5", "1.23.456", "1.234.5", "12 345"),
        *(
            "1 234",
            ",5",
            "5,",
            ".5",
            "5.",
            "--1",
            "- 1",
            "٣",
            "८",
            "５",
            "0.123,4",
            "1_000",
            "1,2,3",
            "9" * 26,
        ),
    ],
)
def test_whatever_else_is_typed_is_refused(text):
    with pytest.raises(ValueError, match=r"number|long"):
        parse_decimal(text)


def test_without_grouping_a_point_is_always_decimal_and_places_are_limited():
    assert parse_decimal("1.234", grouping=False) == Decimal("1.234")
    for text in ("1.234", "33,333"):
        with pytest.raises(ValueError, match="decimals"):
            parse_decimal(text, places=2, grouping=False)
    with pytest.raises(ValueError, match="number"):
        parse_decimal("1.234,5", grouping=False)


@given(NUMBERS)
def test_what_is_written_in_vietnamese_reads_back_the_same(number):
    assert parse_decimal(format_decimal(number, 4, "vi")) == number
    assert Decimal(format_decimal(number, 4, "en").replace(",", "")) == number


@pytest.mark.parametrize(
    ("value", "places", "vietnamese", "english"),
    [
        (Decimal("1234.5"), 2, "1.234,50", "1,234.50"),
        (Decimal("1234.5"), None, "1.234,5", "1,234.5"),
        (Decimal("1234567"), 0, "1.234.567", "1,234,567"),
        (Decimal("100.00"), None, "100", "100"),
        (Decimal("1E+3"), None, "1.000", "1,000"),
        (Decimal("0.005"), 2, "0,01", "0.01"),
        (Decimal("-0.004"), 2, "0,00", "0.00"),
        (Decimal("-1234.565"), 2, "-1.234,57", "-1,234.57"),
        (Fraction(200, 3), 2, "66,67", "66.67"),
        (7, None, "7", "7"),
        ("8.50", None, "8,5", "8.5"),
    ],
)
def test_numbers_are_written_by_language(value, places, vietnamese, english):
    with translation.override("vi"):
        assert format_decimal(value, places) == vietnamese
    with translation.override("en"):
        assert format_decimal(value, places) == english


def test_percent_has_a_hard_space():
    assert format_percent(Decimal("93.1"), 1, "vi") == "93,1\u00a0%"
    assert format_percent("95", 2, "vi") == "95,00\u00a0%"
    assert format_percent(Decimal("93.1"), 1, "en") == "93.1\u00a0%"


def test_floats_and_infinities_are_refused():
    with pytest.raises(TypeError, match="float"):
        format_decimal(0.1)
    with pytest.raises(ValueError, match="finite"):
        format_decimal(Decimal("NaN"))


@given(st.fractions(), st.integers(0, 4))
def test_rounding_is_exact_and_halves_go_away_from_zero(value, places):
    rounded = round_half_up(value, places)
    step = Fraction(1, 10**places)
    assert -rounded.as_tuple().exponent == places
    assert abs(Fraction(rounded) - value) <= step / 2
    assert round_half_up(-value, places) == rounded.copy_negate()
    if abs(Fraction(rounded) - value) == step / 2:
        assert abs(Fraction(rounded)) > abs(value)
