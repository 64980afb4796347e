"""Whose yearly extract somebody reads: one's own, the subtree's for a unit head, everybody's for the
personnel officer, and for the training officer, who reads the records."""

from django.utils import timezone

from people.models import ServiceSpell, Staff, Unit, UnitAssignment, containing
from people.roles import Role, has_role
from people.units import UnitTree, headed_units

from .. import record

FIRST_YEAR = 2024  # what came before the portal can still be entered: commendations, courses


def visible_to(user, day=None):
    if has_role(user, Role.PERSONNEL_OFFICER):
        return Staff.objects.all()
    return record.visible_to(user, day or timezone.localdate())


def units_of(user, day=None):
    """The units whose people's extracts somebody takes together, in the order of the tree; [] for most."""
    tree, day = UnitTree.load(), day or timezone.localdate()
    if has_role(user, Role.PERSONNEL_OFFICER):
        return [unit for _depth, unit in tree.in_order()]
    headed = headed_units(user, day, tree)
    return [unit for _depth, unit in tree.in_order() if unit.pk in headed]


def people_of(unit: Unit, day=None):
    """Those in service on `day` (today) whose primary unit is this one or below it."""
    day = day or timezone.localdate()
    members = UnitAssignment.objects.filter(
        containing(day), is_primary=True, unit__in=UnitTree.load().subtree(unit.pk)
    )
    serving = ServiceSpell.objects.filter(containing(day))
    people = Staff.objects.filter(pk__in=members.values("staff")).filter(pk__in=serving.values("staff"))
    return people.order_by("order_key", "staff_code")


def years(today=None) -> list[int]:
    today = today or timezone.localdate()
    return list(range(today.year, FIRST_YEAR - 1, -1))


def year_asked(text, today=None) -> int:
    """The year of an address; this one for anything that is none."""
    known = years(today)
    return int(text) if (text or "").isdecimal() and int(text) in known else known[0]
