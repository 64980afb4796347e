"""Asking the definition about many people: figures by unit, and the people behind them.

Each function is one query, and one more for the tree of units where the policy names units.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from people.units import UnitTree

from .policy import Policy
from .rules import Counter, Figures, State
from .statement import Statement

_PEOPLE = """
SELECT judged.staff_id, staff.staff_code, staff.full_name, staff.order_key, judged.unit_id, judged.state,
       judged.credit
FROM judged JOIN people_staff staff ON staff.id = judged.staff_id"""


@dataclass(frozen=True)
class PersonState:
    """One person in scope. `minutes` is the credit by the day asked."""

    staff_id: int
    staff_code: str
    full_name: str
    order_key: str
    unit_id: int | None
    state: State
    minutes: int


def figures_by_unit(
    policy: Policy, day: date, *, units: Collection[int] | None = None, tree: UnitTree | None = None
) -> dict[int | None, Figures]:
    """Figures of each unit that people in scope belong to directly; None stands for no unit.

    `units`: of these keys only; people without a unit are then left out.
    """
    statement = Statement(policy, day, in_scope=_in_scope(policy, tree), units=units)
    counters = defaultdict(Counter)
    rows = statement.run("SELECT unit_id, state, COUNT(*) FROM judged GROUP BY unit_id, state")
    for unit, state, number in rows:
        counters[unit].add(state, number)
    return {unit: counter.figures for unit, counter in counters.items()}


def people(
    policy: Policy,
    day: date,
    *,
    states: Collection[State] | None = None,
    units: Collection[int] | None = None,
    staff: Collection[int] | None = None,
    tree: UnitTree | None = None,
) -> list[PersonState]:
    """Everybody in scope by staff code; only of `states`, `units` and `staff` (keys) where given."""
    # Whoever lacks a single minute has none: there is nothing to count exactly.
    exact = policy.min_minutes > 1 or states is None or State.TRAINED in states
    in_scope = _in_scope(policy, tree)
    statement = Statement(policy, day, in_scope=in_scope, units=units, staff=staff, exact=exact)
    only = "" if states is None else f"WHERE judged.state IN ({statement.values(map(str, states))})"
    rows = statement.run(f"{_PEOPLE} {only}")
    found = [PersonState(*row[:5], State(row[5]), int(row[6])) for row in rows]
    return sorted(found, key=lambda person: person.staff_code)  # not in SQL: a database has its own order


def credits(policy: Policy, day: date, *, staff: Collection[int] | None = None) -> dict[int, int]:
    """`{staff key: minutes}` of everybody in scope who has any."""
    statement = Statement(policy, day, in_scope=_in_scope(policy, None), staff=staff, exact=True)
    rows = statement.run("SELECT staff_id, credit FROM judged WHERE credit > 0")
    return {staff_id: int(minutes) for staff_id, minutes in rows}


def _in_scope(policy, tree):
    return None if policy.all_units else policy.units_in_scope(tree or UnitTree.load())
