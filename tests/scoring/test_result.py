import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.freezing import canonical_json, freeze, hash_of
from scoring.points import ScoreRefused
from scoring.ranking import normalised_ranking
from scoring.result import (
    SheetValues,
    compute,
    half_up,
    mean_of,
    median_of,
)
from scoring.rubric import read_rubric, shipped_rubrics

from .builders import a_rubric, a_sheet, default_sheet, points_for, rubric_named, sheets_for

DEFAULT = rubric_named("ba-tieu-chi")
SEVEN = rubric_named("bay-tieu-chi")
COMPETITION = rubric_named("cuoc-thi")
POINTS = st.decimals(0, 100, places=1)
ORDER = {"fail": 0, "complete_again": 1, "pass": 2}


def seven_sheet(seat, *points):
    return a_sheet(seat, *points, codes=[c.code for c in SEVEN.criteria])


def codes(result):
    return [(reason.code, reason.subject) for reason in result.reasons]


# ---- one worked example


def test_seven_sheets_of_the_default_rubric_worked_by_hand():
    sheets = [
        default_sheet("1", 33, 22, 25),  # 80
        default_sheet("2", "35.5", 25, 26),  # 86.5
        default_sheet("3", 30, 20, 21),  # 71
        default_sheet("4", 36, 27, 28),  # 91
        default_sheet("5", 31, "22.5", 24),  # 77.5
        default_sheet("6", 34, 24, 27),  # 85
        default_sheet("7", 33, None, 20),  # not complete
    ]
    result = compute(DEFAULT, sheets, expected=7)
    assert result.count_text == "6/7"
    assert [s.total for s in result.sheets] == [80, Decimal("86.5"), 71, 91, Decimal("77.5"), 85, None]
    assert result.sheets[6].missing == ("ap-dung",)
    assert result.total.mean == Fraction(491, 6)
    assert result.score == Decimal("81.83")
    assert result.total.median == Fraction(165, 2)
    assert (result.total.minimum, result.total.maximum, result.total.spread) == (71, 91, 20)
    assert result.criteria["tinh-moi"].mean == Fraction(1995, 60)
    assert result.criteria["ap-dung"].median_shown == Decimal("23.25")
    assert (result.verdict, result.reasons, result.grade) == ("pass", (), "B")
    assert not result.disagreement  # 20 is not more than 20
    assert not result.sent_to_city


# ---- an unfinished sheet


def test_a_sheet_that_lacks_a_required_criterion_counts_nowhere():
    whole, half = default_sheet("1", 30, 20, 20), default_sheet("2", 40, 30, None)
    alone, both = compute(DEFAULT, [whole]), compute(DEFAULT, [whole, half])
    assert both.total == alone.total
    assert both.criteria == alone.criteria
    assert (both.count_text, alone.count_text) == ("1/2", "1/1")


def test_zero_points_are_points():
    result = compute(DEFAULT, [default_sheet("1", 0, 0, 0)])
    assert (result.count_text, result.score, result.verdict) == ("1/1", Decimal("0.00"), "fail")


@pytest.mark.parametrize("sheets", [[], [default_sheet("1", None, 1, 1)], [SheetValues("1")]])
def test_without_a_complete_sheet_there_is_no_result(sheets):
    result = compute(DEFAULT, sheets, expected=3)
    assert (result.total, result.score, result.verdict, result.grade) == (None, None, None, None)
    assert codes(result) == [("no_complete_sheet", "")]
    assert (result.criteria, result.groups, result.count_text) == ({}, {}, "0/3")
    assert not result.disagreement
    assert not result.sent_to_city


def test_an_optional_criterion_left_out_is_no_zero_in_its_own_mean():
    rubric = a_rubric(
        criteria=[
            {"code": "x", "group": "G", "name": "X", "max_points": 10},
            {"code": "y", "group": "G", "name": "Y", "max_points": 10, "required": False},
        ]
    )
    result = compute(rubric, [a_sheet("1", 8, None), a_sheet("2", 6, 4)])
    assert result.count == 2
    assert result.criteria["y"].mean == 4
    assert result.total.mean == 9


