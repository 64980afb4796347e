"""How much waits for each person, kept beside the bell so that no page counts it anew.

Counted when the work page is opened, and by the clock each minute, the longest ago first, for whoever signed
in within a month. At a ward's size that is everybody each minute; where there are more, `BUDGET` seconds a
run.
"""

import time
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from .duties import work_of
from .models import DutyFigure

ACTIVE = timedelta(days=30)
EVERY = timedelta(seconds=50)
BUDGET = 5.0
_AT_ONCE = 500


@dataclass(frozen=True)
class Figure:
    """What a page says: how many things wait, how many of them are late, when the next is due."""

    waiting: int = 0
    overdue: int = 0
    next_due: date | None = None


def figure_of(sections) -> Figure:
    """Pure: the figure of what `work_of` found."""
    items = [item for section in sections for item in section.items]
    days = [item.due_day for item in items if item.due and not item.overdue]
    return Figure(len(items), sum(item.overdue for item in items), min(days, default=None))


def keep(user, sections, now=None) -> Figure:
    """Notes the figure of `sections`; one query."""
    figure = figure_of(sections)
    row = DutyFigure(account=user.pk, counted_at=now or timezone.now(), **asdict(figure))
    DutyFigure.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["account"], update_fields=[*asdict(figure), "counted_at"]
    )
    return figure


def count_anew(now):
    """The clock's round; returns how many were counted."""
    began, counted = time.monotonic(), 0
    kept = DutyFigure.objects.filter(account=OuterRef("pk"))
    people = (
        get_user_model()
        ._default_manager.filter(is_active=True, last_login__gte=now - ACTIVE)
        .annotate(counted_at=Subquery(kept.values("counted_at")))
        .filter(Q(counted_at=None) | Q(counted_at__lte=now - EVERY) | Q(counted_at__gt=now))
        .order_by(F("counted_at").asc(nulls_first=True), "pk")
    )
    for user in people[:_AT_ONCE]:
        if time.monotonic() - began > BUDGET:
            break
        keep(user, work_of(user, now), now)
        counted += 1
    return counted
