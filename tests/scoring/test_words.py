from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation

from scoring.result import PASS, Reason, compute
from scoring.words import below, grade_label, reason_sentence, verdict_words

from .builders import a_sheet, default_sheet, rubric_named

DEFAULT = rubric_named("ba-tieu-chi")
SEVEN = rubric_named("bay-tieu-chi")


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def test_every_shortfall_is_said_with_its_figure_and_bound():
    sheet = a_sheet("1", "9.5", 10, "7.5", 8, 8, 8, 8, codes=[c.code for c in SEVEN.criteria])
    assert [reason_sentence(SEVEN, reason) for reason in compute(SEVEN, [sheet]).reasons] == [
        "The mean total is 59.00, under 70.",
        "“Tính mới”: the mean is 9.50, under 10. This criterion alone decides.",
        "“Đã áp dụng trong thực tế”: the mean is 7.50, under the minimum of 8.",
        "Group “Tính mới, tính sáng tạo”: the mean is 19.50, under the minimum of 20.",
    ]


def test_nothing_to_judge_is_said_too():
    (reason,) = compute(DEFAULT, []).reasons
    assert reason_sentence(DEFAULT, reason) == "No sheet is complete yet."
    assert verdict_words(None) == ""


def test_a_figure_just_under_its_bound_is_not_shown_as_the_bound():
    assert below(Fraction(29999, 3000), Decimal(10)) == "9.9997"
    assert below(Fraction(19, 2), Decimal(10)) == "9.50"
    reason = Reason("below_pass", "", Fraction(499999, 10000), Decimal(50))
    assert reason_sentence(DEFAULT, reason) == "The mean total is 49.9999, under 50."


def test_verdict_and_grade_have_words():
    result = compute(DEFAULT, [default_sheet("1", 35, 27, 27)])
    assert (result.verdict, verdict_words(result.verdict)) == (PASS, "passes")
    assert grade_label(DEFAULT, result.grade) == "Loại A"
    assert grade_label(DEFAULT, None) == ""
