"""Terms and working days: pure functions over local dates, no database and no clock.

Bộ luật Dân sự 2015:
- Điều 147: a term in days, weeks, months or years starts on the day after the event, so the day of the event
  is not counted;
- Điều 148: a term in months ends with the same day of the last month, or with that month's last day where the
  day does not exist; where the last day is a weekly day off or a public holiday, it ends with the next
  working day.

Public holidays: Bộ luật Lao động 2019, Điều 112, with Điều 111.3 (a holiday on a weekly day off is made up
for), as data of the `holidays` package: Tết by the Vietnamese lunar calendar, swapped days with the Saturday
worked in exchange. What the Government or the ward announces later is passed in as `extra_days_off` and
`extra_working_days`, which overrule the calendar; a day in both is a ValueError.
"""

import calendar
from datetime import date, datetime, timedelta
from functools import lru_cache

import holidays

NO_DAYS = frozenset()
_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


def add_months(day, months):
    """The same day `months` calendar months later (earlier if negative), or that month's last day."""
    _only_a_date(day)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    if not date.min.year <= year <= date.max.year:
        raise ValueError("the term ends outside the calendar")
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def is_working_day(day, extra_days_off=NO_DAYS, extra_working_days=NO_DAYS):
    """Whether offices work on `day`: Monday to Friday less holidays, and Saturdays worked in exchange."""
    _only_a_date(day)
    if day in extra_working_days:
        if day in extra_days_off:
            raise ValueError(f"{day} is named both a day off and a working day")
        return True
    if day in extra_days_off:
        return False
    days_off, make_up_days = _calendar(day.year)
    if day in make_up_days:
        return True
    return day.weekday() < _SATURDAY and day not in days_off


def next_working_day(day, extra_days_off=NO_DAYS, extra_working_days=NO_DAYS):
    """The first working day from `day` on: `day` itself if it is one."""
    while not is_working_day(day, extra_days_off, extra_working_days):
        day += _ONE_DAY
    return day


def working_day_before(day, extra_days_off=NO_DAYS, extra_working_days=NO_DAYS):
    """The last working day strictly before `day`: for "before 10/6", ask with 10/6."""
    return working_day_by(day - _ONE_DAY, extra_days_off, extra_working_days)


def working_day_by(day, extra_days_off=NO_DAYS, extra_working_days=NO_DAYS):
    """The last working day up to `day`, `day` included: a fixed date never moves later."""
    while not is_working_day(day, extra_days_off, extra_working_days):
        day -= _ONE_DAY
    return day


def term_of_months(start, months, extra_days_off=NO_DAYS, extra_working_days=NO_DAYS):
    """The last day of a term of `months` that an event on `start` sets running (Điều 147, 148).

    The term runs to the end of that day. 06/11/2026 and one month: 06/12 is a Sunday, so 07/12/2026.
    """
    return next_working_day(add_months(start, months), extra_days_off, extra_working_days)


def term_of_days(start, days, extra_days_off=NO_DAYS, extra_working_days=NO_DAYS):
    """The last day of a term of `days` plain days that an event on `start` sets running (Điều 147, 148).

    Monday 02/02/2026 and 10 days: 12/02; Monday 09/02/2026 and 10 days: 19/02 is Tết, so Monday 23/02/2026.
    """
    return next_working_day(start + timedelta(days=days), extra_days_off, extra_working_days)


def end_of_running_term(told, reckoned, today, extra_days_off=NO_DAYS, extra_working_days=NO_DAYS):
    """The last day of a running term once days off were announced or taken back.

    `told` is the last day people were told, `reckoned` what the term comes to now. A later day holds at once.
    An earlier one does too, but nobody loses a term overnight by an announcement: at least the next working
    day after `today` stays, where the term ran that long.
    """
    if reckoned >= told:
        return reckoned
    left = next_working_day(today + _ONE_DAY, extra_days_off, extra_working_days)
    return max(reckoned, min(told, left))


def term_of_working_days(start, days, extra_days_off=NO_DAYS, extra_working_days=NO_DAYS):
    """The last day of a term of `days` working days that an event on `start` sets running (Điều 147: the day
    of the event is not counted). Monday 12/10/2026 and 15 working days: Monday 02/11/2026."""
    if days < 1:
        raise ValueError("a term has at least one day")
    last = start
    for _nth in range(days):
        last = next_working_day(last + _ONE_DAY, extra_days_off, extra_working_days)
    return last


def one_year_after(day, extra_days_off=NO_DAYS, extra_working_days=NO_DAYS):
    """The last day to apply for what was first used on `day` (NĐ 13/2012/NĐ-CP, Điều 5.2; Điều 148).

    The one-year limit is a term like the others: from 29/02 it ends on 28/02, and it moves off days off.
    """
    return term_of_months(day, 12, extra_days_off, extra_working_days)


@lru_cache(maxsize=64)
def _calendar(year):
    """(holidays, weekend days worked in exchange) that touch `year`.

    The neighbouring years are read too: a swap announced for one year may name a Saturday of the other.
    """
    years = [y for y in (year - 1, year, year + 1) if date.min.year <= y <= date.max.year]
    vietnam = holidays.Vietnam(years=years, observed=True, expand=False)
    return frozenset(vietnam), frozenset(vietnam.weekend_workdays)


def _only_a_date(day):
    """A moment has no day of its own: it must be turned into a local date first."""
    if isinstance(day, datetime) or not isinstance(day, date):
        raise TypeError(f"a local date is needed, not {type(day).__name__}")
