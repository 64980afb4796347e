"""The daily run of retention (`trust.retention`): each kind once a local day, each by itself, its count
kept.

A kind that failed is tried again by the next run of the worker; a run repeated on the same day does
nothing, and would find nothing.
"""

import logging
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from trust import audit, retention

from .models import RetentionRun

logger = logging.getLogger(__name__)


def run(now):
    """{kind: rows taken away} of the kinds whose turn it was."""
    today = timezone.localdate(now)
    done = set(RetentionRun.objects.filter(day=today, error="").values_list("kind", flat=True))
    return {kind.code: _run(kind, today, now) for kind in retention.kinds() if kind.code not in done}


def _run(kind, today, now):
    try:
        with transaction.atomic():
            count = kind.purge(kind.before(now)) or 0
            if count:
                audit.record("retention.run", target=("retention", kind.code), count=count)
    except Exception as error:
        logger.exception("retention of %s failed", kind.code)
        _keep(kind, today, now, count=0, error=type(error).__name__)
        return None
    _keep(kind, today, now, count=count, error="")
    return count


def _keep(kind, today, now, **values):
    RetentionRun.objects.update_or_create(kind=kind.code, day=today, defaults={"at": now, **values})


@dataclass(frozen=True)
class Standing:
    """A kind as the officer reads it: `due` is None where it is not counted beforehand."""

    label: str
    basis: str
    days: int
    before: date
    due: int | None
    last: RetentionRun | None
    last_month: int


def standing(now=None):
    """Every kind with what is due now and what its last run came to; two queries, and one a kind that
    counts."""
    now = now or timezone.now()
    last, month = {}, {}
    since = timezone.localdate(now) - timedelta(days=30)
    for row in RetentionRun.objects.filter(day__gte=since).order_by("day"):
        last[row.kind] = row
        month[row.kind] = month.get(row.kind, 0) + row.count
    for kind in retention.kinds():
        before = kind.before(now)
        yield Standing(
            str(kind.label),
            str(kind.basis),
            kind.keep.days,
            timezone.localdate(before),
            kind.due(before) if kind.due else None,
            last.get(kind.code),
            month.get(kind.code, 0),
        )
