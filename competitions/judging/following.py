"""What the steps of an entry do to its sheets, inside their transaction."""

from scoring.models import SheetState
from scoring.saving import give_back

from .. import events
from ..models import EntrySheet
from .handing_out import hand_out, void
from .stages import barred_from, seats_of
from .telling import MINE, Announcement, new_sheets, quietly, refresh_keys

_OUT = ("withdraw", "refuse")
_IN = ("submit_late", "reinstate")


def entry_moved(entry, transition):
    """Judging follows the step; the announcements it makes. Stages that are closed stay as they are."""
    runs = entry.competition.stage_runs.filter(assigned_at__isnull=False, closed_at__isnull=True)
    told = []
    for run in runs:
        if transition in _OUT:
            told += _leave(entry, run)
        elif transition in _IN:
            told += _come(entry, run)
        elif transition == "resubmit":
            told += _new_version(entry, run)
    return told


def _in_force(entry, run):
    sheets = EntrySheet.objects.filter(entry=entry, stage=run.stage)
    return list(sheets.exclude(state__in=("recused", "void")).select_related("judge__user", "entry"))


def _leave(entry, run):
    """The entry is gone from every list at once."""
    sheets = _in_force(entry, run)
    void(sheets)
    return [quietly(entry.competition, [sheet.judge.user for sheet in sheets])]


def _come(entry, run):
    """Whoever had a sheet of it before goes on with that one; then what is missing is handed out."""
    back = _revive(entry, run)
    made, _short = hand_out(entry.competition, run, [entry])
    return [*new_sheets(entry.competition, [*back, *made]), quietly(entry.competition)]


def _revive(entry, run):
    seats = {seat.pk for seat in seats_of(entry.competition)}
    barred = barred_from(entry.competition, [entry.pk]).get(entry.pk, set())
    rows = EntrySheet.objects.filter(entry=entry, stage=run.stage, state=SheetState.VOID)
    rows = rows.filter(judge__in=seats - barred).select_related("judge__user").prefetch_related("points")
    latest = {sheet.judge_id: sheet for sheet in rows.order_by("pk")}
    for sheet in latest.values():
        sheet.state = SheetState.DRAFT if sheet.points.all() else SheetState.TODO
        sheet.save(update_fields=["state", "updated_at"])
    return list(latest.values())


def _new_version(entry, run):
    """A sheet names the version it judges: open ones take the new one, sent ones go back to their judge."""
    sheets = _in_force(entry, run)
    version = entry.versions.last()
    sent = [sheet for sheet in sheets if sheet.state == SheetState.SUBMITTED]
    for sheet in sent:
        give_back(sheet)
    EntrySheet.objects.filter(pk__in=[sheet.pk for sheet in sheets]).update(version=version)
    keys = refresh_keys(entry.competition)
    told = [Announcement(events.SHEET_BACK, [s.judge.user], MINE, entry.competition.code, keys) for s in sent]
    return [*told, quietly(entry.competition)]
