"""Terms that run, reckoned anew once a day off was announced or taken back: the days on the rows of dossiers,
complaints and ideas of residents, and what is owed by them. What was decided or done keeps its day.
"""

from django.utils import timezone

from obligations.days_off import reckoned_by
from obligations.models import Obligation
from obligations.terms import end_of_running_term, term_of_months

from . import owing
from .benefits.owing import MEASUREMENT, bring_up_to_date, with_results
from .complaints import settle_due, take_up_due
from .history import record
from .lifecycle import MONTHS_OF, State
from .models import Complaint, Idea, Initiative
from .moves import CLOCK
from .suggestions import owing as ideas_owing

# The clocks that run in each state; the others are over, or have not begun.
RUNNING = {
    State.SUBMITTED: ("formality",),
    State.SUPPLEMENT_REQUESTED: ("supplement", "decision"),
    State.ACCEPTED: ("decision",),
    State.EVALUATING: ("decision",),
    State.EVALUATED: ("decision",),
}


def days_of(initiative, announced, today):
    """{field: (day before, day now)} of the running terms whose day is another one now."""
    moved = {}
    for clock in RUNNING.get(initiative.state, ()):
        field, start = f"{clock}_due_on", getattr(initiative, f"{clock}_from")
        told = getattr(initiative, field)
        if start and told:
            day = end_of_running_term(
                told, term_of_months(start, MONTHS_OF[clock], *announced), today, *announced
            )
            if day != told:
                moved[field] = (told, day)
    return moved


def dossiers(announced, now):
    today = timezone.localdate(now)
    rows = Initiative.objects.select_for_update(of=("self",)).for_workflow().filter(state__in=RUNNING)
    changed = []
    for initiative in rows.order_by("pk"):
        moved = days_of(initiative, announced, today)
        if not moved:
            continue
        for field, (_told, day) in moved.items():
            setattr(initiative, field, day)
        changed.append((initiative, moved))
    Initiative.objects.bulk_update(
        [initiative for initiative, _moved in changed], [f"{clock}_due_on" for clock in MONTHS_OF]
    )
    for initiative, moved in changed:
        days = {field: [told.isoformat(), day.isoformat()] for field, (told, day) in moved.items()}
        record(initiative, "term_moved", CLOCK, "clock", now, "", days)
    owing.follow([initiative for initiative, _moved in changed], now)


def open_complaints(announced, now):
    today, changed = timezone.localdate(now), []
    rows = Complaint.objects.select_for_update(of=("self",)).filter(settled_on=None)
    for complaint in rows.select_related("initiative").order_by("pk"):
        if complaint.taken_up_on:
            field = "settle_due_on"
            reckoned = settle_due(complaint.taken_up_on, complaint.is_complex, announced)
        else:
            field, reckoned = "take_up_due_on", take_up_due(complaint.filed_on, announced)
        told = getattr(complaint, field)
        day = end_of_running_term(told, reckoned, today, *announced)
        if day != told:
            setattr(complaint, field, day)
            changed.append(complaint)
    Complaint.objects.bulk_update(changed, ["take_up_due_on", "settle_due_on"])
    for complaint in changed:
        owing.owe_complaint(complaint, complaint.initiative, now)


def ideas_to_answer(announced, now):
    today, changed = timezone.localdate(now), []
    rows = Idea.objects.select_for_update(of=("self",)).filter(state__in=("received", "assigned"))
    for idea in rows.select_related("unit").order_by("pk"):
        reckoned = ideas_owing.answer_due(timezone.localdate(idea.received_at), announced)
        day = end_of_running_term(idea.answer_due_on, reckoned, today, *announced)
        if day != idea.answer_due_on:
            idea.answer_due_on = day
            changed.append(idea)
    Idea.objects.bulk_update(changed, ["answer_due_on"])
    for idea in changed:
        ideas_owing.follow(idea, now)


def measurements(announced, now):
    """Their days stand in the table alone: reckoned from the decision each time."""
    subjects = Obligation.objects.open().filter(kind=MEASUREMENT).values_list("subject", flat=True)
    pks = {int(subject.split(":")[1]) for subject in subjects}
    if pks:
        bring_up_to_date(with_results(Initiative.objects.published().filter(pk__in=pks)), now)


def register():
    for reckon in (dossiers, open_complaints, ideas_to_answer, measurements):
        reckoned_by(reckon)
