"""A crowd's sessions and attendance, written in bulk: rows that say the same as if each had passed the doors.

Nothing here is offered to a person or reachable from a page. Each session is confirmed once, when its row is
made, with seats, events, the attendance they amount to and its history. Nobody is notified: it all lies in
the past. The seed decides the content.
"""

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.utils import timezone

from obligations.terms import working_day_by
from people.models import ServiceSpell, Staff, UnitAssignment, User
from people.samples.calendar import at
from people.samples.crowd import told_codes
from people.units import UnitTree
from training.models import (
    Attendance,
    AttendanceEvent,
    Enrolment,
    Session,
    SessionHistory,
    SessionState,
)
from training.models.sessions import minutes_between

ATTENDED_A_YEAR = 768_000 / (42_000 * 3)  # sessions a person is marked in (training.md §9)
_PEOPLE_A_SESSION = 45
_TRAINING_DAYS_A_YEAR = 60  # the whole city trains on these, so that sessions fall on the same hours
_NEVER_CAME = 0.07  # of the people, in a year
_GUESTS = 0.03  # of those in a room, from another ward
_ONE_CANCELLED_IN = 50  # sessions
_CONFIRMED_AFTER = 6  # days; later ones are held and not confirmed yet
# Some of one half-day overlap.
_HOURS = [
    (time(8), time(11)),
    (time(8, 30), time(10)),
    (time(9, 30), time(11, 30)),
    (time(14), time(16, 30)),
    (time(14), time(15, 30)),
    (time(19, 30), time(21)),
]
_MARKS = {"present": 88, "late": 6, "excused": 3, "absent": 3}
_MANY = 1_000  # people from which on the database is told to look at its tables anew


@dataclass(slots=True)
class _Person:
    key: int
    since: date
    until: date
    missed: frozenset[int]  # years without any training

    def could_come(self, day):
        return self.since <= day < self.until and day.year not in self.missed


def load_more(size, now, courses):
    """Trains everybody beyond the people described. `courses`: {code: course} of all years concerned."""
    rng = random.Random(f"training:{size.seed}")  # noqa: S311 - repeatable on purpose
    today = timezone.localdate(now)
    wards = _people_by_ward(rng, range(today.year - size.years, today.year + 1))
    if not wards:
        return
    everybody = [person for people in wards.values() for person in people]
    desk = _Desk(rng, today, size.years, courses, everybody)
    for ward, people in wards.items():
        desk.train(ward, people)
    if len(everybody) > _MANY:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def first_year(today, years) -> int:
    """Of the time that is told."""
    return (today - timedelta(days=365 * years)).year


def _people_by_ward(rng, years):
    """{ward code: people}, the crowd alone; whoever has no unit goes to the first ward."""
    tree = UnitTree.load()
    roots = {key: tree.path(key)[0].code for key in tree.by_key}
    crowd = list(
        Staff.objects.filter(is_sample=True)
        .exclude(staff_code__in=told_codes())
        .order_by("staff_code")
        .values_list("pk", flat=True)
    )
    ward_of, serves = {}, defaultdict(list)
    placed = UnitAssignment.objects.filter(is_primary=True).order_by("start_on")
    for staff, unit in placed.values_list("staff_id", "unit_id"):
        ward_of[staff] = roots[unit]
    for staff, start, end in ServiceSpell.objects.values_list("staff_id", "start_on", "end_before"):
        serves[staff].append((start, end or date.max))
    found = defaultdict(list)
    for key in crowd:
        missed = frozenset(year for year in years if rng.random() < _NEVER_CAME)
        since, until = min(serves[key])[0], max(end for _start, end in serves[key])
        found[ward_of[key]].append(_Person(key, since, until, missed))
    return dict(sorted(found.items()))


