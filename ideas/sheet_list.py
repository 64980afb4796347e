"""A member's own sheets: what is to do, how far each is, how many of the council's are in. Counts alone."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from people.models import containing
from scoring.models import SheetState

from .access import _staff_of
from .lifecycle import State
from .models import Author, Conflict, ScoreSheet, Seat, SeatRole

OPEN = (SheetState.TODO, SheetState.DRAFT)


@dataclass(frozen=True)
class MySheet:
    sheet: ScoreSheet
    sent: int  # sheets of this dossier that are in
    seats: int
    due: date | None

    @property
    def initiative(self):
        return self.sheet.initiative

    @property
    def is_to_do(self):
        return self.sheet.is_open and self.initiative.state == State.EVALUATING

    @property
    def waits_for_declaration(self):
        """Whether this member has yet to say that nothing connects them with the dossier."""
        return self.is_to_do and self.sheet.waits_for_declaration

    @property
    def authors(self):
        return ", ".join(author.full_name for author in self.initiative.authors.all())

    @property
    def was_not_handed_in(self):
        return self.sheet.is_open and not self.is_to_do

    @property
    def scored(self):
        """Required criteria that have points by now."""
        given = {p.criterion for p in self.sheet.points.all() if p.points is not None}
        return sum(c.code in given for c in self.initiative.rubric.rubric.required)

    @property
    def required(self):
        return len(self.initiative.rubric.rubric.required)


def my_sheets(user, pk=None):
    """The sheets a person fills or filled in running and closed evaluations: five queries for any number.

    Nothing of dossiers they are an author of or stand aside from.
    """
    staff = _staff_of(user)
    if staff is None:
        return []
    sheets = _own(staff).select_related("initiative__round", "initiative__rubric")
    sheets = sheets.prefetch_related("points", "initiative__authors")
    if pk is not None:
        sheets = sheets.filter(pk=pk)
    sheets = list(sheets.order_by("-initiative__evaluation_number", "initiative__code"))
    sent = _sent([sheet.initiative_id for sheet in sheets])
    seats = _seats({sheet.initiative.round.appointment_id for sheet in sheets})
    lines = [
        MySheet(
            sheet,
            sent.get(sheet.initiative_id, 0),
            seats.get(sheet.initiative.round.appointment_id, 0),
            sheet.initiative.round.scoring_due_on or sheet.initiative.decision_due_on,
        )
        for sheet in sheets
    ]
    return sorted(lines, key=lambda line: (line.due or date.max, line.initiative.code))


def _own(staff):
    author = Author.objects.filter(initiative=OuterRef("initiative"), staff=staff)
    conflict = Conflict.objects.filter(initiative=OuterRef("initiative"), staff=staff)
    return ScoreSheet.objects.of(staff).current().in_force().filter(~Exists(author), ~Exists(conflict))


def _waits(now=None):
    today = timezone.localdate(now)
    return Q(state__in=OPEN, initiative__state=State.EVALUATING) & containing(
        today, "initiative__round__appointment__"
    )


def waiting_sheets(staff, now):
    """The sheets this person has to fill in, as a queryset."""
    return _own(staff).filter(_waits(now))


def waiting_among(user, pks):
    """Those of these sheets that this person has to fill in now."""
    staff = _staff_of(user)
    return list(waiting_sheets(staff, timezone.now()).filter(pk__in=pks).order_by("pk")) if staff else []


def sent_and_undecided(staff):
    """Those they have sent of dossiers that are not decided yet."""
    undecided = (State.EVALUATING, State.EVALUATED)
    return _own(staff).filter(state=SheetState.SUBMITTED, initiative__state__in=undecided)


def progress_of(user, now=None):
    """(sent, all) of the person's sheets whose dossiers are not decided yet."""
    staff = _staff_of(user)
    if staff is None:
        return (0, 0)
    found = _own(staff).aggregate(
        sent=Count(
            "pk",
            filter=Q(state=SheetState.SUBMITTED, initiative__state__in=(State.EVALUATING, State.EVALUATED)),
        ),
        waiting=Count("pk", filter=_waits(now)),
    )
    return found["sent"], found["sent"] + found["waiting"]


def _sent(initiatives):
    rows = ScoreSheet.objects.filter(
        initiative__in=initiatives,
        evaluation_number=F("initiative__evaluation_number"),
        state=SheetState.SUBMITTED,
    )
    return dict(rows.order_by().values_list("initiative").annotate(Count("pk")))


def _seats(appointments):
    rows = Seat.objects.filter(appointment__in=appointments).exclude(role=SeatRole.ALTERNATE)
    return dict(rows.order_by().values_list("appointment").annotate(Count("pk")))
