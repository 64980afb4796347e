"""What every page and paper asks about targets: one line each, six queries whatever the number of targets,
years and units; one more where a unit that leads no more has a figure."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import Max
from django.utils import timezone

from config.figures import figure_of

from ..models import (
    ExpectedValue,
    KeptFigure,
    Part,
    ReportedValue,
    Target,
    TargetChange,
    TargetDefinition,
    TargetUnit,
)
from .standing import Asked, Measure, Verdict, judge


@dataclass(frozen=True)
class Held:
    """What is known of a target in one year: of one unit, or summed over those who lead it. Only figures of
    the newest definition among them are added."""

    measure: Measure
    as_of: date
    definition: TargetDefinition
    source: str = ""
    words: str = ""
    is_met: bool | None = None
    by_name: str = ""
    at: object = None
    reported: int = 1  # units whose figures these are
    is_computed: bool = False
    is_public: bool = True


@dataclass
class Line:
    """One target, seen in `year` on `day`."""

    target: Target
    year: int
    day: date
    definitions: list[TargetDefinition]
    parts: list[TargetUnit]
    expected: dict[int, Decimal]
    values: dict[int, Held] = field(default_factory=dict)
    by_unit: dict[tuple[int, int], Held] = field(default_factory=dict)  # {(unit key, year): …}
    uncounted: set[tuple[int, int]] = field(default_factory=set)  # of `by_unit`, what is in no sum
    baseline: Held | None = None

    @property
    def code(self):
        return self.target.code

    @property
    def is_computed(self):
        return figure_of(self.target.code) is not None

    @cached_property
    def definition(self) -> TargetDefinition:
        """The one in force at the end of the year, or today where that is earlier."""
        return self.definition_on(min(self.day, date(self.year, 12, 31)))

    def definition_on(self, day):
        in_force = [one for one in self.definitions if one.in_force_on <= day]
        return in_force[-1] if in_force else self.definitions[0]

    @property
    def lead_units(self):
        return [part.unit for part in self.parts if part.part == Part.LEAD]

    @property
    def co_units(self):
        return [part.unit for part in self.parts if part.part == Part.COORDINATE]

    @property
    def has_suggested_owner(self):
        return any(part.is_suggested for part in self.parts)

    @property
    def held(self) -> Held | None:
        return self.values.get(self.year)

    @property
    def by_an_older_definition(self):
        """Whether the year's figure was measured by a definition that is no longer the one in force."""
        return self.held is not None and self.held.definition.version != self.definition.version

    def asked_by(self, definition) -> Asked:
        """What a figure measured by this definition is judged by. Where a year expects the goal itself, it is
        the goal of this definition and not of one that came later."""
        start = self.baseline.measure.exact if self.baseline else None
        return Asked(
            frequency=self.target.frequency,
            due_year=self.target.due_year,
            comparator=definition.comparator if definition.is_measurable else "",
            goal=definition.goal if definition.is_measurable else None,
            expected={
                year: definition.goal if value == self.definition_on(date(year, 12, 31)).goal else value
                for year, value in self.expected.items()
            },
            start=start,
        )

    def verdict_of(self, year) -> Verdict:
        """A figure is judged by the definition it was measured by."""
        held = self.values.get(year)
        if held is None:
            return judge(self.asked_by(self.definition), None, year, self.day)
        asked, lacks = self.asked_by(held.definition), self._lacks_a_unit(year)
        return judge(
            asked, held.measure, year, self.day, as_of=held.as_of, is_met=held.is_met, is_partial=lacks
        )

    def _lacks_a_unit(self, year):
        """Whether one that leads has said nothing yet of this year; one that is over stands as it stood."""
        if self.is_computed or year < self.day.year:
            return False
        return any((unit.pk, year) not in self.by_unit for unit in self.lead_units)

    @cached_property
    def verdict(self) -> Verdict:
        return self.verdict_of(self.year)

    @property
    def standing(self):
        return self.verdict.standing

    @property
    def expected_value(self):
        return self.expected.get(self.year)


def lines(year, day=None, *, units=None, codes=None) -> list[Line]:
    """The targets in the plan's order as they stand in `year`, looked at on `day` (today).

    `units`: only targets these have a part in, and only their figures; `codes`: only these targets.
    """
    day = day or timezone.localdate()
    targets = Target.objects.select_related("group")
    if codes is not None:
        targets = targets.filter(code__in=codes)
    parts = TargetUnit.objects.select_related("unit")
    if units is not None:
        parts = parts.filter(unit__in=units)
        targets = targets.filter(pk__in=parts.values("target"))
    targets = list(targets)
    keys = [target.pk for target in targets]
    definitions = _by_target(TargetDefinition.objects.filter(target__in=keys))
    parts = _by_target(parts.filter(target__in=keys))
    expected = _by_target(ExpectedValue.objects.filter(target__in=keys))
    found = {
        target.pk: Line(
            target=target,
            year=year,
            day=day,
            definitions=definitions[target.pk],
            parts=parts[target.pk],
            expected={one.year: one.value for one in expected[target.pk]},
        )
        for target in targets
    }
    by_key = {one.pk: one for of_target in definitions.values() for one in of_target}
    _add_reported(found, by_key, units)
    _add_computed({line.code: line for line in found.values()})
    return list(found.values())