# ---- what cannot be


def test_a_seat_with_two_sheets_is_an_error():
    with pytest.raises(ValueError, match="two sheets"):
        compute(a_rubric(), [a_sheet("1", 5, 5), a_sheet("1", 6, 6)])


def test_a_criterion_the_rubric_lacks_is_an_error():
    with pytest.raises(ValueError, match="'z'"):
        compute(a_rubric(), [SheetValues("1", {"z": Decimal(1)})])


@pytest.mark.parametrize("points", [Decimal("10.5"), Decimal(-1), Decimal("NaN"), Decimal("0.25"), 7.5])
def test_points_that_cannot_stand_are_never_averaged(points):
    with pytest.raises(ScoreRefused):
        compute(a_rubric(), [SheetValues("1", {"x": points, "y": Decimal(1)})])


# ---- verdict, minima, grades


@pytest.mark.parametrize(
    ("points", "verdict", "reasons", "grade"),
    [
        ((10, 20, 20), "pass", [], "C"),  # 50 exactly
        ((10, 20, "19.5"), "fail", [("below_pass", "")], None),
        (("9.5", 30, 30), "fail", [("criterion_below_minimum", "tinh-moi")], None),
        ((40, 30, "9.5"), "fail", [("criterion_below_minimum", "loi-ich")], None),
        ((20, 25, 25), "pass", [], "B"),
        (("19.5", 30, 30), "pass", [], "C"),  # 79.5, but novelty below 20
        ((30, "27.5", "27.5"), "pass", [], "A"),
        (("29.5", 30, 30), "pass", [], "B"),  # 89.5, but novelty below 30
        (
            (0, 0, 0),
            "fail",
            [("below_pass", "")] + [("criterion_below_minimum", c.code) for c in DEFAULT.criteria],
            None,
        ),
    ],
)
def test_the_default_rubric_judges_total_and_minima(points, verdict, reasons, grade):
    result = compute(DEFAULT, [default_sheet("1", *points)])
    assert (result.verdict, codes(result), result.grade) == (verdict, reasons, grade)


def test_a_minimum_holds_for_the_mean_and_not_for_one_sheet():
    strict, kind = default_sheet("1", 5, 30, 30), default_sheet("2", 15, 30, 30)
    assert compute(DEFAULT, [strict, kind]).verdict == "pass"


@pytest.mark.parametrize(
    ("points", "verdict", "reasons"),
    [
        ((14, 14, 12, 8, 10, 6, 6), "pass", []),  # 70 exactly
        ((14, 14, 12, 8, 10, 6, "5.5"), "complete_again", [("below_pass", "")]),
        ((12, 12, 10, 7, 9, 5, 5), "complete_again", [("below_pass", "")]),  # 60 exactly
        ((12, 12, 10, 7, "8.5", 5, 5), "fail", [("below_pass", "")]),
        ((20, "9.5", 15, 10, 15, 10, 10), "fail", [("criterion_eliminates", "A2")]),  # 89.5
        ((20, 20, "7.5", 10, 15, 10, 10), "complete_again", [("criterion_below_minimum", "B1")]),  # 92.5
        (
            ("9.5", 10, 12, 8, 15, 8, 8),
            "fail",
            [("criterion_eliminates", "A1"), ("group_below_minimum", "A")],
        ),
    ],
)
def test_the_seven_criteria_pass_complete_again_or_fail(points, verdict, reasons):
    result = compute(SEVEN, [seven_sheet("1", *points)])
    assert (result.verdict, codes(result)) == (verdict, reasons)


def test_a_reason_carries_the_exact_figure_and_its_bound():
    sheets = [default_sheet("1", 9, 30, 30), default_sheet("2", 9, 30, 30), default_sheet("3", "9.5", 30, 30)]
    (reason,) = compute(DEFAULT, sheets).reasons
    assert (reason.subject, reason.value, reason.bound) == ("tinh-moi", Fraction(55, 6), 10)


