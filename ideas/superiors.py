"""Who is told that others are late: whoever keeps the dossier, whoever presides, whoever decides.

Which of them, and after how many working days, is the setting `OBLIGATION_ESCALATIONS`."""

from django.utils.translation import gettext_lazy as _

from notifications.reminders import telling
from obligations.kinds import Superior
from people.roles import Role, holders_of

from .capacities import DEPUTY, HEAD, acting_capacity, council_for
from .models import Complaint, Initiative
from .moves import CLOCK, Actor, Move


def deciders(now):
    """The head, and a deputy whose delegation runs."""
    return [
        user
        for user in holders_of(Role.HEAD, Role.DEPUTY_HEAD).select_related("staff")
        if acting_capacity((HEAD, DEPUTY), None, Move("recognise", Actor.of(user), now))
    ]


def dossiers_of(obligations):
    """{obligation pk: dossier}: the subject names the dossier, or a complaint about it."""
    keys = {row.pk: (row.subject.split(":")[0], int(row.subject.split(":")[1])) for row in obligations}
    complaints = dict(
        Complaint.objects.filter(
            pk__in=[key for sort, key in keys.values() if sort == "complaint"]
        ).values_list("pk", "initiative")
    )
    of = {pk: complaints.get(key) if sort == "complaint" else key for pk, (sort, key) in keys.items()}
    rows = Initiative.objects.for_workflow().in_bulk({key for key in of.values() if key})
    return {pk: rows[key] for pk, key in of.items() if key in rows}


def _in_seat(name):
    """Whoever does the work of that seat on each dossier, on the day of telling."""

    def people(obligations, now):
        move, found = Move("remind", CLOCK, now), {}
        for pk, initiative in dossiers_of(obligations).items():
            council = council_for(initiative, move)
            seat = getattr(council, name)(initiative) if council else None
            found[pk] = [seat.staff.user] if seat and seat.staff else []
        return found

    return people


def _who_decides(obligations, now):
    found = deciders(now)
    return {row.pk: found for row in obligations}


_PEOPLE = {
    "secretary": (_("council secretary"), _in_seat("keeping")),
    "chair": (_("council chair"), _in_seat("presiding")),
    "head": (_("head of the ward"), _who_decides),
}


def superiors(event, *codes, beside=None):
    """`Kind.superiors` for these codes. `beside` names who owes it: nobody is told about themselves."""
    return {
        code: Superior(_PEOPLE[code][0], telling(event, _others(_PEOPLE[code][1], beside))) for code in codes
    }


def _others(people, beside):
    if beside is None:
        return people

    def others(obligations, now):
        owing = {pk: _keys(found) for pk, found in beside(obligations, now).items()}
        return {
            pk: _keys(found) - owing.get(pk, frozenset()) for pk, found in people(obligations, now).items()
        }

    return others


def _keys(people):
    return {getattr(person, "pk", person) for person in people} - {None}
