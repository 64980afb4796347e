"""A judge writes in a sheet, sends it, or stands aside."""

from django.db import transaction
from django.utils import timezone

from notifications.events import announce_many
from scoring.models import SheetState
from scoring.saving import give_up, hand_in, missing_criteria, write

from .. import events
from ..models import JudgeConflict
from ..moves import Answer, Refused
from .asking import ACT, can_judge, locked_sheet, may_stand_aside, require
from .handing_out import hand_out
from .stages import run_of
from .telling import new_sheets, quietly, to_organisers


def save_sheet(user, sheet, points, comment, *, base_version, comments=None, now=None):
    """Keeps a draft, see `scoring.saving.write`. Raises Refused, SheetChanged."""
    with transaction.atomic():
        locked = locked_sheet(sheet)
        require(can_judge(user, locked, now), locked.entry)
        write(locked, points, comment, comments, base_version=base_version)
    return locked


def submit_sheet(user, sheet, points, comment, *, base_version, comments=None, now=None):
    """Sends a complete sheet. The moment is read inside the lock: whoever waited past the last second came
    too late. Raises Refused, SheetChanged."""
    with transaction.atomic():
        locked = locked_sheet(sheet)
        now = now or timezone.now()
        require(can_judge(user, locked, now), locked.entry)
        write(locked, points, comment, comments, base_version=base_version)
        if missing := missing_criteria(locked, locked.competition.rubric.rubric):
            names = ", ".join(criterion.name for criterion in missing)
            raise Refused(Answer(ACT, False, "sheet_incomplete", {"names": names}), locked.entry)
        hand_in(locked, now)
        announce_many([quietly(locked.competition, [locked.judge.user])])
    return locked


def declare_conflict(user, sheet, reason, now=None):
    """A judge stands aside from an entry; another takes it, the organisers are told. The words stay with the
    record. Returns the new sheets."""
    reason = (reason or "").strip()
    with transaction.atomic():
        locked = locked_sheet(sheet)
        now = now or timezone.now()
        require(may_stand_aside(user, locked), locked.entry)
        if not reason:
            raise Refused(Answer(ACT, False, "reason_missing", field="reason"), locked.entry)
        JudgeConflict.objects.get_or_create(
            judge=locked.judge, entry=locked.entry, defaults={"reason": reason}
        )
        give_up(locked, SheetState.RECUSED, reason)
        run = run_of(locked.competition, locked.stage)
        made, _short = hand_out(locked.competition, run, [locked.entry])
        announce_many(
            [
                *new_sheets(locked.competition, made),
                to_organisers(events.JUDGE_RECUSED, locked.competition),
                quietly(locked.competition, [user]),
            ]
        )
    return made
