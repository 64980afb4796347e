"""The one question about a sheet: who may write in it now."""

from dataclasses import replace

from django.utils import timezone

from scoring.models import SheetState

from ..capacities import council_for
from ..lifecycle import State
from ..models import Initiative, ScoreSheet
from ..moves import Actor, Answer, Move, Refused


class SheetRefused(Refused):
    """A sheet could not be written or sent; `answer.reason` says why."""


def can_score(user, sheet, now=None):
    """Whether this person may write in this sheet: an `Answer` with a reason code.

    Asked by the page, the autosave, the sending, the socket and the file of a sheet alike. `sheet` should
    come with its initiative's authors and conflicts loaded.
    """
    answer = can_declare(user, sheet, now)
    if answer.allowed and sheet.no_conflict_at is None:
        return replace(answer, allowed=False, reason="conflict_not_declared")
    return answer


def can_declare(user, sheet, now=None):
    """As `can_score`, for what comes before the first point: saying whether a conflict of interest stands
    between this person and the dossier."""
    now = now or timezone.now()
    initiative = sheet.initiative
    move = Move("score", Actor.of(user), now)

    def no(reason):
        until = (initiative.round and initiative.round.scoring_due_on) or initiative.decision_due_on
        return Answer("score", False, reason, who=("assigned_member",), until=until)

    if move.actor.staff_id is None or sheet.staff_id != move.actor.staff_id:
        return no("not_your_sheet")
    council = council_for(initiative, move)
    if council.in_conflict(move.actor.staff_id, initiative):
        return no("in_conflict")
    staff_id = move.actor.staff_id
    if council.seat_of(staff_id) is None or council.has_left(staff_id) or not council.in_term:
        return no("no_seat")
    if initiative.state != State.EVALUATING or sheet.evaluation_number != initiative.evaluation_number:
        return no("scoring_closed")
    if sheet.state in (SheetState.RECUSED, SheetState.VOID):
        return no("sheet_given_up")
    if sheet.state == SheetState.SUBMITTED:
        return no("sheet_already_sent")
    return Answer("score", True, who=("assigned_member",), until=no("").until)


def locked_sheet(sheet):
    """The sheet and its dossier, locked in that order everywhere: dossier first."""
    initiative = (
        Initiative.objects.select_for_update(of=("self",))
        .for_workflow()
        .prefetch_related("versions")
        .get(pk=sheet.initiative_id)
    )
    locked = ScoreSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    locked.initiative = initiative
    return locked


def require(user, sheet, now):
    answer = can_score(user, sheet, now)
    if not answer.allowed:
        raise SheetRefused(answer, sheet.initiative)
