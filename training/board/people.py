"""The people behind a number: live, or as the freeze keeps them."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404

from vietnamese.text import order_key

from .. import coverage
from ..coverage import State
from .asking import Asked
from .standing import NO_UNIT, latest_freeze, rows_in_sight, shows_freeze
from .words import GROUPS

LEFT = "left"


@dataclass(frozen=True)
class Person:
    staff_code: str
    full_name: str
    order_key: str
    unit_name: str  # empty: no unit
    state: State
    minutes: int | None = None
    last_day: date | None = None  # of whoever left


@dataclass(frozen=True)
class Behind:
    """Everybody behind one number, by given name. `group` is a key of GROUPS, empty for all."""

    people: list[Person]
    group: str
    unit_name: str
    own: bool
    snapshot: object = None


def behind(asked: Asked, group: str, unit_code: str, own: bool) -> Behind:
    """Raises Http404 for a unit that is unknown or out of sight."""
    if group == LEFT:
        return Behind(_in_order(_left(asked)), group, "", False)
    states = GROUPS.get(group)
    group = group if states else ""
    snapshot = latest_freeze(asked) if asked.is_past else None
    if snapshot is not None and shows_freeze(asked, snapshot):
        people, name = _frozen(asked, snapshot, states, unit_code, own)
    else:
        snapshot = None
        people, name = _live(asked, states, unit_code, own)
    return Behind(_in_order(people), group, name, own, snapshot)


def _in_order(people):
    return sorted(people, key=lambda person: (person.order_key, person.staff_code))


def _left(asked):
    """People who were in scope earlier in the year: out of every figure, on a line of their own."""
    return [
        Person(one.staff_code, one.full_name, order_key(one.full_name), "", State.OUT, last_day=one.last_day)
        for one in coverage.left_scope(asked.policy, asked.day, units=asked.units)
    ]


def _live(asked, states, unit_code, own):
    units, name = asked.units, ""
    if unit_code == NO_UNIT:
        if not asked.scope.everything:
            raise Http404
    elif unit_code:
        unit = unit_in_sight(asked, unit_code)
        units, name = ({unit.pk} if own else asked.tree.subtree(unit.pk)), unit.name
    found = coverage.people(asked.policy, asked.day, states=states, units=units, tree=asked.tree)
    return [
        Person(p.staff_code, p.full_name, p.order_key, _name(asked, p.unit_id), p.state, p.minutes)
        for p in found
        if unit_code != NO_UNIT or p.unit_id is None
    ], name


def unit_in_sight(asked, code):
    unit = asked.tree.by_code(code)
    if unit is None or not asked.scope.covers(unit.pk):
        raise Http404
    return unit


def _name(asked, key):
    return asked.tree.by_key[key].name if key else ""


def _frozen(asked, snapshot, states, unit_code, own):
    rows, name = rows_in_sight(asked, snapshot), ""
    if states:
        rows = rows.filter(state__in=[str(state) for state in states])
    if unit_code == NO_UNIT:
        rows = rows.filter(unit_code="")
    elif unit_code:
        unit = asked.tree.by_code(unit_code)
        if unit is None:  # gone since: the freeze still knows it
            codes, name = {unit_code}, unit_code
        else:
            keys = {unit.pk} if own else asked.tree.subtree(unit.pk)
            codes, name = {asked.tree.by_key[key].code for key in keys}, unit.name
        rows = rows.filter(unit_code__in=codes)
    found = [
        Person(r.staff_code, r.full_name, order_key(r.full_name), r.unit_name, State(r.state), r.minutes)
        for r in rows
    ]
    return found, name
