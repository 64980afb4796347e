"""The terms of data-rights requests and of a breach: pure functions, no database and no clock.

NĐ 356/2025/NĐ-CP Điều 5: the first answer within 2 working days; then, from the day a request was
received, as `TERMS` says, longer where a processor is to act too, and once longer again where the work is
complex. Days are counted as Bộ luật Dân sự 2015 Điều 147, 148 has it (`obligations.terms`): the day of
receipt does not count, and a term that ends on a day off ends with the next working day. Luật 91/2025/QH15
Điều 23: a breach is notified within 72 hours after it was found.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from obligations.terms import term_of_days, term_of_working_days

FIRST_ANSWER_WORKING_DAYS = 2
BREACH_HOURS = 72


@dataclass(frozen=True)
class Term:
    """Plain days: `days`, `with_processor` instead where one must act too, `more` added once."""

    days: int
    with_processor: int
    more: int


_CHOICE, _ACCESS = Term(15, 20, 15), Term(10, 15, 10)
TERMS = {
    "withdraw": _CHOICE,
    "restrict": _CHOICE,
    "object": _CHOICE,
    "view": _ACCESS,
    "correct": _ACCESS,
    "provide": _ACCESS,
    "delete": Term(20, 30, 20),
    "protect": Term(15, 15, 15),
}


def first_answer_due(received_on: date, announced=()) -> date:
    """The last day of the first answer. `announced`: extra days off, extra working days."""
    return term_of_working_days(received_on, FIRST_ANSWER_WORKING_DAYS, *announced)


def days_for(kind, *, with_processor=False, extended=False) -> int:
    """Days to carry out a request of `kind`. Raises KeyError for a kind the decree does not name."""
    term = TERMS[kind]
    return (term.with_processor if with_processor else term.days) + (term.more if extended else 0)


def due(kind, received_on: date, announced=(), *, with_processor=False, extended=False) -> date:
    """The last day to carry out a request of `kind` received on that local day."""
    days = days_for(kind, with_processor=with_processor, extended=extended)
    return term_of_days(received_on, days, *announced)


def breach_due(found_at: datetime) -> datetime:
    """The moment by which a breach is to be notified: hours, not days, whatever day it is."""
    return found_at + timedelta(hours=BREACH_HOURS)
