"""Who is shown which similar initiatives (design §4), decided by the rows that are asked at all.

Whoever writes is shown published ones alone, their own recognised ones included: of any other neither a title
nor a number, nor that there is one. Whoever judges is shown all that was submitted; drafts nobody.
"""

from django.db.models import Q

from ideas.access import PUBLISHED, is_author, seats_of
from ideas.models import Conflict, Initiative
from people.roles import Role, has_role

from .kept import submitted_rows


def rows_for_writers(initiative=None):
    """What is compared with a text somebody is writing; without the dossier it belongs to."""
    rows = submitted_rows().filter(initiative__state__in=PUBLISHED)
    return rows if initiative is None else rows.exclude(initiative=initiative.pk)


def judges(user, initiative):
    """Whether this person reads the dossier for the council or as whoever decides: its authors never.

    `initiative` came through `visible_to`, which keeps out whoever stands aside.
    """
    if is_author(user, initiative) or initiative.submitted_at is None or initiative.round_id is None:
        return False
    if seats_of(user).filter(appointment=initiative.round.appointment_id).exists():
        return True
    decides = has_role(user, Role.HEAD, Role.DEPUTY_HEAD)
    return decides and Initiative.objects.visible_to(user).filter(pk=initiative.pk).exists()


def rows_for_judges(user, initiative):
    """All that was submitted, but for those from which this person stands aside."""
    staff = getattr(user, "staff", None)
    aside = Conflict.objects.filter(staff=staff, staff__isnull=False).values("initiative")
    return submitted_rows().exclude(Q(initiative=initiative.pk) | Q(initiative__in=aside))


def readable_keys(user, pks):
    """Of these whose dossier this person may open; the others are named without a link."""
    return set(Initiative.objects.visible_to(user).filter(pk__in=pks).values_list("pk", flat=True))
