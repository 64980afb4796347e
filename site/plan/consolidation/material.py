"""What a consolidated report is drawn from, read at once: a constant number of queries."""

from django.db.models import Case, OuterRef, Prefetch, Q, Subquery, When

from people.units import UnitTree

from ..models import (
    ConsolidatedReport,
    ConsolidationState,
    Part,
    ReportPeriod,
    ReportState,
    ReportVersion,
    Task,
    TaskUnit,
    UnitReport,
)
from ..reports.lateness import with_lateness
from ..targets import query
from .facts import DRAFT, MISSING, Catalogue, Filing, Group, Lead, Material, Period, TargetItem, TaskItem


def material_of(period, *, with_tasks=True):
    """Everything a draft of this period needs; `with_tasks=False`: what its targets need."""
    previous = previous_of(period)
    versions = counted_versions([period, previous] if previous else [period])
    now = [version for version in versions if version.report.period_id == period.pk]
    before = [version for version in versions if version.report.period_id != period.pk]
    return Material(
        period=facts_of(period),
        catalogue=catalogue(period, with_tasks),
        payloads=tuple(map(_payload, now)),
        filings=tuple(filings(period, now)),
        previous=facts_of(previous) if previous else None,
        before=tuple(map(_payload, before)),
    )


def _payload(version):
    """As it was sent, with the code its unit has today: by that it is the same unit as the one that leads a
    target now, and as in another period. Its name stays the one it sent under."""
    return version.payload | {"unit": version.payload["unit"] | {"code": version.report.unit.code}}


def facts_of(period):
    names = Period.__dataclass_fields__
    return Period(**{name: getattr(period, name) for name in names})


def previous_of(period):
    """The period of the same kind before this one, or None."""
    earlier = ReportPeriod.objects.filter(kind=period.kind, to_day__lt=period.to_day).exclude(pk=period.pk)
    return earlier.order_by("-to_day", "-last_day", "-pk").first()


def counted_versions(periods):
    """What counts, in the order of the units: where the ward's report is issued, the versions it was drawn
    from; else the latest of every accepted report."""
    issued = ConsolidatedReport.objects.filter(period__in=periods, state=ConsolidationState.ISSUED)
    frozen = dict(issued.values_list("period", "frozen__sources"))
    drawn = {source["sha256"] for sources in frozen.values() for source in sources}
    rows = ReportVersion.objects.filter(report__period__in=periods).filter(
        Q(report__period__in=frozen, sha256__in=drawn) | (~Q(report__period__in=frozen) & _accepted())
    )
    return list(_in_order(rows.select_related("report__unit")))


def _accepted():
    latest = ReportVersion.objects.filter(report=OuterRef("report")).order_by("-number").values("number")[:1]
    return Q(report__state=ReportState.ACCEPTED, number=Subquery(latest))


def _in_order(rows):
    return rows.order_by("report__unit__order", "report__unit_code", "report")


def moved_since(report):
    """Names of the units whose report stands otherwise than when this one was issued: accepted since, sent
    again, reopened. One query."""
    drawn = {source["sha256"] for source in report.frozen["sources"]}
    versions = ReportVersion.objects.filter(report__period=report.period_id)
    versions = _in_order(versions.annotate(counts=Case(When(_accepted(), then=True), default=False)))
    names = versions.values_list("sha256", "counts", "report__unit_name")
    return list(dict.fromkeys(name for sha256, counts, name in names if counts != (sha256 in drawn)))


def sources_of(versions):
    """Which versions a report was drawn from, as plain values."""
    return [
        {"unit": version.report.unit_code, "version": version.number, "sha256": version.sha256}
        for version in versions
    ]


def filings(period, versions):
    """Where each unit that owes a report stands: by the name it sent under, or has while it still owes it."""
    counted = {version.report_id: version for version in versions}
    reports = UnitReport.objects.filter(period=period).select_related("unit", "taken_over_by")
    reports = with_lateness(reports)
    for report in reports.order_by("unit__order", "unit_code"):
        version = counted.get(report.pk)
        state = report.state
        if state == ReportState.DRAFT and not report.edited_at:
            state = MISSING
        yield Filing(
            code=report.unit.code,
            name=report.name_now,
            state=str(state),
            is_late=report.is_late,
            submitted_at=None if state in (DRAFT, MISSING) else report.late_at or report.submitted_at,
            accepted_at=report.accepted_at,
            by=version.by_name if version else "",
            people=(version.payload.get("roll") or {}).get("people") if version else None,
            taken_over_by=report.taken_over_by_name,
            taken_over_code=report.taken_over_by.code if report.taken_over_by else "",
        )


def catalogue(period, with_tasks=True):
    """The plan's targets and tasks, as they are defined at the cut-off of a period."""
    codes = _codes_above(UnitTree.load())
    led = TaskUnit.objects.filter(part=Part.LEAD, is_suggested=False).select_related("unit")
    tasks = Task.objects.select_related("group").prefetch_related(Prefetch("parts", led))
    tasks = tasks if with_tasks else Task.objects.none()
    lines = query.lines(period.year, period.cut_off)
    return Catalogue(
        targets=tuple(_target(line, period, codes) for line in lines),
        tasks=tuple(_task(task, codes) for task in tasks.order_by("group__order", "order", "pk")),
    )


def _target(line, period, codes):
    target, definition = line.target, line.definition_on(period.cut_off)
    return TargetItem(
        code=target.code,
        group=Group(target.group.code, target.group.name),
        text=target.text,
        indicator=definition.indicator,
        measured_in=definition.measured_in if definition.is_measurable else "",
        comparator=definition.comparator,
        goal=definition.goal,
        goal_upper=definition.goal_upper,
        due_year=target.due_year,
        expected=line.expected_value,
        leads=_leads(line.lead_units, codes),
        asked=line.asked_by(definition),
    )


def _task(task, codes):
    return TaskItem(
        code=task.code,
        group=Group(task.group.code, task.group.name),
        text=task.text,
        due_on=task.due_on,
        is_invited=task.is_invited,
        leads=_leads([part.unit for part in task.parts.all()], codes),
    )


def _leads(units, codes):
    return tuple(Lead(unit.code, unit.name, codes.get(unit.pk, frozenset())) for unit in units)


def _codes_above(tree):
    return {key: frozenset(unit.code for unit in tree.path(key)) for key in tree.by_key}
