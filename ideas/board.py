"""The council's board: how far the scoring of a round is. Counts while it runs; figures only after the close.

A constant number of queries whatever the rows: one counts what the filters show, one reads a page of dossiers
with the counts of their sheets and their last result as annotations.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Coalesce

from config.states import look_of
from scoring.models import SheetState

from .access import offices_of
from .lifecycle import State
from .models import Author, FrozenResult, Initiative, Round, ScoreSheet, Seat, SeatRole
from .text import title_key

PAGE = 50
SOON_DAYS = 3
FILTERS = ("", "cho-cham", "dang-cham", "qua-han", "lech", "da-khoa")
# Whatever comes after scoring counts as closed; a board never shows figures of what is open again.
BEFORE_CLOSE = (State.ACCEPTED, State.EVALUATING)


@dataclass(frozen=True)
class Figures:
    """What a board shows of a frozen result."""

    mean: Decimal | None
    spread: Decimal | None
    has_disagreement: bool
    for_city: bool


@dataclass(frozen=True)
class Line:
    """One dossier as the board shows it. `result` is None while scoring runs, whatever was frozen before."""

    initiative: Initiative
    sent: int
    seats: int
    result: Figures | None
    waiting: tuple  # open sheets, by seat: who still has to send one
    due: date | None
    days: int | None  # to the due day, negative when overdue

    @property
    def is_open(self):
        return self.initiative.state == State.EVALUATING

    @property
    def state_label(self):
        return State(self.initiative.state).label

    @property
    def look(self):
        """Tone and icon of the state: a row draws its badge itself, fifty of them to a page."""
        return look_of(self.initiative.state)

    @property
    def is_overdue(self):
        return self.days is not None and self.days < 0

    @property
    def is_soon(self):
        return self.days is not None and 0 <= self.days <= SOON_DAYS

    @property
    def late_names(self):
        """Who has not sent yet, after having declared: by name, for whoever leads the council's work."""
        return ", ".join(s.staff.full_name for s in self.waiting if not s.waits_for_declaration)

    @property
    def undeclared_names(self):
        """Who has not even said whether a conflict of interest stands between."""
        return ", ".join(s.staff.full_name for s in self.waiting if s.waits_for_declaration)

    @property
    def days_late(self):
        return -self.days


def rounds_of(user):
    """Rounds this officer's councils judge, the latest first; `has_dossiers` where the board has rows."""
    councils = offices_of(user).values("appointment_id")
    here = Initiative.objects.on_board_of(user).filter(round=OuterRef("pk"))
    rounds = Round.objects.filter(appointment__in=councils).select_related("appointment", "rubric")
    return rounds.annotate(has_dossiers=Exists(here))


def chosen_round(rounds, address):
    """The round asked for, else the latest with dossiers to score, else the latest."""
    asked = (r for r in rounds if address_of(r) == address)
    with_dossiers = (r for r in rounds if r.has_dossiers)
    return next(asked, None) or next(with_dossiers, None) or next(iter(rounds), None)


def address_of(round_):
    """How a round stands in an address: 2026-2."""
    return f"{round_.year}-{round_.number}"


def dossiers(user, round_):
    """The round's dossiers as this officer follows them, with what filters and lines ask."""
    return annotated(Initiative.objects.on_board_of(user).filter(round=round_))


def annotated(initiatives):
    last = FrozenResult.objects.filter(
        initiative=OuterRef("pk"), evaluation_number=OuterRef("evaluation_number")
    ).order_by("-sequence")
    current = ScoreSheet.objects.in_force().filter(
        initiative=OuterRef("pk"), evaluation_number=OuterRef("evaluation_number")
    )
    seats = Seat.objects.filter(appointment=OuterRef("round__appointment")).exclude(role=SeatRole.ALTERNATE)
    return initiatives.annotate(
        due=Coalesce("round__scoring_due_on", "decision_due_on"),
        sheets_open_or_sent=_how_many(current, "initiative"),
        sheets_sent=_how_many(current.filter(state=SheetState.SUBMITTED), "initiative"),
        seats_voting=_how_many(seats, "appointment"),
        result_pk=Subquery(last.values("pk")[:1]),
        result_mean=Subquery(last.values("mean")[:1]),
        result_spread=Subquery(last.values("spread")[:1]),
        result_disagrees=Subquery(last.values("has_disagreement")[:1]),
        result_for_city=Subquery(last.values("for_city")[:1]),
    )


