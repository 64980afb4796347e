"""What the page of progress shows of the plan itself."""

from collections import Counter
from dataclasses import dataclass

from ..loading import YEARS
from ..targets import plots
from ..targets.standing import Standing
from . import words
from .bars import bar_of
from .freezing import HELD_BACK
from .frozen import Target, Task

ATTENTION, WITHOUT, UNFOLDED = "can-chu-y", "chua-co", "tat-ca"
VIEWS = {  # `?xem=`: which targets, all of them open; without it those that need attention are
    ATTENTION: (Standing.AT_RISK, Standing.LATE),
    WITHOUT: (Standing.NO_DATA,),
    UNFOLDED: tuple(Standing),
}
GOOD = (Standing.MET, Standing.ON_TRACK)


@dataclass(frozen=True)
class Row:
    """A target as the page draws it."""

    target: Target
    plot: plots.Plot

    code = property(lambda self: self.target.code)
    title = property(lambda self: self.target.definition.indicator or self.target.text)
    value = property(lambda self: words.value_or_why_not(self.target))
    has_value = property(lambda self: bool(words.value_of(self.target)))
    out_of = property(lambda self: words.out_of(self.target))
    goal = property(lambda self: words.goal_of(self.target))
    when = property(lambda self: words.when_of(self.target))
    expected = property(lambda self: words.expected_of(self.target, self.target.year))
    day = property(lambda self: words.day_of(self.target))
    source = property(lambda self: words.source_of(self.target))
    part_of_units = property(lambda self: words.part_of_units(self.target))
    years = property(lambda self: words.years_in_words(self.target, YEARS))
    why = property(lambda self: words.why(self.target))
    label = property(lambda self: self.target.standing.label)

    @property
    def has_plot(self):
        """A target without a number has no columns, and a figure held back no height to be told by."""
        return self.target.definition.is_measurable and self.target.verdict.reason != HELD_BACK


def row_of(target) -> Row:
    return Row(target, plots.plot_of(target))


def summary(request, shown):
    if shown.publication is None:
        return None
    counts = shown.publication.counts
    view = request.GET.get("xem", "")
    return "plan/public/_summary.html", {
        "shown": shown,
        "bar": bar_of(counts),
        "counts": counts,
        "good": sum(counts[standing.value] for standing in GOOD),
        "table": [_counted(name, rows) for name, rows in _by_group(shown.targets)],
        "standings": [(one.value, one.label) for one in words.STANDINGS],
        "chips": _chips(shown, counts, view),
    }


def _counted(name, targets):
    found = Counter(one.standing for one in targets)
    return {
        "name": name,
        "cells": [(one.label, found[one]) for one in words.STANDINGS],
        "total": len(targets),
        "words": words.counts_in_words({code.value: number for code, number in found.items()}),
    }


def _chips(shown, counts, view):
    def chip(code, standings):
        number = sum(counts[one.value] for one in standings) if standings else counts["total"]
        query = f"?{shown.query}&xem={code}" if code else f"?{shown.query}"
        return {"code": code, "number": number, "url": query, "current": view == code}

    return [chip("", ()), *(chip(code, standings) for code, standings in VIEWS.items())]


def groups(request, shown):
    if shown.publication is None:
        return None
    view = request.GET.get("xem", "")
    standings, found = VIEWS.get(view, VIEWS[ATTENTION]), []
    for name, targets in _by_group(shown.targets):
        rows = [row_of(one) for one in targets if one.standing in standings]
        folded = [] if view else [row_of(one) for one in targets if one.standing not in standings]
        if rows or folded:
            more = {"code": targets[0].group, "rows": rows, "folded": folded}
            found.append(_counted(name, targets) | more)
    return "plan/public/_groups.html", {"groups": found, "shown": shown}


def _by_group(targets):
    found = {}
    for one in targets:
        found.setdefault(one.group, []).append(one)
    return [(f"{code}. {heading(rows[0])}", rows) for code, rows in found.items()]


def heading(target):
    """The plan writes the heading of part V in capitals."""
    name = target.group_name
    return name.capitalize() if name.isupper() else name


def tasks(request, shown):
    if shown.publication is None:
        return None
    counted = counted_tasks(shown.tasks)
    return "plan/public/_tasks.html", {"shown": shown, "table": counted, "columns": task_columns()}


TASK_STATES = ("done", "doing", "todo", "late", "dropped")


def task_columns():
    return [(code, words.task_state(code)) for code in TASK_STATES]


def counted_tasks(found):
    """[{name, cells, total}] by group, then of all."""
    by_group = {}
    for task in found:
        by_group.setdefault((task.section, task.group_name), []).append(task)
    rows = [_row_of_tasks(f"{section}. {name}", of_group) for (section, name), of_group in by_group.items()]
    return {"rows": rows, "total": _row_of_tasks("", found)}


def _row_of_tasks(name, tasks):
    found = Counter(task.shown_state for task in tasks)
    cells = [(words.task_state(code), found[code]) for code in TASK_STATES]
    return {"name": name, "cells": cells, "total": len(tasks)}


def tasks_by_group(found):
    """[(heading, its tasks as the page draws them)]."""
    by_group = {}
    for task in found:
        by_group.setdefault(f"{task.section}. {task.group_name}", []).append(TaskRow(task))
    return list(by_group.items())


@dataclass(frozen=True)
class TaskRow:
    task: Task

    @property
    def state(self):
        return self.task.shown_state

    @property
    def label(self):
        return words.task_state(self.task.shown_state)

    @property
    def figure(self):
        return words.figure_of_task(self.task.figure) if self.task.figure else ""


def rules(request, shown):
    """How it is counted and where the data are."""
    return "plan/public/_rules.html", {
        "shown": shown,
        "rules": [(one.value, one.label, words.RULES[one]) for one in words.STANDINGS],
    }
