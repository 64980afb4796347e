"""Who has to be trained in what, how much, by when: the policy of a requirement and year (training.md §1)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import FilteredRelation, Q

from people.units import UnitTree

from ..models import Requirement


class UnknownRequirement(LookupError):
    """No requirement has this code."""


@dataclass(frozen=True)
class Policy:
    """`units_in` and `units_out` are keys of subtrees; the nearest one named above a unit decides, and
    without `units_in` whoever is not left out is in. `since` is the first day whose credit counts."""

    requirement: int  # its key
    code: str
    name: str
    year: int
    categories: tuple[str, ...]
    min_minutes: int = 1
    min_available_days: int = 30
    due_on: date | None = None
    evaluation_on: date | None = None
    legal_basis: str = ""
    units_in: frozenset[int] = frozenset()
    units_out: frozenset[int] = frozenset()
    since: date | None = None

    @property
    def window(self) -> tuple[date, date]:
        """[first day, day after the last) of the year."""
        return date(self.year, 1, 1), date(self.year + 1, 1, 1)

    @property
    def credit_from(self) -> date:
        return self.since or self.window[0]

    @property
    def all_units(self) -> bool:
        return not (self.units_in or self.units_out)

    def units_in_scope(self, tree: UnitTree) -> set[int] | None:
        """Keys of the units whose people have to be trained; None for all. People without a unit are in
        scope unless only some subtrees are."""
        if self.all_units:
            return None
        return {key for key in tree.by_key if self._covers(key, tree)}

    def _covers(self, key, tree):
        for unit in reversed(tree.path(key)):
            if unit.pk in self.units_out:
                return False
            if unit.pk in self.units_in:
                return True
        return not self.units_in

    def as_values(self, tree: UnitTree | None = None) -> dict:
        """The policy as plain values, as a freeze keeps it; units by code."""

        def codes(keys):
            return sorted(tree.by_key[key].code for key in keys) if tree else []

        return {
            "requirement": self.code,
            "year": self.year,
            "categories": list(self.categories),
            "min_minutes": self.min_minutes,
            "min_available_days": self.min_available_days,
            "due_on": self.due_on.isoformat(),
            "evaluation_on": self.evaluation_on.isoformat(),
            "units_in": codes(self.units_in),
            "units_out": codes(self.units_out),
            "legal_basis": self.legal_basis,
        }


def policy_of(code: str, year: int) -> Policy:
    """The stored policy, or the defaults for a year without one. Raises UnknownRequirement. One query."""
    found = _policies(Requirement.objects.filter(code=code), year)
    if code not in found:
        raise UnknownRequirement(code)
    return found[code]


def policies_of(year: int) -> dict[str, Policy]:
    """The policy of every requirement by its code, in the order of the office. One query."""
    return _policies(Requirement.objects.all(), year)


def _policies(requirements, year):
    of_year = FilteredRelation("years", condition=Q(years__year=year))
    rows = requirements.annotate(stored=of_year).values(*_OF_REQUIREMENT, *_OF_YEAR, *_UNITS)
    first, named = {}, defaultdict(lambda: (set(), set()))
    for row in rows:  # one for each pair of a unit in and a unit out
        first.setdefault(row["code"], row)
        for units, name in zip(named[row["code"]], _UNITS, strict=True):
            units.add(row[name])
    return {
        code: _policy(row, year, *(frozenset(units - {None}) for units in named[code]))
        for code, row in first.items()
    }


_OF_REQUIREMENT = ("pk", "code", "name", "categories", "legal_basis")
_OF_YEAR = tuple(
    f"stored__{name}"
    for name in (
        "pk",
        "categories",
        "min_minutes",
        "min_available_days",
        "due_on",
        "evaluation_on",
        "legal_basis",
    )
)
_UNITS = ("stored__units_in", "stored__units_out")


def _policy(row, year, units_in, units_out):
    common = {
        "requirement": row["pk"],
        "code": row["code"],
        "name": row["name"],
        "year": year,
        "categories": tuple(sorted(row["stored__categories"] or row["categories"])),
        "legal_basis": row["stored__legal_basis"] or row["legal_basis"],
    }
    if row["stored__pk"] is None:
        return Policy(**common, due_on=date(year, 11, 30), evaluation_on=date(year, 12, 1))
    return Policy(
        **common,
        min_minutes=row["stored__min_minutes"],
        min_available_days=row["stored__min_available_days"],
        due_on=row["stored__due_on"],
        evaluation_on=row["stored__evaluation_on"],
        units_in=units_in,
        units_out=units_out,
    )


def default_day(year: int, today: date) -> date:
    """Today in the current year, 31/12 of a past one. Raises ValueError for a future year."""
    if year > today.year:
        raise ValueError(f"{year} has not begun")
    return today if year == today.year else date(year, 12, 31)


def last_day(year: int) -> date:
    return date(year + 1, 1, 1) - timedelta(days=1)
