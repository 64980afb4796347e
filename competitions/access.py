"""Who may what of competitions and entries: decided once, at the queryset (design §1)."""

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from wagtail.query import PageQuerySet

from people.roles import Role, has_role

from .lifecycle import EntryState

ORGANISE = "organise"


class StateAssignedOutsideTheDoor(TypeError):
    """`QuerySet.update(state=…)` would walk around the workflow."""


class CompetitionQuerySet(PageQuerySet):
    def organised_by(self, user):
        """Competitions this person organises: the role, and the permission on that very competition."""
        if not has_role(user, Role.ORGANISER):
            return self.none()
        from .models import OrganiserPermission

        own = OrganiserPermission.objects.filter(
            content_object=OuterRef("pk"), user=user, permission__codename=ORGANISE
        )
        return self.filter(Exists(own))

    def judged_by(self, user):
        """Competitions this person sits in the jury of."""
        if not has_role(user, Role.JUDGE):
            return self.none()
        return self.filter(judges__user=user, judges__ended_at__isnull=True)


class EntryQuerySet(models.QuerySet):
    def update(self, **kwargs):
        if "state" in kwargs:
            raise StateAssignedOutsideTheDoor("states move through competitions.workflow.move")
        return super().update(**kwargs)

    def bulk_update(self, objs, fields, batch_size=None):
        if "state" in fields:
            raise StateAssignedOutsideTheDoor("states move through competitions.workflow.move")
        return super().bulk_update(objs, fields, batch_size)

    def delete(self):
        raise TypeError("an entry is never deleted; withdraw it")

    def of(self, participant):
        """Entries this person is in now, as leader or as member; none for nobody."""
        if participant is None:
            return self.none()
        from .models import Participation

        place = Participation.objects.filter(
            entry=OuterRef("pk"), participant=participant, ended_at__isnull=True
        )
        return self.filter(Exists(place))

    def ever_of(self, participant):
        """The same with those withdrawn since: they stay readable to whoever led them."""
        if participant is None:
            return self.none()
        from .models import Participation

        place = Participation.objects.filter(entry=OuterRef("pk"), participant=participant)
        still = place.filter(ended_at__isnull=True)
        led = place.filter(role=Participation.Role.LEADER)
        return self.filter(Exists(still) | Exists(led))

    def seen_by_organisers(self, user):
        """What was handed in to the competitions this person organises: never a draft."""
        from .models import CompetitionPage

        own = CompetitionPage.objects.organised_by(user)
        return self.filter(competition__in=own.values("pk")).filter(number__isnull=False)

    def counted(self):
        """Entries that take part: handed in, neither withdrawn nor refused."""
        return self.filter(state=EntryState.SUBMITTED)


def organised_or_404(user, **lookup):
    """The competition, where this person organises it; for any other it does not exist."""
    from django.shortcuts import get_object_or_404

    from .models import CompetitionPage

    return get_object_or_404(CompetitionPage.objects.organised_by(user), **lookup)


def is_connected(user, competition):
    """Whether this account organises or judges the competition: then it neither enters nor drafts for others
    (legal.md §4.1, Điều 3)."""
    from .models import Judge, OrganiserPermission

    if user is None:
        return False
    return (
        OrganiserPermission.objects.filter(content_object=competition, user=user).exists()
        or Judge.objects.filter(competition=competition, user=user, ended_at__isnull=True).exists()
    )


def is_entrant(user, competition):
    """Whether this account is in an entry of the competition: then it neither organises nor judges it."""
    from .models import Participation

    return Participation.objects.filter(
        Q(participant__user=user), competition=competition, ended_at__isnull=True
    ).exists()


def require_organiser(user):
    """Raises PermissionDenied with a sentence unless the account has the role."""
    if not has_role(user, Role.ORGANISER):
        raise PermissionDenied(_("This page is for competition organisers."))
