"""What the search knows of training: announced sessions of the public calendar, and nobody in them."""

from portal import search

from . import ics, listing
from .models import Session

FOUND_AS = "session"


def sessions(ids):
    rows = Session.objects.select_related("course").filter(state__in=listing.SHOWN, is_public=True)
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