class _Desk:
    """What all wards share."""

    def __init__(self, rng, today, years, courses, everybody):
        self.rng, self.today, self.years, self.everybody = rng, today, years, everybody
        self.by_year = defaultdict(list)
        for code, course in sorted(courses.items()):
            self.by_year[int(code.split("-")[1])].append(course)
        self.organiser = User.objects.select_related("staff").get(username="daotao")
        ago = rng.sample(range(1, 365 * years), _TRAINING_DAYS_A_YEAR * years)
        self.days = [working_day_by(today - timedelta(days=days)) for days in sorted(ago)]

    def train(self, ward, people):
        """All sessions of one ward with everything that belongs to them."""
        rows = round(len(people) * self.years * ATTENDED_A_YEAR)
        together = max(2, min(_PEOPLE_A_SESSION, len(people) // 4))
        count = max(1, rows // together)
        held = [self._session(ward, number) for number in range(count)]
        cancelled = [
            self._session(ward, number, is_cancelled=True)
            for number in range(count, count + count // _ONE_CANCELLED_IN)
        ]
        sessions = Session.objects.bulk_create(held + cancelled, batch_size=500)
        marked = []
        for number, session in enumerate(sessions[:count]):
            marked += self._mark(session, people, rows // count + (number < rows % count))
        self._write(marked)
        SessionHistory.objects.bulk_create(
            [line for session in sessions for line in self._history(session)], batch_size=500
        )

    def _session(self, ward, number, *, is_cancelled=False):
        rng = self.rng
        day, (begins, ends) = rng.choice(self.days), rng.choice(_HOURS)
        course = rng.choice(self.by_year[day.year])
        if is_cancelled:
            state = SessionState.CANCELLED
        elif (self.today - day).days < _CONFIRMED_AFTER:
            state = SessionState.HELD
        else:
            state = SessionState.CONFIRMED
        online = begins >= time(19)
        return Session(
            code=f"{course.code}-{ward}-{number + 1:03d}",
            course=course,
            held_on=day,
            starts_at=begins,
            ends_at=ends,
            credit_minutes=minutes_between(begins, ends),
            capacity=None if online else 2 * _PEOPLE_A_SESSION,
            state=state,
            state_since=at(day, 17),
            place="Trực tuyến" if online else "Hội trường tầng 3",
            presenter="Sở Khoa học và Công nghệ",
            mode="online" if online else "in_person",
            is_public=False,
            organiser=self.organiser,
            is_sample=True,
        )

    def _mark(self, session, people, wanted):
        """(session, staff key, status) of whoever is marked."""
        rng = self.rng
        free = [person.key for person in people if person.could_come(session.held_on)]
        keys = set(rng.sample(free, min(wanted, len(free))))
        for key in sorted(keys):
            guest = rng.choice(self.everybody) if rng.random() < _GUESTS else None
            if guest and guest.could_come(session.held_on) and guest.key not in keys:
                keys.remove(key)
                keys.add(guest.key)
        statuses = rng.choices(list(_MARKS), list(_MARKS.values()), k=len(keys))
        return [(session, key, status) for key, status in zip(sorted(keys), statuses, strict=True)]

    def _write(self, marked):
        by, name = self.organiser.pk, self.organiser.display_name
        moments = {session.pk: _stored(at(session.held_on, session.ends_at.hour)) for session, *_ in marked}
        asked = {
            session.pk: _stored(at(session.held_on, 8) - timedelta(days=7)) for session, *_rest in marked
        }
        insert_rows(
            Enrolment,
            ("session", "staff", "state", "asked_at", "changed_at", "by"),
            (
                (session.pk, key, "enrolled", asked[session.pk], asked[session.pk], by)
                for session, key, _status in marked
            ),
        )
        insert_rows(
            AttendanceEvent,
            ("key", "session", "staff", "status", "minutes", "source", "at", "by", "by_name", "reason"),
            (
                (
                    _event_key(session, key),
                    session.pk,
                    key,
                    status,
                    None,
                    "roll",
                    moments[session.pk],
                    by,
                    name,
                    "",
                )
                for session, key, status in marked
            ),
        )
        insert_rows(
            Attendance,
            ("session", "staff", "status", "minutes", "session_minutes"),
            (
                (session.pk, key, status, _minutes(session, status), session.credit_minutes)
                for session, key, status in marked
            ),
        )

    def _history(self, session):
        day = session.held_on
        yield self._line(session, "create", day - timedelta(days=30), "draft", "draft")
        yield self._line(session, "open", day - timedelta(days=28), "draft", "open")
        if session.state == SessionState.CANCELLED:
            reason = "Báo cáo viên có lịch đột xuất."
            yield self._line(session, "cancel", day - timedelta(days=1), "open", "cancelled", reason)
            return
        yield self._line(session, "hold", day, "open", "held")
        if session.state == SessionState.CONFIRMED:
            yield self._line(session, "confirm", day, "held", "confirmed", hour=22)

    def _line(self, session, step, day, source, target, reason="", hour=8):
        return SessionHistory(
            session=session,
            at=at(day, hour),
            transition=step,
            from_state=source,
            to_state=target,
            user=self.organiser,
            actor_name=self.organiser.display_name,
            actor_code=self.organiser.staff.staff_code,
            reason=reason,
        )


def _event_key(session, staff):
    return f"roll:{session.pk}:{staff}:00000"  # as training.roll names the first


def _minutes(session, status):
    return session.credit_minutes if status in ("present", "late") else 0


def _stored(moment: datetime):
    """As this database keeps it."""
    return connection.ops.adapt_datetimefield_value(moment)


def insert_rows(model, names, rows):
    """Plain rows, past the ORM: hundreds of thousands of them."""
    columns = ", ".join(connection.ops.quote_name(model._meta.get_field(name).column) for name in names)
    places = ", ".join(["%s"] * len(names))
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            statement = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608 # nosec B608 - our names
            cursor.executemany(statement, rows)
