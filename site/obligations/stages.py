"""When a due date is recalled: pure functions over local dates, no database and no clock.

Seven, three and one calendar days before the last day to act, and on the day after the due day. A fixed
date never moves later: where it is a day off, the last day to act is the working day before, and that is
the day the reminder names. A term in days, months or years ends with the next working day
instead (Bộ luật Dân sự 2015, Điều 148), also where the day off was announced after the term was set.
"""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .terms import NO_DAYS, next_working_day, term_of_working_days, working_day_by

# Local time reminders go from: nobody's phone rings at midnight, and the digest of 07:00 has them.
FROM_TIME = time(6)
_ONE_DAY = timedelta(days=1)


class AnnouncedDays(NamedTuple):
    """What the Government or the ward announced beside the calendar, as `terms` takes it: `*announced`."""

    extra_days_off: frozenset[date] = NO_DAYS
    extra_working_days: frozenset[date] = NO_DAYS


NOTHING_ANNOUNCED = AnnouncedDays()


class Stage(models.TextChoices):
    """The codes are stable; in the order of time."""

    SEVEN_DAYS = "T-7", _("7 days before")
    THREE_DAYS = "T-3", _("3 days before")
    ONE_DAY = "T-1", _("1 day before")
    OVERDUE = "overdue", _("overdue")
    LATE_1 = "late-1", _("overdue, told to whoever stands above")
    LATE_2 = "late-2", _("overdue, told one level higher")
    LATE_3 = "late-3", _("overdue, told two levels higher")


MOVED = "moved"  # not of the calendar: told by the announcement that moved the day

LEVELS = (Stage.LATE_1, Stage.LATE_2, Stage.LATE_3)
DAYS_BEFORE = {Stage.SEVEN_DAYS: 7, Stage.THREE_DAYS: 3, Stage.ONE_DAY: 1}


def last_day(due_on, *, fixed=True, announced=NOTHING_ANNOUNCED):
    """The last day to act, a working day, that reminders and pages name."""
    return working_day_by(due_on, *announced) if fixed else next_working_day(due_on, *announced)


def overdue_on(due_on, *, fixed=True, announced=NOTHING_ANNOUNCED):
    """The first day it is late: nothing is called overdue before its due day has passed."""
    return max(due_on, last_day(due_on, fixed=fixed, announced=announced)) + _ONE_DAY


def reminder_days(
    due_on, *, fixed=True, announced=NOTHING_ANNOUNCED, levels=None, began_on=date.min
) -> dict[Stage, date]:
    """{stage: the local day it goes out}, in the order of time. Days off count: a reminder may go on one.

    `levels` is {level: working days late}, counted from the last day of the term or, where that is later,
    from `began_on`, the day its owner could first be told: no superior hears of it before the owner does.
    """
    last = last_day(due_on, fixed=fixed, announced=announced)
    days = {stage: last - timedelta(days=before) for stage, before in DAYS_BEFORE.items()}
    overdue = overdue_on(due_on, fixed=fixed, announced=announced)
    late_from = max(overdue - _ONE_DAY, began_on)
    return (
        days
        | {Stage.OVERDUE: overdue}
        | {
            level: term_of_working_days(late_from, count, *announced)
            for level, count in (levels or {}).items()
        }
    )


def stages_reached(days, today) -> list[Stage]:
    """Those of `reminder_days` whose day has come, in the order of time."""
    return [stage for stage, day in days.items() if day <= today]


def next_day(days, today) -> date | None:
    """The next day after `today` on which a stage is reached; None once all are."""
    return min((day for day in days.values() if day > today), default=None)


def reminding_day(now):
    """The local day whose reminders may go at `now`: until 06:00 still the day before."""
    local = timezone.localtime(now, timezone.get_default_timezone())
    return local.date() if local.time() >= FROM_TIME else local.date() - _ONE_DAY


def moment_of(day):
    """When the reminders of a local day may go."""
    return datetime.combine(day, FROM_TIME, timezone.get_default_timezone())
