"""What is written into the register by hand: commendation and note of one dossier. Logged in its history."""

from django.db import transaction
from django.utils import timezone

from ..capacities import SECRETARY, acting_capacity
from ..history import record
from ..models import Initiative, RegisterNote
from ..moves import Actor, Answer, Move, Refused
from .reading import received


class NoteChanged(Exception):
    """Somebody wrote into the line after the form was drawn; nothing was written."""


def may_note(initiative, user, now=None):
    """`Answer`: whoever keeps the dossier, in the secretary's place too. `initiative` of `for_workflow()`."""
    move = Move("register_note", Actor.of(user), now or timezone.now())
    if acting_capacity((SECRETARY,), initiative, move) is None:
        return Answer("register_note", False, "only_secretary", who=(SECRETARY.code,))
    return Answer("register_note", True, who=(SECRETARY.code,), acting_as=SECRETARY.code)


def write_note(user, code, *, reward, note, seen, now=None):
    """Raises Refused, NoteChanged, and Initiative.DoesNotExist for a dossier that is not in the register."""
    now = now or timezone.now()
    with transaction.atomic():
        rows = Initiative.objects.select_for_update(of=("self",)).for_workflow()
        initiative = rows.get(code=code, pk__in=received().order_by().values("pk"))
        answer = may_note(initiative, user, now)
        if not answer.allowed:
            raise Refused(answer, initiative)
        row = RegisterNote.objects.filter(initiative=initiative).first() or RegisterNote(
            initiative=initiative
        )
        if row.edit_version != seen:
            raise NoteChanged(code)
        before = {"reward": row.reward, "note": row.note}
        after = {"reward": reward, "note": note}
        if before == after:
            return row
        row.reward, row.note, row.edit_version = reward, note, row.edit_version + 1
        row.save()
        details = {"before": before, "after": after}
        record(initiative, "register_noted", Actor.of(user), answer.acting_as, now, details=details)
    return row
