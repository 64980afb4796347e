"""When a club or team counts as active: pure, over plain values.

Founded, not dissolved, and it did something within the last months (`PLAN_ACTIVE_MONTHS`, 6 unless set).
"""

import calendar
from collections.abc import Iterable
from datetime import date


def months_before(day: date, months: int) -> date:
    """The same day so many calendar months earlier; the last of its month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def is_active(start_on: date, end_before: date | None, activities: Iterable[date], day: date, months: int):
    """Whether it is active on `day`. An activity counts from its day until just before the same day `months`
    later; one before the founding or after `day` says nothing."""
    if day < start_on or (end_before is not None and day >= end_before):
        return False
    since = max(start_on, months_before(day, months))
    return any(since <= held_on <= day for held_on in activities)
