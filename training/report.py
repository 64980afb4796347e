"""The coverage of a day as the contract's JSON (training.md §6): keys in this order, shares as strings."""

from collections import defaultdict
from dataclasses import replace
from datetime import date

from people.units import UnitTree

from . import coverage
from .coverage import Figures, Policy, State
from .coverage.rules import Counter
from .models import CoverageSnapshot


class UnknownUnit(LookupError):
    """No unit has this code."""


def live_report(policy: Policy, day: date, unit_code: str | None = None) -> dict:
    """What is so on `day` as it is known now; restricted to a unit's subtree where one is named.

    Raises UnknownUnit.
    """
    tree = UnitTree.load()
    units = None
    if unit_code:
        unit = tree.by_code(unit_code)
        if unit is None:
            raise UnknownUnit(unit_code)
        units = tree.subtree(unit.pk)
    by_unit = coverage.figures_by_unit(policy, day, units=units, tree=tree)
    missing = coverage.people(policy, day, states=[State.MISSING], units=units, tree=tree)
    names = {key: (unit.code, unit.name) for key, unit in tree.by_key.items()} | {None: ("", "")}
    return _document(
        policy,
        day,
        [(*names[key], figures) for key, figures in by_unit.items()],
        [(p.staff_code, p.full_name, names[p.unit_id][0], p.minutes) for p in missing],
    )


def frozen_report(policy: Policy, label: str, unit_code: str | None = None) -> dict:
    """The same from the latest version of a freeze: what was so when it was taken, whatever happened since.

    Raises CoverageSnapshot.DoesNotExist, UnknownUnit.
    """
    snapshot = CoverageSnapshot.objects.filter(
        requirement=policy.requirement, year=policy.year, label=label
    ).latest("version")
    rows = list(snapshot.rows.all())
    if unit_code:
        rows = _of_subtree(rows, unit_code)
    counters, names = defaultdict(Counter), {}
    for row in rows:
        counters[row.unit_code].add(row.state)
        names[row.unit_code] = row.unit_name
    return _document(
        policy,
        snapshot.as_of,
        [(code, names[code], counter.figures) for code, counter in counters.items()],
        [(r.staff_code, r.full_name, r.unit_code, r.minutes) for r in rows if r.state == State.MISSING],
    )


def _of_subtree(rows, unit_code):
    tree = UnitTree.load()
    unit = tree.by_code(unit_code)
    if unit is None:
        raise UnknownUnit(unit_code)
    codes = {tree.by_key[key].code for key in tree.subtree(unit.pk)}
    return [row for row in rows if row.unit_code in codes]


def _document(policy, day, units, missing):
    """`units`: [(code, name, figures)], `missing`: [(staff code, name, unit code, minutes)]."""
    total = sum((figures for _code, _name, figures in units), Figures())
    return {
        "year": policy.year,
        "as_of": day.isoformat(),
        "requirement": policy.code,
        **counts(total),
        "complete": total.complete,
        "units": [
            {"code": code, "name": name or UNASSIGNED, **counts(figures)}
            for code, name, figures in sorted(units, key=lambda unit: unit[0])
            if figures.population
        ],
        "missing_staff": [
            {"staff_code": code, "name": name, "unit": unit, "minutes": minutes}
            for code, name, unit, minutes in sorted(missing)
        ],
    }


UNASSIGNED = "Chưa phân công"


def counts(figures: Figures) -> dict:
    return {
        "trained": figures.trained,
        "exempt": figures.exempt,
        "not_due": figures.not_due,
        "missing": figures.missing,
        "population": figures.population,
        "strict": figures.strict,
        "official": figures.official,
    }


def what_if(policy: Policy, min_minutes: int | None, min_available_days: int | None) -> Policy:
    """The policy with other limits, asked and not stored."""
    return replace(
        policy,
        min_minutes=policy.min_minutes if min_minutes is None else min_minutes,
        min_available_days=policy.min_available_days if min_available_days is None else min_available_days,
    )
