"""Seats of a session: asked for, given by call-up, given back; the waiting list moves up by itself.

Every function that writes locks the session's row first, so that seats are counted one after another:
enrolled and called up never exceed the capacity, whoever comes at the same moment.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from notifications.events import announce_many
from people.models import ServiceSpell, Staff, containing
from people.service import in_service

from . import events, priority, telling
from .access import may_manage
from .answers import YES, Answer, Refused, no, require
from .history import note
from .lifecycle import SessionState
from .models import Attendance, Enrolment, Session

_State = Enrolment.State
SEATED = (_State.INVITED, _State.ENROLLED)
ON_THE_LIST = (*SEATED, _State.WAITLISTED)
CHANGEABLE = (SessionState.OPEN, SessionState.HELD)  # while the organiser may take people off the list


@dataclass(frozen=True)
class Seats:
    """Seats of a session. `free` is None where there is no limit."""

    capacity: int | None
    taken: int
    waiting: int

    @property
    def free(self):
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    @property
    def is_full(self):
        return self.free == 0


def seats_of(session) -> Seats:
    states = list(Enrolment.objects.filter(session=session).values_list("state", flat=True))
    taken = sum(state in SEATED for state in states)
    return Seats(session.capacity, taken, states.count(_State.WAITLISTED))


# ---- asking


def may_enrol(session, staff, *, now=None, row=None) -> Answer:
    """Whether `staff` (None for an account without one) may ask for a seat. `row` is their enrolment."""
    now = now or timezone.now()
    if staff is None:
        return no("no_staff")
    if session.state != SessionState.OPEN:
        return no("not_open", state=session.state)
    if session.has_begun(now):
        return no("begun", moment=session.begins)
    if not in_service(staff, timezone.localdate(now)):
        return no("not_in_service")
    return YES


def may_give_back(session, row, *, now=None) -> Answer:
    """Whether the person of `row` (None: not on the list) may leave by themselves."""
    now = now or timezone.now()
    if row is None or row.state not in ON_THE_LIST:
        return no("no_seat_held")
    if row.state == _State.INVITED:
        return no("called_up")
    if session.state != SessionState.OPEN:
        return no("not_open", state=session.state)
    return no("begun", moment=session.begins) if session.has_begun(now) else YES


def may_call_up(session, user) -> Answer:
    if not may_manage(user, session):
        return no("only_managers")
    if session.state != SessionState.OPEN:
        return no("not_open_for_call_up", state=session.state)
    return YES


def queue_place(session, staff, today=None):
    """`(place, length)` of somebody on the waiting list, 1 being next; None for everybody else."""
    waiting = list(Enrolment.objects.filter(session=session, state=_State.WAITLISTED))
    order = [row.staff_id for row in priority.in_order(session, waiting, today)]
    return (order.index(staff.pk) + 1, len(order)) if staff.pk in order else None


# ---- by the person


def enrol(session, user, *, now=None) -> Enrolment:
    """A seat, or a place on the waiting list; asking twice is asking once. Raises `Refused`."""
    now = now or timezone.now()
    staff = getattr(user, "staff", None)
    with transaction.atomic():
        session = Session.objects.locked(session.pk)
        require(may_enrol(session, staff, now=now))
        row, made = Enrolment.objects.get_or_create(
            session=session,
            staff=staff,
            defaults={"state": _State.WAITLISTED, "asked_at": now, "changed_at": now, "by": user},
        )
        if not made and row.state in ON_THE_LIST:
            return row
        if not made:
            row.state, row.asked_at, row.changed_at, row.by = _State.WAITLISTED, now, now, user
            row.save(update_fields=["state", "asked_at", "changed_at", "by"])
        moved_up = move_up(session, now)
        _tell_seats(session, set(moved_up) - {staff.pk})
        row.refresh_from_db()
    return row


def give_back(session, user, *, now=None):
    """Leaves the session; whoever waits first gets the seat. Raises `Refused`."""
    now = now or timezone.now()
    staff = getattr(user, "staff", None)
    with transaction.atomic():
        session = Session.objects.locked(session.pk)
        row = Enrolment.objects.filter(session=session, staff=staff).first() if staff else None
        require(may_give_back(session, row, now=now))
        _close(row, user, now)
        _tell_seats(session, move_up(session, now))


# ---- by the organiser


def call_up(session, staff_ids, user, *, now=None) -> int:
    """Gives a seat to each of `staff_ids`, all or nobody. Whoever has one already is left alone.

    Returns how many are new. Raises `Refused`: too few seats, nobody chosen, not open.
    """
    now = now or timezone.now()
    with transaction.atomic():
        session = Session.objects.locked(session.pk)
        require(may_call_up(session, user))
        chosen = _in_service(staff_ids, timezone.localdate(now))
        if not chosen:
            raise Refused(no("nobody_chosen", "people"))
        rows = {row.staff_id: row for row in Enrolment.objects.filter(session=session)}
        seated = {key for key, row in rows.items() if row.state in SEATED}
        fresh = sorted(chosen - seated)
        if session.capacity is not None and len(seated) + len(fresh) > session.capacity:
            free = max(0, session.capacity - len(seated))
            raise Refused(no("no_room", "people", free=free, asked=len(fresh)))
        # Those enrolled already are called up as well: the same seat, but no longer by choice alone.
        _invite([rows[key] for key in sorted(chosen & rows.keys())], now, user)
        Enrolment.objects.bulk_create(
            Enrolment(
                session=session, staff_id=key, state=_State.INVITED, asked_at=now, changed_at=now, by=user
            )
            for key in sorted(chosen - rows.keys())
        )
        if fresh:
            note(session, "call_up", user, now, details={"count": len(fresh)})
            telling.tell(events.CALLED_UP, fresh, session)
    return len(fresh)


def take_off(session, staff, user, *, now=None):
    """The organiser takes somebody off the list; the seat passes on. Raises `Refused`."""
    now = now or timezone.now()
    with transaction.atomic():
        session = Session.objects.locked(session.pk)
        row = Enrolment.objects.filter(session=session, staff=staff).first()
        require(_may_take_off(session, row, user))
        _close(row, user, now)
        note(session, "take_off", user, now, details={"staff_code": staff.staff_code})
        moved_up = move_up(session, now)
        announce_many(
            [
                telling.say(events.SEAT_TAKEN_BACK, telling.accounts_of([staff.pk]), session),
                telling.say(events.SEAT_GIVEN, telling.accounts_of(moved_up), session),
                telling.say(events.SESSION_MOVED, [session.organiser_id], session),
            ]
        )


def _may_take_off(session, row, user):
    if not may_manage(user, session):
        return no("only_managers")
    if session.state not in CHANGEABLE:
        return no("is_closed", state=session.state)
    if row is None or row.state not in ON_THE_LIST:
        return no("not_listed")
    marked = Attendance.objects.filter(session=session, staff=row.staff_id).exists()
    return no("already_marked") if marked else YES


# ---- the waiting list


def move_up(session, now) -> list[int]:
    """Gives the free seats to the waiting list, while the session is open and has not begun. The session's
    row is locked by the caller, who also tells them. Returns the keys of whoever got a seat."""
    if session.state != SessionState.OPEN or session.has_begun(now):
        return []
    rows = list(Enrolment.objects.filter(session=session, state__in=ON_THE_LIST))
    waiting = [row for row in rows if row.state == _State.WAITLISTED]
    free = len(waiting) if session.capacity is None else session.capacity - (len(rows) - len(waiting))
    if free <= 0 or not waiting:
        return []
    if free < len(waiting):
        waiting = priority.in_order(session, waiting, timezone.localdate(now))
    chosen = waiting[:free]
    keys = [row.pk for row in chosen]
    Enrolment.objects.filter(pk__in=keys).update(state=_State.ENROLLED, changed_at=now)
    return [row.staff_id for row in chosen]


def _tell_seats(session, staff_ids):
    telling.tell(events.SEAT_GIVEN, staff_ids, session)


def _close(row, user, now):
    row.state, row.changed_at, row.by = _State.CANCELLED, now, user
    row.save(update_fields=["state", "changed_at", "by"])


def _invite(rows, now, user):
    for row in rows:
        row.state, row.changed_at, row.by = _State.INVITED, now, user
    Enrolment.objects.bulk_update(rows, ["state", "changed_at", "by"])


def _in_service(staff_ids, day) -> set[int]:
    serving = ServiceSpell.objects.filter(containing(day), staff__in=staff_ids).values("staff_id")
    return set(Staff.objects.filter(pk__in=serving).values_list("pk", flat=True))
