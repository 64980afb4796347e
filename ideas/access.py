"""Who sees which dossier: decided once, at the queryset (design §1). Out of sight is 404."""

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from people.models import containing
from people.roles import Role, has_role

from .lifecycle import State

OPERATING_SEATS = ("chair", "vice_chair", "secretary")
DECIDED = (State.RECOGNISED, State.DECLINED, State.REVOKED)
# What the public may read: recognised, nothing before (early publication can destroy novelty).
PUBLISHED = (State.RECOGNISED,)
EDITABLE = (State.DRAFT, State.SUPPLEMENT_REQUESTED)


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
        return self._read_by(user, lambda staff: _officer_of(staff) | _sits_on_it(staff))

    def confidential_to(self, user):
        """Dossiers whose confidential part this person may read: authors, whoever decides, the council's
        officers, and the members it is assigned to. A meeting's agenda alone does not open it."""
        return self._read_by(user, lambda staff: _officer_of(staff) | _scores_it(staff))

    def _read_by(self, user, by_seat):
        """One's own; of what was submitted all for whoever decides, for others what `by_seat` opens."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        own = Q(pk__in=_granted(user, "read_dossier")) | Q(created_by=user, keyed_from_paper=True)
        submitted = ~Q(state=State.DRAFT) & Q(submitted_at__isnull=False)
        staff = _staff_of(user)
        if has_role(user, Role.HEAD) or _is_delegated_deputy(user, staff):
            return self.filter(own | submitted)
        return self.filter(own | submitted & by_seat(staff) if staff else own)

    def on_board_of(self, user):
        """Dossiers an officer of the council follows through scoring: not their own, nor where they stand
        aside (whoever presides does that work), and nothing for anybody else."""
        staff = _staff_of(user)
        if staff is None:
            return self.none()
        scored = Q(state=State.ACCEPTED) | Q(evaluation_number__gt=0)
        return self.filter(scored, _officer_of(staff) & ~_authored_by(staff)).exclude(
            state__in=(State.WITHDRAWN, State.MERGED)
        )

    def written_by(self, user):
        """One's own dossiers in whatever state: as author or co-author, or as the clerk who keyed them."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(
            Q(pk__in=_granted(user, "edit_dossier")) | Q(created_by=user, keyed_from_paper=True)
        )

    def editable_by(self, user):
        """Drafts (and dossiers sent back) this person may write in."""
        return self.written_by(user).filter(state__in=EDITABLE)


def _granted(user, codename):
    from .models import InitiativeUserObjectPermission

    return InitiativeUserObjectPermission.objects.filter(
        user=user, permission__codename=codename, permission__content_type__app_label="ideas"
    ).values("content_object_id")


def _officer_of(staff):
    from .models import Seat

    today = timezone.localdate()
    holds = Exists(
        Seat.objects.filter(
            containing(today, "appointment__"),
            appointment_id=OuterRef("round__appointment_id"),
            staff=staff,
            role__in=OPERATING_SEATS,
        )
    )
    return holds & ~_in_conflict(staff)


def _in_conflict(staff):
    from .models import Conflict

    return Exists(Conflict.objects.filter(initiative_id=OuterRef("pk"), staff=staff))


def _authored_by(staff):
    from .models import Author

    return Exists(Author.objects.filter(initiative_id=OuterRef("pk"), staff=staff))


def _staff_of(user):
    """The person behind an open account."""
    if not user.is_authenticated or not user.is_active:
        return None
    return getattr(user, "staff", None)


def _sits_on_it(staff):
    """Assigned to score it, or on the agenda of their council; a conflict closes the door."""
    from .models import AgendaItem

    on_agenda = Exists(
        AgendaItem.objects.filter(initiative_id=OuterRef("pk"), meeting__appointment__seats__staff=staff)
    )
    return (_is_assigned(staff) | on_agenda) & ~_in_conflict(staff)


def _scores_it(staff):
    return _is_assigned(staff) & ~_in_conflict(staff)


def _is_assigned(staff):
    from .models import ScoreSheet

    sheets = ScoreSheet.objects.filter(initiative_id=OuterRef("pk"), staff=staff)
    return Exists(sheets.exclude(state__in=("recused", "void")))


def attachments_visible_to(user, initiative):
    """The files of a dossier this person may open. A removed one only where a submitted version names it."""
    from .models import SubmittedVersion

    named = SubmittedVersion.objects.filter(
        initiative=initiative,
        submitted_at__gte=OuterRef("uploaded_at"),
        submitted_at__lt=OuterRef("removed_at"),
    )
    if not type(initiative).objects.visible_to(user).filter(pk=initiative.pk).exists():
        return initiative.attachments.none()
    files = initiative.attachments.filter(Q(removed_at__isnull=True) | Exists(named))
    if may_read_confidential(user, initiative):
        return files
    return files.filter(is_confidential=False)


