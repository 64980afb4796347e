"""Courses and sessions as the office writes them; each change is told to whom it concerns."""

import re

from django.db import transaction
from django.utils import timezone

from notifications.events import announce_many

from . import enrolment, events, telling
from .access import may_manage
from .answers import YES, Answer, Refused, no, require
from .attendance import project
from .catalogue import set_counting
from .history import note
from .lifecycle import SessionState
from .models import Attendance, Course, Session

FIELDS = (
    "course",
    "held_on",
    "starts_at",
    "ends_at",
    "credit_minutes",
    "capacity",
    "place",
    "presenter",
    "mode",
    "note",
    "is_public",
    "organiser",
)
_TOLD = ("held_on", "starts_at", "ends_at", "place")
_CHANGEABLE = (SessionState.DRAFT, SessionState.OPEN, SessionState.HELD)


# ---- courses


def save_course(course, requirements, years):
    """Writes a course and what it counts for."""
    with transaction.atomic():
        course.save()
        set_counting(course, requirements, years)
    return course


def next_session_code(course) -> str:
    """The course's code with the next running number: KNS-2026-04-03."""
    numbers = [
        int(found[1])
        for code in Session.objects.filter(code__startswith=f"{course.code}-").values_list("code", flat=True)
        if (found := re.fullmatch(rf"{re.escape(course.code)}-(\d{{1,4}})", code))
    ]
    return f"{course.code}-{max(numbers, default=0) + 1:02d}"[:30]


# ---- sessions


def may_change(session, user) -> Answer:
    if not may_manage(user, session):
        return no("only_managers")
    return YES if session.state in _CHANGEABLE else no("is_closed", state=session.state)


def create(code, values, user, *, now=None) -> Session:
    """A planned session. `values` as checked by the form. Raises `Refused` for what the session cannot be."""
    now = now or timezone.now()
    with transaction.atomic():
        session = Session(code=code, state_since=now, **values)
        _check(session, 0, now)
        session.save()
        note(session, "create", user, now)
    return session


def last_seen(session) -> int:
    """What a page remembers of the history it was drawn from."""
    return session.history.order_by("-pk").values_list("pk", flat=True).first() or 0


def change(session, values, user, *, seen=None, now=None) -> Session:
    """Writes changed fields; people with a seat hear of another day, time or place, the waiting list moves
    up into new seats, credited minutes follow. Raises `Refused`; `seen`: the history the page was drawn from.
    """
    now = now or timezone.now()
    with transaction.atomic():
        session = Session.objects.locked(session.pk)
        require(may_change(session, user))
        before = {name: getattr(session, name) for name in FIELDS}
        changed = [name for name in FIELDS if name in values and values[name] != before[name]]
        if not changed:
            return session
        if seen is not None and last_seen(session) != seen:
            raise Refused(no("changed_meanwhile"))
        for name in changed:
            setattr(session, name, values[name])
        _check(session, enrolment.seats_of(session).taken, now)
        session.save(update_fields=changed)
        if "credit_minutes" in changed:
            _credit_anew(session)
        moved_up = enrolment.move_up(session, now) if "capacity" in changed else []
        details = {name: [_plain(before[name]), _plain(values[name])] for name in changed}
        note(session, "change", user, now, details=details)
        _tell(session, changed, moved_up, user)
    return session


def _check(session, taken, now):
    if session.ends_at <= session.starts_at:
        raise Refused(no("ends_before_start", "ends_at"))
    if session.credit_minutes > session.length:
        raise Refused(no("credit_too_long", "credit_minutes", length=session.length))
    if session.capacity is not None and session.capacity < taken:
        raise Refused(no("below_taken", "capacity", taken=taken))
    if session.state == SessionState.HELD and session.held_on > timezone.localdate(now):
        raise Refused(no("day_in_future", "held_on"))


def _credit_anew(session):
    """What being there counts has changed: every mark is folded again with the new figure."""
    staff = Attendance.objects.filter(session=session).values_list("staff_id", flat=True)
    project({(session.pk, key) for key in staff}, {session.pk: session.credit_minutes})


def _tell(session, changed, moved_up, user):
    announcements = [
        telling.say(events.SEAT_GIVEN, telling.accounts_of(moved_up), session),
        telling.say(events.SESSION_MOVED, [session.organiser_id], session),
    ]
    if session.state == SessionState.OPEN and not set(_TOLD).isdisjoint(changed):
        heard = set(telling.accounts_of(telling.with_a_seat_or_waiting(session))) - {user.pk}
        announcements.insert(0, telling.say(events.CHANGED, heard, session))
    announce_many(announcements)


def _plain(value):
    """As JSON keeps it."""
    if isinstance(value, Course):
        return value.code
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value if isinstance(value, str | int | bool | None) else str(value)
