"""How far judging is, for the organisers: counts while it runs, figures only of what is closed."""

from dataclasses import dataclass, field

from scoring.models import SheetState
from scoring.result import half_up

from ..models import EntrySheet, Stage, StageResult
from . import closing, finalists, handing_out
from .places import fraction
from .stages import SLUG_OF, entries_of, run_of, stages_of

_FIGURES = ("mean", "median", "spread")


@dataclass
class EntryLine:
    """One entry in a stage; `figures` and `rank` are None before the close."""

    entry: object
    sheets: list
    figures: dict | None = None
    rank: int | None = None
    disagreement: bool = False

    @property
    def sent(self):
        return sum(sheet.state == SheetState.SUBMITTED for sheet in self.sheets)


@dataclass
class JudgeLine:
    user: object
    given: int = 0
    sent: int = 0
    begun: int = 0


@dataclass
class StageBoard:
    stage: Stage
    window: object
    run: object
    result: StageResult | None
    each: int  # judges an entry should have
    entries: list = field(default_factory=list)
    judges: list = field(default_factory=list)
    assigning: object = None
    closing: object = None
    reopening: object = None
    shortlist: object = None
    finalists: list = field(default_factory=list)

    @property
    def slug(self):
        return SLUG_OF[self.stage]

    @property
    def state(self):
        if self.run is None or self.run.assigned_at is None:
            return "planned"
        return "closed" if self.run.closed_at else "open"

    @property
    def sent(self):
        return sum(line.sent for line in self.entries)

    @property
    def given(self):
        return sum(len(line.sheets) for line in self.entries)

    @property
    def short(self):
        """Entries with fewer judges than they should have, while that can be mended."""
        if self.state != "open":
            return []
        return [line for line in self.entries if len(line.sheets) < self.each]


def boards(competition, now, seats):
    """[StageBoard] of every stage, a constant number of queries a stage. `seats` that may judge."""
    return [_board(competition, stage, now, seats) for stage in stages_of(competition)]


def _board(competition, stage, now, seats):
    board = StageBoard(
        stage,
        competition.window(stage),
        run_of(competition, stage),
        closing.latest_result(competition, stage),
        len(seats) if stage == Stage.FINAL else competition.judges_each,
    )
    if board.state == "planned":
        board.assigning = handing_out.may_assign(competition, stage, now)
        return board
    sheets = _sheets(competition, stage)
    board.entries = [EntryLine(e, sheets.get(e.pk, [])) for e in _entries(competition, stage, board)]
    board.judges = _judges(board.entries)
    if board.state == "open":
        board.closing = closing.may_close(competition, stage, now)
        return board
    board.reopening = closing.may_reopen(competition, stage, now)
    _add_figures(board)
    if stage == Stage.PRELIMINARY:
        board.shortlist = finalists.may_choose(competition)
        board.finalists = list(competition.finalist_rows.select_related("entry").order_by("rank", "pk"))
    return board


def _entries(competition, stage, board):
    entries = list(entries_of(competition, stage))
    if board.result is None:
        return entries
    frozen = closing.entries_in(board.result)
    return [entry for entry in entries if entry.code in frozen]


def _sheets(competition, stage):
    found = {}
    rows = EntrySheet.objects.filter(competition=competition, stage=stage)
    rows = (
        rows.exclude(state__in=("recused", "void")).select_related("judge__user__staff").order_by("judge_id")
    )
    for sheet in rows:
        found.setdefault(sheet.entry_id, []).append(sheet)
    return found


def _judges(entries):
    lines = {}
    for sheet in (sheet for line in entries for sheet in line.sheets):
        line = lines.setdefault(sheet.judge_id, JudgeLine(sheet.judge.user))
        line.given += 1
        line.sent += sheet.state == SheetState.SUBMITTED
        line.begun += sheet.state == SheetState.DRAFT
    return list(lines.values())


def _add_figures(board):
    frozen = closing.entries_in(board.result)
    codes = [line.entry.code for line in board.entries]
    ranks = {place.key: place.rank for place in closing.ranking_of(board.result, codes)}
    for line in board.entries:
        result = frozen[line.entry.code]["result"]
        line.figures = {name: half_up(fraction(result["total"][name])) for name in _FIGURES}
        line.disagreement = result["disagreement"]
        line.rank = ranks[line.entry.code]
    board.entries.sort(key=lambda line: (line.rank, line.entry.number))