def may_read_confidential(user, initiative):
    """Whether somebody who may open the dossier reads its confidential part."""
    return type(initiative).objects.confidential_to(user).filter(pk=initiative.pk).exists()


def may_start(user):
    """What this account may begin: "own" (a person of the roster) and "paper" (a records clerk)."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    kinds = {"own"} if getattr(user, "staff", None) is not None else set()
    return frozenset(kinds | ({"paper"} if has_role(user, Role.RECORDS_CLERK) else set()))


# ---- sheets


def may_read_sheet(user, sheet):
    """One's own sheet always; others' only after the close, and then council officers and whoever decides.

    Never an author or whoever stands aside, not even the head's own dossier; administrators and superusers
    not by that alone. `sheet.initiative` should be loaded.
    """
    if not user.is_authenticated or not user.is_active:
        return False
    staff = _staff_of(user)
    if _concerned(staff, sheet.initiative):
        return False
    if staff is not None and sheet.staff_id == staff.pk:
        return True
    if sheet.state != "submitted" or not _was_closed(sheet):
        return False
    if has_role(user, Role.HEAD) or _is_delegated_deputy(user, staff):
        return True
    return is_officer(user, sheet.initiative)


def _concerned(staff, initiative):
    """An author, or somebody who declared a conflict: the office they hold opens nothing here."""
    if staff is None:
        return False
    declared = any(conflict.staff_id == staff.pk for conflict in initiative.conflicts.all())
    return declared or staff.pk in initiative.author_staff_ids


def _was_closed(sheet):
    """The evaluation it belongs to was closed and is not open again."""
    initiative = sheet.initiative
    if initiative.state == State.EVALUATING and sheet.evaluation_number == initiative.evaluation_number:
        return False
    return initiative.results.filter(evaluation_number=sheet.evaluation_number).exists()


def _is_delegated_deputy(user, staff):
    if staff is None or not has_role(user, Role.DEPUTY_HEAD):
        return False
    return staff.delegations.filter(containing(timezone.localdate())).exists()


def may_read_result(user, initiative):
    """Whether the frozen result may be shown to somebody who may open the dossier.

    Never before the close. After it to the officers of the council and whoever decides, unless they are
    authors or in conflict; to everybody else who may open the dossier once it is decided.
    """
    if initiative.current_result is None or initiative.state in (State.EVALUATING, State.ACCEPTED):
        return False
    if initiative.state in DECIDED:
        return True
    staff = getattr(user, "staff", None)
    if _concerned(staff, initiative):
        return False
    return has_role(user, Role.HEAD, Role.DEPUTY_HEAD) or is_officer(user, initiative)


def is_author(user, initiative):
    """Whether this person is an author or co-author; reads prefetched rows."""
    staff = getattr(user, "staff", None)
    return staff is not None and staff.pk in initiative.author_staff_ids


def is_officer(user, initiative):
    """Whether this person chairs, vice-chairs or keeps the council that judges the dossier, today."""
    staff = getattr(user, "staff", None)
    if staff is None or initiative.round_id is None:
        return False
    appointment = initiative.round.appointment
    return (
        appointment.contains(timezone.localdate())
        and appointment.seats.filter(staff=staff, role__in=OPERATING_SEATS).exists()
    )


def may_read_complaints(user, initiative):
    """Complaints are read by the authors, the officers and whoever decides."""
    return (
        is_author(user, initiative)
        or has_role(user, Role.HEAD, Role.DEPUTY_HEAD)
        or is_officer(user, initiative)
        or (initiative.keyed_from_paper and initiative.created_by_id == user.pk)
    )


# ---- the council's own pages


def seats_of(user):
    """The seats a person holds today, in councils whose term runs."""
    from .models import Seat

    staff = _staff_of(user)
    if staff is None:
        return Seat.objects.none()
    return Seat.objects.filter(containing(timezone.localdate(), "appointment__"), staff=staff)


def sits_today(**which):
    """The condition over accounts whose owner holds a seat today."""
    from .models import Seat

    today = containing(timezone.localdate(), "appointment__")
    return Exists(Seat.objects.filter(today, staff__user=OuterRef("pk"), **which))


def leads_today():
    """The same of the seats that lead the council's work."""
    return sits_today(role__in=OPERATING_SEATS)


def offices_of(user):
    """Those of `seats_of` that lead the council's work: chair, vice chair, secretary."""
    return seats_of(user).filter(role__in=OPERATING_SEATS)


def may_read_council(user):
    """Rounds, appointments and delegations: whoever sits in the council, decides, or keeps the records."""
    if has_role(user, Role.HEAD, Role.DEPUTY_HEAD, Role.ADMINISTRATOR):
        return True
    return seats_of(user).exists()
