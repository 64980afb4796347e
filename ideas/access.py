"""Who sees which dossier: decided once, at the queryset (design §1). Out of sight is 404."""

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from people.models import containing
from people.roles import Role, has_role

from .lifecycle import State

OPERATING_SEATS = ("chair", "vice_chair", "secretary")
# What the public may read: recognised, nothing before (early publication can destroy novelty).
PUBLISHED = (State.RECOGNISED,)


class StateAssignedOutsideTheDoor(TypeError):
    """`QuerySet.update(state=…)` would walk around the workflow."""


class InitiativeQuerySet(models.QuerySet):
    def update(self, **kwargs):
        if "state" in kwargs:
            raise StateAssignedOutsideTheDoor("states move through ideas.workflow.move")
        return super().update(**kwargs)

    def bulk_update(self, objs, fields, batch_size=None):
        if "state" in fields:
            raise StateAssignedOutsideTheDoor("states move through ideas.workflow.move")
        return super().bulk_update(objs, fields, batch_size)

    def delete(self):
        raise TypeError("a dossier is never deleted; withdraw it")

    def published(self):
        return self.filter(state__in=PUBLISHED)

    def for_workflow(self):
        """With everything the rules of the workflow look at: a constant number of queries."""
        from .models import AgendaItem, Author

        return self.select_related("round__rubric", "round__appointment", "rubric", "unit").prefetch_related(
            Prefetch("authors", Author.objects.select_related("staff__user")),
            "authors__staff__spells",
            "attachments",
            "conflicts",
            "complaints",
            "sheets",
            "results",
            Prefetch("agenda_items", AgendaItem.objects.select_related("meeting")),
        )

    def visible_to(self, user):
        """Dossiers this person may open.

        Authors and co-authors their own at any time; the officers of the council and whoever decides all
        that was submitted; a member what is assigned or on an agenda, unless a conflict stands between;
        a clerk what the clerk keyed. Administrators and superusers nothing by that alone.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        own = Q(pk__in=_granted(user, "read_dossier")) | Q(created_by=user, keyed_from_paper=True)
        submitted = ~Q(state=State.DRAFT) & Q(submitted_at__isnull=False)
        if has_role(user, Role.HEAD, Role.DEPUTY_HEAD):
            return self.filter(own | submitted)
        staff = getattr(user, "staff", None)
        if staff is None:
            return self.filter(own)
        return self.filter(own | submitted & (_officer_of(staff) | _sits_on_it(staff)))

    def editable_by(self, user):
        """Drafts (and dossiers sent back) this person may write in."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        own = Q(pk__in=_granted(user, "edit_dossier")) | Q(created_by=user, keyed_from_paper=True)
        return self.filter(own, state__in=(State.DRAFT, State.SUPPLEMENT_REQUESTED))


def _granted(user, codename):
    from .models import InitiativeUserObjectPermission

    return InitiativeUserObjectPermission.objects.filter(
        user=user, permission__codename=codename, permission__content_type__app_label="ideas"
    ).values("content_object_id")


def _officer_of(staff):
    from .models import Seat

    today = timezone.localdate()
    return Exists(
        Seat.objects.filter(
            containing(today, "appointment__"),
            appointment_id=OuterRef("round__appointment_id"),
            staff=staff,
            role__in=OPERATING_SEATS,
        )
    )


def _sits_on_it(staff):
    """Assigned to score it, or on the agenda of their council; a conflict closes the door."""
    from .models import AgendaItem, Conflict, ScoreSheet

    assigned = Exists(
        ScoreSheet.objects.filter(initiative_id=OuterRef("pk"), staff=staff).exclude(
            state__in=("recused", "void")
        )
    )
    on_agenda = Exists(
        AgendaItem.objects.filter(initiative_id=OuterRef("pk"), meeting__appointment__seats__staff=staff)
    )
    in_conflict = Exists(Conflict.objects.filter(initiative_id=OuterRef("pk"), staff=staff))
    return (assigned | on_agenda) & ~in_conflict


def may_read_sheet(user, sheet):
    """One's own sheet always; others' only after the close, and then council officers and whoever decides.

    Administrators never. `sheet.initiative` should be loaded.
    """
    staff = getattr(user, "staff", None)
    if staff is not None and sheet.staff_id == staff.pk:
        return True
    if sheet.initiative.state in (State.EVALUATING, State.ACCEPTED) or sheet.state != "submitted":
        return False
    if has_role(user, Role.HEAD, Role.DEPUTY_HEAD):
        return True
    return staff is not None and not _is_author(staff, sheet.initiative) and _is_officer(staff, sheet)


def _is_author(staff, initiative):
    return staff.pk in initiative.author_staff_ids


def _is_officer(staff, sheet):
    return sheet.seat.appointment.seats.filter(staff=staff, role__in=OPERATING_SEATS).exists()
