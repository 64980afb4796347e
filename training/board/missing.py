"""Who is missing: what each lacks, where they have a seat, which session can help. Pages and the workbook."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Q

from .. import coverage, forecast
from ..coverage import State
from ..coverage.query import PersonState
from ..models import Enrolment, RequirementCourse, Session, SessionState
from .asking import Asked

_SEATED = (Enrolment.State.INVITED, Enrolment.State.ENROLLED)
_ON_THE_LIST = (*_SEATED, Enrolment.State.WAITLISTED)


@dataclass(frozen=True)
class Missing:
    """`lacks` is in minutes. `seats`: sessions of theirs to come or to be confirmed, the nearest first.
    `waits`: trained as soon as those held are confirmed. `helps`: the nearest session with a seat."""

    person: PersonState
    unit_name: str
    lacks: int
    seats: list[Enrolment] = field(default_factory=list)
    waits: bool = False
    comes: bool = False  # trained if every seat is taken up
    helps: Session | None = None

    @property
    def key(self) -> str:
        """Its value in a form."""
        return str(self.person.staff_id)


@dataclass(frozen=True)
class MissingList:
    people: list[Missing]
    sessions: list[Session]  # open, ahead, with a seat; each with `free`, None without limit

    @property
    def without_seat(self):
        return sum(1 for one in self.people if not (one.seats or one.waits))

    @property
    def waiting(self):
        return sum(1 for one in self.people if one.waits)


def missing_people(asked: Asked, unit=None) -> MissingList:
    """Everybody missing in sight, or in the subtree of `unit`, by given name. Five queries."""
    units = asked.units if unit is None else asked.tree.subtree(unit.pk)
    found = coverage.people(asked.policy, asked.day, states=[State.MISSING], units=units, tree=asked.tree)
    found.sort(key=lambda person: (person.order_key, person.staff_code))
    sessions = helping_sessions(asked)
    seats = _seats(asked)
    common = {"units": units, "tree": asked.tree}
    waiting = forecast.who_once_confirmed(asked.policy, asked.day, **common)
    ahead = forecast.day_ahead(asked.policy, asked.day, asked.today)
    coming = forecast.who_if_all_come(asked.policy, ahead, **common) if ahead else set()
    return MissingList(
        [_missing(asked, person, seats[person.staff_id], sessions, waiting, coming) for person in found],
        sessions,
    )


def _missing(asked, person, seats, sessions, waiting, coming):
    own = {seat.session_id for seat in seats}
    return Missing(
        person,
        asked.tree.by_key[person.unit_id].name if person.unit_id else "",
        asked.policy.min_minutes - person.minutes,
        seats,
        person.staff_id in waiting,
        person.staff_id in coming,
        next((session for session in sessions if session.pk not in own), None),
    )


def _counting(asked):
    courses = RequirementCourse.objects.filter(requirement=asked.policy.requirement, year=asked.year)
    return Session.objects.filter(
        course__in=courses.values("course"),
        held_on__gte=asked.policy.credit_from,
        held_on__lt=asked.policy.window[1],
    )


def helping_sessions(asked: Asked) -> list[Session]:
    """Open sessions from today on that count for the requirement and year and have a seat, nearest first."""
    seated = Count("enrolments", filter=Q(enrolments__state__in=_SEATED))
    rows = (
        _counting(asked)
        .filter(state=SessionState.OPEN, held_on__gte=asked.today)
        .annotate(taken=seated)
        .select_related("course")
        .order_by("held_on", "starts_at", "code")
    )
    found = []
    for session in rows:
        session.free = None if session.capacity is None else session.capacity - session.taken
        if session.free is None or session.free > 0:
            found.append(session)
    return found


def _seats(asked):
    """`{staff key: enrolments}` in open and held sessions that count, the nearest first. One query."""
    ahead = _counting(asked).filter(state__in=[SessionState.OPEN, SessionState.HELD])
    rows = (
        Enrolment.objects.filter(session__in=ahead.order_by(), state__in=_ON_THE_LIST)
        .select_related("session")
        .order_by("session__held_on", "session__starts_at")
    )
    found = defaultdict(list)
    for row in rows:
        found[row.staff_id].append(row)
    return found
