"""What search engines and our search know of training: sessions of the public calendar, nobody in them."""

from django.db.models import Max
from django.urls import reverse

from portal import search, sitemap

from . import ics, listing
from .models import Session

FOUND_AS = "session"


def public_sessions():
    return Session.objects.select_related("course").filter(state__in=listing.SHOWN, is_public=True)


def addresses():
    """The door, the figures, the calendar and every session of it, with the moment of its last step."""
    for name in ("home", "figures", "calendar"):
        yield sitemap.Address(reverse(f"training:{name}"))
    rows = public_sessions().annotate(touched=Max("history__at")).order_by("held_on", "code")
    for session in rows:
        yield sitemap.Address(session.get_absolute_url(), session.touched)


def happenings(first, before):
    """For the calendar of all that takes place."""
    rows = public_sessions().filter(held_on__gte=first)
    return ics.happenings(rows.filter(held_on__lt=before) if before else rows, ics.public_title)


def sessions(ids):
    rows = public_sessions()
    for row in rows if ids is None else rows.filter(pk__in=ids):
        yield search.Found(
            object_id=str(row.pk),
            title=str(ics.public_title(row)),
            url=row.get_absolute_url(),
            text=row.note,
            detail=row.place,
            day=row.held_on,
        )


def follow_session(sender, instance, **kwargs):
    search.refresh(FOUND_AS, [instance.pk])


def follow_course(sender, instance, **kwargs):
    search.refresh(FOUND_AS, list(instance.sessions.values_list("pk", flat=True)))
