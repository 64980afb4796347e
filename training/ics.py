"""Sessions as a calendar (RFC 5545). Times are local with their zone; a session keeps its UID for life and
its SEQUENCE grows with every line of its history, so that calendar programs take changes over."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, TimezoneStandard

from .lifecycle import SessionState

CONTENT_TYPE = "text/calendar; charset=utf-8"
PAST_DAYS = 60  # what is longer ago leaves the feed; a calendar program keeps what it has
_STATUS = {SessionState.DRAFT: "TENTATIVE", SessionState.CANCELLED: "CANCELLED"}


def feed(sessions, name, title_of) -> bytes:
    """The calendar called `name`; `title_of(session)` is the line people see. Two queries."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.PORTAL['ward_committee']}//training//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    calendar.add_component(_zone())
    recent = timezone.localdate() - timedelta(days=PAST_DAYS)
    rows = sessions.filter(held_on__gte=recent).order_by("held_on", "starts_at", "code")
    for session in rows.annotate(steps=Count("history", distinct=True), touched=Max("history__at")):
        calendar.add_component(_event(session, title_of(session)))
    return calendar.to_ical()


def _event(session, title):
    event = Event()
    event.add("uid", f"training-session-{session.pk}@{urlsplit(settings.SITE_URL).hostname}")
    # DTSTAMP says when this version was made: the same bytes as long as nothing changed.
    touched = session.touched or session.state_since or session.begins
    event.add("dtstamp", touched.astimezone(UTC))
    event.add("dtstart", session.begins.astimezone(timezone.get_default_timezone()))
    event.add("dtend", session.ends.astimezone(timezone.get_default_timezone()))
    event.add("summary", title)
    event.add("sequence", session.steps)
    event.add("status", _STATUS.get(session.state, "CONFIRMED"))
    event.add("url", f"{settings.SITE_URL}{session.get_absolute_url()}")
    if session.place:
        event.add("location", session.place)
    return event


def _zone():
    """Việt Nam has kept +07 since 13 June 1975 and knows no summer time."""
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1975, 6, 13))
    standard.add("tzoffsetfrom", timedelta(hours=8))
    standard.add("tzoffsetto", timedelta(hours=7))
    standard.add("tzname", "+07")
    zone = Timezone()
    zone.add("tzid", settings.TIME_ZONE)
    zone.add_component(standard)
    return zone


def public_title(session):
    """The public calendar names the course: everybody may read it there."""
    return session.course.name


def personal_title(session):
    """What to do and the code: the calendar of a phone is read over shoulders (design §8)."""
    if session.state == SessionState.CANCELLED:
        return _("Cancelled: session %(code)s") % {"code": session.code}
    return _("Attend session %(code)s") % {"code": session.code}
