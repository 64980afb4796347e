"""Who fills which sheet: opening them, standing aside, passing a seat on, giving a sent sheet back."""

from django.db import transaction
from django.utils import timezone

from notifications.events import announce_many
from scoring.models import SheetState
from scoring.saving import give_back, give_up

from ..capacities import CHAIR, SECRETARY, acting_capacity, council_for
from ..events import CHANGED, MEMBER_RECUSED, SHEET_REOPENED
from ..history import record
from ..lifecycle import State
from ..models import Conflict, Initiative, ScoreSheet
from ..moves import CLOCK, Actor, Answer, Move, Refusal
from .asking import SheetRefused, can_score, locked_sheet
from .telling import assignments, say, to_officers, to_watchers


def open_sheets(initiatives, move):
    """One empty sheet per voting seat of each dossier; an alternate takes a conflicted or empty seat."""
    sheets = []
    for initiative in initiatives:
        version = max(initiative.versions.all(), key=lambda version: version.number)
        sheets += [
            ScoreSheet(
                initiative=initiative,
                evaluation_number=initiative.evaluation_number,
                seat=filled.seat,
                staff=filled.staff,
                alternate=filled.alternate,
                version=version,
            )
            for filled in council_for(initiative, move).fill(initiative)
            if filled.staff is not None
        ]
    ScoreSheet.objects.bulk_create(sheets)
    move.lookups.setdefault("opened_sheets", []).extend(sheets)  # told of at the end of the move
    return sheets


def void_open_sheets(initiatives):
    """Unsent sheets of dossiers that leave scoring; sent ones stay."""
    ScoreSheet.objects.filter(
        initiative__in=initiatives, state__in=(SheetState.TODO, SheetState.DRAFT)
    ).update(state=SheetState.VOID)


def declare_conflict(user, sheet, reason, now=None):
    """A member stands aside from a dossier; an alternate takes the seat, the secretary is told.

    The words stay with the record; logs and mails carry the code alone.
    """
    now = now or timezone.now()
    reason = (reason or "").strip()
    with transaction.atomic():
        locked = locked_sheet(sheet)
        actor = Actor.of(user)
        if locked.staff_id != actor.staff_id:
            raise SheetRefused(can_score(user, locked, now), locked.initiative)
        if not locked.is_open or locked.initiative.state != State.EVALUATING:
            raise SheetRefused(can_score(user, locked, now), locked.initiative)
        if not reason:
            raise SheetRefused(Answer("recuse", False, "reason_missing", field="reason"), locked.initiative)
        Conflict.objects.get_or_create(
            initiative=locked.initiative, staff_id=actor.staff_id, defaults={"reason": reason}
        )
        give_up(locked, SheetState.RECUSED, reason)
        record(locked.initiative, "recuse", actor, "member", now)
        stand_in = fill_seat(locked, now)
        fresh = Initiative.objects.for_workflow().get(pk=locked.initiative_id)
        announce_many(
            [
                *assignments(fresh, [stand_in] if stand_in else []),
                to_officers(MEMBER_RECUSED, fresh, now),
                to_watchers(CHANGED, fresh, now),
            ]
        )
    return stand_in


def fill_seat(sheet, now):
    """A new sheet for the seat of a given-up one; None when nobody is left.

    Whoever holds the seat by now takes it (a successor), else the next free alternate. The caller tells
    them (`assignments`).
    """
    initiative = Initiative.objects.for_workflow().get(pk=sheet.initiative_id)
    council = council_for(initiative, Move("assign", CLOCK, now))
    taken = {s.staff_id for s in initiative.current_sheets} | {sheet.staff_id}
    own = next(seat for seat in council.seats if seat.pk == sheet.seat_id)
    if own.staff_id not in taken and council.can_fill(own, initiative):
        return _assign(sheet, own.staff, initiative)
    free = next(
        (
            seat
            for seat in council.alternates
            if seat.staff_id
            and seat.staff_id not in taken
            and not council.is_absent(seat)
            and not council.in_conflict(seat.staff_id, initiative)
        ),
        None,
    )
    return _assign(sheet, free.staff, initiative, free) if free else None


def _assign(sheet, staff, initiative, alternate=None):
    return ScoreSheet.objects.create(
        initiative=initiative,
        evaluation_number=initiative.evaluation_number,
        seat=sheet.seat,
        staff=staff,
        alternate=alternate,
        version=sheet.version,
    )


def assign_alternate(user, sheet, alternate, reason, now=None):
    """The secretary gives a seat's unsent sheet to an alternate by hand; the holder's draft is void."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = locked_sheet(sheet)
        move = Move("assign", Actor.of(user), now, {"reason": reason})
        refusal = _assignment_refusal(locked, alternate, move)
        if refusal:
            answer = Answer("assign", False, refusal.code, who=("secretary",), field=refusal.field)
            raise SheetRefused(answer, locked.initiative)
        if locked.is_open:
            give_up(locked, SheetState.VOID)
        new = _assign(locked, alternate.staff, locked.initiative, alternate)
        record(locked.initiative, "assign_alternate", move.actor, "secretary", now, move.reason)
        fresh = Initiative.objects.for_workflow().get(pk=locked.initiative_id)
        announce_many([*assignments(fresh, [new]), to_watchers(CHANGED, fresh, now, [locked.staff.user])])
    return new


def _assignment_refusal(sheet, alternate, move):
    initiative = sheet.initiative
    if acting_capacity((SECRETARY,), initiative, move) is None:
        return Refusal("only_secretary")
    if initiative.state != State.EVALUATING or sheet.state == SheetState.SUBMITTED:
        return Refusal("scoring_closed")
    if not move.reason:
        return Refusal("reason_missing", field="reason")
    council = council_for(initiative, move)
    eligible = alternate in council.alternates and alternate.staff_id
    if not eligible or not council.can_fill(alternate, initiative):
        return Refusal("alternate_not_eligible", field="alternate")
    if any(s.staff_id == alternate.staff_id for s in initiative.current_sheets):
        return Refusal("alternate_not_eligible", field="alternate")
    replaced = any(s.seat_id == sheet.seat_id and s.pk != sheet.pk for s in initiative.current_sheets)
    return Refusal("seat_already_filled") if replaced else None


def reopen_sheet(user, sheet, reason, now=None):
    """Whoever presides gives a sent sheet back to its member while scoring runs; logged with the reason."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = locked_sheet(sheet)
        move = Move("reopen_sheet", Actor.of(user), now, {"reason": reason})
        refusal = _reopening_refusal(locked, move)
        if refusal:
            answer = Answer("reopen_sheet", False, refusal.code, who=("chair",), field=refusal.field)
            raise SheetRefused(answer, locked.initiative)
        give_back(locked)
        record(locked.initiative, "reopen_sheet", move.actor, "chair", now, move.reason)
        told = say(SHEET_REOPENED, [locked.staff.user], locked.initiative, locked.get_absolute_url())
        announce_many([told, to_watchers(CHANGED, locked.initiative, now)])


def _reopening_refusal(sheet, move):
    if acting_capacity((CHAIR,), sheet.initiative, move) is None:
        return Refusal("only_chair")
    if sheet.initiative.state != State.EVALUATING or sheet.state != SheetState.SUBMITTED:
        return Refusal("sheet_not_sent")
    return None if move.reason else Refusal("reason_missing", field="reason")
