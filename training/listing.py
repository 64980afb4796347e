"""Which sessions a person sees, and the lists they stand in. Decided here, never in a template."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst

from .access import is_training_officer
from .enrolment import ON_THE_LIST, SEATED
from .lifecycle import SessionState
from .models import Enrolment, Session, Status

SHOWN = (SessionState.OPEN, SessionState.HELD, SessionState.CONFIRMED, SessionState.CANCELLED)


def visible_to(user):
    """The public: announced sessions of the public calendar. Staff: every announced one. Organisers their
    own, the training officer all, planned ones too."""
    rows = Session.objects.select_related("course")
    if is_training_officer(user):
        return rows
    announced = Q(state__in=SHOWN)
    if not is_staff_member(user):
        announced &= Q(is_public=True)
    return rows.filter(announced | Q(organiser=user)) if _has_account(user) else rows.filter(announced)


def is_public(session) -> bool:
    """Whether everybody may read it: announced, and of the public calendar."""
    return session.is_public and session.state in SHOWN


def managed_by(user):
    """Sessions this account runs: the training officer's are all."""
    rows = Session.objects.select_related("course")
    if is_training_officer(user):
        return rows
    return rows.filter(organiser=user) if _has_account(user) else rows.none()


def is_staff_member(user) -> bool:
    return _has_account(user) and getattr(user, "staff", None) is not None


def _has_account(user):
    return user.is_authenticated and user.is_active


def in_month(rows, year, month):
    first = date(year, month, 1)
    after = (first + timedelta(days=31)).replace(day=1)
    return rows.filter(held_on__gte=first, held_on__lt=after).order_by("held_on", "starts_at", "code")


def upcoming(rows, now_day):
    """From today on, soonest first, the cancelled left out."""
    ahead = rows.filter(held_on__gte=now_day).exclude(state=SessionState.CANCELLED)
    return ahead.order_by("held_on", "starts_at", "code")


def not_begun(rows, now):
    """Those that begin later than `now`."""
    local = timezone.localtime(now)
    return rows.exclude(held_on__lt=local.date()).exclude(held_on=local.date(), starts_at__lte=local.time())


def with_seats(sessions):
    """`[(session, taken, free)]`; free None: no limit. One query."""
    sessions = list(sessions)
    taken = dict.fromkeys((session.pk for session in sessions), 0)
    rows = Enrolment.objects.filter(session__in=taken, state__in=SEATED)
    for key in rows.values_list("session_id", flat=True):
        taken[key] += 1
    return [
        (
            session,
            taken[session.pk],
            None if session.capacity is None else session.capacity - taken[session.pk],
        )
        for session in sessions
    ]


def enrolments_of(staff):
    """Somebody's places on lists, sessions included."""
    return Enrolment.objects.filter(staff=staff, state__in=ON_THE_LIST).select_related("session__course")


@dataclass(frozen=True)
class Record:
    """One session in somebody's own list. `status` is what was noted, "" for nothing yet."""

    session: Session
    enrolment: str
    status: str
    minutes: int

    @property
    def counts(self):
        return self.session.state == SessionState.CONFIRMED and self.minutes > 0

    @property
    def enrolment_label(self):
        return capfirst(Enrolment.State(self.enrolment).label)

    @property
    def status_label(self):
        return capfirst(Status(self.status).label)


def record_of(staff) -> list[Record]:
    """Every session somebody had a place in or was marked at, the latest first; two queries."""
    places = {row.session_id: row for row in enrolments_of(staff)}
    marks = {row.session_id: row for row in staff.attendances.select_related("session__course")}
    sessions = {key: row.session for key, row in (*places.items(), *marks.items())}
    return [
        Record(
            session,
            places[key].state if key in places else "",
            marks[key].status if key in marks else "",
            marks[key].minutes if key in marks else 0,
        )
        for key, session in sorted(
            sessions.items(), key=lambda pair: (pair[1].held_on, pair[1].starts_at), reverse=True
        )
    ]
