"""The figures of the board, live or as they were frozen, in lines down the tree of units."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from django.db.models import Count

from .. import coverage, forecast
from ..coverage import Figures
from ..coverage.rules import Counter
from ..forecast import UnitOutlook
from ..models import CoverageSnapshot
from ..report import UNASSIGNED
from .asking import Asked

NO_UNIT = "-"  # the pseudo-unit in addresses
ALL_OPEN_UP_TO = 30  # lines
BARS_OF_MANY = 12


@dataclass(frozen=True)
class Line:
    """A unit on the board. `own` are the people who belong to it directly, `total` all under it too."""

    depth: int
    code: str  # NO_UNIT for people without one
    name: str
    own: Figures
    total: Figures
    parents: tuple[str, ...] = ()  # codes, from the top
    has_children: bool = False
    waiting: int = 0
    seconded: int = 0
    toggle: tuple[str, ...] = ()  # the codes open after a click on this line
    is_open: bool = False

    @property
    def has_both(self):
        """Whether own people and those below are worth telling apart."""
        return self.has_children and self.own.population > 0


@dataclass(frozen=True)
class Standing:
    """What the board shows. `snapshot` is the freeze the figures come from, None where they are live;
    `freeze` the one the year has, shown or not. `outlook` has `by_then` where there is a `day_ahead`."""

    total: Figures
    lines: list[Line] = field(default_factory=list)
    snapshot: CoverageSnapshot | None = None
    freeze: CoverageSnapshot | None = None
    outlook: UnitOutlook = field(default_factory=UnitOutlook)
    day_ahead: date | None = None
    left: int = 0  # people who were in scope earlier in the year: counted nowhere above

    @property
    def obliged(self) -> int:
        """T + M: who has to be trained by the day asked."""
        return self.total.trained + self.total.missing

    @property
    def obliged_by_then(self) -> int:
        ahead = self.outlook.by_then
        return ahead.trained + ahead.missing if ahead else 0

    @property
    def bars(self) -> list[Line]:
        """The lines drawn as bars: where they are many, those with the most people missing, if any."""
        if not self.has_many_bars:
            return self._side_by_side
        lacking = [line for line in self._side_by_side if line.total.missing]
        return sorted(lacking, key=lambda line: -line.total.missing)[:BARS_OF_MANY]

    @property
    def has_many_bars(self) -> bool:
        return len(self._side_by_side) > ALL_OPEN_UP_TO

    @cached_property
    def _side_by_side(self):
        """The units right under the one at the top, or those at the top."""
        tops = [line for line in self.lines if line.depth == 0 and line.code != NO_UNIT]
        if len(tops) == 1 and tops[0].has_children:
            below = [line for line in self.lines if line.depth == 1]
            own = replace(tops[0], total=tops[0].own)
            return ([own] if own.total.population else []) + below + self._nowhere
        return tops + self._nowhere

    @property
    def _nowhere(self):
        return [line for line in self.lines if line.code == NO_UNIT]


def standing(asked: Asked) -> Standing:
    """A past year from its last freeze, unless it was asked live or for another day (training.md §9)."""
    snapshot = latest_freeze(asked) if asked.is_past else None
    if snapshot is not None and shows_freeze(asked, snapshot):
        return _frozen(asked, snapshot)
    return _live(asked, snapshot)


def latest_freeze(asked: Asked):
    """The last version of the year's end, without its payload; None where the year was not frozen."""
    return (
        CoverageSnapshot.objects.filter(
            requirement=asked.policy.requirement, year=asked.year, label=CoverageSnapshot.Label.YEAR_END
        )
        .defer("payload")
        .order_by("-version")
        .first()
    )


def shows_freeze(asked: Asked, snapshot) -> bool:
    return not asked.as_known and (not asked.day_given or asked.day == snapshot.as_of)


