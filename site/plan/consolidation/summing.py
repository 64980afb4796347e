"""The units' figures as one figure of the ward. Pure.

Numerators and denominators of the units that lead are added, percentages never. What the portal computes for
the whole ward stands in every report alike and is taken once.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..targets.standing import Measure, Standing
from ..targets.standing import judge as stands
from .facts import TargetItem, TaskItem

LEAD, COMPUTED = "lead", "computed"
NO_DATA = Standing.NO_DATA.value
# Why two periods are not compared.
NO_NOW, NO_BEFORE, OTHER_DEFINITION, OTHER_UNITS = "no_now", "no_before", "definition", "units"
TODO, DOING, DONE, DROPPED, UNREPORTED = "todo", "doing", "done", "dropped", "unreported"
# Of several units without a number the one furthest behind counts.
_BEHIND = tuple(
    one.value
    for one in (
        Standing.LATE,
        Standing.AT_RISK,
        Standing.NO_DATA,
        Standing.NOTHING,
        Standing.ON_TRACK,
        Standing.MET,
    )
)


@dataclass(frozen=True)
class Figure:
    """A figure with where it comes from: `units` (code, name) that reported it, the days it is of."""

    numerator: Decimal
    denominator: Decimal | None
    is_share: bool
    units: tuple
    days: tuple
    definition: object = None
    is_computed: bool = False

    @property
    def measure(self):
        return Measure(self.numerator, self.denominator, self.is_share)

    @property
    def value(self):
        """A count, or a percentage cut to a tenth; None where there is nothing to count."""
        return self.measure.value


@dataclass(frozen=True)
class TargetLine:
    """One target of the report. `lacking`: names of leading units whose figure is not in `now`."""

    item: TargetItem
    now: Figure | None = None
    before: Figure | None = None
    standing: str = NO_DATA
    said: tuple = ()  # (unit's name, words, day) of targets without a number
    lacking: tuple = ()
    apart: tuple = ()  # names of units that measured by another definition: not added

    @property
    def has_data(self):
        return self.now is not None or bool(self.said)

    @property
    def not_compared(self):
        """Why there is no difference, "" where there is one."""
        if self.now is None or self.now.value is None:
            return NO_NOW
        if self.before is None or self.before.value is None:
            return NO_BEFORE
        if (self.now.definition, self.now.is_share) != (self.before.definition, self.before.is_share):
            return OTHER_DEFINITION
        both_computed = self.now.is_computed and self.before.is_computed
        if not both_computed and {code for code, _ in self.now.units} != {c for c, _ in self.before.units}:
            return OTHER_UNITS
        return ""

    @property
    def difference(self):
        """In percentage points or in what is counted, between the two figures as they are shown."""
        return None if self.not_compared else self.now.value - self.before.value


@dataclass(frozen=True)
class TaskLine:
    """One task. `reports`: (unit's name, what was done, what comes next) of the units that lead it."""

    item: TaskItem
    state: str = UNREPORTED
    percent: int | None = None
    due_on: date | None = None
    is_late: bool = False
    reports: tuple = ()


def target_lines(material):
    """A line for every target."""
    now, then = _by_code(material.payloads, "targets"), _by_code(material.before, "targets")
    excused = {filing.code: filing.taken_over_code for filing in material.filings if not filing.owes}
    return [
        _target(item, now.get(item.code, []), then.get(item.code, []), material.period, excused)
        for item in material.catalogue.targets
    ]


def _by_code(payloads, part):
    """{code: [(unit code, unit name, line)]} of the lines of units that lead. What the portal computes is
    the ward's figure in whosever report it stands."""
    return {
        code: led
        for code, entries in _all_by_code(payloads, part).items()
        if (led := [one for one in entries if one[2]["part"] == LEAD or one[2].get("source") == COMPUTED])
    }


def _all_by_code(payloads, part):
    found = {}
    for payload in payloads:
        unit = payload["unit"]
        for line in payload[part]:
            found.setdefault(line["code"], []).append((unit["code"], unit["name"], line))
    return found


def _target(item, lines, before, period, excused):
    """`excused` {unit: who reports instead, "" for nobody}: its figure lacks only where those owe it."""
    figure, used, apart = _figure(lines)
    said = tuple((name, line["words"].strip(), _day(line)) for _c, name, line in lines if line.get("words"))
    reported = {code for code, _name, line in lines if _counted(line) is not None or line.get("words")}
    reported |= {code for code, instead in excused.items() if not instead or instead in reported}
    lacking = (
        ()
        if figure and figure.is_computed
        else [lead.name for lead in item.leads if not lead.is_in(reported)]
    )
    return TargetLine(
        item=item,
        now=figure,
        before=_figure(before)[0],
        standing=_standing(item, figure, used or lines, period, lacking),
        said=said,
        lacking=tuple(lacking) if figure or said else (),
        apart=apart,
    )


def _figure(lines):
    """(the figure or None, the lines in it, names of units left out)."""
    with_number = [entry for entry in lines if _counted(entry[2]) is not None]
    computed = [entry for entry in with_number if entry[2].get("source") == COMPUTED]
    if computed:
        latest = max(computed, key=lambda entry: _day(entry[2]) or date.min)
        return _added([latest], is_computed=True), [latest], ()
    if not with_number:
        return None, [], ()
    newest = max(entry[2].get("definition") or 0 for entry in with_number)
    used = [entry for entry in with_number if (entry[2].get("definition") or 0) == newest]
    apart = tuple(entry[1] for entry in with_number if entry not in used)
    return _added(used), used, apart


def _added(entries, is_computed=False):
    first = entries[0][2]
    is_share = first.get("measured_in") == "%"
    denominators = [_number(line.get("denominator")) for _c, _n, line in entries]
    has_all = all(value is not None for value in denominators)
    return Figure(
        numerator=sum((_counted(line) for _c, _n, line in entries), Decimal(0)),
        denominator=sum(denominators, Decimal(0)) if has_all else None,
        is_share=is_share,
        units=tuple((code, name) for code, name, _line in entries),
        days=tuple(sorted({day for _c, _n, line in entries if (day := _day(line))})),
        definition=first.get("definition"),
        is_computed=is_computed,
    )


def _counted(line):
    """What was counted; None where the line has no number that can be added."""
    number = _number(line.get("numerator"))
    if line.get("measured_in") == "%":
        return number if _number(line.get("denominator")) is not None else None
    return number if number is not None else _number(line.get("value"))


def _number(text):
    return None if text in (None, "") else Decimal(text)


def _day(line):
    return date.fromisoformat(line["as_of"]) if line.get("as_of") else None


def _standing(item, figure, entries, period, lacking):
    """One unit's standing as it was frozen with its report. Of several what the rule says of their sum;
    without a number the one furthest behind, since the ward has only reached what all have: of a leading unit
    that has not reported nothing is known."""
    standings = [line.get("standing") or NO_DATA for _c, _n, line in entries]
    if not standings:
        return NO_DATA
    if len(standings) > 1 and figure is not None and item.asked is not None:
        as_of = figure.days[-1] if figure.days else period.cut_off
        return stands(item.asked, figure.measure, period.year, period.cut_off, as_of=as_of).standing.value
    if figure is None and lacking:
        standings.append(NO_DATA)
    return min(standings, key=_BEHIND.index)


# ---- tasks


def task_lines(material):
    """A line for every task of the plan. Where nobody leads it, those told to co-operate carry it out."""
    led, found = (by(material.payloads, "tasks") for by in (_by_code, _all_by_code))
    return [
        _task(item, led.get(item.code) or ([] if item.leads else found.get(item.code, [])))
        for item in material.catalogue.tasks
    ]


def _task(item, entries):
    """What several units lead is as far as the one furthest behind; who dropped it does not hold it up."""
    if not entries:
        return TaskLine(item, due_on=item.due_on)
    lines = [line for _c, _n, line in entries]
    needed = [line for line in lines if line["state"] != DROPPED] or lines
    state = min((line["state"] for line in needed), key=(TODO, DOING, DONE, DROPPED).index)
    if state == TODO and any(line["state"] in (DOING, DONE) for line in needed):
        state = DOING
    dues = [date.fromisoformat(line["due_on"]) for line in lines if line.get("due_on")]
    return TaskLine(
        item=item,
        state=state,
        percent=min((line["percent"] for line in needed if line.get("percent") is not None), default=None),
        due_on=min(dues, default=item.due_on),
        is_late=state in (TODO, DOING) and any(line.get("is_late") for line in needed),
        reports=tuple(
            (name, (line.get("done") or "").strip(), (line.get("next") or "").strip())
            for _c, name, line in entries
        ),
    )
