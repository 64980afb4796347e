"""What waits for the head of the ward: voted on in a closed meeting, neither decided nor sent back."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from .capacities import DEPUTY, HEAD, acting_capacity
from .lifecycle import State
from .models import AgendaItem, Complaint, Conclusion, Decision, Initiative
from .models.meeting import MeetingState
from .moves import Actor, Move


def decides(user):
    """Whether this person decides today: the head, or a deputy by a delegation in force."""
    return (
        acting_capacity((HEAD, DEPUTY), None, Move("recognise", Actor.of(user), timezone.now())) is not None
    )


def voted_on(rows):
    """Of these dossiers, those that were voted on and wait for the decision."""
    voted = AgendaItem.objects.filter(
        initiative=OuterRef("pk"),
        evaluation_number=OuterRef("evaluation_number"),
        recorded_at__isnull=False,
        meeting__state=MeetingState.CLOSED,
    ).exclude(conclusion=Conclusion.COMPLETE_AGAIN)
    return rows.filter(Exists(voted), state=State.EVALUATED)


def waiting(user):
    """Dossiers this person may read that wait for a decision, the first due first."""
    return voted_on(Initiative.objects.visible_to(user)).order_by("decision_due_on", "code")


def decided(user):
    """Decisions about dossiers this person may read, the latest first."""
    return (
        Decision.objects.filter(initiative__in=Initiative.objects.visible_to(user))
        .select_related("initiative")
        .order_by("-decided_on", "-pk")
    )


def complaints(user):
    """Complaints about dossiers this person may read that are not settled yet, the first due first."""
    return (
        Complaint.objects.filter(initiative__in=Initiative.objects.visible_to(user), settled_on__isnull=True)
        .select_related("initiative")
        .order_by("settle_due_on", "take_up_due_on", "pk")
    )
