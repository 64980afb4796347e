"""Who answers for whom: the people of a unit head's subtree, and the heads over a person."""

from people.models import ServiceSpell, Staff, UnitAssignment, User, containing
from people.roles import Role
from people.service import primary_unit_of
from people.units import UnitTree, headed_units


def headed_staff(user, day, units=None):
    """The people in service on `day` whose primary unit this unit head answers for; nobody for others."""
    units = headed_units(user, day) if units is None else units
    if not units:
        return Staff.objects.none()
    members = UnitAssignment.objects.filter(containing(day), is_primary=True, unit__in=units)
    serving = ServiceSpell.objects.filter(containing(day))
    return Staff.objects.filter(pk__in=members.values("staff")).filter(pk__in=serving.values("staff"))


def heads_over(staff, day):
    """Open accounts of the unit heads whose subtree the person's primary unit belongs to on `day`."""
    unit = primary_unit_of(staff, day)
    if unit is None:
        return User.objects.none()
    above = [parent.pk for parent in UnitTree.load().path(unit.pk)]
    there = UnitAssignment.objects.filter(containing(day), is_primary=True, unit__in=above)
    return User.objects.filter(
        is_active=True, groups__name=Role.UNIT_HEAD.value, staff__in=there.values("staff")
    ).order_by("pk")
