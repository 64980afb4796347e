"""When results are to be measured: 3, 6 and 12 calendar months after the decision that recognised it."""

from django.db.models import OuterRef, Subquery

from ideas.models import Decision, DecisionKind
from obligations.terms import term_of_months

MONTHS = (3, 6, 12)


def due_on(recognised_on, months, announced):
    """The last day of the term (Bộ luật Dân sự, Điều 148): from 30/11 three months end on 28 or 29/02."""
    return term_of_months(recognised_on, months, *announced)


def with_day_of_recognition(initiatives):
    """The queryset with `recognised_on`, the day of the last decision to recognise; None in old records."""
    decisions = Decision.objects.filter(initiative=OuterRef("pk"), kind=DecisionKind.RECOGNISE)
    return initiatives.annotate(recognised_on=Subquery(decisions.order_by("-pk").values("decided_on")[:1]))


def recognised_on(initiative):
    """The same for one dossier; reads prefetched decisions."""
    days = [d.decided_on for d in initiative.decisions.all() if d.kind == DecisionKind.RECOGNISE]
    return days[-1] if days else None
