"""A year's figures as values, as they are published: targets and the plan's tasks on one day. No names of
people, nothing somebody typed freely; what a figure of fewer than five people would tell is left out."""

from collections import Counter, defaultdict
from fractions import Fraction

from ..models import KeptFigure, Part, Task, TaskState, TaskUnit
from ..targets.query import lines
from ..targets.standing import Standing

FORMAT = 1
OPEN = (TaskState.TODO, TaskState.DOING)
HELD_BACK = "held_back"  # reason of a state that is not told


def payload_of(year, day) -> dict:
    """In a constant number of queries."""
    return {
        "format": FORMAT,
        "year": year,
        "day": day.isoformat(),
        "targets": [target_of(line) for line in lines(year, day)],
        "tasks": _tasks(year, day),
    }


def counts_of(payload) -> dict[str, int]:
    """How many targets stand how; every state is there, and all together."""
    found = Counter(target["standing"] for target in payload["targets"])
    return {standing.value: found[standing.value] for standing in Standing} | {"total": found.total()}


# ---- targets


def target_of(line) -> dict:
    held, definition = line.held, line.definition
    verdict = line.verdict
    is_held_back = held is not None and not held.is_public
    target = line.target
    return {
        "code": target.code,
        "text": target.text,
        "group": target.group.code,
        "group_name": target.group.name,
        "section": target.section,
        "frequency": target.frequency,
        "due_year": target.due_year,
        "leads": [unit.name for unit in line.lead_units],
        "coordinates": [unit.name for unit in line.co_units],
        "is_proposed": any(part.is_suggested for part in line.parts if part.part == Part.LEAD),
        "definitions": [_definition(one) for one in _told(line)],
        "definition": definition.version,
        "expected": {str(year): plain(value) for year, value in sorted(line.expected.items())},
        "start": _fraction(line.baseline.measure.exact) if line.baseline else None,
        "held": None if held is None else _held(line, held),
        "standing": (Standing.NO_DATA if is_held_back else verdict.standing).value,
        "reason": HELD_BACK if is_held_back else verdict.reason,
        "needed": None if is_held_back else _fraction(verdict.needed),
    }


def _told(line):
    """Definitions up to the one in force, and the one the figure was measured by."""
    held = line.held
    versions = {line.definition.version, held.definition.version if held else 0}
    return [one for one in line.definitions if one.version <= max(versions)]


def _definition(one):
    return {
        "version": one.version,
        "in_force_on": one.in_force_on.isoformat(),
        "indicator": one.indicator,
        "is_measurable": one.is_measurable,
        "numerator": one.numerator,
        "denominator": one.denominator,
        "source": one.source,
        "comparator": one.comparator,
        "goal": plain(one.goal),
        "goal_upper": plain(one.goal_upper),
        "measured_in": one.measured_in,
        "is_suggested": one.is_suggested,
    }


def _held(line, held):
    names = {unit.pk: unit.name for unit in (part.unit for part in line.parts)}
    reported = [names[unit] for unit, year in line.by_unit if year == line.year and unit in names]
    shown = held.is_public
    return {
        "as_of": held.as_of.isoformat(),
        "definition": held.definition.version,
        "numerator": plain(held.measure.numerator) if shown else None,
        "denominator": plain(held.measure.denominator) if shown else None,
        "is_met": held.is_met if shown else None,
        "is_computed": held.is_computed,
        "source": held.source if held.is_computed else "",  # a stable code; what units type is not published
        "units": [] if held.is_computed else reported,
        "is_public": shown,
    }


def plain(number) -> str | None:
    """80.0000 as "80": the same on every database."""
    if number is None:
        return None
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _fraction(number: Fraction | None):
    return None if number is None else str(Fraction(number))


# ---- tasks


def _tasks(year, day):
    """Those of the plan itself; what the ward added for itself is its own business."""
    tasks = list(Task.objects.exclude(section="").select_related("group"))
    parts = defaultdict(list)
    for part in TaskUnit.objects.filter(task__in=tasks).select_related("unit"):
        parts[part.task_id].append(part)
    codes = [task.code for task in tasks]
    kept = {one.code: one for one in KeptFigure.objects.filter(code__in=codes, year=year)}
    return [_task(task, parts[task.pk], kept.get(task.code), day) for task in tasks]


def _task(task, parts, kept, day):
    return {
        "code": task.code,
        "text": task.text,
        "group": task.group.code,
        "group_name": task.group.name,
        "section": task.section,
        "is_invited": task.is_invited,
        "state": task.state,
        "is_late": bool(task.due_on and task.due_on < day and task.state in OPEN),
        "due_on": task.due_on.isoformat() if task.due_on else None,
        "leads": [part.unit.name for part in parts if part.part == Part.LEAD],
        "coordinates": [part.unit.name for part in parts if part.part == Part.COORDINATE],
        "figure": _figure(kept),
    }


def _figure(kept):
    if kept is None or not kept.is_public:
        return None
    return {"number": plain(kept.numerator), "as_of": kept.as_of.isoformat(), "source": kept.source}
