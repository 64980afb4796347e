"""A judge's own sheets: what is to do, how far each is. Nothing of who entered."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from scoring.models import SheetState

from ..lifecycle import EntryState
from ..models import EntrySheet, StageRun
from ..phases import phase_at
from .blind import blind
from .stages import GIVEN_UP


@dataclass(frozen=True)
class MySheet:
    sheet: EntrySheet
    title: str
    scored: int  # required criteria that have points by now
    required: int
    opens_at: datetime | None
    closes_at: datetime | None
    standing: str  # "to_do", "waiting" (judging has not begun), "sent" or "closed" (not handed in)

    @property
    def is_to_do(self):
        return self.standing in ("to_do", "waiting")


def my_sheets(user, now=None):
    """The sheets a judge fills or filled: a constant number of queries. Those of entries that left, and those
    they stood aside from, are not among them."""
    now = now or timezone.now()
    if not user.is_authenticated:
        return []
    sheets = list(
        sheets_of(user)
        .select_related("version", "entry", "competition__rubric")
        .prefetch_related("points", "competition__phases")
        .order_by("entry__blind_code", "pk")
    )
    closed = _closed({sheet.competition_id for sheet in sheets})
    lines = [_line(sheet, (sheet.competition_id, sheet.stage) in closed, now) for sheet in sheets]
    return sorted(lines, key=lambda line: (line.closes_at is None, line.closes_at or now))


def progress_of(user):
    """(sent, all) of the judge's sheets in stages that are not closed yet."""
    sheets = list(sheets_of(user).values_list("competition_id", "stage", "state"))
    closed = _closed({competition for competition, _stage, _state in sheets})
    states = [state for competition, stage, state in sheets if (competition, stage) not in closed]
    return sum(state == SheetState.SUBMITTED for state in states), len(states)


def sheets_of(user):
    """The sheets of a judge who still sits in the jury, of entries that are still in."""
    sheets = EntrySheet.objects.filter(judge__user=user, judge__ended_at__isnull=True)
    return sheets.exclude(state__in=GIVEN_UP).filter(entry__state=EntryState.SUBMITTED)


def _closed(competitions):
    runs = StageRun.objects.filter(competition__in=competitions, closed_at__isnull=False)
    return set(runs.values_list("competition_id", "stage"))


def _line(sheet, is_closed, now):
    rubric = sheet.competition.rubric.rubric
    given = {point.criterion for point in sheet.points.all() if point.points is not None}
    window = sheet.competition.window(sheet.stage)
    return MySheet(
        sheet,
        blind(sheet.version).title,
        sum(criterion.code in given for criterion in rubric.required),
        len(rubric.required),
        window.opens_at if window else None,
        window.closes_at if window else None,
        _standing(sheet, is_closed, window, now),
    )


def _standing(sheet, is_closed, window, now):
    if sheet.state == SheetState.SUBMITTED:
        return "sent"
    if is_closed or window is None:
        return "closed"
    standing = phase_at([window], now)
    if standing.is_over:
        return "closed"
    return "to_do" if standing.current else "waiting"
