"""Targets as every page asks for them: who leads, what was reported, what the portal counts, in six
queries."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config import figures
from people.models import Unit
from plan.loading import load_content
from plan.models import KeptFigure, Part, ReportedValue, Target, TargetDefinition, TargetUnit
from plan.targets.keeping import refresh
from plan.targets.query import lines
from plan.units import load_units

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def _loaded():
    load_units()
    load_content()


def report(code, unit, numerator, denominator=None, year=2026, definition=None, **more):
    target = Target.objects.get(code=code)
    return ReportedValue.objects.create(
        target=target,
        definition=definition or target.definitions.last(),
        unit=TargetUnit.objects.filter(unit__code=unit).first().unit,
        year=year,
        as_of=more.pop("as_of", DAY),
        numerator=numerator,
        denominator=denominator,
        at=timezone.now(),
        by_name="Lương Thị Mai",
        **more,
    )


def line_of(code, year=2026, day=DAY, **more):
    return lines(year, day, codes=[code], **more)[0]


def test_the_latest_value_of_a_unit_counts():
    report("A1", "PVHCC", 10, 100)
    report("A1", "PVHCC", 85, 100)
    held = line_of("A1").held
    assert (held.measure.value, held.as_of, held.by_name) == (Decimal(85), DAY, "Lương Thị Mai")
    assert line_of("A1").standing == "met"


def test_numerators_and_denominators_of_all_who_lead_are_added():
    TargetUnit.objects.filter(target__code="A3").update(part=Part.LEAD)
    report("A3", "PVHCC", 90, 100)
    report("A3", "VP", 1, 300)
    line = line_of("A3")
    assert (line.held.measure.numerator, line.held.measure.denominator, line.held.reported) == (91, 400, 2)
    assert line.held.measure.value == Decimal("22.7")  # not (90 + 0.3) / 2
    own = line_of("A3", units=[part.unit_id for part in line.parts if part.unit.code == "VP"])
    assert own.held.measure.value == Decimal("0.3")


def test_a_target_without_a_number_is_reached_once_all_who_lead_have_said_so():
    target = Target.objects.get(code="A8")
    lead, other = Unit.objects.get(code="PVHCC"), Unit.objects.get(code="VP")
    target.parts.all().delete()
    for unit in (lead, other):
        TargetUnit.objects.create(target=target, unit=unit, part=Part.LEAD)
    report("A8", "PVHCC", None, is_met=True)
    verdict = line_of("A8").verdict
    assert (verdict.standing, verdict.reason) == ("no_data", "not_all_said")
    assert line_of("A8", units=[lead.pk]).standing == "met"  # its own board says what it said
    report("A8", "VP", None, is_met=True)
    assert line_of("A8").standing == "met"


def test_a_year_that_is_over_stands_as_it_stood_whoever_leads_now():
    target = Target.objects.get(code="A8")
    target.parts.all().delete()
    for code in ("PVHCC", "VP"):
        unit = Unit.objects.get(code=code)
        TargetUnit.objects.create(target=target, unit=unit, part=Part.LEAD)
    report("A8", "PVHCC", None, is_met=True, as_of=date(2026, 12, 1))
    assert line_of("A8", day=date(2027, 3, 1)).verdict_of(2026).standing == "met"


def test_an_old_value_keeps_the_definition_it_was_measured_by():
    target = Target.objects.get(code="B1")
    report("B1", "KTHTDT", 2)
    first = target.definitions.get()
    TargetDefinition.objects.create(
        target=target,
        version=2,
        in_force_on=date(2026, 9, 1),
        indicator="Chỉ tính mô hình đã nghiệm thu",
        comparator=">=",
        goal=3,
        measured_in="mô hình",
        made_at=timezone.now(),
    )
    line = line_of("B1")
    assert line.definition.version == 2
    assert line.held.definition == first
    assert line.by_an_older_definition
    assert line.standing == "met"  # two of two, as it was asked then
    assert line_of("B1", day=date(2026, 8, 31)).definition.version == 1


def test_a_baseline_is_where_it_started_and_no_value_of_a_year():
    report("A1", "PVHCC", 40, 100, year=2025, is_baseline=True)
    line = line_of("A1")
    assert (line.baseline.measure.value, line.held) == (Decimal(40), None)


@pytest.fixture
def counted(monkeypatch):
    """A figure the portal computes, in place of all others."""
    monkeypatch.setattr(figures, "_figures", {})

    def compute(year, day):
        return figures.Value(7, 8, "87.5", False, day, "coverage:digital-skills", population=9)

    figures.add_figure(figures.Figure("A9", "trained", compute))


@pytest.mark.usefixtures("counted")
def test_what_the_portal_counts_takes_the_place_of_what_was_typed():
    report("A9", "VHXH", 100, 100)
    assert refresh(datetime(2027, 3, 1, tzinfo=UTC)) == 2  # 2026 and 2027
    line = line_of("A9")
    assert (line.is_computed, line.held.is_computed, line.held.measure.value) == (True, True, Decimal("87.5"))
    assert line.held.as_of == date(2026, 12, 31)
    assert line.held.source == "coverage:digital-skills"


@pytest.mark.usefixtures("counted")
def test_last_year_is_computed_again_each_day_and_this_year_each_time():
    first = datetime(2027, 3, 1, 1, tzinfo=UTC)
    assert refresh(first) == 2
    assert refresh(first.replace(hour=2)) == 1
    assert refresh(first.replace(day=2, hour=2)) == 2
    assert KeptFigure.objects.count() == 2


def test_one_figure_that_fails_does_not_keep_the_others(counted, caplog):
    def fails(year, day):
        raise RuntimeError("no")

    figures.add_figure(figures.Figure("E7", "classes", fails))
    assert refresh(datetime(2026, 11, 30, tzinfo=UTC)) == 1
    assert "E7" in caplog.text


def test_as_many_queries_for_all_as_for_one():
    report("A1", "PVHCC", 10, 100)
    with CaptureQueriesContext(
        connection,
    ) as one:
        assert len(lines(2026, DAY, codes=["A1"])) == 1
    count = len(one)
    for code in ("A2", "A4", "B1", "C1"):
        lead = TargetUnit.objects.get(target__code=code, part=Part.LEAD).unit.code
        for year in range(2026, 2031):
            report(code, lead, 5, 100, year=year)
    with CaptureQueriesContext(connection) as everything:
        assert len(lines(2026, DAY)) == 42
    assert count == len(everything) == 6
