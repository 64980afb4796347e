"""A year counted by unit, field, outcome and reason: pure functions over counted groups, one query beside.

Every table counts the same dossiers, each once, so its rows, its columns and its total add up; each figure is
`Asked` again, and the register it opens is narrowed by that very question.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count

from .asking import NONE, Asked, rows
from .outcome import NOT_RECOGNISED, OUTCOMES, REASONS


@dataclass(frozen=True)
class Group:
    """How many dossiers share a unit, a field, an outcome and a reason. Empty codes: none written."""

    unit: str
    unit_name: str
    field: str
    field_name: str
    outcome: str
    reason: str
    count: int
    place: tuple = ()  # where unit and field stand in their lists


@dataclass(frozen=True)
class Row:
    """One line of a table: a unit or a field with its dossiers by outcome."""

    code: str
    name: str
    counts: dict = field(default_factory=dict)

    @property
    def total(self):
        return sum(self.counts.values())

    def figures(self, outcomes=OUTCOMES):
        return [self.counts.get(outcome, 0) for outcome in outcomes]


@dataclass(frozen=True)
class Tables:
    """The statistics of one year by one basis."""

    asked: Asked
    units: tuple[Row, ...]
    fields: tuple[Row, ...]
    outcomes: Row  # all of them
    reasons: dict  # reason code → how many; those that occur, in their order

    @property
    def total(self):
        return self.outcomes.total

    @property
    def not_recognised(self):
        return sum(self.outcomes.counts.get(code, 0) for code in NOT_RECOGNISED)

    @property
    def shown(self):
        """The outcomes that occur, in their order: an empty column tells nothing."""
        return tuple(code for code in OUTCOMES if self.outcomes.counts.get(code))


def groups_of(asked):
    """The dossiers of one question as `Group`s, in one query."""
    found = (
        rows(asked)
        .order_by()
        .values(
            "unit__code",
            "unit__name",
            "unit__order",
            "field__code",
            "field__name",
            "field__order",
            "outcome",
            "reason",
        )
        .annotate(count=Count("pk"))
    )
    return [
        Group(
            unit=one["unit__code"] or "",
            unit_name=one["unit__name"] or "",
            field=one["field__code"] or "",
            field_name=one["field__name"] or "",
            outcome=one["outcome"],
            reason=one["reason"],
            count=one["count"],
            place=(one["unit__order"] or 0, one["field__order"] or 0),
        )
        for one in found
    ]


def tables(asked, groups):
    """Pure: the tables of counted groups."""
    reasons, all_outcomes = defaultdict(int), defaultdict(int)
    for group in groups:
        all_outcomes[group.outcome] += group.count
        if group.reason:
            reasons[group.reason] += group.count
    return Tables(
        asked=asked,
        units=_by(groups, lambda group: (group.place[:1], group.unit, group.unit_name)),
        fields=_by(groups, lambda group: (group.place[1:], group.field, group.field_name)),
        outcomes=Row("", "", dict(all_outcomes)),
        reasons={code: reasons[code] for code in REASONS if reasons[code]},
    )


def _by(groups, key):
    """Rows in the order of their list; what has none written comes last."""
    counted = defaultdict(lambda: defaultdict(int))
    for group in groups:
        counted[key(group)][group.outcome] += group.count
    ordered = sorted(counted.items(), key=lambda one: (one[0][1] == "", one[0]))
    return tuple(Row(code or NONE, name, dict(counts)) for (_place, code, name), counts in ordered)


def statistics(year, basis):
    asked = Asked(year=year, basis=basis)
    return tables(asked, groups_of(asked))
