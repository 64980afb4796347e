"""The heads a unit has: who is told of what the unit owes."""

from people.models import UnitAssignment, User, containing
from people.roles import Role
from people.units import UnitTree


def heads_of(unit_keys, day):
    """{unit key: open accounts of its heads on `day`}: those of the unit itself, else of the nearest unit
    above that has one. Three queries for any number."""
    tree = UnitTree.load()
    paths = {key: [unit.pk for unit in tree.path(key)] for key in unit_keys if key in tree.by_key}
    by_unit = _heads_by_unit({key for path in paths.values() for key in path}, day)
    return {
        key: next((by_unit[up] for up in reversed(path) if up in by_unit), []) for key, path in paths.items()
    }


def _heads_by_unit(unit_keys, day):
    there = UnitAssignment.objects.filter(containing(day), is_primary=True, unit__in=unit_keys)
    units = dict(there.values_list("staff", "unit"))
    heads = User.objects.filter(
        is_active=True, groups__name=Role.UNIT_HEAD.value, staff__in=there.values("staff")
    )
    found = {}
    for user in heads.select_related("staff").order_by("pk"):
        found.setdefault(units[user.staff.pk], []).append(user)
    return found
