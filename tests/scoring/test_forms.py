from decimal import Decimal
from unicodedata import normalize

import pytest
from django.utils import translation

from scoring.forms import SheetForm

from .builders import a_definition, a_rubric, rubric_named

DEFAULT = rubric_named("ba-tieu-chi")
COMMENT = {"code": "c", "group": "G", "name": "Tính cấp thiết", "comment_only": True}
WITH_COMMENT = a_rubric(criteria=[*a_definition()["criteria"], COMMENT])


def posted(*points):
    return dict(zip(("points-tinh-moi", "points-ap-dung", "points-loi-ich"), points, strict=True))


def test_a_new_sheet_is_drawn_empty():
    form = SheetForm(DEFAULT)
    assert [form[name].value() for name in form.fields] == [None, None, None, ""]
    assert "value=" not in str(form["points-tinh-moi"])
    assert 'inputmode="decimal"' in str(form["points-tinh-moi"])


def test_no_browser_check_stands_between_a_half_done_sheet_and_saving_it():
    assert "required" not in str(SheetForm(DEFAULT, posted("33", "", ""), final=True)["points-ap-dung"])


def test_comma_and_point_are_both_right():
    form = SheetForm(DEFAULT, posted("33,5", "22.5", "25"), final=True)
    assert form.is_valid()
    assert form.points == {"tinh-moi": Decimal("33.5"), "ap-dung": Decimal("22.5"), "loi-ich": Decimal(25)}


def test_a_draft_may_lack_points_and_a_sheet_handed_in_may_not():
    data = posted("33", "", " ")
    draft = SheetForm(DEFAULT, data)
    assert draft.is_valid()
    assert draft.points == {"tinh-moi": Decimal(33), "ap-dung": None, "loi-ich": None}
    with translation.override("en"):
        final = SheetForm(DEFAULT, data, final=True)
        assert final.errors.as_data().keys() == {"points-ap-dung", "points-loi-ich"}
        assert final.errors["points-ap-dung"] == [
            "“Khả năng áp dụng” has no points yet. Type a number from 0 to 30."
        ]


@pytest.mark.parametrize("final", [False, True])
def test_wrong_points_are_named_by_their_field_and_stay_typed(final):
    with translation.override("en"):
        form = SheetForm(DEFAULT, posted("1.234", "NaN", "30,5"), final=final)
        codes = {name: [e.code for e in errors] for name, errors in form.errors.as_data().items()}
        assert codes == {
            "points-tinh-moi": ["not_a_number"],
            "points-ap-dung": ["not_a_number"],
            "points-loi-ich": ["out_of_range"],
        }
        assert form["points-loi-ich"].value() == "30,5"
        assert form.points == {}


def test_kept_points_come_back_with_the_mark_of_the_language_and_read_the_same():
    kept = {"tinh-moi": Decimal("33.50"), "ap-dung": Decimal("20.00"), "loi-ich": None}
    for language, shown in (("vi", "33,5"), ("en", "33.5")):
        with translation.override(language):
            form = SheetForm(DEFAULT, points=kept)
            assert [form[f"points-{code}"].value() for code in kept] == [shown, "20", None]


def test_a_comment_only_criterion_takes_words_alone():
    data = {
        "points-x": "5",
        "points-y": "5",
        "comment-c": normalize("NFD", "Cần làm ngay "),
        "comment": "Rõ ràng",
    }
    form = SheetForm(WITH_COMMENT, data, final=True)
    assert form.is_valid()
    assert form.points == {"x": Decimal(5), "y": Decimal(5)}
    assert form.comments == {"c": "Cần làm ngay"}
    assert form.cleaned_data["comment"] == "Rõ ràng"
    missing = SheetForm(WITH_COMMENT, data | {"comment-c": " "}, final=True)
    assert list(missing.errors) == ["comment-c"]
    assert SheetForm(WITH_COMMENT, data | {"comment-c": ""}).is_valid()


def test_rows_follow_the_rubric():
    ((group, rows),) = SheetForm(WITH_COMMENT).rows()
    assert group.code == "G"
    assert [(c.code, field.name) for c, field in rows] == [
        ("x", "points-x"),
        ("y", "points-y"),
        ("c", "comment-c"),
    ]
