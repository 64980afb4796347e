"""Who has to be trained in what, how much, by when: the policy of a requirement and year (training.md §1)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import BooleanField, Value

from people.units import UnitTree

from ..models import Requirement, RequirementYear


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
    """The stored policy, or the defaults for a year without one. Raises UnknownRequirement. Two queries."""
    stored = (
        RequirementYear.objects.filter(requirement__code=code, year=year)
        .select_related("requirement")
        .first()
    )
    if stored is None:
        return _default(code, year)
    units_in, units_out = _units_named(stored)
    requirement = stored.requirement
    return Policy(
        requirement=requirement.pk,
        code=requirement.code,
        name=requirement.name,
        year=year,
        categories=tuple(sorted(stored.categories or requirement.categories)),
        min_minutes=stored.min_minutes,
        min_available_days=stored.min_available_days,
        due_on=stored.due_on,
        evaluation_on=stored.evaluation_on,
        legal_basis=stored.legal_basis or requirement.legal_basis,
        units_in=units_in,
        units_out=units_out,
    )


def _default(code, year):
    requirement = Requirement.objects.filter(code=code).first()
    if requirement is None:
        raise UnknownRequirement(code)
    return Policy(
        requirement=requirement.pk,
        code=requirement.code,
        name=requirement.name,
        year=year,
        categories=tuple(sorted(requirement.categories)),
        due_on=date(year, 11, 30),
        evaluation_on=date(year, 12, 1),
        legal_basis=requirement.legal_basis,
    )


def _units_named(stored) -> tuple[frozenset[int], frozenset[int]]:
    """Both many-to-many tables in one query."""

    def named(field, is_in):
        rows = field.through.objects.filter(requirementyear_id=stored.pk)
        return rows.values_list(Value(is_in, output_field=BooleanField()), "unit_id")

    rows = named(RequirementYear.units_in, True).union(named(RequirementYear.units_out, False))
    found = {True: set(), False: set()}
    for is_in, unit in rows:
        found[bool(is_in)].add(unit)
    return frozenset(found[True]), frozenset(found[False])


def default_day(year: int, today: date) -> date:
    """Today in the current year, 31/12 of a past one. Raises ValueError for a future year."""
    if year > today.year:
        raise ValueError(f"{year} has not begun")
    return today if year == today.year else date(year, 12, 31)


def last_day(year: int) -> date:
    return date(year + 1, 1, 1) - timedelta(days=1)
