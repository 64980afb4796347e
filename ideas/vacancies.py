"""Who leaves the council: sent sheets stay, unsent ones are void, a successor or alternate takes the seat."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from notifications.events import announce_many
from scoring.models import SheetState
from scoring.saving import give_up

from . import evaluation
from .board import annotated
from .capacities import council_for
from .events import CHANGED, SEAT_PASSED_ON
from .lifecycle import State
from .models import HistoryEntry, Initiative, ScoreSheet
from .moves import CLOCK, Move


def pass_on_vacated_seats(now=None):
    """Sheets of people who serve no more, or hold no seat any more; run by the worker and after a change of
    seats. Returns how many sheets were given up."""
    now = now or timezone.now()
    given_up = 0
    for pk in _dossiers_being_scored():
        with transaction.atomic():
            given_up += _pass_on(pk, now)
    return given_up


def _dossiers_being_scored():
    open_sheets = ScoreSheet.objects.current().filter(
        state__in=(SheetState.TODO, SheetState.DRAFT), initiative__state=State.EVALUATING
    )
    short = annotated(Initiative.objects.filter(state=State.EVALUATING)).filter(
        sheets_open_or_sent__lt=F("seats_voting")
    )
    return sorted(
        {
            *open_sheets.order_by().values_list("initiative_id", flat=True),
            *short.order_by().values_list("pk", flat=True),  # all the others have sent, a seat has nobody
        }
    )


def _pass_on(pk, now):
    initiative = (
        Initiative.objects.select_for_update(of=("self",))
        .for_workflow()
        .prefetch_related("versions")
        .get(pk=pk)
    )
    move = Move("pass_on", CLOCK, now)
    vacated = [s for s in initiative.current_sheets if s.is_open and _is_vacated(s, initiative, move)]
    if initiative.state != State.EVALUATING:
        return 0
    new = [evaluation.fill_seat(_given_up(sheet), now) for sheet in vacated]
    new += [evaluation.fill_seat(sheet, now) for sheet in _nobody_yet(initiative, vacated, move)]
    if not vacated and not any(new):
        return 0
    HistoryEntry.objects.bulk_create(_log(initiative, sheet, now) for sheet in vacated)
    fresh = Initiative.objects.for_workflow().get(pk=pk)
    announce_many(
        [
            *evaluation.assignments(fresh, [sheet for sheet in new if sheet]),
            evaluation.to_officers(SEAT_PASSED_ON if vacated else CHANGED, fresh, now),
        ]
    )
    return len(vacated)


def _is_vacated(sheet, initiative, move):
    council = council_for(initiative, move)
    return council.has_left(sheet.staff_id) or council.seat_of(sheet.staff_id) is None


def _nobody_yet(initiative, vacated, move):
    """Seats that had nobody left to fill them: perhaps an alternate was appointed since."""
    filled = {sheet.seat_id for sheet in [*initiative.current_sheets, *vacated]}
    version = max(initiative.versions.all(), key=lambda version: version.number)
    return [
        ScoreSheet(initiative=initiative, seat=seat, version=version)
        for seat in council_for(initiative, move).voting_seats
        if seat.pk not in filled
    ]


def _given_up(sheet):
    locked = ScoreSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    give_up(locked, SheetState.VOID)
    return locked


def _log(initiative, sheet, now):
    return HistoryEntry(
        initiative=initiative,
        at=now,
        transition="pass_on",
        from_state=initiative.state,
        to_state=initiative.state,
        actor_name=CLOCK.name,
        actor_code=CLOCK.code,
        actor_role="clock",
    )
