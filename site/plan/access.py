"""Who works with the plan: coordinators with all of it, reporters and heads of units with their own unit's
part; the head of the ward and deputies read all of it. Everybody else reads what is public."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from people.models import Unit, UnitAssignment, containing
from people.roles import Role, has_role, holders_of
from people.service import primary_unit_of
from people.units import UnitTree, headed_units, units_headed_by

LEADERS = (Role.HEAD, Role.DEPUTY_HEAD)
INSIDE = (Role.PLAN_COORDINATOR, Role.UNIT_REPORTER, Role.UNIT_HEAD, *LEADERS)


def coordinates(user) -> bool:
    """All targets, tasks and reports (design §3)."""
    return has_role(user, Role.PLAN_COORDINATOR)


def reads_all(user) -> bool:
    return has_role(user, Role.PLAN_COORDINATOR, *LEADERS)


def works_with_the_plan(user) -> bool:
    return has_role(user, *INSIDE)


def reported_units(user, day=None, tree=None) -> set[int]:
    """Keys of the units this person reports for on `day`: a reporter's own primary unit and what is under it,
    and what a unit head answers for."""
    day = day or timezone.localdate()
    if not has_role(user, Role.UNIT_REPORTER, Role.UNIT_HEAD):
        return set()
    tree = tree or UnitTree.load()
    headed = headed_units(user, day, tree)
    staff = getattr(user, "staff", None) if has_role(user, Role.UNIT_REPORTER) else None
    unit = primary_unit_of(staff, day) if staff else None
    return headed | (tree.subtree(unit.pk) if unit else set())


def units_reported_by(desk) -> dict[int, str]:
    """{key: code} of the same for a desk (`obligations.desk`), asked once, in one query; a unit head reports
    for what they head."""

    def find():
        if desk.staff is None or not has_role(desk.user, Role.UNIT_REPORTER, Role.UNIT_HEAD):
            return {}
        if has_role(desk.user, Role.UNIT_HEAD):
            return units_headed_by(desk)
        own = UnitAssignment.objects.filter(
            containing(desk.today), staff=desk.staff, is_primary=True, unit=OuterRef("pk")
        )
        units = list(Unit.objects.order_by("order", "code").annotate(is_own=Exists(own)))
        tree = UnitTree(units)
        keys = set().union(*(tree.subtree(unit.pk) for unit in units if unit.is_own))
        return {key: tree.by_key[key].code for key in keys}

    return desk.once("units_reported", find)


def reporters_of(units, day=None, tree=None):
    """{unit key: open accounts that report for it}: reporters and heads whose primary unit is that one or,
    where it has none of its own, the nearest above it. Three queries whatever the number of units, two with
    `tree`."""
    day = day or timezone.localdate()
    accounts = holders_of(Role.UNIT_REPORTER, Role.UNIT_HEAD).select_related("staff")
    by_staff = {user.staff.pk: user for user in accounts if getattr(user, "staff", None)}
    assigned = UnitAssignment.objects.filter(containing(day), staff__in=by_staff, is_primary=True)
    by_unit = {}
    for staff, unit in assigned.order_by("staff").values_list("staff", "unit"):
        by_unit.setdefault(unit, []).append(by_staff[staff])
    tree = tree or UnitTree.load()
    found = {}
    for key in (getattr(unit, "pk", unit) for unit in units):
        path = reversed(tree.path(key)) if key in tree.by_key else ()
        found[key] = next((by_unit[unit.pk] for unit in path if unit.pk in by_unit), [])
    return found
