"""Comments on a task, and the people they call upon. What was said stays; its writer may take it back, which
leaves a trace."""

import re

from django.db import transaction
from django.utils import timezone

from notifications.events import announce_many
from plan.models import CommentMention, CommentWithdrawal, TaskComment
from vietnamese.text import fold

from . import events, log
from .access import readers_of, tasks_visible_to
from .refusing import Refused
from .telling import notice


def called_upon(text, names):
    """Those of `names` that `text` calls by "@Full name", marks and case aside; the longest name a call fits.
    Pure."""
    rest, called = fold(text), set()
    for name in sorted(filter(None, names), key=len, reverse=True):
        rest, count = re.subn(rf"@{re.escape(fold(name))}(?!\w)", " ", rest)
        if count:
            called.add(name)
    return [name for name in names if name in called]


def comment(task, user, text, mentioned=(), *, key="", now=None):
    """`mentioned`: keys of accounts ticked; those called by "@Full name" in the text are added."""
    now = now or timezone.now()
    if not text:
        raise Refused("comment_missing", "text")
    with transaction.atomic():
        row = log.locked(task)
        if log.arrived_before(row, key):
            return None
        if not tasks_visible_to(user, timezone.localdate(now)).filter(pk=row.pk).exists():
            raise Refused("only_lead_unit")
        readers = {person.pk: person for person in readers_of(row, timezone.localdate(now))}
        unknown = [one for one in mentioned if one not in readers]
        if unknown:
            raise Refused("mention_unknown", "mentions", name=f"#{unknown[0]}")
        named = set(called_upon(text, [person.display_name for person in readers.values()]))
        people = [p for p in readers.values() if p.pk in mentioned or p.display_name in named]
        said = TaskComment.objects.create(task=row, at=now, by=user, by_name=user.display_name, text=text)
        CommentMention.objects.bulk_create(
            CommentMention(comment=said, person=person, name=person.display_name) for person in people
        )
        log.write(row, "commented", user, now, key=key, comment=said.pk)
        announce_many(notice(events.MENTIONED, people, row, but=user))
    return said


def withdraw(said, user, *, now=None):
    now = now or timezone.now()
    with transaction.atomic():
        row = log.locked(said.task)
        if said.by_id != user.pk:
            raise Refused("only_own_comment")
        if CommentWithdrawal.objects.filter(comment=said).exists():
            raise Refused("comment_withdrawn")
        CommentWithdrawal.objects.create(comment=said, at=now)
        log.write(row, "comment_withdrawn", user, now, comment=said.pk)
