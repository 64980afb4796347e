"""What can be announced, and the one way to announce it.

Each app declares its events once in its own `events.py`; `announce` writes the rows inside the
transaction of their cause. Sockets and mail only carry what stands in those rows.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from functools import partial

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Mail(Enum):
    """Whether an event also goes out by mail."""

    ALWAYS = "always"  # outcomes and whatever starts a term: nobody can switch it off
    PREFERENCE = "preference"
    NEVER = "never"


@dataclass(frozen=True)
class Category:
    """What people filter and choose their mail by."""

    code: str
    label: str | Promise
    help: str | Promise = ""


@dataclass(frozen=True)
class Event:
    """Something that is told. `text` has placeholders: %(code)s is the subject, the rest comes by params."""

    code: str
    text: str | Promise
    category: str
    mail: Mail = Mail.PREFERENCE
    quiet: bool = False
    icon: str = "bell"

    def render(self, subject="", params=None):
        return str(self.text) % {"code": subject, **(params or {})}


class NotInTransaction(RuntimeError):
    """`announce` was called outside `transaction.atomic()`: the rows could outlive a cause that failed."""


_events: dict[str, Event] = {}
_categories: dict[str, Category] = {}


def declare_category(code, label, help=""):
    """A further category; those of the portal are below."""
    if code in _categories:
        raise ValueError(f"category {code!r} is declared twice")
    _categories[code] = Category(code, label, help)
    return _categories[code]


declare_category("initiative", _("Initiatives"), _("Receipt, supplements, results of dossiers"))
declare_category("council", _("Council work"), _("Score sheets, assignments, conflicts of interest"))
declare_category("meeting", _("Meetings and papers"), _("Invitations, changed times, minutes"))
declare_category("reminder", _("Reminders of due dates"), _("7, 3 and 1 days before, and when overdue"))
declare_category("training", _("Training"), _("Courses, sessions, attendance"))
declare_category("competition", _("Competitions"), _("Entries, judging, results"))
declare_category("plan", _("Plan"), _("Unit reports, tasks, targets"))
declare_category("idea", _("Ideas of residents"), _("New ideas and answers to give"))
declare_category("account", _("Account and roles"), _("Roles given or taken, delegations"))
declare_category("portal", _("Portal news"), _("What was newly published"))


def declare(code, text, *, category, mail=Mail.PREFERENCE, quiet=False, icon="bell"):
    """Declares an event; raises ValueError for a code used twice or a category nobody knows."""
    if code in _events:
        raise ValueError(f"event {code!r} is declared twice")
    if category not in _categories:
        raise ValueError(f"event {code!r}: unknown category {category!r}, known: {', '.join(_categories)}")
    event = Event(code, text, category, Mail.NEVER if quiet else mail, quiet, icon)
    _events[code] = event
    return event


def all_events() -> list[Event]:
    return list(_events.values())


def all_categories() -> list[Category]:
    return list(_categories.values())


def text_of(code, subject, params):
    """The sentence of a kept row. Rows outlive their event's declaration, so nothing raises here."""
    event = _events.get(code)
    if event is None:
        return subject or code
    try:
        return event.render(subject, params)
    except (KeyError, TypeError, ValueError):
        return f"{event.text} {subject}".strip()


def icon_of(code):
    event = _events.get(code)
    return event.icon if event else "bell"


@dataclass(frozen=True)
class Announcement:
    """One event told to some people. `params` are JSON values for the text, `refresh` keys of page parts
    that changed."""

    event: Event
    recipients: Iterable
    link: str
    subject: str = ""
    refresh: Iterable[str] = ()
    params: dict = field(default_factory=dict)


def announce(event: Event, recipients: Iterable, *, link: str, subject="", refresh=(), **params) -> list:
    """Tells `recipients` (users; None, doubles and closed accounts are left out) of `event`.

    Call it last inside `transaction.atomic()`: it locks the recipients in key order so that each one's
    row order is commit order (a socket asks for "everything after the last row"), and those locks should
    be held briefly. Raises NotInTransaction, KeyError for a placeholder without value, TypeError for a
    value JSON cannot hold.
    """
    return announce_many([Announcement(event, recipients, link, subject, refresh, params)])


def announce_many(announcements: Iterable[Announcement]) -> list:
    """Several announcements of one transaction, in order; as many queries for fifty as for one."""
    from . import live, outbox
    from .models import Notification

    announcements = list(announcements)
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction(", ".join(a.event.code for a in announcements))
    for announcement in announcements:
        announcement.event.render(
            announcement.subject, announcement.params
        )  # a missing placeholder: say so now
        json.dumps(announcement.params)
    audiences = [_keys(announcement.recipients) for announcement in announcements]
    people = _lock_in_key_order(set().union(*audiences))
    now = timezone.now()
    groups = [
        (a.event, [_row(a, people[key], now) for key in sorted(audience & people.keys())])
        for a, audience in zip(announcements, audiences, strict=True)
    ]
    rows = Notification.objects.bulk_create(row for _event, rows in groups for row in rows)
    outbox.queue([(event, rows) for event, rows in groups if event.mail is not Mail.NEVER and rows], now)
    if rows:
        transaction.on_commit(partial(live.wake, sorted({row.recipient_id for row in rows})))
    return rows


def _row(announcement, person, now):
    from .models import Notification

    return Notification(
        recipient=person,
        event=announcement.event.code,
        category=announcement.event.category,
        subject=announcement.subject,
        link=announcement.link,
        params=announcement.params,
        refresh=list(announcement.refresh),
        quiet=announcement.event.quiet,
        created_at=now,
    )


def _keys(recipients):
    return {getattr(person, "pk", person) for person in recipients} - {None}


def _lock_in_key_order(keys):
    """`{key: account}` of the open accounts among `keys`, locked in key order."""
    if not keys:
        return {}
    locked = get_user_model()._default_manager.filter(pk__in=keys).order_by("pk")
    return {person.pk: person for person in locked.select_for_update(no_key=True) if person.is_active}
