"""Planning a meeting: its time, its place and its agenda."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from notifications.events import announce_many
from vietnamese.text import nfc

from .. import events
from ..models import AgendaItem, Appointment, Initiative, Meeting
from ..models.meeting import MeetingState
from ..moves import Actor
from ..sitting import Sitting
from .asking import may_run
from .locking import lock_meeting, save_meeting
from .looking import can_be_put_on
from .refusals import MeetingRefused, refusal, require
from .telling import invitation, refresh_pages


def plan_meeting(user, appointment, *, starts_at, place, initiatives, now=None):
    """A planned meeting with its agenda; every seat is invited. Raises MeetingRefused."""
    now = now or timezone.now()
    actor = Actor.of(user)
    with transaction.atomic():
        appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
        year = timezone.localdate(starts_at).year
        meeting = Meeting(
            appointment=appointment,
            number=_next_number(appointment, year),
            starts_at=starts_at,
            place=nfc(place),
            is_sample=appointment.is_sample,
        )
        sitting = Sitting(meeting, now)
        require(may_run("plan_meeting", sitting, actor))
        _check_time(appointment, starts_at, now)
        meeting.save()
        _put_on(meeting, initiatives)
        announce_many([invitation(events.MEETING_INVITED, sitting)])
    return meeting


def _next_number(appointment, year):
    last = Meeting.objects.filter(appointment=appointment, starts_at__year=year).aggregate(Max("number"))
    return (last["number__max"] or 0) + 1


def _check_time(appointment, starts_at, now):
    day = timezone.localdate(starts_at)
    if day < timezone.localdate(now):
        raise MeetingRefused(refusal("plan_meeting", "meeting_in_past", field="day"))
    if not appointment.contains(day):
        raise MeetingRefused(refusal("plan_meeting", "meeting_outside_term", field="day"))


def change_meeting(user, meeting, *, starts_at, place, initiatives, base_version, now=None):
    """Another time, place or agenda. Time and place only before it is open, and everybody hears of it."""
    with transaction.atomic():
        meeting, sitting, actor = lock_meeting(user, meeting, base_version, now)
        require(may_run("change_meeting", sitting, actor))
        if meeting.state == MeetingState.CLOSED:
            raise MeetingRefused(refusal("change_meeting", "meeting_closed"))
        moved = (meeting.starts_at, meeting.place) != (starts_at, nfc(place))
        if moved:
            if meeting.state != MeetingState.PLANNED:
                raise MeetingRefused(refusal("change_meeting", "meeting_not_planned"))
            _check_time(meeting.appointment, starts_at, sitting.now)
            meeting.starts_at, meeting.place = starts_at, nfc(place)
        changed = _put_on(meeting, initiatives)
        if moved or changed:
            save_meeting(meeting, "starts_at", "place")
            announce_many([invitation(events.MEETING_CHANGED, sitting)])
    return meeting


def _put_on(meeting, initiatives):
    """Makes the agenda hold these, in this order, beside what is recorded. True when that changed it."""
    wanted = [initiative.pk for initiative in initiatives]
    # The dossiers are locked before they are looked at: two secretaries do not put one on two agendas.
    locked = set(
        can_be_put_on(meeting.appointment, meeting)
        .filter(pk__in=wanted)
        .order_by("pk")
        .select_for_update(of=("self",))
        .values_list("pk", flat=True)
    )
    lost = [initiative.code for initiative in initiatives if initiative.pk not in locked]
    if lost:
        raise MeetingRefused(
            refusal("plan_meeting", "agenda_not_free", {"codes": ", ".join(lost)}, field="initiatives")
        )
    pending = {item.initiative_id: item for item in meeting.items.filter(recorded_at__isnull=True)}
    meeting.items.filter(pk__in=[item.pk for pk, item in pending.items() if pk not in locked]).delete()
    start = meeting.items.filter(recorded_at__isnull=False).count()
    numbers = dict(Initiative.objects.filter(pk__in=locked).values_list("pk", "evaluation_number"))
    fresh = []
    for order, pk in enumerate(wanted, start=start + 1):
        if pk in pending:
            AgendaItem.objects.filter(pk=pending[pk].pk).update(order=order, evaluation_number=numbers[pk])
        else:
            fresh.append(
                AgendaItem(meeting=meeting, initiative_id=pk, evaluation_number=numbers[pk], order=order)
            )
    AgendaItem.objects.bulk_create(fresh)
    return bool(fresh) or bool(set(pending) - locked)


def take_off(user, item, *, base_version, now=None):
    """An item without a result leaves the agenda; a later meeting can take it up."""
    with transaction.atomic():
        meeting, sitting, actor = lock_meeting(user, item.meeting, base_version, now)
        item = AgendaItem.objects.select_for_update().get(pk=item.pk, meeting=meeting)
        require(may_run("take_off", sitting, actor), item.initiative)
        if meeting.state == MeetingState.CLOSED or item.recorded_at:
            raise MeetingRefused(refusal("take_off", "already_voted"), item.initiative)
        item.delete()
        save_meeting(meeting)
        refresh_pages(sitting, item)
    return meeting
