"""Further acts of organisers on judging: reminding, giving a sheet back."""

from collections import Counter

from django.db import transaction
from django.utils import timezone

from notifications.events import Announcement, announce_many
from scoring.models import SheetState
from scoring.saving import give_back

from .. import acts, events
from ..moves import Answer, Refused
from .asking import locked_sheet
from .handing_out import locked_competition
from .stages import is_closed, run_of, sheets_of
from .telling import MINE, quietly, refresh_keys


def remind(competition, stage, user, *, now=None):
    """Judges with sheets still out are told how many; returns how many people."""
    with transaction.atomic():
        competition = locked_competition(competition)
        run = run_of(competition, stage)
        if run is None or run.assigned_at is None or run.closed_at:
            raise Refused(_no("remind", "stage_not_running"))
        out = sheets_of(competition, stage).exclude(state=SheetState.SUBMITTED)
        out = list(out.filter(entry__state="submitted").select_related("judge__user"))
        people = {sheet.judge.user_id: sheet.judge.user for sheet in out if sheet.judge.user.is_active}
        counts = Counter(sheet.judge.user_id for sheet in out)
        acts.log(competition, "judges_reminded", user, now=now or timezone.now(), count=len(people))
        announce_many(
            Announcement(
                events.JUDGING_REMINDER, [person], MINE, competition.code, (), {"count": counts[key]}
            )
            for key, person in people.items()
        )
    return len(people)


def may_give_back(sheet, *, reason=None):
    if sheet.state != SheetState.SUBMITTED or sheet.entry.state != "submitted":
        return _no("give_back", "sheet_not_sent")
    if is_closed(sheet.competition, sheet.stage):
        return _no("give_back", "stage_closed")
    if reason is not None and not reason.strip():
        return _no("give_back", "reason_missing", field="reason")
    return Answer("give_back", True, who=("organiser",))


def give_sheet_back(user, sheet, reason, *, now=None):
    """A sent sheet goes back to its judge while the stage runs; points are not shown to anybody by it."""
    with transaction.atomic():
        locked = locked_sheet(sheet)
        answer = may_give_back(locked, reason=reason)
        if not answer.allowed:
            raise Refused(answer, locked.entry)
        give_back(locked)
        competition = locked.competition
        acts.log(
            competition,
            "sheet_given_back",
            user,
            reason=reason.strip(),
            now=now or timezone.now(),
            stage=locked.stage,
            entry=locked.entry.code,
        )
        keys = refresh_keys(competition)
        back = Announcement(events.SHEET_BACK, [locked.judge.user], MINE, competition.code, keys)
        announce_many([back, quietly(competition)])


def _no(act, reason, params=None, field=""):
    return Answer(act, False, reason, params or {}, who=("organiser",), field=field)
