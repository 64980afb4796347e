"""A person's own calendars: the one secret address, made, renewed and taken back by its owner; and duties as
all-day events. Apps register what else is read by the same address.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from obligations.duties import work_of

from .models import CalendarAddress, CalendarEntry
from .models.my_calendar import new_token

_feeds = []  # (label, name of the address that takes the token)


def register_feed(label, url_name):
    """One more calendar that a person's address opens; call it in `AppConfig.ready`."""
    if (label, url_name) not in _feeds:
        _feeds.append((label, url_name))


def addresses_of(user):
    """[(label, whole address for a calendar program)]; empty where there is no address."""
    row = address_of(user)
    if row is None:
        return []
    return [(label, settings.SITE_URL + reverse(name, args=[row.token])) for label, name in _feeds]


def address_of(user):
    return CalendarAddress.objects.filter(user=user).first()


def renew(user) -> CalendarAddress:
    """A new address; the old one opens nothing from now on."""
    values = {"token": new_token(), "made_at": timezone.now()}
    return CalendarAddress.objects.update_or_create(user=user, defaults=values)[0]


def take_back(user):
    CalendarAddress.objects.filter(user=user).delete()


def owner_of(token):
    """The open account behind a token, or None."""
    rows = CalendarAddress.objects.select_related("user__staff")
    found = rows.filter(token=token, user__is_active=True).first()
    return found.user if found else None


# ---- duties


@dataclass(frozen=True)
class DueDay:
    """One duty on its day. The summary says what to do and the code: calendars are read over shoulders."""

    uid: str
    summary: str
    path: str
    day: date
    sequence: int
    touched: datetime


def duties_of(user, now=None):
    """Open duties with a day, the soonest first; what was done or has no day is not among them."""
    now = now or timezone.now()
    work = [
        (section.heading, item) for section in work_of(user, now) for item in section.items if item.due_day
    ]
    work.sort(key=lambda found: found[1].due_day)
    uids = _uids([item for _heading, item in work])
    entries = _entries(user, {uid: item.due_day for uid, (_h, item) in zip(uids, work, strict=True)}, now)
    return [
        DueDay(
            uid,
            _summary(heading, item),
            item.link,
            item.due_day,
            entries[uid].sequence,
            entries[uid].touched_at,
        )
        for uid, (heading, item) in zip(uids, work, strict=True)
    ]


def _summary(heading, item):
    """Never the title: it may be a dossier's, or hold a name."""
    if item.code and item.action:
        return f"{item.action}: {item.code} ({heading})"
    return f"{heading}: {item.code or item.action}".rstrip(": ")


def _uids(items):
    """The same for the same work at any time; equal ones are numbered."""
    seen, uids = Counter(), []
    for item in items:
        key = hashlib.sha256(f"{item.kind}\n{item.code}\n{item.link}".encode()).hexdigest()[:24]
        seen[key] += 1
        uids.append(f"duty-{key}" if seen[key] == 1 else f"duty-{key}-{seen[key]}")
    return uids


def _entries(user, days, now):
    """{uid: what the calendar is told}: a new one begins at 0, a moved one counts on."""
    rows = {row.uid: row for row in CalendarEntry.objects.filter(user=user, uid__in=days)}
    new = [
        CalendarEntry(user=user, uid=uid, due_on=day, touched_at=now)
        for uid, day in days.items()
        if uid not in rows
    ]
    moved = [row for uid, row in rows.items() if row.due_on != days[uid]]
    for row in moved:
        row.due_on, row.sequence, row.touched_at = days[row.uid], row.sequence + 1, now
    if new:
        CalendarEntry.objects.bulk_create(new, ignore_conflicts=True)
    if moved:
        CalendarEntry.objects.bulk_update(moved, ["due_on", "sequence", "touched_at"])
    return rows | {row.uid: row for row in new}
