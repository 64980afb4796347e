"""What is expected of a target year by year, on the way to its goal. Set by the coordinator; two of them
at once see each other's numbers. A new definition takes it along (`follow`)."""

from django.db import transaction
from django.utils import timezone

from editing.canonical import fingerprint
from editing.merging import merge
from portal.stamp import raise_stamp

from ..loading import YEARS
from ..models import ExpectedValue
from .log import record
from .refusing import Refused
from .reporting import lock


class Conflict(Exception):
    """Two people changed the same year: the clashes, and who saved last."""

    def __init__(self, clashes, line):
        self.clashes, self.line = clashes, line
        super().__init__([clash.name for clash in clashes])


def name_of(year):
    return f"expected_{year}"


def stored(target):
    """{name: number or None} of every year of the plan; numbers without idle noughts, so that they
    compare."""
    there = dict(ExpectedValue.objects.filter(target=target).values_list("year", "value"))
    return {name_of(year): plain(there.get(year)) for year in YEARS}


def plain(number):
    return None if number is None else f"{number.normalize():f}"


def base_of(values):
    return {name: fingerprint(value) for name, value in values.items()}


def save(target, user, numbers, base, *, now=None):
    """`numbers` is `{name of the year: Decimal or None}`; None takes the year's value away, a year that is
    not there is left alone."""
    now = now or timezone.now()
    with transaction.atomic():
        locked, rights = lock(target, user, now)
        if refused := rights.change_refusal():
            raise refused
        there = stored(locked)
        wanted, clashes = merge({name: plain(number) for name, number in numbers.items()}, there, base)
        if clashes:
            raise Conflict(clashes, locked.changes.filter(change="expected_changed").last())
        if not wanted:
            raise Refused("nothing_changed")
        _write(locked, {year: numbers[name_of(year)] for year in YEARS if name_of(year) in wanted})
        before = {name: there[name] for name in wanted}
        record(locked, "expected_changed", user, now, before=before, after=wanted)
        raise_stamp()
    return wanted


def after(values, before, new):
    """{year: what is expected from now on} where a new definition changes it. What was the goal is the new
    goal; a number in another measure says nothing any more. Years that are over by then stay. Pure."""
    same_measure = new.measured_in == before.measured_in
    wanted = {}
    for year, value in values.items():
        if year < new.in_force_on.year or not new.is_measurable:
            continue
        if value == before.goal:
            wanted[year] = new.goal
        elif not same_measure:
            wanted[year] = None
    return {year: value for year, value in wanted.items() if value != values[year]}


def follow(target, before, new, user, now):
    """After a new definition, in its transaction. Answers with the line of history, or None."""
    there = dict(ExpectedValue.objects.filter(target=target).values_list("year", "value"))
    wanted = after(there, before, new)
    if not wanted:
        return None
    _write(target, wanted)
    return record(
        target,
        "expected_changed",
        user,
        now,
        version=new.version,
        before={name_of(year): plain(there[year]) for year in wanted},
        after={name_of(year): plain(value) for year, value in wanted.items()},
    )


def _write(target, numbers):
    """{year: number, None takes it away}."""
    for year, number in numbers.items():
        if number is None:
            ExpectedValue.objects.filter(target=target, year=year).delete()
        else:
            ExpectedValue.objects.update_or_create(target=target, year=year, defaults={"value": number})
