"""Who reads a task and who may do what with it.

Coordinators, the head of the ward and deputies read all; reporters and heads those in which one of their
units has a part; officials in charge their own. A part that is only suggested opens nothing.
"""

from functools import cached_property

from django.db.models import Exists, OuterRef
from django.utils import timezone

from people.models import UnitAssignment, User, containing
from people.roles import Role, has_role, holders_of
from people.units import UnitTree
from plan.access import LEADERS, coordinates, reads_all, reported_units
from plan.models import Part, Task, TaskOfficer, TaskUnit
from plan.units import CODES, FRONT

from .refusing import Refused
from .timing import OPEN_STATES

FRONT_CODE = CODES[FRONT]


def tasks_visible_to(user, day=None, own_units=None):
    """`own_units`: what `reported_units` answered, where it was asked already."""
    if not user.is_authenticated or not user.is_active:
        return Task.objects.none()
    if reads_all(user):
        return Task.objects.all()
    day = day or timezone.localdate()
    own = reported_units(user, day) if own_units is None else own_units
    of_task = OuterRef("pk")
    in_charge = TaskOfficer.objects.filter(containing(day), task=of_task, staff__user=user)
    if not own:
        return Task.objects.filter(Exists(in_charge))
    parts = TaskUnit.objects.filter(task=of_task, unit__in=own, is_suggested=False)
    return Task.objects.filter(Exists(parts) | Exists(in_charge))


def confirmed(parts):
    return [part for part in parts if not part.is_suggested]


def doers(parts):
    """Those who carry it out: who leads; where the plan names nobody to lead, who is told to co-operate."""
    standing = confirmed(parts)
    return [part for part in standing if part.part == Part.LEAD] or standing


def is_of_the_front(unit, tree) -> bool:
    """The Front and the organisations under it are asked, never ordered."""
    return any(above.code == FRONT_CODE for above in tree.path(unit.pk))


def readers_of(task, day=None):
    """Open accounts that may read the task: whom a comment may call upon. A constant number of queries."""
    day = day or timezone.localdate()
    tree = UnitTree.load()
    units = set(TaskUnit.objects.filter(task=task, is_suggested=False).values_list("unit", flat=True))
    above = {unit.pk for key in units for unit in tree.path(key)}
    of_units = UnitAssignment.objects.filter(containing(day), is_primary=True, unit__in=above)
    reporters = holders_of(Role.UNIT_REPORTER, Role.UNIT_HEAD).filter(staff__pk__in=of_units.values("staff"))
    officers = TaskOfficer.objects.filter(containing(day), task=task).values("staff__user")
    keys = {
        *holders_of(Role.PLAN_COORDINATOR, *LEADERS).values_list("pk", flat=True),
        *reporters.values_list("pk", flat=True),
        *(row["staff__user"] for row in officers if row["staff__user"]),
    }
    return (
        User.objects.filter(pk__in=keys, is_active=True).select_related("staff").order_by("staff__order_key")
    )


def officers_of(tasks, day):
    """{task key: open accounts in charge of it on the day}: they hear what the units hear. One query."""
    found = {getattr(task, "pk", task): [] for task in tasks}
    spells = TaskOfficer.objects.filter(containing(day), task__in=list(found), staff__user__is_active=True)
    for row in spells.select_related("staff__user").order_by("pk"):
        found[row.task_id].append(row.staff.user)
    return found


class Rights:
    """What one person may do with one task; each answer is a `Refused` or None. Knows the task's parts."""

    def __init__(self, task, user, day=None, own_units=None, parts=None):
        self.task, self.user = task, user
        self.day = day or timezone.localdate()
        self._own = own_units
        if parts is not None:
            self.parts = parts  # known already

    @cached_property
    def parts(self):
        return list(self.task.parts.select_related("unit"))

    @cached_property
    def tree(self):
        return UnitTree.load()

    @cached_property
    def own_units(self):
        return reported_units(self.user, self.day, self.tree) if self._own is None else self._own

    @cached_property
    def coordinates(self):
        return coordinates(self.user)

    @cached_property
    def doing_units(self):
        return [part.unit for part in doers(self.parts)]

    @cached_property
    def own_doing_unit(self):
        """The unit this person acts for here, or None."""
        return next((unit for unit in self.doing_units if unit.pk in self.own_units), None)

    @cached_property
    def is_invited(self):
        units = self.doing_units
        return all(is_of_the_front(u, self.tree) for u in units) if units else self.task.is_invited

    @property
    def is_open(self):
        return self.task.state in OPEN_STATES

    def coordinate_refusal(self):
        return None if self.coordinates else Refused("only_coordinator")

    def plan_refusal(self):
        """Steps, files, money: the units that carry it out, and the coordinator."""
        if self.coordinates or self.own_doing_unit:
            return None
        return Refused("only_lead_unit")

    def work_refusal(self):
        """The same while the task is open: progress, steps."""
        return self.plan_refusal() or (None if self.is_open else Refused("task_is_closed"))

    def change_refusal(self):
        return self.coordinate_refusal() or (None if self.is_open else Refused("task_is_closed"))

    def reopen_refusal(self):
        return self.coordinate_refusal() or (Refused("task_is_open") if self.is_open else None)

    def urge_refusal(self):
        if not may_urge(self.user):
            return Refused("only_urging")
        if not self.is_open:
            return Refused("task_is_closed")
        return None if self.doing_units else Refused("no_unit_yet")

    @property
    def acts_in_place(self):
        """A coordinator who does not report for a unit of this task: what they do for it needs a reason."""
        return self.own_doing_unit is None


def may_urge(user) -> bool:
    return has_role(user, Role.PLAN_COORDINATOR, Role.HEAD)