def _how_many(rows, group):
    counted = rows.order_by().values(group).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def conditions(today):
    """{filter: condition} over `dossiers`."""
    return {
        "": Q(),
        "cho-cham": Q(state=State.ACCEPTED),
        "dang-cham": Q(state=State.EVALUATING),
        "qua-han": Q(state=State.EVALUATING, due__lt=today),
        "lech": Q(result_disagrees=True) & ~Q(state__in=BEFORE_CLOSE),
        "da-khoa": ~Q(state__in=BEFORE_CLOSE),
    }


def counts(rows, today):
    """({filter: how many}, sheets sent, sheets in all), one query."""
    asked = {code: Count("pk", filter=condition) for code, condition in conditions(today).items() if code}
    found = rows.order_by().aggregate(
        all=Count("pk"),
        sent=Sum("sheets_sent"),
        sheets=Sum("sheets_open_or_sent"),
        **{_name(code): count for code, count in asked.items()},
    )
    numbers = {"": found["all"], **{code: found[_name(code)] for code in asked}}
    return numbers, found["sent"] or 0, found["sheets"] or 0


def _name(code):
    return code.replace("-", "_")


def search(rows, text, unit):
    """By title without accents, code or author; and by unit."""
    if unit:
        rows = rows.filter(unit=unit)
    key = title_key(text or "")
    if not key:
        return rows
    names = Author.objects.filter(initiative=OuterRef("pk")).filter(
        Q(staff__search_key__contains=key) | Q(full_name__icontains=text.strip())
    )
    return rows.filter(Q(title_key__contains=key) | Q(code__icontains=text.strip()) | Exists(names))


def order(rows):
    """What is being scored first, the earliest due on top; then what waits, then what is closed."""
    rank = Case(When(state=State.EVALUATING, then=0), When(state=State.ACCEPTED, then=1), default=2)
    return rows.order_by(rank, F("due").asc(nulls_last=True), "pk")


def lines(initiatives, today):
    """`Line`s of `annotated` dossiers loaded with unit and round; asks one query for the names."""
    initiatives = list(initiatives)
    waiting = _waiting(initiatives)
    return [_line(initiative, waiting.get(initiative.pk, ()), today) for initiative in initiatives]


def _waiting(initiatives):
    """{initiative key: open sheets} of what is being scored. States and names, never points."""
    scored = [initiative.pk for initiative in initiatives if initiative.state == State.EVALUATING]
    found = {}
    sheets = ScoreSheet.objects.current().filter(
        initiative__in=scored, state__in=(SheetState.TODO, SheetState.DRAFT)
    )
    for sheet in sheets.select_related("staff", "seat").order_by("seat__number"):
        found.setdefault(sheet.initiative_id, []).append(sheet)
    return {pk: tuple(sheets) for pk, sheets in found.items()}


def _line(initiative, waiting, today):
    due = _due(initiative)
    return Line(
        initiative=initiative,
        sent=initiative.sheets_sent,
        seats=initiative.seats_voting,
        result=_figures(initiative),
        waiting=waiting,
        due=due,
        days=(due - today).days if due else None,
    )


def _figures(initiative):
    if initiative.state in BEFORE_CLOSE or initiative.result_pk is None:
        return None
    return Figures(
        initiative.result_mean,
        initiative.result_spread,
        initiative.result_disagrees,
        initiative.result_for_city,
    )


def _due(initiative):
    if initiative.state == State.ACCEPTED:
        return initiative.decision_due_on
    if initiative.state == State.EVALUATING:
        return initiative.round.scoring_due_on or initiative.decision_due_on
    return None
