"""Periods of the plan the clock never made: their last day was over when the portal was first started, or ran
again. The coordinator opens one with a day of its own, so that nobody is late for what nobody could send.
"""

from django.db import transaction
from django.utils import timezone

from people.units import UnitTree

from ..models import RecurringDate, ReportPeriod, Review, UnitReport
from . import calendar, events, owing
from .duty import units_owing


def find(code, now=None):
    """The planned period of that code whose last day is over, made or not; None."""
    return next((planned for planned in _over(now) if planned.code == code), None)


def never_made(now=None) -> list:
    """Those of which no period exists, the oldest first. Three queries."""
    found = _over(now)
    codes = [planned.code for planned in found]
    made = set(ReportPeriod.objects.filter(code__in=codes).values_list("code", flat=True))
    return [planned for planned in found if planned.code not in made]


def _over(now):
    today = timezone.localdate(now)
    dates, reviews = list(RecurringDate.objects.all()), list(Review.objects.all())
    begun = [row.first_due_on.year for row in dates if row.first_due_on]
    begun += [row.due_year for row in reviews if row.due_year]
    years = range(min([*begun, today.year]), today.year + 1)
    planned = [one for year in years for one in calendar.planned_of(year, dates, reviews)]
    return [one for one in planned if one.last_day < today]


def open_missed(user, planned, last_day, now=None) -> ReportPeriod:
    """The period with `last_day`, for the units that owe a report by now; they are told at once. Made once:
    whoever comes second, a colleague or the clock, finds it made."""
    now = now or timezone.now()
    if last_day < timezone.localdate(now):
        raise calendar.Refused("last_day_past", "last_day")
    with transaction.atomic():
        period, is_new = calendar.made(planned, now, last_day)
        if not is_new:
            raise calendar.Refused("period_made")
        tree = UnitTree.load()
        calendar.add_units(period, units_owing(tree))
        reports = list(UnitReport.objects.filter(period=period).select_related("period", "unit"))
        calendar.log(reports, user, "asked", now)
        owing.follow(reports, now, tree)
        calendar.tell(events.ASKED, reports)
    return period
