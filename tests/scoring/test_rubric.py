from decimal import Decimal

import pytest

from scoring.rubric import RubricInvalid, definition_of, plain_text, read_rubric, shipped_rubrics

from .builders import a_definition, a_rubric, rubric_named

CRITERION = {"code": "x", "group": "G", "name": "Tiêu chí X", "max_points": 10}


def with_criterion(**changes):
    return a_definition(max_total=None, city_mark=None, pass_total=1, criteria=[CRITERION | changes])


def problems_of(definition):
    with pytest.raises(RubricInvalid) as caught:
        read_rubric(definition)
    return caught.value.problems


@pytest.mark.parametrize("rubric", shipped_rubrics(), ids=lambda r: r.code)
def test_every_shipped_rubric_adds_up_to_a_hundred_and_names_its_source(rubric):
    assert rubric.max_total == 100
    assert rubric.source
    assert read_rubric(definition_of(rubric)) == rubric


def test_the_default_is_forty_thirty_thirty_and_waits_for_the_council():
    default = shipped_rubrics()[0]
    assert [(c.max_points, c.min_mean) for c in default.criteria] == [(40, 10), (30, 10), (30, 10)]
    assert default.note == "chờ Hội đồng quyết định"
    assert (default.pass_total, default.complete_again_from, default.city_mark) == (50, None, 85)
    assert [(g.code, g.min_total, g.conditions) for g in default.grades] == [
        ("A", 85, (("tinh-moi", 30),)),
        ("B", 70, (("tinh-moi", 20),)),
        ("C", 50, (("tinh-moi", 10),)),
    ]


def test_the_seven_criteria_stand_in_three_groups_of_40_25_and_35():
    seven = rubric_named("bay-tieu-chi")
    groups = {g.code: sum(c.max_points for c in criteria) for g, criteria in seven.grouped()}
    assert groups == {"A": 40, "B": 25, "C": 35}
    assert [c.min_mean for c in seven.criteria] == [10, 10, 8, 5, 7, 5, 5]
    assert [c.code for c in seven.criteria if c.eliminating] == ["A1", "A2"]
    assert (seven.pass_total, seven.complete_again_from, seven.group("A").min_mean) == (70, 60, 20)


def test_the_competitions_rubric_only_ranks():
    competition = rubric_named("cuoc-thi")
    assert [c.max_points for c in competition.criteria] == [10, 20, 20, 20, 15, 10, 5]
    assert (competition.pass_total, competition.city_mark, competition.grades) == (None, None, ())


@pytest.mark.parametrize(
    ("points", "label"),
    [
        ("0", "Ít điểm mới hoặc trùng cách làm đã có"),
        ("20.5", "Ít điểm mới hoặc trùng cách làm đã có"),
        ("21", "Cải tiến rõ so với cách làm trước"),
        ("30.5", "Cải tiến rõ so với cách làm trước"),
        ("40", "Mới hoàn toàn, áp dụng lần đầu tại phường"),
    ],
)
def test_points_between_two_printed_bands_belong_to_the_lower(points, label):
    assert rubric_named("ba-tieu-chi").criterion("tinh-moi").band_of(Decimal(points)).label == label


def test_a_small_definition_is_read_with_the_usual_values():
    rubric = a_rubric()
    assert (rubric.mean_kind, rubric.spread_flag, rubric.max_total) == ("plain", 20, 20)
    assert [(c.weight, c.step, c.required) for c in rubric.criteria] == [(1, Decimal("0.5"), True)] * 2
    assert rubric.criteria[0].band_of(Decimal(3)) is None


