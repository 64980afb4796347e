"""Who hears of what happens to a session: its code, its address and what to do; never a name or a title."""

from notifications.events import Announcement, announce_many
from people.models import User

from . import events
from .models import Attendance, Enrolment


def refresh_keys(session):
    return (f"session:{session.pk}",)


def say(event, recipients, session, link=None):
    """`recipients` are accounts or their keys; None is left out."""
    return Announcement(
        event,
        [user for user in recipients if user],
        link=link or session.get_absolute_url(),
        subject=session.code,
        refresh=refresh_keys(session),
    )


def accounts_of(staff_ids):
    """Keys of the accounts of these people; one query."""
    return list(User.objects.filter(staff__in=staff_ids, is_active=True).values_list("pk", flat=True))


def tell(event, staff_ids, session):
    """One event to people by their staff keys, and quietly to whoever runs the session."""
    announce_many(
        [
            say(event, accounts_of(staff_ids), session),
            say(events.SESSION_MOVED, [session.organiser_id], session),
        ]
    )


def tell_step(session, move):
    loud = _LOUD.get(move.step)
    announcements = list(move.announcements)
    if loud:
        event, audience = loud
        heard = set(accounts_of(audience(session))) - {move.user.pk}
        announcements.append(say(event, heard, session))
    announcements.append(say(events.SESSION_MOVED, [session.organiser_id], session))
    announce_many(announcements)


def with_a_seat_or_waiting(session):
    """Keys of everybody who counts on the session."""
    return list(
        Enrolment.objects.filter(session=session)
        .exclude(state=Enrolment.State.CANCELLED)
        .values_list("staff_id", flat=True)
    )


def _marked(session):
    return list(Attendance.objects.filter(session=session).values_list("staff_id", flat=True))


_LOUD = {
    "confirm": (events.CONFIRMED, _marked),
    "reopen": (events.REOPENED, _marked),
    "cancel": (events.CANCELLED, with_a_seat_or_waiting),
}
