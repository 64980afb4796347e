"""Where a task stands in time. Pure functions over local dates."""

import calendar
from dataclasses import dataclass
from datetime import date

OVERDUE, MONTH, QUARTER, LATER, UNDATED, CLOSED = "overdue", "month", "quarter", "later", "undated", "closed"
LANES = (OVERDUE, MONTH, QUARTER, LATER, UNDATED, CLOSED)
OPEN_STATES = ("todo", "doing")


@dataclass(frozen=True)
class Bounds:
    """The last days of this month and of this quarter."""

    today: date
    month_end: date
    quarter_end: date


def bounds(today) -> Bounds:
    quarter_month = (today.month + 2) // 3 * 3
    return Bounds(today, _month_end(today.year, today.month), _month_end(today.year, quarter_month))


def lane(state, due_on, at: Bounds) -> str:
    """Done and dropped tasks are in no hurry; what is due today is not late."""
    if state not in OPEN_STATES:
        return CLOSED
    if due_on is None:
        return UNDATED
    if due_on < at.today:
        return OVERDUE
    if due_on <= at.month_end:
        return MONTH
    return QUARTER if due_on <= at.quarter_end else LATER


def is_late(state, due_on, today) -> bool:
    return state in OPEN_STATES and due_on is not None and due_on < today


def _month_end(year, month):
    return date(year, month, calendar.monthrange(year, month)[1])
