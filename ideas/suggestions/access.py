"""Who sees which idea, and who handles ideas: decided once, at the queryset. Out of sight is 404.

The council's secretary and the plan's coordinator handle ideas (docs/decisions.md); the head of a unit reads
and answers what was handed to it; whoever may start a dossier reads ideas worth one.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from people.models import User, containing
from people.roles import Role, has_role
from people.units import headed_units

_GROWABLE = ("will_do", "will_study")


class IdeaQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All for whoever handles them; those of the headed units; and what a person of the roster could
        make a dossier of, or has."""
        staff = _staff_of(user)
        if is_handler(user):
            return self
        if staff is None:
            return self.none()
        grown = Q(pk__in=_grown_into_dossiers_of(staff))
        return self.filter(
            Q(unit__in=headed_units(user, timezone.localdate()), state__in=("assigned", "answered"))
            | Q(state="answered", outcome__in=_GROWABLE)
            | grown
        )

    def growable(self):
        """Answered as worth doing or studying."""
        return self.filter(state="answered", outcome__in=_GROWABLE)

    def published(self):
        return self.filter(is_public=True, state="answered")


def _grown_into_dossiers_of(staff):
    from ideas.models import IdeaGrowth

    return IdeaGrowth.objects.filter(initiative__authors__staff=staff).values("idea")


def _staff_of(user):
    if not user.is_authenticated or not user.is_active:
        return None
    return getattr(user, "staff", None)


def is_handler(user, day=None):
    """The plan's coordinator, or the secretary of a council whose term runs on `day`, today unless told."""
    if not user.is_authenticated or not user.is_active:
        return False
    return has_role(user, Role.PLAN_COORDINATOR) or _secretaries(day).filter(staff__user=user).exists()


def _secretaries(day):
    from ideas.models import Seat

    in_term = containing(day or timezone.localdate(), "appointment__")
    return Seat.objects.filter(in_term, role="secretary")


def handlers(day=None):
    """Open accounts of all who handle ideas, each once."""
    coordinators = Q(groups__name=Role.PLAN_COORDINATOR.value)
    secretaries = Q(staff__in=_secretaries(day).values("staff"))
    return User.objects.filter(coordinators | secretaries, is_active=True).distinct().order_by("pk")


def heads(idea, user, day=None):
    """Whether this person heads the unit the idea was handed to."""
    return idea.unit_id is not None and idea.unit_id in headed_units(user, day or timezone.localdate())


def may_read_contact(user, idea):
    """Name and address of the sender: whoever handles it, and the head of the unit that answers it."""
    return is_handler(user) or (idea.state in ("assigned", "answered") and heads(idea, user))
