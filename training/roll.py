"""Taking the roll (training.md §4): who is on it, what is marked, who waits, what still lacks a mark.

Marks are events of the organiser; `training.attendance` makes of them who was there. People off the list have
no seat, only marks: the list of seats never grows past the capacity because of them.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from people.models import Staff
from people.service import workplaces

from . import events, telling
from .access import may_manage
from .answers import YES, Answer, Refused, no, require
from .attendance import record
from .enrolment import SEATED
from .finding import serving
from .history import note
from .lifecycle import SessionState
from .models import COUNTED, Attendance, AttendanceEvent, Enrolment, Session, Status

_Source = AttendanceEvent.Source
OPENS_BEFORE = timedelta(minutes=60)
LATE_AFTER = timedelta(minutes=15)
NOT_LISTED = no("not_listed")
UNKNOWN = no("unknown_person")


@dataclass(frozen=True)
class Line:
    """One person of the roll. `listed` people have a seat, the others were added or accepted."""

    staff: Staff
    unit: str
    position: str
    listed: bool
    status: str = ""
    saved_at: datetime | None = None
    scanned_at: datetime | None = None


@dataclass(frozen=True)
class Tally:
    """What was counted, side by side: the list, the marks, the scans, the heads in the room."""

    listed: int
    marks: Counter
    scans: int
    by_hand: int
    off_list: int
    waiting: int
    head_count: int | None

    @property
    def people(self):
        return self.listed + self.off_list

    @property
    def marked(self):
        return sum(self.marks.values())

    @property
    def present(self):
        return self.marks[Status.PRESENT]

    @property
    def late(self):
        return self.marks[Status.LATE]

    @property
    def excused(self):
        return self.marks[Status.EXCUSED]

    @property
    def absent(self):
        return self.marks[Status.ABSENT]

    @property
    def left(self):
        return self.people - self.marked

    @property
    def in_room(self):
        """Whoever was marked as there, and whoever waits to be accepted."""
        return self.present + self.late + self.waiting


# ---- looking


def lines(session) -> list[Line]:
    """The roll, by given name; five queries whatever its length."""
    seated = set(
        Enrolment.objects.filter(session=session, state__in=SEATED).values_list("staff_id", flat=True)
    )
    status = dict(Attendance.objects.filter(session=session).values_list("staff_id", "status"))
    saved, scanned = {}, {}
    told = AttendanceEvent.objects.filter(session=session).order_by("at", "key")
    for staff_id, source, at in told.values_list("staff_id", "source", "at"):
        if source in (_Source.SCAN, _Source.SCAN_OFF_LIST):
            scanned[staff_id] = at
        if source != _Source.SCAN_OFF_LIST:
            saved[staff_id] = at
    keys = seated | status.keys()
    places = workplaces(keys, session.held_on)
    return [
        Line(
            staff=person,
            unit=unit.name if unit else "",
            position=position,
            listed=person.pk in seated,
            status=status.get(person.pk, ""),
            saved_at=saved.get(person.pk) if person.pk in status else None,
            scanned_at=scanned.get(person.pk),
        )
        for person in Staff.objects.filter(pk__in=keys).order_by("order_key", "staff_code")
        for unit, position in [places.get(person.pk, (None, ""))]
    ]


def unmarked(session) -> list[int]:
    """Keys of the people with a seat and without a mark."""
    marked = Attendance.objects.filter(session=session).values("staff_id")
    seated = Enrolment.objects.filter(session=session, state__in=SEATED)
    return list(seated.exclude(staff_id__in=marked).values_list("staff_id", flat=True))


def waiting_off_list(session) -> dict[int, datetime]:
    """`{staff key: when they scanned}` of the people off the list whom nobody has answered yet."""
    return waiting_by_session([session.pk]).get(session.pk, {})


def waiting_by_session(keys) -> dict[int, dict[int, datetime]]:
    """The same for many sessions, one query."""
    scanned, answered = defaultdict(dict), set()
    told = AttendanceEvent.objects.filter(session__in=keys)
    for session, staff, source, at in told.values_list("session_id", "staff_id", "source", "at"):
        if source == _Source.SCAN_OFF_LIST:
            scanned[session][staff] = at
        else:
            answered.add((session, staff))
    return {
        session: left
        for session, people in scanned.items()
        if (left := {staff: at for staff, at in people.items() if (session, staff) not in answered})
    }


def tally(session) -> Tally:
    """Head-count and scans are both kept and never made to agree (training.md §4). Three queries."""
    seated = set(
        Enrolment.objects.filter(session=session, state__in=SEATED).values_list("staff_id", flat=True)
    )
    status = dict(Attendance.objects.filter(session=session).values_list("staff_id", "status"))
    sources = defaultdict(set)
    for staff, source in AttendanceEvent.objects.filter(session=session).values_list("staff_id", "source"):
        sources[staff].add(source)
    scanned = {staff for staff, found in sources.items() if found & {_Source.SCAN, _Source.SCAN_OFF_LIST}}
    waiting = {staff for staff, found in sources.items() if found == {_Source.SCAN_OFF_LIST}}
    there = {staff for staff, mark in status.items() if mark in COUNTED}
    return Tally(
        listed=len(seated),
        marks=Counter(status.values()),
        scans=len(scanned),
        by_hand=len(there - scanned),
        off_list=len(status.keys() - seated),
        waiting=len(waiting),
        head_count=session.head_count,
    )


def may_take(session, user, *, now=None) -> Answer:
    """Whether the roll can be marked now."""
    if not may_manage(user, session):
        return no("only_managers")
    closed = {
        SessionState.DRAFT: "roll_not_open",
        SessionState.CONFIRMED: "roll_closed",
        SessionState.CANCELLED: "roll_cancelled",
    }
    if session.state in closed:
        return no(closed[session.state], state=session.state)
    opens = session.begins - OPENS_BEFORE
    return no("roll_too_early", moment=opens) if (now or timezone.now()) < opens else YES


# ---- marking


def mark(session, statuses, user, *, now=None) -> int:
    """Writes `{staff key: status}` of people on the roll; a mark that says nothing new is not written again.

    Returns how many were. As many queries for 200 people as for one. Raises `Refused`.
    """
    now = now or timezone.now()
    with transaction.atomic():
        session = Session.objects.locked(session.pk)
        require(may_take(session, user, now=now))
        if not set(statuses.values()) <= set(Status.values):
            raise Refused(no("bad_status"))
        if statuses.keys() - _on_the_roll(session, statuses.keys()):
            raise Refused(NOT_LISTED)
        return _write(session, statuses, user, now)


def add(session, staff, user, *, now=None, status=Status.PRESENT) -> int:
    """Puts somebody off the list on the roll, with their mark. Raises `Refused`."""
    now = now or timezone.now()
    with transaction.atomic():
        session = Session.objects.locked(session.pk)
        require(may_take(session, user, now=now))
        if not serving(timezone.localdate(now)).filter(pk=staff.pk).exists():
            raise Refused(UNKNOWN)
        return _write(session, {staff.pk: status}, user, now)


def take_back(session, staff, user, *, now=None) -> int:
    """Takes the mark of somebody off the list back: they were added by mistake. Raises `Refused`."""
    now = now or timezone.now()
    with transaction.atomic():
        session = Session.objects.locked(session.pk)
        require(may_take(session, user, now=now))
        if not Attendance.objects.filter(session=session, staff=staff).exists():
            raise Refused(NOT_LISTED)
        return _write(session, {staff.pk: ""}, user, now)


def answer_scan(session, staff, accept, user, *, now=None):
    """Accepts or refuses somebody who scanned without being on the list. Raises `Refused`."""
    now = now or timezone.now()
    with transaction.atomic():
        session = Session.objects.locked(session.pk)
        require(may_take(session, user, now=now))
        scanned_at = waiting_off_list(session).get(staff.pk)
        if scanned_at is None:
            raise Refused(no("not_waiting"))
        status = status_at(session, scanned_at) if accept else ""
        _write(session, {staff.pk: status}, user, now)
        if not accept:
            telling.tell(events.SCAN_REFUSED, [staff.pk], session)


def mark_the_rest_absent(session, user, now) -> int:
    """For the confirmation, inside its transaction: the organiser said that the others were absent."""
    return _write(session, dict.fromkeys(unmarked(session), Status.ABSENT), user, now)


def save_head_count(session, count, user, *, now=None):
    """How many were counted in the room; None takes the figure back. Raises `Refused`."""
    now = now or timezone.now()
    with transaction.atomic():
        session = Session.objects.locked(session.pk)
        require(may_take(session, user, now=now))
        if session.head_count != count:
            details = {"from": session.head_count, "to": count}
            session.head_count = count
            session.save(update_fields=["head_count"])
            note(session, "head_count", user, now, details=details)


def status_at(session, moment):
    """Present, or late from a quarter of an hour after the begin on."""
    return Status.LATE if moment > session.begins + LATE_AFTER else Status.PRESENT


def _on_the_roll(session, staff_ids) -> set[int]:
    seated = Enrolment.objects.filter(session=session, state__in=SEATED, staff__in=staff_ids)
    marked = Attendance.objects.filter(session=session, staff__in=staff_ids)
    return {*seated.values_list("staff_id", flat=True), *marked.values_list("staff_id", flat=True)}


def _write(session, statuses, user, now) -> int:
    """The session's row is locked: the number of an event in its person's row is free of doubles."""
    count, last = Counter(), {}
    told = AttendanceEvent.objects.filter(session=session, staff__in=statuses).order_by("at", "key")
    for staff, source, status in told.values_list("staff_id", "source", "status"):
        count[staff] += 1
        if source in (_Source.ROLL, _Source.IMPORT, _Source.REVERT):
            last[staff] = (source, status)
    fresh = [
        AttendanceEvent(
            key=f"roll:{session.pk}:{staff}:{count[staff]:05d}",
            session=session,
            staff_id=staff,
            status=status,
            source=_Source.ROLL,
            at=now,
            by=user,
            by_name=user.display_name,
        )
        for staff, status in sorted(statuses.items())
        if last.get(staff) != (_Source.ROLL, status)
    ]
    return record({session.pk: session.credit_minutes}, fresh)
