"""The plan's targets, tasks and dates as rows, from `config.plan_file`: each made once, by its code.

What is there stays as the office has it by then. Owners of targets are a proposal, not the plan's word: they
are marked as suggestions until a coordinator confirms them.
"""

import json
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from config.plan_file import read_plan
from people.models import Unit

from .models import (
    ExpectedValue,
    Frequency,
    Part,
    Phase,
    RecurringDate,
    Review,
    Target,
    TargetDefinition,
    TargetGroup,
    TargetUnit,
    Task,
    TaskGroup,
    TaskUnit,
)
from .units import CODES, FRONT, ORGANISATIONS

YEARS = range(2026, 2031)  # the years the plan speaks of
# What is counted, out of what, from where: ours to propose, for the plan does not say it.
_PROPOSED = Path(__file__).parent / "data" / "definitions.json"


@transaction.atomic
def load_content(now=None) -> dict[str, int]:
    """`{what: how many were made}`; the units must be there. Raises KeyError for an unknown one."""
    plan, now = read_plan(), now or timezone.now()
    units = {unit.code: unit for unit in Unit.objects.all()}
    return {
        "target_groups": _made(TargetGroup, _target_groups(plan)),
        "targets": _targets(plan, units, now),
        "task_groups": _made(TaskGroup, _task_groups(plan)),
        "tasks": _tasks(plan, units),
        "phases": _made(Phase, _phases(plan)),
        "recurring_dates": _made(RecurringDate, _recurring_dates(plan)),
        "reviews": _made(Review, _reviews(plan)),
    }


def _made(model, rows):
    """How many of these rows were not there yet."""
    present = set(model.objects.values_list("code", flat=True))
    return len(model.objects.bulk_create(row for row in rows if row.code not in present))


# ---- targets


def _target_groups(plan):
    for order, group in enumerate(plan["target_groups"]):
        yield TargetGroup(code=group["id"], section=group["section"], name=group["name_vi"], order=order)


def _targets(plan, units, now):
    groups = {group.code: group for group in TargetGroup.objects.all()}
    present = set(Target.objects.values_list("code", flat=True))
    new = [entry for entry in plan["targets"] if entry["id"] not in present]
    order = {entry["id"]: number for number, entry in enumerate(plan["targets"])}
    targets = Target.objects.bulk_create(_target(entry, groups, order[entry["id"]]) for entry in new)
    pairs = list(zip(targets, new, strict=True))
    proposed = json.loads(_PROPOSED.read_text())["definitions"]
    TargetDefinition.objects.bulk_create(
        _definition(target, entry, plan, proposed.get(entry["id"], {}), now) for target, entry in pairs
    )
    TargetUnit.objects.bulk_create(
        TargetUnit(
            target=target,
            unit=units[CODES[name]],
            part=Part.LEAD if number == 0 else Part.COORDINATE,
            is_suggested=True,
            order=number,
        )
        for target, entry in pairs
        for number, name in enumerate(entry["suggested_owner_units"])
    )
    ExpectedValue.objects.bulk_create(
        ExpectedValue(target=target, year=year, value=entry["value"])
        for target, entry in pairs
        if entry["measurable"]
        for year in _years_with_a_number(entry)
    )
    return len(targets)


def _target(entry, groups, order):
    return Target(
        code=entry["id"],
        group=groups[entry["id"][0]],
        section=entry["section"],
        text=entry["text_vi"],
        frequency=entry["frequency"],
        due_year=entry["due_year"],
        order=order,
    )


def _definition(target, entry, plan, proposed, now):
    """The first one: as far as the plan says it, and how it could be counted."""
    return TargetDefinition(
        target=target,
        in_force_on=date.fromisoformat(plan["source"]["date"]),
        indicator=entry["indicator_vi"] or "",
        is_measurable=entry["measurable"],
        comparator=entry["comparator"] or "",
        goal=entry["value"],
        goal_upper=entry.get("value_upper"),
        measured_in=entry["unit_vi"] or "",
        **proposed,
        is_suggested=True,
        made_at=now,
    )


def _years_with_a_number(entry):
    """What the plan itself expects: each year of what is yearly or constant, else the due year alone. The way
    there is for the ward to set."""
    if entry["frequency"] in (Frequency.YEARLY, Frequency.CONTINUOUS, Frequency.ONCE):
        return YEARS
    return [entry["due_year"]]


# ---- tasks


def _task_groups(plan):
    for order, group in enumerate(plan["task_groups"]):
        yield TaskGroup(code=group["id"], section=f"V.{order + 1}", name=group["name_vi"], order=order)
    for unit in plan["units"]:
        section = f"VII.{unit['order']}"
        yield TaskGroup(code=unit["id"], section=section, name=unit["name_vi"], order=100 + unit["order"])


def _tasks(plan, units):
    groups = {group.code: group for group in TaskGroup.objects.all()}
    present = set(Task.objects.values_list("code", flat=True))
    entries = [
        (group["id"], entry) for group in (*plan["task_groups"], *plan["units"]) for entry in group["tasks"]
    ]
    order = {entry["id"]: number for number, (_group, entry) in enumerate(entries)}
    new = [(group, entry) for group, entry in entries if entry["id"] not in present]
    tasks = Task.objects.bulk_create(
        Task(
            code=entry["id"],
            group=groups[group],
            section=groups[group].section,
            text=entry["text_vi"],
            is_invited=group == FRONT,
            order=order[entry["id"]],
        )
        for group, entry in new
    )
    # Part V names no unit: its tasks have none until a coordinator says who leads.
    TaskUnit.objects.bulk_create(
        TaskUnit(task=task, unit=units[_doer(group, entry)], part=_part(entry))
        for task, (group, entry) in zip(tasks, new, strict=True)
        if group in CODES
    )
    return len(tasks)


def _doer(group, entry):
    return ORGANISATIONS.get(entry["id"], CODES[group])


def _part(entry):
    """ "Phối hợp …" in the plan is co-operating; everything else a unit is told is its own to lead."""
    return Part.COORDINATE if entry["role"] == "coordinate" else Part.LEAD


# ---- the calendar


def _phases(plan):
    for entry in plan["phases"]:
        yield Phase(
            code=entry["id"],
            name=entry["name_vi"],
            text=entry["text_vi"],
            time=entry["time_vi"],
            start_year=entry["start_year"],
            end_year=entry["end_year"],
            continues_after=entry.get("continues_after", False),
        )


def _recurring_dates(plan):
    for order, entry in enumerate(plan["recurring_dates"]):
        yield RecurringDate(
            code=entry["id"],
            name=entry["label_vi"],
            rule=entry.get("rule_vi", ""),
            month=entry.get("month"),
            day=entry.get("day"),
            strictly_before=entry.get("strictly_before", False),
            first_due_on=entry.get("first_due"),
            order=order,
        )


def _reviews(plan):
    for order, entry in enumerate(plan["reviews"]):
        first, last = entry.get("period", (None, None))
        yield Review(
            code=entry["id"],
            text=entry["text_vi"],
            from_year=first,
            to_year=last,
            due_year=entry.get("due_year"),
            is_ad_hoc=entry.get("ad_hoc", False),
            order=order,
        )
