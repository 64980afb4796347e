"""Finding somebody in service by name, with or without accents, or by staff code."""

from django.db.models import Q
from django.utils import timezone

from people.models import ServiceSpell, Staff, containing
from people.service import workplaces
from vietnamese.text import fold, nfc

SHORTEST = 2
AT_MOST = 10


def serving(day):
    """Staff with a time of service that contains `day`."""
    return Staff.objects.filter(pk__in=ServiceSpell.objects.filter(containing(day)).values("staff_id"))


def found_by(query, besides=()):
    """`[(person, unit name, position name)]`, at most ten; two queries. Every word must be in the name."""
    query = nfc(query)[:100]
    if len(query) < SHORTEST:
        return []
    today = timezone.localdate()
    named = Q()
    for word in fold(query).split():
        named &= Q(search_key__contains=word)
    people = serving(today).filter(named | Q(staff_code__istartswith=query)).exclude(pk__in=besides)
    found = sorted(
        people.order_by("order_key", "staff_code")[: 5 * AT_MOST],
        key=lambda person: query.casefold() not in person.full_name.casefold(),
    )[:AT_MOST]
    return with_workplaces(found, today)


def with_workplaces(people, day):
    """`[(person, unit name, position name)]` in the given order, one query."""
    where = workplaces([person.pk for person in people], day)
    return [
        (person, unit.name if unit else "", position)
        for person in people
        for unit, position in [where.get(person.pk, (None, ""))]
    ]


def person_by_code(code):
    """Somebody in service today by their code; None for anybody else."""
    return serving(timezone.localdate()).filter(staff_code=nfc(code)[:30]).first()
