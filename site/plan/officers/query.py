"""Who is in charge of what on a day: one query each."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.figures import Figure, Value
from people.models import containing
from vietnamese.text import people_order

from ..models import Officer, OfficerField

_OF_V2 = {OfficerField.DIGITAL, OfficerField.INNOVATION}  # V.5 speaks of these two


@dataclass(frozen=True)
class PublicOfficer:
    """All that everybody reads of one."""

    name: str
    position: str
    fields: tuple[str, ...]


def in_office(day):
    return Officer.objects.filter(containing(day), struck_at__isnull=True)


def public_officers(day: date | None = None) -> list[PublicOfficer]:
    """By name the Vietnamese way."""
    rows = in_office(day or timezone.localdate())
    found = [PublicOfficer(row.title, row.position, tuple(row.field_labels)) for row in rows]
    return sorted(found, key=lambda one: people_order(one.name))


def covered(lists_of_fields) -> frozenset[str]:
    """Which of the four fields somebody is in charge of."""
    return frozenset().union(*lists_of_fields) & frozenset(OfficerField.values)


def dedicated(officers) -> int:
    """How many of `(staff key, fields, dedicated)` are dedicated to digital transformation or innovation; one
    person counts once, whatever the number of decisions."""
    return len({staff for staff, fields, is_dedicated in officers if is_dedicated and _OF_V2 & set(fields)})


def _dedicated(year, day):
    number = dedicated(in_office(day).values_list("staff", "fields", "is_dedicated"))
    return Value(number, None, None, number >= 1, day, "plan.officers")


def _fields(year, day):
    number, of = len(covered(in_office(day).values_list("fields", flat=True))), len(OfficerField)
    return Value(number, of, f"{number * 1000 // of / 10:.1f}", number == of, day, "plan.officers")


def figures():
    yield Figure("V2", _("Dedicated officers for digital transformation and innovation"), _dedicated)
    yield Figure("E6", _("Fields with an officer in charge, of four"), _fields)
