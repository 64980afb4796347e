"""Who makes survey points, and who reads what came of them.

The coordinator makes them anywhere; reporter and head of the public service centre in their own unit. Figures
are read by whoever reports for the unit of a point and by those who read all of the plan; comments by
coordinators and the heads of the unit alone.
"""

from django.db import models
from django.utils import timezone

from people.models import Unit
from people.roles import Role, has_role
from people.units import UnitTree, headed_units

from .. import access as plan_access
from ..units import CODES

FRONT_DESK = CODES["U7"]  # Trung tâm Phục vụ hành chính công


class PointQuerySet(models.QuerySet):
    def visible_to(self, user):
        if plan_access.reads_all(user):
            return self
        units = plan_access.reported_units(user)
        return self.filter(unit__in=units) if units else self.none()

    def commented_for(self, user):
        """Points whose comments this person reads and may hide."""
        if plan_access.coordinates(user):
            return self
        units = headed_units(user, timezone.localdate())
        return self.filter(unit__in=units) if units else self.none()


def units_for_points(user):
    """Units this person may make points for, in the office's order."""
    rows = Unit.objects.order_by("order", "code")
    if plan_access.coordinates(user):
        return rows
    tree = UnitTree.load()
    desk = tree.by_code(FRONT_DESK)
    own = plan_access.reported_units(user, tree=tree) & (tree.subtree(desk.pk) if desk else set())
    return rows.filter(pk__in=own) if own else rows.none()


def may_make(user):
    return plan_access.coordinates(user) or units_for_points(user).exists()


def may_change(point, user):
    return plan_access.coordinates(user) or units_for_points(user).filter(pk=point.unit_id).exists()


def may_hide(point, user):
    return type(point).objects.commented_for(user).filter(pk=point.pk).exists()


def may_read_comments(user):
    """Coordinators and heads of units, where there may be nothing to read yet."""
    return plan_access.coordinates(user) or has_role(user, Role.UNIT_HEAD)
