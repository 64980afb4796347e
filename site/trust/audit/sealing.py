"""The chain: each event gets a seal, a keyed hash over the seal before it and the event's contents.

A chain written inside every transaction would make all writers wait for each other. So the event is written
with what it tells of and sealed a moment later, by the worker, one sealer at a time. What was written in that
moment is not protected yet; `check` names rows that stay without a seal.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import AuditCheckpoint, AuditEvent, AuditSeal

BEGINNING = "0" * 64
BATCH = 2000
# Rows of transactions that took long are written with a small number and seen late. The quick look goes back
# this far; the thorough one, once a day, looks at everything.
LOOK_BACK = 10_000
_ADVISORY_LOCK = 0x7472757374  # on PostgreSQL: one sealer at a time; SQLite has one writer anyway
_FIELDS = (
    "pk",
    "at",
    "action",
    "kind",
    "outcome",
    "actor_key",
    "account",
    "target_kind",
    "target_key",
    "source",
    "address",
    "place",
    "request_id",
    "facts",
)


@dataclass(frozen=True)
class Key:
    fingerprint: str
    secret: bytes


def keys() -> dict[str, Key]:
    """The key of today first, then those it replaced (AUDIT_KEY, AUDIT_OLD_KEYS), by fingerprint."""
    raw = [settings.AUDIT_KEY or settings.SECRET_KEY, *settings.AUDIT_OLD_KEYS]
    made = [_key(text) for text in raw]
    return {key.fingerprint: key for key in made}


def _key(text):
    secret = salted_hmac("trust.audit", "seal", secret=text, algorithm="sha256").digest()
    return Key(hashlib.sha256(secret).hexdigest()[:8], secret)


def current_key() -> Key:
    return next(iter(keys().values()))


def contents_of(events):
    """{key: contents as one line, the same on every database} of a query set of events."""
    return {row[0]: _canonical(row) for row in events.order_by().values_list(*_FIELDS)}


def _canonical(row):
    pk, at, *rest = row
    return json.dumps(
        [pk, at.astimezone(UTC).isoformat(timespec="microseconds"), *rest],
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )


def link(key, previous, number, contents) -> str:
    """The hash of seal `number`, which follows the one with the hash `previous`."""
    return sign(key, f"{previous}\n{number}\n{contents}")


def sign(key, text) -> str:
    return hmac.new(key.secret, text.encode(), hashlib.sha256).hexdigest()


def end_of_chain():
    """(number, hash) of the newest seal, else of the last checkpoint, else of the beginning."""
    last = AuditSeal.objects.order_by("number").last() or AuditCheckpoint.objects.order_by("number").last()
    return (last.number, last.hash) if last else (0, BEGINNING)


def unsealed(*, thorough=True):
    """Events without a seal, oldest first."""
    events = AuditEvent.objects.filter(~Exists(AuditSeal.objects.filter(event_id=OuterRef("pk"))))
    if not thorough:
        last = AuditSeal.objects.order_by("number").last()
        events = events.filter(pk__gt=last.event_id - LOOK_BACK) if last else events
    return events.order_by("pk")


def seal_new(*, thorough=False) -> int:
    """Seals what is written since; returns how many. Two sealers at once wait for each other."""
    sealed = 0
    while True:
        if not unsealed(thorough=thorough).exists():  # asked before a write lock is taken
            return sealed
        count = _seal_batch(thorough)
        sealed += count
        if count < BATCH:
            return sealed


@transaction.atomic
def _seal_batch(thorough):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADVISORY_LOCK])
    waiting = list(unsealed(thorough=thorough).values_list("pk", flat=True)[:BATCH])
    contents = contents_of(AuditEvent.objects.filter(pk__in=waiting))
    number, previous = end_of_chain()
    key, now, seals = current_key(), timezone.now(), []
    for event_id in waiting:
        number += 1
        previous = link(key, previous, number, contents[event_id])
        seals.append(
            AuditSeal(number=number, event_id=event_id, hash=previous, key=key.fingerprint, sealed_at=now)
        )
    AuditSeal.objects.bulk_create(seals)
    return len(seals)
