"""What coverage will be: once held sessions are confirmed, and if whoever has a seat comes.

Both are the definition itself with more sessions crediting, so that the forecast and the figure of the day it
speaks of cannot differ for any other reason. One query for them and for what is so today.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from people.units import UnitTree

from .coverage import Figures, Policy, State, last_day
from .coverage.rules import Counter
from .coverage.statement import Statement

# A seat credits in full unless the roll already says otherwise.
_SEATS = """
SELECT seat.staff_id, session.credit_minutes AS minutes, session.id AS session_id, session.held_on,
       session.begins, session.ends
FROM counted session CROSS JOIN training_enrolment seat
WHERE seat.session_id = session.id AND session.state <> 'confirmed'
  AND seat.state IN ('invited', 'enrolled')
  AND NOT EXISTS (SELECT 1 FROM training_attendance marked
                  WHERE marked.session_id = seat.session_id AND marked.staff_id = seat.staff_id)"""
_WITH_SEATS = "{marks} UNION ALL " + _SEATS
_PROSPECTS = """
SELECT DISTINCT staff_id FROM marks
WHERE session_id IN (SELECT id FROM counted WHERE state <> 'confirmed')"""


_BY_UNIT = """
SELECT '{}' AS kind, unit_id, state, 0 AS seated, COUNT(*) AS people FROM judged GROUP BY unit_id, state"""
_IF_ALL_COME = (
    """
SELECT '{}' AS kind, judged.unit_id, judged.state,
       CASE WHEN prospects.staff_id IS NULL THEN 0 ELSE 1 END AS seated, COUNT(*) AS people
FROM judged LEFT JOIN ("""
    + _PROSPECTS  # nosec B608 - both are written in this file
    + """) prospects ON prospects.staff_id = judged.staff_id
GROUP BY judged.unit_id, judged.state, CASE WHEN prospects.staff_id IS NULL THEN 0 ELSE 1 END"""
)
_ALL_OF = "SELECT * FROM ({}) part{}"
_TRAINED = "SELECT staff_id FROM judged WHERE state = 'trained'"


class OnceConfirmed(Statement):
    """The definition as if every held session were confirmed as its roll stands now."""

    states = ("confirmed", "held")


class IfAllCome(Statement):
    """The definition as if, besides, everybody called up or enrolled in an open or held session came."""

    states = ("confirmed", "held", "open")
    keeps_marks = True

    def _marks(self, few):
        return _WITH_SEATS.format(marks=super()._marks(few))


@dataclass(frozen=True)
class UnitOutlook:
    """`now` and `once_confirmed`: figures of the day asked. `by_then`: those of the day forecast, None where
    none was asked. `without_seat`: of those missing by then, who has no seat in any session."""

    now: Figures = field(default_factory=Figures)
    once_confirmed: Figures = field(default_factory=Figures)
    by_then: Figures | None = None
    without_seat: int = 0

    @property
    def waiting(self) -> int:
        """People who stop missing it as soon as the sessions held are confirmed."""
        return self.now.missing - self.once_confirmed.missing

    def __add__(self, other):
        ahead = [figures for figures in (self.by_then, other.by_then) if figures is not None]
        return UnitOutlook(
            self.now + other.now,
            self.once_confirmed + other.once_confirmed,
            sum(ahead, Figures()) if ahead else None,
            self.without_seat + other.without_seat,
        )


def day_ahead(policy: Policy, day: date, today: date) -> date | None:
    """The day a forecast speaks of: the day the training is due, after it the last of the year; None where
    what is asked lies behind us."""
    if day < today:
        return None
    return policy.due_on if day <= policy.due_on <= last_day(policy.year) else last_day(policy.year)


def outlook(
    policy: Policy, day: date, until: date | None = None, *, units=None, tree: UnitTree | None = None
) -> dict[int | None, UnitOutlook]:
    """By the unit people belong to directly; None: no unit. `units`: of these keys only. One query."""
    common = _common(policy, units, tree)
    values = {}
    asked = [("now", Statement, day, _BY_UNIT), ("held", OnceConfirmed, day, _BY_UNIT)]
    if until is not None:
        asked.append(("ahead", IfAllCome, until, _IF_ALL_COME))
    parts = [
        kind_of(policy, on, parameters=values, **common).tables + select.format(kind)
        for kind, kind_of, on, select in asked
    ]
    return _read(_run(parts, values), until is not None)


def who_once_confirmed(policy: Policy, day: date, *, units=None, tree=None) -> set[int]:
    """Keys of whoever is trained as soon as the sessions held are confirmed."""
    return _trained(OnceConfirmed(policy, day, **_common(policy, units, tree)))


def who_if_all_come(policy: Policy, day: date, *, units=None, tree=None) -> set[int]:
    """Keys of whoever is trained on `day` if everybody with a seat comes."""
    return _trained(IfAllCome(policy, day, **_common(policy, units, tree)))


def _common(policy, units, tree):
    in_scope = None if policy.all_units else policy.units_in_scope(tree or UnitTree.load())
    return {"in_scope": in_scope, "units": units}


def _trained(statement):
    return {staff_id for (staff_id,) in statement.run(_TRAINED)}


def _run(parts, parameters):
    together = " UNION ALL ".join(_ALL_OF.format(part, n) for n, part in enumerate(parts))
    with connection.cursor() as cursor:
        cursor.execute(together, parameters)
        return cursor.fetchall()


def _read(rows, forecast):
    counters = defaultdict(lambda: {"now": Counter(), "held": Counter(), "ahead": Counter()})
    seatless = defaultdict(int)
    for kind, unit, state, seated, number in rows:
        counters[unit][kind].add(state, number)
        if kind == "ahead" and state == State.MISSING and not seated:
            seatless[unit] += number
    return {
        unit: UnitOutlook(
            of_unit["now"].figures,
            of_unit["held"].figures,
            of_unit["ahead"].figures if forecast else None,
            seatless[unit],
        )
        for unit, of_unit in counters.items()
    }
