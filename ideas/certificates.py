"""Which certificates of initiatives a person may read, and the papers of one dossier."""

from django.db.models import Q
from django.utils import timezone

from people.models import containing
from people.roles import Role, has_role

from .access import OPERATING_SEATS
from .models import InitiativeCertificate, Seat


def certificates_visible_to(user):
    """An author's own; all of a council's for its chair, vice chair and secretary in term; all for the head.

    A co-author's certificate holds a birth date, so authors do not read each other's.
    """
    rows = InitiativeCertificate.objects.select_related(
        "certificate__replaced_by", "author__initiative"
    ).order_by("author__order", "pk")
    if not user.is_authenticated or not user.is_active:
        return rows.none()
    if has_role(user, Role.HEAD):
        return rows
    staff = getattr(user, "staff", None)
    if staff is None:
        return rows.none()
    councils = Seat.objects.filter(
        containing(timezone.localdate(), "appointment__"), staff=staff, role__in=OPERATING_SEATS
    ).values_list("appointment_id", flat=True)
    return rows.filter(
        Q(author__staff=staff) | Q(author__initiative__round__appointment_id__in=list(councils))
    )


def certificates_of(initiative, user):
    """What `ideas/public/_certificates.html` lists: this dossier's certificates this person may read."""
    return certificates_visible_to(user).filter(author__initiative=initiative)