def _live(asked, freeze):
    until = forecast.day_ahead(asked.policy, asked.day, asked.today)
    by_unit = forecast.outlook(asked.policy, asked.day, until, units=asked.units, tree=asked.tree)
    now = {unit: out.now for unit, out in by_unit.items()}
    waiting = _summed(asked.tree, {unit: out.waiting for unit, out in by_unit.items()})
    lines = [_line(asked, row, waiting) for row in coverage.roll_up(asked.tree, now) if _in_sight(asked, row)]
    return Standing(
        total=coverage.whole(now),
        lines=_from_the_left(lines),
        freeze=freeze,
        outlook=sum(by_unit.values(), UnitOutlook(by_then=Figures() if until else None)),
        day_ahead=until,
        left=len(coverage.left_scope(asked.policy, asked.day, units=asked.units)),
    )


def _in_sight(asked, row):
    return asked.scope.covers(row.unit.pk if row.unit else None)


def _line(asked, row, waiting):
    if row.unit is None:
        return Line(0, NO_UNIT, UNASSIGNED, row.own, row.total, waiting=waiting.get(None, 0))
    above = asked.tree.path(row.unit.pk)[:-1]
    return Line(
        row.depth,
        row.unit.code,
        row.unit.name,
        row.own,
        row.total,
        parents=tuple(unit.code for unit in above if asked.scope.covers(unit.pk)),
        has_children=row.has_children,
        waiting=waiting[row.unit.pk],
        seconded=row.unit.seconded,
    )


def _summed(tree, numbers):
    """Each unit's number with those of all under it; None stays alone."""
    totals = {None: numbers.get(None, 0)}
    for _depth, unit in reversed(list(tree.in_order())):
        below = sum(totals[child.pk] for child in tree.children[unit.pk])
        totals[unit.pk] = numbers.get(unit.pk, 0) + below
    return totals


def _frozen(asked, snapshot):
    """By the values of the freeze: a unit that is gone since keeps its line, at the top."""
    counters, names = defaultdict(Counter), {}
    for code, name, state, number in frozen_counts(asked, snapshot):
        counters[code].add(state, number)
        names[code] = name
    by_code = {unit.code: key for key, unit in asked.tree.by_key.items()}
    known = {by_code[code]: counter.figures for code, counter in counters.items() if code in by_code}
    if "" in counters:
        known[None] = counters[""].figures
    nobody_waits = defaultdict(int)
    lines = [
        replace(_line(asked, row, nobody_waits), seconded=0)  # the freeze does not keep who served besides
        for row in coverage.roll_up(asked.tree, known)
        if _in_sight(asked, row)
    ]
    lines += [
        Line(0, code, names[code], counter.figures, counter.figures)
        for code, counter in sorted(counters.items())
        if code and code not in by_code
    ]
    total = sum((counter.figures for counter in counters.values()), Figures())
    return Standing(total=total, lines=_from_the_left(lines), snapshot=snapshot, freeze=snapshot)


def frozen_counts(asked, snapshot):
    """`(unit code, unit name, state, people)` of the rows in sight. One query."""
    rows = rows_in_sight(asked, snapshot).order_by()
    return rows.values_list("unit_code", "unit_name", "state").annotate(people=Count("pk"))


def rows_in_sight(asked, snapshot):
    rows = snapshot.rows.all()
    return rows if asked.unit_codes is None else rows.filter(unit_code__in=asked.unit_codes)


def _from_the_left(lines):
    """A unit head's own unit stands at the left edge, wherever it is in the ward."""
    edge = min((line.depth for line in lines), default=0)
    return [replace(line, depth=line.depth - edge) for line in lines] if edge else lines


def unfolded(lines: list[Line], asked_open: list[str] | None) -> list[Line]:
    """The lines in sight when these codes are open: a short tree is open from the start, of a long one the
    top where that is a single unit. "*" opens all. Each parent knows what will be open after a click."""
    parents = {line.code for line in lines if line.has_children}
    if asked_open is None:
        tops = {line.code for line in lines if line.depth == 0 and line.code != NO_UNIT}
        one_top = tops if len(tops) == 1 else set()
        opened = parents if len(lines) <= ALL_OPEN_UP_TO else parents & one_top
    else:
        opened = parents if "*" in asked_open else parents & set(asked_open)
    shown = [line for line in lines if opened.issuperset(line.parents)]
    return [
        replace(line, is_open=line.code in opened, toggle=tuple(sorted(opened ^ {line.code})) or ("",))
        if line.has_children
        else line
        for line in shown
    ]