@pytest.mark.parametrize(
    ("definition", "problem"),
    [
        (a_definition(max_total=100), "the maxima add up to 20, not to 100"),
        (a_definition(pass_total=21), "pass_total: 21 is outside 0–20"),
        (a_definition(complete_again_from=10), "complete_again_from must be below pass_total"),
        (a_definition(pass_total=0.5), "pass_total: 0.5 is not an exact number"),
        (a_definition(pass_total="NaN"), "pass_total: 'NaN' is not an exact number"),
        (a_definition(pass_total=True), "pass_total: True is not an exact number"),
        (a_definition(version="1"), "version: '1' is not a whole number from 1"),
        (a_definition(mean_kind="best"), "mean_kind: 'best' is neither plain nor trimmed"),
        (a_definition(spread_flag=-1), "spread_flag is negative"),
        (a_definition(name=""), "code and name are needed"),
        (
            a_definition(groups=[{"code": "G", "name": "Nhóm"}] * 2),
            "group G stands twice",
        ),
        (
            a_definition(groups=[{"code": "G", "name": "Nhóm"}, {"code": "H", "name": "Trống"}]),
            "group H has no criterion",
        ),
        (
            a_definition(groups=[{"code": "G", "name": "Nhóm", "min_mean": 21}]),
            "group G: the minimum is outside 0–20",
        ),
        (with_criterion(group="Z"), "criterion x: unknown group 'Z'"),
        (
            with_criterion(step="0.3"),
            "criterion x: step 0.3 does not divide the maximum into hundredths or more",
        ),
        (with_criterion(step=0), "criterion x: step 0 does not divide the maximum into hundredths or more"),
        (with_criterion(min_mean=11), "criterion x: the minimum is outside 0–10"),
        (with_criterion(eliminating=True), "criterion x: eliminates, but has no minimum"),
        (with_criterion(eliminating="no"), "criterion x, eliminating: 'no' is neither true nor false"),
        (with_criterion(weight=0), "criterion x: the weight must be positive, with at most four decimals"),
        (
            with_criterion(bands=[{"label": "a", "low": 0, "high": 6}, {"label": "b", "low": 6, "high": 10}]),
            "criterion x: bands 'a' and 'b' overlap",
        ),
        (
            with_criterion(bands=[{"label": "a", "low": 0, "high": 4}, {"label": "b", "low": 6, "high": 10}]),
            "criterion x: a gap lies between bands 'a' and 'b'",
        ),
        (
            with_criterion(bands=[{"label": "a", "low": 0, "high": 9}]),
            "criterion x: the bands do not cover 0–10",
        ),
        (
            a_definition(grades=[{"code": "A", "label": "A", "min_total": 9, "conditions": {"z": 1}}]),
            "grade A: unknown criterion 'z'",
        ),
        (
            a_definition(grades=[{"code": "A", "label": "A", "min_total": 9, "conditions": {"x": 11}}]),
            "grade A: the bound on x is outside its points",
        ),
        (
            a_definition(
                grades=[
                    {"code": "B", "label": "B", "min_total": 9},
                    {"code": "A", "label": "A", "min_total": 15},
                ]
            ),
            "grades must stand from the best down, each from its own total",
        ),
    ],
)
def test_what_does_not_add_up_is_named(definition, problem):
    assert problem in problems_of(definition)


def test_all_faults_are_found_at_once():
    assert len(problems_of(with_criterion(group="Z", min_mean=11, weight="abc"))) >= 3


@pytest.mark.parametrize("definition", [{}, [], None, {"code": "x"}, a_definition(criteria=[{}])])
def test_a_definition_out_of_shape_is_refused(definition):
    assert problems_of(definition)


def test_a_criterion_for_comments_takes_no_points():
    comment = {"code": "c", "group": "G", "name": "Tính cấp thiết", "comment_only": True}
    rubric = a_rubric(criteria=[*a_definition()["criteria"], comment])
    assert rubric.max_total == 20
    assert [c.code for c in rubric.scored] == ["x", "y"]
    wrong = comment | {"max_points": 5}
    assert "criterion c: takes comments only, so no points, minimum or bands" in problems_of(
        a_definition(criteria=[*a_definition()["criteria"], wrong])
    )


def test_weights_count_in_the_total():
    rubric = a_rubric(
        max_total="25",
        criteria=[CRITERION | {"weight": "1.5"}, CRITERION | {"code": "y"}],
    )
    assert rubric.max_total == 25


@pytest.mark.parametrize(
    ("number", "text"),
    [("30", "30"), ("30.00", "30"), ("8.50", "8.5"), ("-0.0", "0"), ("1E+2", "100"), ("0", "0")],
)
def test_numbers_have_one_exact_text(number, text):
    assert plain_text(Decimal(number)) == text
