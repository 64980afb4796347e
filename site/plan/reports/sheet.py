"""What a unit writes its report on: its targets and tasks with what is known at the cut-off, and what was
typed over it. A constant number of queries, whatever the unit.

Whatever nobody touched follows the data until the report is sent: only what was typed is kept in `answers`.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from people.units import UnitTree

from ..models import Part, ProgressNote, ReportedValue, TaskState, UnitReport, ValueEvidence
from ..targets.figures import as_text
from ..targets.query import Line, lines
from ..tasks import query as tasks
from ..tasks.timing import OPEN_STATES
from .duty import scope_of

TARGETS, TASKS, RESULTS, DIFFICULTIES, NEXT, CHECK = range(1, 7)
MOST_ROWS = 30  # difficulties of one report
FIRST_ROWS = 2
ROWS = "difficulty_rows"
_OF_A_ROW = re.compile(r"t\d+u\d+|k\d+")  # the keys of `TargetRow` and `TaskRow`


class Files:
    """The evidence of a sheet's values: read at once, and only where it is shown or frozen."""

    def __init__(self, values):
        self._values = list(values)

    def of(self, value):
        return tuple(self._by_value.get(value.pk, ()))

    @cached_property
    def _by_value(self):
        found = {}
        for file in ValueEvidence.objects.filter(value__in=self._values):
            found.setdefault(file.value_id, []).append(file)
        return found


@dataclass(frozen=True)
class TargetRow:
    """A target of the report: what is asked, and what is known of it at the cut-off."""

    key: str
    line: Line
    unit: object
    part: str
    cut_off: date
    value: ReportedValue | None = None
    files: "Files | None" = None

    @property
    def target(self):
        return self.line.target

    @property
    def is_computed(self):
        return self.line.is_computed

    @property
    def computed(self):
        """What the portal counts itself, of the year; None until the clock has counted."""
        return self.line.held if self.is_computed else None

    @property
    def definition(self):
        """What is counted, as in force at the cut-off."""
        return self.line.definition_on(self.cut_off)

    @property
    def expected(self):
        return self.line.asked_by(self.definition).expected_of(self.line.year)

    @property
    def evidence(self):
        return self.files.of(self.value) if self.value else ()

    @property
    def is_typed(self):
        """Whether its figure is written here: by who leads it, and by nobody where the portal computes it."""
        return self.part == Part.LEAD and not self.is_computed

    @property
    def has_number(self):
        return self.definition.is_measurable

    @property
    def is_share(self):
        return self.definition.is_share

    @property
    def asks_denominator(self):
        return self.is_share or bool(self.definition.denominator)

    def fields(self):
        """{name: what is known}, as plain text."""
        found = {}
        if self.is_typed and self.has_number:
            found["n"] = as_text(self.value.numerator) if self.value else ""
            if self.asks_denominator:
                found["d"] = as_text(self.value.denominator) if self.value else ""
        elif self.is_typed:
            found["met"] = {True: "yes", False: "no"}.get(self.value.is_met, "") if self.value else ""
            found["words"] = self.value.words if self.value else ""
        found["note"] = ""
        return {f"{self.key}{name}": value for name, value in found.items()}


@dataclass(frozen=True)
class TaskRow:
    """A task of the report. `does`: a unit of the report carries it out, as the one that leads or, where
    nobody does, as one that is told to co-operate."""

    key: str
    task: object
    part: str
    does: bool
    done: str = ""
    next: str = ""

    @property
    def is_typed(self):
        """Who carries it out says how far it is, until it is done; who co-operates says what was done."""
        return self.does and self.task.state in OPEN_STATES

    def fields(self):
        found = {}
        if self.is_typed:
            found |= {"state": self.task.state, "percent": str(self.task.percent)}
        found |= {"done": self.done, "next": self.next}
        return {f"{self.key}{name}": value for name, value in found.items()}