def _by_target(rows):
    found = defaultdict(list)
    for row in rows:
        found[row.target_id].append(row)
    return found


_OF_A_VALUE = (
    *("target_id", "definition_id", "unit_id", "year", "is_baseline", "numerator", "denominator"),
    *("as_of", "source", "words", "is_met", "by_name", "at"),
)


def _add_reported(found, definitions, units):
    """The latest value of each unit and year; then the sum of a year over all of them."""
    rows = ReportedValue.objects.filter(target__in=list(found))
    if units is not None:
        rows = rows.filter(unit__in=units)
    newest = rows.order_by().values("target", "unit", "year", "is_baseline").annotate(newest=Max("pk"))
    held = defaultdict(list)
    latest = ReportedValue.objects.filter(pk__in=newest.values("newest"))
    rows = list(latest.values_list(*_OF_A_VALUE, named=True))  # a city has 24,000: no instances of them
    uncounted = _uncounted(found, rows)
    for row in rows:
        line, definition = found[row.target_id], definitions[row.definition_id]
        one = Held(
            measure=Measure(row.numerator, row.denominator, definition.is_share),
            as_of=row.as_of,
            definition=definition,
            source=row.source,
            words=row.words,
            is_met=row.is_met,
            by_name=row.by_name,
            at=row.at,
        )
        if not row.is_baseline:
            line.by_unit[row.unit_id, row.year] = one
        if (row.target_id, row.unit_id, row.year) in uncounted:
            line.uncounted.add((row.unit_id, row.year))
            continue
        held[row.target_id, None if row.is_baseline else row.year].append(one)
    for (target, year), several in held.items():
        if year is None:
            found[target].baseline = added(several)
        else:
            found[target].values[year] = added(several)


def _uncounted(found, rows):
    """{(target, unit, year)} whose figure is in no sum: of units that lead no more, for example merged into
    another, once one that leads has reported for that year since. A year over by then stays as it was."""
    leads = {(key, unit.pk) for key, line in found.items() for unit in line.lead_units}
    led = {row.target_id for row in rows if (row.target_id, row.unit_id) not in leads}
    if not led:
        return set()
    left, spoken = {}, {}
    for key, at, units in (
        TargetChange.objects.filter(target__in=led, change="owners_changed")
        .order_by("at", "pk")
        .values_list("target", "at", "data__lost")
    ):
        left |= dict.fromkeys(((key, unit) for unit in units or ()), at)
    for row in rows:
        if (row.target_id, row.unit_id) in leads:
            key = row.target_id, row.year
            spoken[key] = max(row.at, spoken.get(key, row.at))
    gone = set()
    for row in rows:
        at, since = left.get((row.target_id, row.unit_id)), spoken.get((row.target_id, row.year))
        if (row.target_id, row.unit_id) in leads or at is None or since is None:
            continue
        if row.year >= timezone.localdate(at).year and since > at:
            gone.add((row.target_id, row.unit_id, row.year))
    return gone


def added(several: list[Held]) -> Held:
    """Figures of several units as one: numerators and denominators are added, never percentages."""
    newest = max(one.definition.version for one in several)
    same = [one for one in several if one.definition.version == newest]
    if len(same) == 1:
        return same[0]
    latest = max(same, key=lambda one: one.as_of)
    numbers = [one.measure for one in same if one.measure.numerator is not None]
    denominators = [one.denominator for one in numbers if one.denominator is not None]
    said = [one.is_met for one in same]
    return Held(
        measure=Measure(
            sum(one.numerator for one in numbers) if numbers else None,
            sum(denominators) if denominators else None,
            latest.definition.is_share,
        ),
        as_of=latest.as_of,
        definition=latest.definition,
        source="; ".join(dict.fromkeys(one.source for one in same if one.source)),
        words="\n".join(one.words for one in same if one.words),
        is_met=None if None in said and True not in said and False not in said else all(said),
        by_name=latest.by_name,
        at=latest.at,
        reported=len(same),
    )


def _add_computed(found):
    """What the portal counts itself takes the place of whatever was typed."""
    for kept in KeptFigure.objects.filter(code__in=list(found)):
        line = found[kept.code]
        if not line.is_computed:
            continue
        definition = line.definition_on(kept.as_of)
        line.values[kept.year] = Held(
            measure=Measure(kept.numerator, kept.denominator, definition.is_share),
            as_of=kept.as_of,
            definition=definition,
            source=kept.source,
            at=kept.computed_at,
            is_met=kept.is_complete,
            is_computed=True,
            is_public=kept.is_public,
        )