def test_a_competition_ranks_and_passes_nobody():
    points = {c.code: c.max_points for c in COMPETITION.criteria}
    result = compute(COMPETITION, [SheetValues("1", points)])
    assert (result.score, result.verdict, result.reasons, result.sent_to_city) == (100, None, (), False)


@pytest.mark.parametrize(
    ("totals", "sent"), [((85,), True), ((84, 86), True), ((85, 85, "84.5"), False), ((100, "69.5"), False)]
)
def test_from_85_on_it_may_go_to_the_city_on_the_exact_mean(totals, sent):
    sheets = [
        default_sheet(str(n), 40, 30, Decimal(total) - 70)
        if Decimal(total) >= 70
        else default_sheet(str(n), 40, 29, Decimal(total) - 69)
        for n, total in enumerate(totals)
    ]
    assert compute(DEFAULT, sheets).sent_to_city is sent


def test_what_does_not_pass_never_goes_to_the_city():
    assert not compute(DEFAULT, [default_sheet("1", 40, 30, "9.5")]).sent_to_city
    rubric = a_rubric(city_mark=5, pass_total=10)
    assert not compute(rubric, [a_sheet("1", 5, 4)]).sent_to_city


@pytest.mark.parametrize(("lowest", "flag"), [((20, 20, 20), False), ((20, 20, "19.5"), True)])
def test_more_than_twenty_points_apart_is_a_strong_disagreement(lowest, flag):
    assert (
        compute(DEFAULT, [default_sheet("1", *lowest), default_sheet("2", 30, 25, 25)]).disagreement is flag
    )


def test_weights_count_in_totals_and_groups_but_not_in_a_criterions_own_mean():
    rubric = a_rubric(
        max_total=25,
        criteria=[
            {"code": "x", "group": "G", "name": "X", "max_points": 10, "weight": "1.5"},
            {"code": "y", "group": "G", "name": "Y", "max_points": 10},
        ],
    )
    result = compute(rubric, [a_sheet("1", 5, 8)])
    assert result.sheets[0].total == Decimal("15.5")
    assert result.groups["G"].mean == Fraction(31, 2)
    assert result.criteria["x"].mean == 5


# ---- means


def test_a_trimmed_mean_drops_top_and_bottom_from_five_sheets_on():
    assert mean_of([0, 7, 7, 7, 100], "trimmed") == 7
    assert mean_of([0, 7, 7, 100], "trimmed") == Fraction(114, 4)
    assert mean_of([0, 7, 7, 7, 100], "plain") == Fraction(121, 5)
    rubric = a_rubric(mean_kind="trimmed")
    sheets = [a_sheet(str(n), x, y) for n, (x, y) in enumerate([(0, 0), (5, 6), (6, 5), (6, 6), (10, 10)])]
    result = compute(rubric, sheets)
    assert (result.total.mean, result.total.spread) == (Fraction(34, 3), 20)
    assert result.criteria["x"].mean == Fraction(17, 3)


def test_the_median_of_an_even_number_lies_in_the_middle():
    assert median_of([1, 10, 2, 4]) == 3
    assert median_of([5, 1, 9]) == 5


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(1, 200), "0.01"),
        (Fraction(200, 3), "66.67"),
        (Decimal("84.995"), "85.00"),
        (Fraction(-1, 200), "-0.01"),
        (85, "85.00"),
        (Fraction(0), "0.00"),
    ],
)
def test_display_rounds_half_up_to_two_decimals(value, shown):
    assert str(half_up(value)) == shown


def test_a_rounded_figure_decides_nothing():
    rubric = a_rubric(
        pass_total=10,
        criteria=[{"code": c, "group": "G", "name": c, "max_points": 10, "step": "0.01"} for c in "xy"],
    )
    sheets = [a_sheet(str(n), 5, 5) for n in range(2)] + [a_sheet("z", 5, "4.99")]
    result = compute(rubric, sheets)
    assert result.score == Decimal("10.00")
    assert (result.verdict, codes(result)) == ("fail", [("below_pass", "")])


