"""Who sees which difficulty: decided once, at the queryset. Out of sight is 404.

The coordinator handles all; head of the ward and deputies read all; reporters and heads of a unit read what
their units raised and what was handed to them.
"""

from django.db import models
from django.db.models import Q

from people.roles import Role, holders_of

from .. import access as plan_access


class DifficultyQuerySet(models.QuerySet):
    def visible_to(self, user, units=None):
        """`units`: keys of the reported units where the caller has them already."""
        if plan_access.reads_all(user):
            return self
        units = plan_access.reported_units(user) if units is None else units
        return self.filter(Q(from_unit__in=units) | Q(unit__in=units)) if units else self.none()

    def published(self):
        return self.filter(state="published")


def handles(user):
    """Hands over, checks, publishes, closes."""
    return plan_access.coordinates(user)


def may_raise(user):
    """Whoever reports for a unit."""
    return bool(plan_access.reported_units(user))


def answers(difficulty, user):
    """Whether this person answers for the unit it was handed to."""
    return difficulty.unit_id is not None and difficulty.unit_id in plan_access.reported_units(user)


def may_read_contact(difficulty, user):
    """Name and address of a resident: whoever handles it, and the unit that answers while it does."""
    return handles(user) or (difficulty.state in ("assigned", "to_check") and answers(difficulty, user))


def handlers():
    return holders_of(Role.PLAN_COORDINATOR)
