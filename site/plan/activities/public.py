"""Sessions in the public calendar: what is planned, and said to be public; nobody in it."""

from datetime import datetime

from django.db.models import Max, Prefetch
from django.utils import timezone

from people.models import Unit
from portal import search, sitemap
from portal.happenings import Happening

from ..models import ResidentSession

FOUND_AS = "resident_session"


def with_groups():
    """The residential groups of sessions or campaigns, with whether they have ended."""
    return Prefetch("groups", Unit.objects.select_related("residential_end"))


def public_sessions():
    """What everybody may read: the unit, never who entered it."""
    rows = ResidentSession.objects.filter(is_public=True, struck_at__isnull=True)
    return rows.select_related("unit").prefetch_related(with_groups())


def address_of(row):
    return f"/ke-hoach/buoi/{row.pk}/"


def moment(day, time):
    return timezone.make_aware(datetime.combine(day, time))


def happenings(first, before):
    rows = public_sessions().filter(held_on__gte=first).annotate(touched=Max("changes__at"))
    for row in rows.filter(held_on__lt=before) if before else rows:
        yield Happening(
            uid=f"plan-session-{row.pk}",
            title=row.title,
            path=address_of(row),
            begins=moment(row.held_on, row.starts_at),
            ends=moment(row.held_on, row.ends_at),
            place=row.place,
            status="CANCELLED" if row.is_cancelled else "CONFIRMED",
            touched=row.touched or row.made_at,
            steps=row.edit_version,
        )


def found(ids):
    rows = public_sessions()
    for row in rows if ids is None else rows.filter(pk__in=ids):
        yield search.Found(
            object_id=str(row.pk),
            title=row.title,
            url=address_of(row),
            text=row.text,
            detail=row.place,
            day=row.held_on,
        )


def addresses():
    for row in public_sessions().order_by("held_on", "pk"):
        yield sitemap.Address(address_of(row))


def follow(entry, user, now, created):
    """After each write: the search is told."""
    search.refresh(FOUND_AS, [entry.pk])