@dataclass
class Sheet:
    """The report of one unit, as it stands. `stored(step)` is {name: plain text}."""

    report: UnitReport
    targets: list[TargetRow] = field(default_factory=list)
    tasks: list[TaskRow] = field(default_factory=list)
    units: frozenset = frozenset()

    @classmethod
    def of(cls, report, tree=None, units=None):
        """`units`: what `scope_of` answered, where it was asked already."""
        units = frozenset(scope_of(report, tree or UnitTree.load()) if units is None else units)
        year, cut_off = report.period.year, report.period.cut_off
        return cls(report, _targets(units, year, cut_off), _tasks(units, report.period), units)

    @property
    def answers(self):
        return self.report.answers

    @cached_property
    def known(self):
        """{name: what the data say} of every field of steps 1 and 2."""
        found = {}
        for row in (*self.targets, *self.tasks):
            found |= row.fields()
        return found

    @property
    def row_count(self):
        """How many difficulties the form has room for."""
        highest = max((n for n in range(1, MOST_ROWS + 1) if self._has_row(n)), default=0)
        return min(MOST_ROWS, max(FIRST_ROWS, highest, int(self.answers.get(ROWS, 0))))

    def _has_row(self, number):
        return any(self.answers.get(f"d{number}{part}") for part in ("text", "proposal"))

    def names(self, step):
        """The fields of a step, in the order of its page."""
        if step == TARGETS:
            return [name for row in self.targets for name in row.fields()]
        if step == TASKS:
            return [name for row in self.tasks for name in row.fields()]
        if step == DIFFICULTIES:
            return [
                f"d{number}{part}" for number in range(1, self.row_count + 1) for part in ("text", "proposal")
            ]
        return {RESULTS: ["results"], NEXT: ["next"]}.get(step, [])

    def stored(self, step):
        return {name: self.value(name) for name in self.names(step)}

    def value(self, name):
        """What was typed, or else what is known."""
        return self.answers.get(name, self.known.get(name, ""))

    def is_changed(self, row):
        """Whether a figure or words were typed otherwise than known; a note belongs to the report alone."""
        return any(
            self.value(name) != known for name, known in row.fields().items() if name != f"{row.key}note"
        )

    def difficulties(self):
        """Those with words in them, in order."""
        rows = ((self.value(f"d{n}text"), self.value(f"d{n}proposal")) for n in range(1, self.row_count + 1))
        return [(text, proposal) for text, proposal in rows if text or proposal]


def answers_of_rows(answers):
    """What was typed of targets and tasks; their names say of which, in whosever report they stand."""
    return {name: value for name, value in answers.items() if _OF_A_ROW.match(name)}


# ---- what is known


def _targets(units, year, cut_off):
    found = lines(year, cut_off, units=units)
    keys = [line.target.pk for line in found]
    values = _latest(
        ReportedValue.objects.filter(
            target__in=keys, unit__in=units, year=year, as_of__lte=cut_off, is_baseline=False
        ).order_by("at", "pk"),
        lambda row: (row.target_id, row.unit_id),
    )
    files = Files(value.pk for value in values.values())
    rows = []
    for line in found:
        for part in _own_parts(line.parts):
            value = values.get((line.target.pk, part.unit_id))
            if value and value.definition_id != line.definition_on(cut_off).pk:
                value = None  # counted otherwise than is asked now: it is to be counted anew
            key = f"t{line.target.pk}u{part.unit_id}"
            rows.append(TargetRow(key, line, part.unit, part.part, cut_off, value, files))
    return rows


def _tasks(units, period):
    found = [
        line
        for line in tasks.lines(units, day=period.cut_off, with_notes=False)
        if line.state != TaskState.DROPPED
    ]
    told = _told({line.task.pk: line for line in found if _has(line.doers, units)}, units, period)
    rows = []
    for line in found:
        note = told.get(line.task.pk)
        rows.append(
            TaskRow(
                key=f"k{line.task.pk}",
                task=line.task,
                part=Part.LEAD if _has(line.lead_units, units) else Part.COORDINATE,
                does=_has(line.doers, units),
                done=note.done if note else "",
                next=note.next if note else "",
            )
        )
    return rows


def _told(lines, units, period):
    """{task: the last note of the period}, by whoever is not another unit's."""
    notes = ProgressNote.objects.filter(
        task__in=lines, at__date__gte=period.from_day, at__date__lte=period.cut_off
    )
    others = {key: {unit.name for unit in line.doers if unit.pk not in units} for key, line in lines.items()}
    own = (note for note in notes.order_by("pk") if note.unit_name not in others[note.task_id])
    return _latest(own, lambda note: note.task_id)


def _has(several, units):
    return any(unit.pk in units for unit in several)


def _own_parts(parts):
    """Where several units of a report have a part, each that leads has a line; else one line for all."""
    leading = [part for part in parts if part.part == Part.LEAD]
    return leading or parts[:1]


def _latest(rows, key):
    return {key(row): row for row in rows}
