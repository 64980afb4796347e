"""Many more dossiers, written in bulk: rows that say the same as if each had walked through the door.

Nothing here is offered to a person or reachable from a page. A state is set once, when its row is made, with
everything that belongs to it: authors and their rights, evidence, the frozen version, history, sheets with
points, the frozen result, the vote, decision and certificates. Nobody is notified: it all lies in the past.
"""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from ideas.models import Appointment, HistoryEntry, Seat
from ideas.similarity import kept

from ..setting import make_round
from .case import Desk, make_case
from .dossiers import write_authors, write_files, write_initiatives, write_versions
from .history import history_of
from .judging import write_decisions, write_results, write_sheets, write_votes

BATCH = 100
_SCORED = ("evaluating", "evaluated", "recognised", "declined")


@dataclass
class Made:
    rounds: int = 0
    initiatives: int = 0


def load_more(calendar, appointment, rounds, size, count):
    """Writes `count` dossiers over the rounds of `size.years` years. Returns what was made."""
    if count <= 0:
        return Made()
    earlier = _earlier_rounds(calendar, appointment, size.years - 1)
    desk = Desk(calendar, appointment)
    all_rounds = [*earlier, *rounds]
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        _write(desk, [make_case(desk, all_rounds, number, size.seed) for number in numbers])
    return Made(rounds=len(earlier), initiatives=count)


def _earlier_rounds(calendar, appointment, years):
    """Two closed rounds for each earlier year, judged by the council of the term before."""
    if years < 1:
        return []
    before = Appointment.objects.create(
        decision_number="88/QĐ-UBND",
        decided_on=calendar.day(320 + 365 * years),
        start_on=calendar.day(320 + 365 * years),
        end_before=appointment.start_on,
        is_sample=True,
    )
    Seat.objects.bulk_create(
        Seat(appointment=before, number=seat.number, role=seat.role, staff=seat.staff)
        for seat in appointment.seats.select_related("staff")
    )
    windows = [
        (opens + 365 * year, closes + 365 * year)
        for year in range(years, 0, -1)
        for opens, closes in ((300, 130), (100, -10))
    ]
    return [
        make_round(before, calendar.moment(opens), calendar.moment(closes, 17), calendar.day(closes - 10))
        for opens, closes in windows
    ]


def _write(desk, cases):
    write_initiatives(desk, cases)
    write_authors(desk, cases)
    write_files(desk, cases)
    initiatives = [case.initiative for case in cases]
    prefetch_related_objects(initiatives, "authors__staff", "participants", "attachments")
    versions = write_versions(cases)
    kept.keep([case.initiative for case in cases if case.initiative.submitted_at])
    sheets = write_sheets(desk, [case for case in cases if case.state in _SCORED], versions)
    closed = [case for case in cases if case.state in ("evaluated", "recognised", "declined")]
    write_results(desk, closed, sheets)
    decided = [case for case in cases if case.state in ("recognised", "declined")]
    write_votes(desk, decided)
    write_decisions(desk, decided)
    HistoryEntry.objects.bulk_create(
        (entry for case in cases for entry in history_of(desk, case)), batch_size=2000
    )
