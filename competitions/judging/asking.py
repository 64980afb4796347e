"""The one question about a sheet: who may write in it now."""

from django.utils import timezone

from people.roles import Role, has_role
from scoring.models import SheetState

from ..models import CompetitionPage, EntrySheet, JudgeConflict, Stage
from ..moves import Answer, Refused
from ..phases import phase_at
from .stages import GIVEN_UP, is_closed, seats_of

ACT = "judge"


def can_judge(user, sheet, now=None):
    """Whether this person may write in this sheet: an `Answer` with a reason code. Asked by the page, the
    autosave, the sending and the door alike."""
    now = now or timezone.now()
    if refusal := _seat_refusal(user, sheet):
        return _no(sheet, refusal)
    if sheet.state == SheetState.SUBMITTED:
        return _no(sheet, "sheet_already_sent")
    if is_closed(sheet.competition, sheet.stage):
        return _no(sheet, "stage_closed")
    if refusal := _time_refusal(sheet, now):
        return _no(sheet, refusal)
    return Answer(ACT, True, who=("judge",), until=_window(sheet).closes_at)


def may_stand_aside(user, sheet):
    """A conflict may be declared before judging begins, as long as nothing was sent."""
    if refusal := _seat_refusal(user, sheet):
        return _no(sheet, refusal)
    if sheet.state == SheetState.SUBMITTED:
        return _no(sheet, "sheet_already_sent")
    if is_closed(sheet.competition, sheet.stage):
        return _no(sheet, "stage_closed")
    return Answer(ACT, True, who=("judge",))


def may_read(user, sheet):
    """Whose it is reads it while it is in force; organisers after the close, never before."""
    if is_own(user, sheet):
        return not _seat_refusal(user, sheet)
    if not is_closed(sheet.competition, sheet.stage) or sheet.state != SheetState.SUBMITTED:
        return False
    return CompetitionPage.objects.organised_by(user).filter(pk=sheet.competition_id).exists()


def is_own(user, sheet):
    return user.is_authenticated and sheet.judge.user_id == user.pk


def _seat_refusal(user, sheet):
    if not is_own(user, sheet) or not has_role(user, Role.JUDGE):
        return "not_your_sheet"
    if sheet.state in GIVEN_UP or sheet.entry.state != "submitted":
        return "sheet_given_up"
    if JudgeConflict.objects.filter(entry=sheet.entry_id, judge__user=user).exists():
        return "in_conflict"
    if sheet.judge_id not in {seat.pk for seat in seats_of(sheet.competition)}:
        return "no_seat"
    return ""


def _time_refusal(sheet, now):
    standing = sheet.competition.standing(now)
    if standing.code == sheet.stage:
        return ""
    window = _window(sheet)
    if window is None:
        return "no_window"
    return "judging_not_open_yet" if not window_begun(sheet.competition, sheet.stage, now) else "judging_over"


def window_begun(competition, stage, now):
    return phase_at([competition.window(stage)], now).has_begun


def _window(sheet):
    return sheet.competition.window(sheet.stage)


def _no(sheet, reason):
    window = _window(sheet)
    params = {"stage": str(Stage(sheet.stage).label)}
    if window:
        params |= {"opens_at": window.opens_at, "closes_at": window.closes_at}
    until = window.closes_at if window else None
    return Answer(ACT, False, reason, params, who=("judge",), until=until)


def locked_sheet(sheet):
    """The competition and the sheet, locked in that order as everywhere."""
    competition = CompetitionPage.objects.select_for_update(of=("self",), no_key=True).get(
        pk=sheet.competition_id
    )
    rows = EntrySheet.objects.select_for_update(of=("self",)).select_related("judge__user", "entry")
    locked = rows.get(pk=sheet.pk)
    locked.competition = competition
    return locked


def require(answer, entry=None):
    if not answer.allowed:
        raise Refused(answer, entry)
