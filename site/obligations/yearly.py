"""The yearly calendar: obligations with a fixed date of each year. Each app registers what it owes a year."""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta

from django.utils import timezone

from .ledger import Debt, owe_many

log = logging.getLogger(__name__)

AHEAD = timedelta(days=60)  # next year's are made that long before it begins

Maker = Callable[[int], Iterable[Debt]]
_makers: dict[str, Maker] = {}


def yearly(name):
    """Registers `maker(year) -> Debts`, as a decorator or `yearly(name)(maker)`. Names are unique.

    "Before 10/6" is the fixed date 9/6: where that is a day off, reminders name the working day before.
    """

    def register(maker):
        if name in _makers:
            raise ValueError(f"yearly obligations {name!r} are registered twice")
        _makers[name] = maker
        return maker

    return register


def years_at(today) -> list[int]:
    """This year, and the next one once it is near."""
    return sorted({today.year, (today + AHEAD).year})


def ensure_yearly(now):
    """The obligations of this year and the next exist, once each; what was done stays done.

    What was due before today is not made: a portal set up in November does not begin by calling June's
    report late. One maker that fails does not keep the others; its error is raised at the end, for the log.
    """
    today = timezone.localdate(now)
    errors = []
    for name, maker in list(_makers.items()):
        try:
            debts = [debt for year in years_at(today) for debt in maker(year) if debt.due_on >= today]
            owe_many(debts, reopen=False, now=now)
        except Exception as error:
            log.exception("the yearly obligations %r could not be made", name)
            errors.append(error)
    if errors:
        raise ExceptionGroup("yearly obligations", errors)
