"""The council's board: how far the scoring of a round is. Counts while it runs; figures only after the close.

A constant number of queries whatever the rows: a page of dossiers, their sheets' states, their last results.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

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
class Line:
    """One dossier as the board shows it. `result` is None while scoring runs, whatever was frozen before."""

    initiative: Initiative
    sent: int
    seats: int
    result: FrozenResult | None
    due: date | None
    days: int | None  # to the due day, negative when overdue

    @property
    def is_open(self):
        return self.initiative.state == State.EVALUATING

    @property
    def is_overdue(self):
        return self.days is not None and self.days < 0

    @property
    def is_soon(self):
        return self.days is not None and 0 <= self.days <= SOON_DAYS

    @property
    def days_late(self):
        return -self.days


def rounds_of(user):
    """Rounds this officer's councils judge, the latest first."""
    councils = offices_of(user).values("appointment_id")
    return Round.objects.filter(appointment__in=councils).select_related("appointment", "rubric")


def dossiers(user, round_, today):
    """The round's dossiers as this officer follows them, with what the filters ask."""
    last = FrozenResult.objects.filter(
        initiative=OuterRef("pk"), evaluation_number=OuterRef("evaluation_number")
    ).order_by("-sequence")
    due = Coalesce("round__scoring_due_on", "decision_due_on")
    return (
        Initiative.objects.on_board_of(user)
        .filter(round=round_)
        .annotate(due=due, disagreed=Subquery(last.values("has_disagreement")[:1]))
    )


def conditions(today):
    """{filter: condition} over `dossiers`."""
    return {
        "": Q(),
        "cho-cham": Q(state=State.ACCEPTED),
        "dang-cham": Q(state=State.EVALUATING),
        "qua-han": Q(state=State.EVALUATING, due__lt=today),
        "lech": Q(disagreed=True) & ~Q(state__in=BEFORE_CLOSE),
        "da-khoa": ~Q(state__in=BEFORE_CLOSE),
    }


def counts(rows, today):
    """{filter: how many}, one query."""
    asked = {code: Count("pk", filter=condition) for code, condition in conditions(today).items() if code}
    found = rows.order_by().aggregate(all=Count("pk"), **{_name(code): c for code, c in asked.items()})
    return {"": found["all"], **{code: found[_name(code)] for code in asked}}


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


def sheets_in(rows):
    """(sent, all) sheets of these dossiers' current evaluations, one query."""
    found = (
        ScoreSheet.objects.current()
        .in_force()
        .filter(initiative__in=rows.values("pk"))
        .aggregate(all=Count("pk"), sent=Count("pk", filter=Q(state=SheetState.SUBMITTED)))
    )
    return found["sent"], found["all"]


def lines(initiatives, today):
    """`Line`s of dossiers loaded with unit and round: three queries for any number of them."""
    initiatives = list(initiatives)
    pks = [initiative.pk for initiative in initiatives]
    sent = dict(
        ScoreSheet.objects.current()
        .filter(initiative__in=pks, state=SheetState.SUBMITTED)
        .order_by()
        .values_list("initiative")
        .annotate(Count("pk"))
    )
    results = defaultdict(dict)
    frozen = FrozenResult.objects.filter(
        initiative__in=[i.pk for i in initiatives if i.state not in BEFORE_CLOSE]
    ).defer("payload")
    for result in frozen:  # by evaluation and sequence: the last one stays
        results[result.initiative_id][result.evaluation_number] = result
    seats = dict(
        Seat.objects.filter(appointment__in={i.round.appointment_id for i in initiatives})
        .exclude(role=SeatRole.ALTERNATE)
        .order_by()
        .values_list("appointment")
        .annotate(Count("pk"))
    )
    return [_line(i, sent, seats, results, today) for i in initiatives]


def _line(initiative, sent, seats, results, today):
    due = _due(initiative)
    return Line(
        initiative=initiative,
        sent=sent.get(initiative.pk, 0),
        seats=seats.get(initiative.round.appointment_id, 0),
        result=results[initiative.pk].get(initiative.evaluation_number),
        due=due,
        days=(due - today).days if due else None,
    )


def _due(initiative):
    if initiative.state == State.ACCEPTED:
        return initiative.decision_due_on
    if initiative.state == State.EVALUATING:
        return initiative.round.scoring_due_on or initiative.decision_due_on
    return None
