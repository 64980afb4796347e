"""Whom to call up: people in service by unit, or all who still miss what the course counts for."""

from dataclasses import dataclass

from django.utils import timezone

from people.models import Staff, UnitAssignment, containing
from people.service import workplaces
from people.units import UnitTree

from . import enrolment, priority
from .enrolment import ON_THE_LIST, SEATED
from .finding import serving
from .models import Attendance, Enrolment

AT_MOST = 500  # rows a page; a larger unit is called up part by part
_State = Enrolment.State


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be called up. `value` is what the form sends."""

    staff: Staff
    unit: str
    is_missing: bool
    state: str  # their enrolment, "" for none

    @property
    def value(self):
        return str(self.staff.pk)

    @property
    def has_seat(self):
        return self.state in SEATED


@dataclass(frozen=True)
class Choice:
    """What the page offers: units to choose from, the people of the choice, and who is ticked at first."""

    units: list
    unit: object
    only_missing: bool
    counts: bool  # whether the course counts for anything in the session's year
    people: list
    is_cut: bool

    @property
    def asked(self):
        return self.only_missing or self.unit is not None

    @property
    def proposed(self):
        """All who miss it are ticked when they were asked for; of a unit nobody is."""
        if not self.only_missing:
            return set()
        return {person.value for person in self.people if not person.has_seat}

    @property
    def free_to_choose(self):
        return [person for person in self.people if not person.has_seat]


def choice_for(session, query) -> Choice:
    """`?don-vi=CODE` (with everything under it), `?thieu=1`, or both."""
    today = timezone.localdate()
    tree = UnitTree.load()
    unit = tree.by_code(query.get("don-vi", "")) if query.get("don-vi") else None
    only_missing = query.get("thieu") == "1"
    missing = priority.still_missing(session, today=today)
    people = serving(today).filter(**_of_unit(tree, unit, today)) if unit else serving(today)
    if only_missing:
        people = people.filter(pk__in=missing)
    elif unit is None:
        people = people.none()
    found = list(people.order_by("order_key", "staff_code")[: AT_MOST + 1])
    places = workplaces([person.pk for person in found], today)
    states = dict(Enrolment.objects.filter(session=session).values_list("staff_id", "state"))
    return Choice(
        units=[(depth, each) for depth, each in tree.in_order()],
        unit=unit,
        only_missing=only_missing,
        counts=bool(priority.requirement_codes(session)),
        people=[
            Candidate(person, _name(places, person), person.pk in missing, states.get(person.pk, ""))
            for person in found[:AT_MOST]
        ],
        is_cut=len(found) > AT_MOST,
    )


def keys_of(texts) -> set[int]:
    """Staff keys of a posted choice; anything else is dropped."""
    return {int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 16}


@dataclass(frozen=True)
class Place:
    """One line of a session's list. `number` counts seats, or places in line."""

    number: int
    staff: Staff
    unit: str
    position: str
    row: Enrolment
    may_go: bool  # off the list again: nobody who is marked, nobody once the session is over and done


def groups_of(session):
    """`[(state code, lines)]`: with a seat by given name, then the waiting list in its order."""
    rows = list(Enrolment.objects.filter(session=session, state__in=ON_THE_LIST).select_related("staff"))
    marked = set(Attendance.objects.filter(session=session).values_list("staff_id", flat=True))
    if session.state not in enrolment.CHANGEABLE:
        marked |= {row.staff_id for row in rows}
    places = workplaces([row.staff_id for row in rows], session.held_on)
    seated = sorted(
        (row for row in rows if row.state in SEATED),
        key=lambda row: (row.staff.order_key, row.staff.staff_code),
    )
    waiting = priority.in_order(session, [row for row in rows if row.state == _State.WAITLISTED])
    return [("seated", _places(seated, places, marked)), ("waitlisted", _places(waiting, places, marked))]


def _places(rows, places, marked):
    nowhere = (None, "")
    return [
        Place(number, row.staff, unit.name if unit else "", position, row, row.staff_id not in marked)
        for number, row in enumerate(rows, 1)
        for unit, position in [places.get(row.staff_id, nowhere)]
    ]


def _of_unit(tree, unit, day):
    here = UnitAssignment.objects.filter(containing(day), is_primary=True, unit__in=tree.subtree(unit.pk))
    return {"pk__in": here.values("staff_id")}


def _name(places, person):
    unit, _position = places.get(person.pk, (None, ""))
    return unit.name if unit else ""
