"""Finding a colleague by name, with or without accents, or by staff code."""

from django.db.models import Q
from django.utils import timezone

from people.models import ServiceSpell, Staff, containing
from people.service import workplaces
from vietnamese.text import fold, nfc

SHORTEST = 2
AT_MOST = 10


def _in_service(day):
    return Staff.objects.filter(pk__in=ServiceSpell.objects.filter(containing(day)).values("staff_id"))


def found_on_roster(query, besides=()):
    """`[(person, unit name, position name)]` of people in service today; two queries, at most ten people.

    Every word must be in the name; exact accents come first. No date of birth, no e-mail: a name to choose.
    """
    query = nfc(query)[:100]
    if len(query) < SHORTEST:
        return []
    today = timezone.localdate()
    by_name = Q()
    for word in fold(query).split():
        by_name &= Q(search_key__contains=word)
    people = _in_service(today).filter(by_name | Q(staff_code__istartswith=query)).exclude(pk__in=besides)
    found = sorted(
        people.order_by("order_key", "staff_code")[: 5 * AT_MOST],
        key=lambda person: query.casefold() not in person.full_name.casefold(),
    )[:AT_MOST]
    where = workplaces([person.pk for person in found], today)
    nowhere = (None, "")
    return [
        (person, unit.name if unit else "", position)
        for person in found
        for unit, position in [where.get(person.pk, nowhere)]
    ]


def person_in_service(pk):
    """The person of a posted choice, in service today; None for anything else."""
    if not str(pk).isdecimal() or len(str(pk)) > 12:
        return None
    return _in_service(timezone.localdate()).select_related("user").filter(pk=int(pk)).first()
