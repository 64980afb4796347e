"""Calendars for calendar programs (RFC 5545), local times with their zone."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, Timezone, TimezoneStandard

from .sharing import address

CONTENT_TYPE = "text/calendar; charset=utf-8"
PAST_DAYS = 60  # what is longer ago leaves a feed; a calendar program keeps what it has


def feed(name, happenings, part) -> bytes:
    """The calendar called `name`; `part` says in its PRODID who made it."""
    return _calendar(name, part, map(_event, happenings))


def due_days(name, duties) -> bytes:
    """Duties as all-day events, each on its due day."""
    return _calendar(name, "duties", map(_due_day, duties))


def _calendar(name, part, events) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.PORTAL['ward_committee']}//{part}//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    calendar.add_component(_zone())
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical()


def first_day():
    """From when a feed of today tells."""
    return timezone.localdate() - timedelta(days=PAST_DAYS)


def _due_day(duty):
    """A whole day of the local calendar, which takes no time away: it is due on it, not held on it."""
    event = Event()
    event.add("uid", _uid(duty))
    event.add("dtstamp", duty.touched.astimezone(UTC))
    event.add("dtstart", duty.day)
    event.add("dtend", duty.day + timedelta(days=1))
    event.add("summary", duty.summary)
    event.add("sequence", duty.sequence)
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("url", address(duty.path))
    return event


def _uid(entry):
    return f"{entry.uid}@{urlsplit(settings.SITE_URL).hostname}"


def _event(happening):
    event = Event()
    event.add("uid", _uid(happening))
    # DTSTAMP says when this version was made: the same bytes as long as nothing changed.
    event.add("dtstamp", (happening.touched or happening.begins).astimezone(UTC))
    event.add("dtstart", happening.begins.astimezone(timezone.get_default_timezone()))
    event.add("dtend", happening.ends.astimezone(timezone.get_default_timezone()))
    event.add("summary", happening.title)
    event.add("sequence", happening.steps)
    event.add("status", happening.status)
    event.add("url", address(happening.path))
    if happening.place:
        event.add("location", happening.place)
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
