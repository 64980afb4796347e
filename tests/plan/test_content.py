"""What `load_plan` makes of the plan, word by word: 42 targets, 61 tasks, its phases, dates and reviews."""

from decimal import Decimal

import pytest

from config.plan_file import read_plan
from plan.loading import load_content
from plan.models import (
    Part,
    Phase,
    RecurringDate,
    Review,
    Target,
    TargetDefinition,
    TargetUnit,
    Task,
    TaskGroup,
    TaskUnit,
)
from plan.units import load_units

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _loaded():
    load_units()
    return load_content()


def test_everything_the_plan_names_is_there_in_its_own_words():
    plan = read_plan()
    assert list(Target.objects.values_list("code", "text")) == [
        (t["id"], t["text_vi"]) for t in plan["targets"]
    ]
    assert Target.objects.count() == 42
    tasks = [t for g in (*plan["task_groups"], *plan["units"]) for t in g["tasks"]]
    assert list(Task.objects.values_list("code", "text")) == [(t["id"], t["text_vi"]) for t in tasks]
    assert Task.objects.count() == 61
    assert TaskGroup.objects.count() == 12
    assert list(Phase.objects.values_list("code", "start_year", "end_year")) == [
        ("P1", 2026, 2026),
        ("P2", 2027, 2030),
    ]
    assert RecurringDate.objects.count() == 6
    assert list(Review.objects.values_list("code", "due_year")) == [
        ("V-ANNUAL", None),
        ("V-INTERIM", 2028),
        ("V-FINAL", 2030),
    ]


def test_a_second_run_makes_nothing_and_changes_nothing():
    Task.objects.filter(code="U1.1").update(text="Đã sửa", percent=40)
    part = TargetUnit.objects.get(target__code="A1")
    part.is_suggested = False
    part.save()
    assert set(load_content().values()) == {0}
    assert Task.objects.get(code="U1.1").text == "Đã sửa"
    assert not TargetUnit.objects.get(target__code="A1").is_suggested


def test_owners_of_targets_are_suggestions_and_those_of_tasks_the_plan_s_own_word():
    parts = TargetUnit.objects.filter(target__code="A3").values_list("unit__code", "part", "is_suggested")
    assert list(parts) == [("PVHCC", Part.LEAD, True), ("VP", Part.COORDINATE, True)]
    assert not TargetUnit.objects.filter(is_suggested=False).exists()
    assert not TaskUnit.objects.filter(is_suggested=True).exists()


def test_each_organisation_is_invited_to_its_own_task():
    asked = Task.objects.filter(is_invited=True).values_list("code", "parts__unit__code")
    assert list(asked) == [
        ("U4.1", "MTTQ"),
        ("U4.2", "MTTQ-DTN"),
        ("U4.3", "MTTQ-HND"),
        ("U4.4", "MTTQ-HPN"),
        ("U4.5", "MTTQ-KHAC"),
    ]


def test_tasks_of_part_v_have_nobody_until_somebody_is_named():
    assert not TaskUnit.objects.filter(task__group__code__startswith="G").exists()
    assert Task.objects.filter(parts=None).count() == 21


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("A9", [(year, Decimal(100)) for year in range(2026, 2031)]),  # every year
        ("A1", [(2030, Decimal(80))]),  # by 2030: the way there is the ward's to set
        ("D4", [(year, Decimal(0)) for year in range(2026, 2031)]),  # at all times
        ("A8", []),  # no number
    ],
)
def test_the_plan_s_own_expectations(code, expected):
    assert list(Target.objects.get(code=code).expected.values_list("year", "value")) == expected


def test_the_first_definition_is_the_plan_s():
    first = TargetDefinition.objects.get(target__code="E7")
    assert (first.comparator, first.goal, first.goal_upper, first.measured_in) == (">=", 1, 2, "lớp")
    assert first.is_measurable and not first.is_share
    assert TargetDefinition.objects.filter(is_measurable=True).count() == 26
