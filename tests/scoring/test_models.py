from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import isolate_apps

from scoring.models import PointBase, RubricBase, RubricFixed, SheetBase, load_rubrics
from scoring.result import SheetValues
from scoring.rubric import RubricInvalid

from .builders import a_definition

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def rooms(django_db_setup, django_db_blocker):
    """Tables of an app that judges: (Rubric, Sheet, Point), made for this module and dropped after it."""
    with isolate_apps("scoring"):

        class Rubric(RubricBase):
            class Meta(RubricBase.Meta):
                app_label = "scoring"

        class Sheet(SheetBase):
            class Meta(SheetBase.Meta):
                app_label = "scoring"

        class Point(PointBase):
            sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="points")

            class Meta(PointBase.Meta):
                app_label = "scoring"

        with django_db_blocker.unblock(), connection.schema_editor() as editor:
            for model in (Rubric, Sheet, Point):
                editor.create_model(model)
        yield Rubric, Sheet, Point
        with django_db_blocker.unblock(), connection.schema_editor() as editor:
            for model in (Point, Sheet, Rubric):
                editor.delete_model(model)


@pytest.fixture
def Rubric(rooms, db):
    return rooms[0]


@pytest.fixture
def Sheet(rooms, db):
    return rooms[1]


def test_loading_twice_stores_the_shipped_rubrics_once(Rubric):
    assert load_rubrics(Rubric) == 3
    assert load_rubrics(Rubric) == 0
    assert list(Rubric.objects.values_list("code", "version", "is_default")) == [
        ("ba-tieu-chi", 1, True),
        ("bay-tieu-chi", 1, False),
        ("cuoc-thi", 1, False),
    ]
    assert Rubric.objects.default().note == "chờ Hội đồng quyết định"


def test_loading_leaves_the_offices_own_default_and_edits_alone(Rubric):
    Rubric(definition=a_definition(), is_default=True).save()
    load_rubrics(Rubric)
    row = Rubric.objects.get(code="ba-tieu-chi")
    row.definition["pass_total"] = 70
    row.save()
    load_rubrics(Rubric)
    assert Rubric.objects.default().code == "nho"
    assert Rubric.objects.get(code="ba-tieu-chi").rubric.pass_total == 70


def test_code_version_and_name_come_from_the_definition(Rubric):
    row = Rubric.objects.create(definition=a_definition(version=3))
    assert (row.code, row.version, row.name) == ("nho", 3, "Thang điểm nhỏ")
    row.refresh_from_db()
    assert row.rubric.max_total == 20
    assert row.rubric is row.rubric


def test_a_definition_with_faults_is_never_stored(Rubric):
    row = Rubric(definition=a_definition(max_total=100))
    with pytest.raises(ValidationError, match="add up to 20"):
        row.clean()
    with pytest.raises(RubricInvalid):
        row.save()
    assert not Rubric.objects.exists()


def test_a_version_exists_once_and_there_is_one_default(Rubric):
    Rubric(definition=a_definition(), is_default=True).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Rubric(definition=a_definition()).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Rubric(definition=a_definition(version=2), is_default=True).save()
    Rubric(definition=a_definition(version=2)).save()


def test_once_fixed_a_rubric_does_not_change(Rubric):
    row = Rubric.objects.create(definition=a_definition())
    row.definition = a_definition(pass_total=11)
    row.save()
    row.fix(NOW)
    row.fix(datetime(2027, 1, 1, tzinfo=UTC))
    assert Rubric.objects.get().fixed_at == NOW

    row.definition = a_definition(pass_total=5)
    for change in (
        row.save,
        row.delete,
        lambda: Rubric.objects.update(definition=a_definition()),
        lambda: Rubric.objects.update(fixed_at=None),
        lambda: Rubric.objects.bulk_update([row], ["definition"]),
        lambda: Rubric.objects.all().delete(),
        lambda: Rubric(pk=row.pk, definition=a_definition()).save(),
    ):
        with pytest.raises(RubricFixed), transaction.atomic():
            change()
    assert Rubric.objects.get().rubric.pass_total == 11


def test_note_and_default_mark_of_a_fixed_rubric_stay_free(Rubric):
    row = Rubric.objects.create(definition=a_definition())
    row.fix(NOW)
    row.note, row.is_default = "Hội đồng quyết định ngày 01/12/2026", True
    row.save()
    assert Rubric.objects.default().note == "Hội đồng quyết định ngày 01/12/2026"


def test_a_sheet_starts_empty_and_gives_its_points_exactly(Sheet, rooms):
    sheet = Sheet.objects.create()
    assert (sheet.state, sheet.edit_version, sheet.comment, sheet.is_open) == ("todo", 0, "", True)
    assert sheet.values("Ghế 1") == SheetValues("Ghế 1", {})
    Point = rooms[2]
    Point.objects.create(sheet=sheet, criterion="x", points=Decimal("8.5"))
    Point.objects.create(sheet=sheet, criterion="y")
    assert sheet.values("Ghế 1") == SheetValues("Ghế 1", {"x": Decimal("8.5")})


@pytest.mark.parametrize(
    "fields",
    [{"state": "sent"}, {"state": "submitted"}, {"state": "draft", "submitted_at": NOW}],
)
def test_a_sheet_is_never_in_an_impossible_state(Sheet, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Sheet.objects.create(**fields)


@pytest.mark.parametrize("state", ["recused", "void", "submitted"])
def test_a_closed_sheet_is_not_open(Sheet, state):
    sheet = Sheet.objects.create(state=state, submitted_at=NOW if state == "submitted" else None)
    assert not sheet.is_open


def test_a_criterion_has_points_once_and_never_below_zero(Sheet, rooms):
    sheet, Point = Sheet.objects.create(), rooms[2]
    Point.objects.create(sheet=sheet, criterion="x", points=0)
    for wrong in ({"criterion": "x"}, {"criterion": "y", "points": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Point.objects.create(sheet=sheet, **wrong)
