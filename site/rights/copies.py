"""Copies of data: asked for, made by the worker, taken by whoever they are about, gone after seven days.

A row is its own queue: a worker that stops leaves it `asked`, the next run takes it up again.
"""

import logging
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from notifications.events import announce
from people.models import User
from trust import audit
from trust.persons import find_person

from . import copying, events, identity, log, telling
from .models import DataCopy
from .models.copies import CopyState
from .refusing import Refused

logger = logging.getLogger(__name__)
KEPT = timedelta(days=7)
MOST_ATTEMPTS = 3
LIVING = (CopyState.ASKED, CopyState.READY)


def of_account(user):
    """The copies this account asked for, the latest first."""
    return DataCopy.objects.filter(user=user)


def ask(user, now=None):
    """Has the worker make a copy of one's own data. One at a time; raises Refused."""
    now = now or timezone.now()
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if of_account(user).filter(state__in=LIVING).exists():
            raise Refused("copy_asked_already")
        row = DataCopy.objects.create(user=user, asked_at=now, asked_by_name=user.display_name)
        audit.record("rights.copy_asked", actor=user, target=("data_copy", row.pk))
    return row


def make_waiting(now):
    """Makes what is asked for; one that fails is tried again by the next run, and given up after three."""
    for pk in list(
        DataCopy.objects.filter(state=CopyState.ASKED).order_by("pk").values_list("pk", flat=True)
    ):
        row = _claimed(pk)
        if row is None:
            continue
        try:
            content = copying.archive(_person(row), now)
        except Exception:
            logger.exception("A copy of data could not be made: %s", pk)
            _failed(row)
        else:
            _ready(row, content, now)


def _claimed(pk):
    with transaction.atomic():
        rows = DataCopy.objects.select_for_update(skip_locked=True).select_related(None)
        row = rows.filter(pk=pk, state=CopyState.ASKED).first()
        if row is None:
            return None
        row.attempts += 1
        row.save(update_fields=["attempts"])
    return row


def _person(row):
    return find_person(user={row.user_id}) if row.user_id else identity.person_of(row.request)


def _ready(row, content, now):
    with transaction.atomic():
        locked = DataCopy.objects.select_for_update().get(pk=row.pk)
        if locked.state != CopyState.ASKED:
            return
        locked.file.save("ban-sao.zip", ContentFile(content), save=False)
        locked.state, locked.made_at, locked.expires_at = CopyState.READY, now, now + KEPT
        locked.sha256, locked.size = copying.digest_of(content), len(content)
        locked.save()
        _tell(locked, events.COPY_READY, now)


def _failed(row):
    if row.attempts < MOST_ATTEMPTS:
        return
    with transaction.atomic():
        DataCopy.objects.filter(pk=row.pk).update(state=CopyState.FAILED)
        _tell(row, events.COPY_FAILED, timezone.now())


def _tell(row, event, now):
    if row.user_id:
        announce(event, [row.user_id], link=reverse("rights:mine"))
        return
    log.write(row.request, "copy_ready" if event is events.COPY_READY else "copy_failed", now)
    if event is events.COPY_READY:
        telling.write_to_sender(row.request, "news", now)


def taken(row, actor=None):
    audit.record("rights.copy_taken", actor=actor, target=("data_copy", row.pk))


def is_there(row, now=None):
    """Whether it can be taken now: expired ones are gone at their moment, not at the next run of the
    worker."""
    return row.state == CopyState.READY and row.expires_at > (now or timezone.now())


# ---- retention


def expired(before):
    return DataCopy.objects.filter(Q(state=CopyState.READY), expires_at__lt=before)


def drop_expired(before):
    """Erases the files of copies that have run out."""
    count = 0
    for pk in list(expired(before).values_list("pk", flat=True)):
        with transaction.atomic():
            row = DataCopy.objects.select_for_update().get(pk=pk)
            if row.state == CopyState.READY:
                _erase_file(row, CopyState.EXPIRED)
                count += 1
    return count


def _erase_file(row, state):
    name, storage = row.file.name, row.file.storage
    row.file, row.state, row.sha256, row.size = "", state, "", 0
    row.save()
    transaction.on_commit(lambda: storage.delete(name))
