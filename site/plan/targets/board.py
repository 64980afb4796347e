"""The board: which targets somebody asked for, by group, with what a reader needs of each."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils import timezone

from people.units import UnitTree

from ..access import reads_all, reported_units
from ..loading import YEARS
from ..models import Part
from . import plots, wording
from .access import visible_to
from .query import Line, added, lines
from .standing import Standing

FOLDED_AFTER = 3  # leading units named on the board; the others stand on the target's page
GOOD = (Standing.MET, Standing.ON_TRACK)
UNCONFIRMED = "cho"
MINE = "toi"


class Unknown(ValueError):
    """A filter that names nothing there is."""


@dataclass(frozen=True)
class Asked:
    year: int
    group: str = ""
    unit: str = ""  # a code
    state: str = ""
    unconfirmed: bool = False
    lacking: bool = False  # led by a unit of whoever asks, which has reported nothing of the year

    @property
    def narrowed(self):
        return bool(self.group or self.unit or self.state or self.unconfirmed or self.lacking)


@dataclass(frozen=True)
class Row:
    line: Line
    plot: plots.Plot

    @property
    def leads(self):
        return self.line.lead_units[:FOLDED_AFTER]

    @property
    def more_leads(self):
        return max(0, len(self.line.lead_units) - FOLDED_AFTER)

    @property
    def is_proposed(self):
        return any(p.is_suggested for p in self.line.parts if p.part == Part.LEAD)

    @property
    def value(self):
        return wording.value_of(self.line.held)

    @property
    def out_of(self):
        return wording.out_of(self.line.held)

    @property
    def goal(self):
        return wording.goal_of(self.line.definition)

    @property
    def expected(self):
        return wording.expected_of(self.line)

    @property
    def missing(self):
        return wording.units_missing(self.line)

    @property
    def years(self):
        """The plot in words."""
        return [(year, wording.value_of(self.line.values.get(year))) for year in YEARS]


@dataclass
class Board:
    asked: Asked
    rows: list[Row]  # what the filter shows
    counts: Counter  # standings of what group, unit and confirmation leave, whatever the state asked for
    units: list = field(default_factory=list)  # that lead something this person reads
    groups: list = field(default_factory=list)
    proposed: int = 0  # targets whose leading unit nobody confirmed

    @property
    def total(self):
        return sum(self.counts.values())

    @property
    def good(self):
        return sum(self.counts[standing] for standing in GOOD)

    @property
    def by_group(self):
        """[(group, its rows)] of groups that have some."""
        found = {}
        for row in self.rows:
            found.setdefault(row.line.target.group, []).append(row)
        return list(found.items())


def read_asked(query, today=None) -> Asked:
    """The filter of an address; raises `Unknown`."""
    today = today or timezone.localdate()
    year = query.get("nam") or str(min(max(today.year, YEARS[0]), YEARS[-1]))
    if not year.isascii() or not year.isdecimal() or int(year[:6]) not in YEARS:
        raise Unknown(year)
    state = query.get("trang_thai", "")
    if state and state not in Standing.values:
        raise Unknown(state)
    unconfirmed = query.get("xac_nhan", "")
    if unconfirmed not in ("", UNCONFIRMED):
        raise Unknown(unconfirmed)
    lacking = query.get("thieu", "")
    if lacking not in ("", MINE):
        raise Unknown(lacking)
    return Asked(
        int(year), query.get("nhom", ""), query.get("don_vi", ""), state, bool(unconfirmed), bool(lacking)
    )


def board(user, asked, day=None) -> Board:
    """A constant number of queries, whatever the number of units and years."""
    own = reported_units(user)
    codes = None if reads_all(user) else list(visible_to(user, own).values_list("code", flat=True))
    found = lines(asked.year, day, codes=codes)
    leading = {unit.pk: unit for line in found for unit in line.lead_units}
    groups = list(dict.fromkeys(line.target.group for line in found))
    if asked.group:
        if asked.group not in {group.code for group in groups}:
            raise Unknown(asked.group)
        found = [line for line in found if line.target.group.code == asked.group]
    if asked.unit:
        found = list(_of_unit(found, asked.unit, UnitTree.load()))
    proposed = sum(_is_proposed(line) for line in found)
    if asked.unconfirmed:
        found = [line for line in found if _is_proposed(line)]
    if asked.lacking:
        found = [line for line in found if _lacks(line, own)]
    counts = Counter(line.standing for line in found)
    if asked.state:
        found = [line for line in found if line.standing == asked.state]
    return Board(
        asked=asked,
        rows=[Row(line, plots.plot_of(line)) for line in found],
        counts=counts,
        units=sorted(leading.values(), key=lambda unit: (unit.order, unit.code)),
        groups=groups,
        proposed=proposed,
    )


def _is_proposed(line):
    return any(part.is_suggested for part in line.parts if part.part == Part.LEAD)


def _lacks(line, own):
    if line.is_computed:
        return False
    return any(unit.pk in own and (unit.pk, line.year) not in line.by_unit for unit in line.lead_units)


def _of_unit(found, code, tree):
    """Targets this unit or one under it has a part in. Where it leads together with others, its own
    figures."""
    unit = tree.by_code(code)
    if unit is None:
        raise Unknown(code)
    keys = tree.subtree(unit.pk)
    for line in found:
        if not any(part.unit_id in keys for part in line.parts):
            continue
        leads = {lead.pk for lead in line.lead_units}
        if leads & keys and not leads <= keys and not line.is_computed:
            line.values = _sums(line, keys & leads)
        yield line


def _sums(line, keys):
    by_year = {}
    for (unit, year), held in line.by_unit.items():
        if unit in keys:
            by_year.setdefault(year, []).append(held)
    return {year: added(several) for year, several in by_year.items()}
