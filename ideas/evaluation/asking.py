"""The one question about a sheet: who may write in it now, its member or whoever keys it from paper."""

from dataclasses import replace

from django.utils import timezone

from people.roles import Role
from scoring.models import SheetState

from ..capacities import SECRETARY, acting_capacity, council_for
from ..lifecycle import State
from ..models import Initiative, KeyingRole, ScoreSheet, SheetKeying
from ..moves import Actor, Answer, Move, Refused


class SheetRefused(Refused):
    """A sheet could not be written or sent; `answer.reason` says why."""


def can_score(user, sheet, now=None, *, from_paper=None, again=None):
    """Whether this person may write in this sheet: an `Answer` with a reason code.

    Asked by the page, the autosave, the sending, the socket and the file of a sheet alike. `sheet` should
    come with its initiative's authors and conflicts loaded. `from_paper`, a `PaperSheet`, asks for whoever
    keys it instead of its member (`acting_as` is then a `KeyingRole`): the one stated exception.
    `again` is that person's own keying, where they set it right.
    """
    if from_paper is not None:
        return _can_key(user, sheet, from_paper, again, now or timezone.now())
    answer = can_declare(user, sheet, now)
    if answer.allowed and sheet.no_conflict_at is None:
        return replace(answer, allowed=False, reason="conflict_not_declared")
    return answer


def can_declare(user, sheet, now=None):
    """As `can_score`, for what comes before the first point: saying whether a conflict of interest stands
    between this person and the dossier."""
    move = Move("score", Actor.of(user), now or timezone.now())
    if move.actor.staff_id is None or sheet.staff_id != move.actor.staff_id:
        reason = "not_your_sheet"
    else:
        reason = _closed_by(sheet, move) or ("sheet_on_paper" if _is_being_keyed(sheet) else "")
    return _answer(sheet, reason, "assigned_member")


def _answer(sheet, reason, who, **more):
    initiative = sheet.initiative
    until = (initiative.round and initiative.round.scoring_due_on) or initiative.decision_due_on
    return Answer("score", not reason, reason, who=(who,), until=until, **more)


def _closed_by(sheet, move):
    """Why nothing is written in this sheet, whoever holds the pen; "" where it is open."""
    council = council_for(sheet.initiative, move)
    if council.in_conflict(sheet.staff_id, sheet.initiative):
        return "in_conflict"
    if council.seat_of(sheet.staff_id) is None or council.has_left(sheet.staff_id) or not council.in_term:
        return "no_seat"
    initiative = sheet.initiative
    if initiative.state != State.EVALUATING or sheet.evaluation_number != initiative.evaluation_number:
        return "scoring_closed"
    if sheet.state in (SheetState.RECUSED, SheetState.VOID):
        return "sheet_given_up"
    return "sheet_already_sent" if sheet.state == SheetState.SUBMITTED else ""


def _is_being_keyed(sheet):
    """Whether somebody has begun to enter it from paper: two ways at once would be two sheets."""
    keyings = SheetKeying.objects.filter(paper__sheet=sheet, paper__settled_at__isnull=True)
    return keyings.filter(paper__dropped_at__isnull=True).exists()


# ---- from paper


def _can_key(user, sheet, paper, again, now):
    move = Move("score", Actor.of(user), now)
    roles = keying_roles(move, sheet.initiative)
    reason = _not_a_keyer(roles, sheet, move) or _closed_by(sheet, move)
    if not reason and (paper.settled_at or paper.dropped_at):
        reason = "paper_not_in_hand"
    taken = {keying.role: keying.user_id for keying in paper.keyings.all() if keying != again}
    free = [role for role in roles if role not in taken]
    if not reason and (not free or move.actor.user.pk in taken.values()):
        reason = "paper_keyed_already"
    return _answer(sheet, reason, "paper_keyer", acting_as=str(free[0]) if free and not reason else "")


def _not_a_keyer(roles, sheet, move):
    """Two people of the office; never the member, and nobody who still has to judge the dossier."""
    actor, initiative = move.actor, sheet.initiative
    if not roles:
        return "only_keyers"
    if actor.staff_id is None:
        return ""
    if council_for(initiative, move).in_conflict(actor.staff_id, initiative):
        return "in_conflict"
    if sheet.staff_id == actor.staff_id:
        return "own_paper_sheet"
    if any(own.is_open and own.staff_id == actor.staff_id for own in initiative.current_sheets):
        return "own_sheet_first"
    return ""


def keying_roles(move, initiative):
    """In what roles this person may enter paper sheets of the dossier."""
    roles = [KeyingRole.CLERK] if Role.RECORDS_CLERK in move.actor.roles else []
    if acting_capacity((SECRETARY,), initiative, move):
        roles.append(KeyingRole.SECRETARY)
    return roles


# ---- the lock


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
