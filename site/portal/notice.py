"""When a planned outage must have been announced: pure functions over local dates."""

from obligations.terms import NO_DAYS, working_day_before

NOTICE_WORKING_DAYS = 7  # NĐ 224/2026/NĐ-CP, Điều 13


def last_day_to_announce(starts_on, extra_days_off=NO_DAYS, extra_working_days=NO_DAYS):
    """The last day that leaves seven whole working days before `starts_on`: the day of the announcement is
    not counted (Bộ luật Dân sự 2015, Điều 147), nor the day of the outage itself."""
    day = starts_on
    for _each in range(NOTICE_WORKING_DAYS + 1):
        day = working_day_before(day, extra_days_off, extra_working_days)
    return day
