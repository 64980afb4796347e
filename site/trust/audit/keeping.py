"""How long the trail is kept, and how old events go without breaking the chain (NĐ 333/2026 Đ.16.6: at least
12 months)."""

import logging
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from . import checking, sealing
from .models import AuditCheckpoint, AuditEvent, AuditPermit, AuditSeal
from .recording import record

log = logging.getLogger(__name__)

BATCH = 20_000  # events in one transaction, so that other writers get their turn


class TrailDamaged(RuntimeError):
    """The events to be removed are not as they were written: they are proof now, and stay."""


def kept_since(now) -> datetime:
    """The first moment that is kept: the first day of the month AUDIT_KEEP_MONTHS before this one."""
    today = timezone.localtime(now)
    months = today.year * 12 + today.month - 1 - settings.AUDIT_KEEP_MONTHS
    return datetime(months // 12, months % 12 + 1, 1, tzinfo=timezone.get_current_timezone())


def remove_old(now=None) -> int:
    """Removes events older than what is kept, from the beginning of the chain; returns how many. Raises
    TrailDamaged, having removed nothing, where they are not as sealed."""
    since = kept_since(now or timezone.now())
    last = _last_to_go(since)
    if last is None:
        return 0
    report = checking.verify(up_to=last)
    if not report.intact:
        codes = sorted({finding.code for finding in report.findings})
        raise TrailDamaged(f"old events stay, the trail is damaged: {', '.join(codes)}")
    for number in [*range(report.first + BATCH - 1, last, BATCH), last]:
        _remove(number)
    record("audit.removed", count=report.seals, before=since.date())
    return report.seals


def _last_to_go(since):
    """The number of the last seal before the first that is kept. The newest seal stays whatever its age."""
    young = AuditEvent.objects.filter(pk=OuterRef("event_id"), at__gte=since)
    first_kept = AuditSeal.objects.filter(Exists(young)).order_by("number").first()
    newest = AuditSeal.objects.order_by("number").last()
    if newest is None:
        return None
    going = AuditSeal.objects.filter(number__lt=(first_kept or newest).number)
    found = going.order_by("number").last()
    return found.number if found else None


@transaction.atomic
def _remove(number):
    seal = AuditSeal.objects.get(number=number)
    going = AuditSeal.objects.filter(number__lte=number)
    permit = AuditPermit.objects.create(reason="kept long enough")
    removed = AuditEvent.objects.filter(pk__in=going.values("event_id"))._raw_delete("default")
    going._raw_delete("default")
    key = sealing.current_key()
    checkpoint = AuditCheckpoint(
        number=number, hash=seal.hash, removed=removed, made_at=timezone.now(), key=key.fingerprint
    )
    checkpoint.signature = sealing.sign(key, checking.checkpoint_text(checkpoint))
    checkpoint.save(force_insert=True)
    permit.delete()