# ---- properties


@given(st.data(), st.sampled_from(shipped_rubrics()))
def test_the_order_of_the_sheets_changes_nothing(data, rubric):
    sheets = data.draw(sheets_for(rubric, complete=False))
    shuffled = data.draw(st.permutations(sheets))
    assert compute(rubric, sheets) == compute(rubric, shuffled)
    assert freeze(compute(rubric, sheets), rubric, sheets) == freeze(
        compute(rubric, shuffled), rubric, shuffled
    )


@given(st.data(), st.sampled_from(shipped_rubrics()))
def test_means_lie_between_the_extremes_and_criteria_add_up_to_the_total(data, rubric):
    result = compute(rubric, data.draw(sheets_for(rubric)))
    for figures in (result.total, *result.criteria.values(), *result.groups.values()):
        assert figures.minimum <= figures.mean <= figures.maximum
        assert figures.minimum <= figures.median <= figures.maximum
        assert abs(Fraction(half_up(figures.mean)) - figures.mean) <= Fraction(1, 200)
    weights = {c.code: Fraction(c.weight) for c in rubric.scored}
    assert sum(f.mean * weights[code] for code, f in result.criteria.items()) == result.total.mean
    assert sum(f.mean for f in result.groups.values()) == result.total.mean


@given(st.data(), st.sampled_from([DEFAULT, SEVEN]))
def test_more_points_never_make_the_verdict_or_the_grade_worse(data, rubric):
    sheets = data.draw(sheets_for(rubric))
    seat = data.draw(st.integers(0, len(sheets) - 1))
    criterion = data.draw(st.sampled_from(rubric.scored))
    more = data.draw(points_for(criterion))
    raised = dict(sheets[seat].points)
    raised[criterion.code] = max(raised[criterion.code], more)
    better = [*sheets[:seat], SheetValues(sheets[seat].seat, raised), *sheets[seat + 1 :]]
    before, after = compute(rubric, sheets), compute(rubric, better)
    assert ORDER[after.verdict] >= ORDER[before.verdict]
    assert after.sent_to_city >= before.sent_to_city
    best_first = [g.code for g in rubric.grades] + [None]
    assert best_first.index(after.grade) <= best_first.index(before.grade)


@given(st.data())
def test_an_unfinished_sheet_never_moves_a_figure(data):
    sheets = data.draw(sheets_for(DEFAULT, complete=False))
    finished = [s for s in sheets if None not in s.points.values()]
    every, only = compute(DEFAULT, sheets), compute(DEFAULT, finished)
    assert (every.total, every.criteria, every.groups) == (only.total, only.criteria, only.groups)
    assert every.count == len(finished)
    assert [s.seat for s in every.sheets if s.complete] == sorted(s.seat for s in finished)


@given(st.lists(POINTS, min_size=5, max_size=12), POINTS)
def test_one_wild_top_or_bottom_does_not_move_a_trimmed_mean(values, wild):
    values = sorted(values)
    assert mean_of([*values[:-1], max(values[-1], wild)], "trimmed") == mean_of(values, "trimmed")


@given(st.data(), st.sampled_from(shipped_rubrics()))
def test_everything_can_be_computed_again_from_the_frozen_file_alone(data, rubric):
    sheets = data.draw(sheets_for(rubric, complete=False))
    frozen = freeze(compute(rubric, sheets, expected=9), rubric, sheets)
    kept = json.loads(frozen.canonical)
    again = read_rubric(kept["rubric"])
    values = [
        SheetValues(s["seat"], {code: Decimal(p) for code, p in s["points"].items()}) for s in kept["sheets"]
    ]
    assert freeze(compute(again, values, kept["result"]["expected"]), again, values).sha256 == frozen.sha256


