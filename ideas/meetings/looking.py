"""Which meetings and councils somebody sees, what can go on an agenda, what stands on one. Reads only."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from ..lifecycle import State
from ..models import AgendaItem, Appointment, Initiative, Meeting, SeatRole
from ..models.meeting import MeetingState
from ..moves import Actor
from ..sitting import Sitting


def meetings_visible_to(user):
    """Meetings of the councils this person holds a seat in, alternates included; nobody else's."""
    staff = getattr(user, "staff", None)
    if not user.is_authenticated or not user.is_active or staff is None:
        return Meeting.objects.none()
    return Meeting.objects.filter(appointment__seats__staff=staff)


def appointments_kept_by(user, now=None):
    """Councils in term whose meetings this person may plan: as secretary, or presiding in the absence."""
    now = now or timezone.now()
    actor = Actor.of(user)
    if actor.staff_id is None:
        return []
    today = timezone.localdate(now)
    mine = Appointment.objects.filter(
        seats__staff=actor.staff_id,
        seats__role__in=(SeatRole.CHAIR, SeatRole.VICE_CHAIR, SeatRole.SECRETARY),
    )
    return [a for a in mine if a.contains(today) and _planner(a, actor, now)]


def _planner(appointment, actor, now):
    return Sitting(Meeting(appointment=appointment), now).may_run(actor)


def can_be_put_on(appointment, meeting=None):
    """Scored initiatives of this council's rounds that are neither voted on nor on another open agenda."""
    elsewhere = AgendaItem.objects.filter(
        initiative=OuterRef("pk"), evaluation_number=OuterRef("evaluation_number")
    ).filter(Q(recorded_at__isnull=False) | ~Q(meeting__state=MeetingState.CLOSED))
    if meeting is not None and meeting.pk:
        elsewhere = elsewhere.exclude(meeting=meeting, recorded_at__isnull=True)
    return (
        Initiative.objects.filter(state=State.EVALUATED, round__appointment=appointment)
        .exclude(Exists(elsewhere))
        .order_by("decision_due_on", "code")
    )


def items_of(meeting):
    """The agenda with all that rules and pages look at: a constant number of queries."""
    initiatives = Initiative.objects.for_workflow()
    items = list(meeting.items.prefetch_related("votes__staff"))
    found = {i.pk: i for i in initiatives.filter(pk__in=[item.initiative_id for item in items])}
    for item in items:
        item.initiative = found[item.initiative_id]
        item.meeting = meeting
    return items