# ---- freezing


def test_the_frozen_file_holds_maxima_minima_weights_points_and_exact_figures():
    sheets = [
        default_sheet("1", 33, 22, 25),
        default_sheet("2", 30, 20, "20.5"),
        default_sheet("3", 31, 20, 20),
    ]
    frozen = freeze(compute(DEFAULT, sheets, 7), DEFAULT, sheets)
    novelty = frozen.payload["rubric"]["criteria"][0]
    assert (novelty["max_points"], novelty["min_mean"], novelty["weight"]) == ("40", "10", "1")
    assert frozen.payload["sheets"][1] == {
        "seat": "2",
        "points": {"tinh-moi": "30", "ap-dung": "20", "loi-ich": "20.5"},
    }
    total = frozen.payload["result"]["total"]
    assert (total["mean"], total["mean_shown"], total["median"]) == ("443/6", "73.83", "71")
    assert (frozen.payload["result"]["count"], frozen.payload["result"]["expected"]) == (3, 7)
    assert len(frozen.sha256) == 64
    assert hash_of(json.loads(frozen.canonical)) == frozen.sha256
    assert "Tính mới".encode() in frozen.canonical


def test_trailing_zeros_of_a_database_do_not_change_the_hash():
    plain, padded = [default_sheet("1", 33, 22, 25)], [default_sheet("1", "33.00", "22.00", "25.00")]
    one, other = (freeze(compute(DEFAULT, s), DEFAULT, s) for s in (plain, padded))
    assert one == other


def test_any_change_of_a_point_changes_the_hash():
    one, other = [default_sheet("1", 33, 22, 25)], [default_sheet("1", 33, "22.5", "24.5")]
    assert (
        freeze(compute(DEFAULT, one), DEFAULT, one).sha256
        != freeze(compute(DEFAULT, other), DEFAULT, other).sha256
    )


def test_canonical_json_has_one_form_and_no_floats():
    assert canonical_json({"b": [1, None, True], "a": "đ"}) == '{"a":"đ","b":[1,null,true]}'.encode()
    with pytest.raises(TypeError, match="float"):
        canonical_json({"a": [{"b": 0.5}]})


# ---- advice


def test_a_strict_and_a_lenient_member_count_alike():
    ranked = normalised_ranking(
        {
            "strict": {"SK-1": Decimal(50), "SK-2": Decimal(55), "SK-3": Decimal(40)},
            "lenient": {"SK-1": Decimal(99), "SK-2": Decimal(95), "SK-3": Decimal(90)},
        }
    )
    assert [(r.subject, r.rank, r.share, r.members) for r in ranked] == [
        ("SK-1", 1, Fraction(3, 4), 2),
        ("SK-2", 1, Fraction(3, 4), 2),
        ("SK-3", 3, Fraction(0), 2),
    ]


def test_who_scored_one_dossier_only_says_nothing_about_its_rank():
    ranked = normalised_ranking({"1": {"SK-1": Decimal(50), "SK-2": Decimal(60)}, "2": {"SK-3": Decimal(99)}})
    assert [(r.subject, r.rank) for r in ranked] == [("SK-2", 1), ("SK-1", 2), ("SK-3", None)]
    assert normalised_ranking({}) == ()


@given(
    st.dictionaries(
        st.sampled_from("ABCDEFG"),
        st.dictionaries(st.sampled_from(["1", "2", "3", "4"]), POINTS, min_size=1),
        max_size=7,
    ),
    st.decimals("0.1", 3, places=1),
    st.integers(-50, 50),
)
def test_a_members_own_scale_cancels_out(totals, factor, shift):
    rescaled = {
        member: {s: mark * factor + shift if member in "ACE" else mark for s, mark in marks.items()}
        for member, marks in totals.items()
    }
    assert normalised_ranking(rescaled) == normalised_ranking(totals)
    for ranked in normalised_ranking(totals):
        assert ranked.share is None or 0 <= ranked.share <= 1
