"""Budget lines: entering, putting right, removing, publishing; `published_lines` is what everybody reads."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from plan.models import BudgetLine
from portal.stamp import raise_stamp

from . import log
from .access import Rights
from .money import source_words
from .refusing import Refused

_TYPED = ("year", "source", "estimate", "spent", "document", "note")


@dataclass(frozen=True)
class Typed:
    year: int
    source: str
    estimate: int
    spent: int = 0
    document: str = ""
    note: str = ""


def add_line(task, user, typed: Typed, *, key="", now=None):
    now = now or timezone.now()
    with transaction.atomic():
        row = log.locked(task)
        if log.arrived_before(row, key):
            return None
        _may_enter(row, user)
        line = BudgetLine(task=row, entered_at=now, entered_by=user, entered_by_name=user.display_name)
        _fill(line, typed)
        line.save()
        log.write(row, "money_added", user, now, key=key, line=line.pk, **_figures(line))
    return line


def edit_line(line, user, typed: Typed, *, seen, now=None):
    """What is public stays as it was published until the coordinator publishes anew."""
    now = now or timezone.now()
    with transaction.atomic():
        task, row = _locked(line, seen)
        _may_enter(task, user)
        named = ("year", "source", "document")
        if row.is_public and any(getattr(row, name) != getattr(typed, name) for name in named):
            raise Refused("line_public")
        before = _figures(row)
        _fill(row, typed)
        row.entered_at, row.entered_by, row.entered_by_name = now, user, user.display_name
        _save(row)
        log.write(task, "money_edited", user, now, line=row.pk, before=before, **_figures(row))
    return row


def remove_line(line, user, *, seen, now=None):
    now = now or timezone.now()
    with transaction.atomic():
        task, row = _locked(line, seen)
        _may_enter(task, user)
        if row.is_public:
            raise Refused("line_public")
        row.removed_at = now
        _save(row)
        log.write(task, "money_removed", user, now, line=row.pk, **_figures(row))


def publish(line, user, *, seen, now=None):
    """Everybody reads these very figures from today on."""
    now = now or timezone.now()
    with transaction.atomic():
        task, row = _locked(line, seen)
        _only_coordinator(task, user)
        if row.is_public and not row.differs_from_public:
            raise Refused("line_same_public")
        row.published_on, row.published_by_name = timezone.localdate(now), user.display_name
        row.published_estimate, row.published_spent = row.estimate, row.spent
        _save(row)
        raise_stamp()
        log.write(task, "money_published", user, now, line=row.pk, **_figures(row))
    return row


def take_back(line, user, reason, *, seen, now=None):
    now = now or timezone.now()
    if not reason:
        raise Refused("reason_missing", "reason")
    with transaction.atomic():
        task, row = _locked(line, seen)
        _only_coordinator(task, user)
        if not row.is_public:
            raise Refused("line_not_public")
        row.published_on = row.published_estimate = row.published_spent = None
        row.published_by_name = ""
        _save(row)
        raise_stamp()
        log.write(task, "money_taken_back", user, now, reason, line=row.pk, **_figures(row))
    return row


def _locked(line, seen):
    task = log.locked(line.task)
    row = task.budget_lines.filter(pk=line.pk, removed_at=None).first()
    if row is None or row.edit_version != seen:
        raise Refused("line_changed")
    return task, row


def _may_enter(task, user):
    if refused := Rights(task, user).plan_refusal():
        raise refused


def _only_coordinator(task, user):
    if refused := Rights(task, user).coordinate_refusal():
        raise refused


def _fill(line, typed):
    for name in _TYPED:
        setattr(line, name, getattr(typed, name))


def _save(row):
    row.edit_version += 1
    row.save()


def _figures(line):
    return {name: getattr(line, name) for name in ("year", "source", "estimate", "spent", "document")}


# ---- read


def standing_lines(tasks=None):
    """The lines that stand, of these tasks (a queryset or keys) or of all."""
    lines = BudgetLine.objects.filter(removed_at=None).select_related("task")
    return lines if tasks is None else lines.filter(task__in=tasks)


@dataclass(frozen=True)
class PublicLine:
    code: str
    task: str
    year: int
    source: str  # stable code
    source_words: str
    estimate: int
    spent: int
    document: str
    published_on: date


def published_lines(year=None) -> list[PublicLine]:
    """What is public, as it was when it was published: the newest year first, then in the plan's order."""
    rows = BudgetLine.objects.filter(removed_at=None, published_on__isnull=False).select_related("task")
    rows = rows.filter(year=year) if year else rows
    return [
        PublicLine(
            row.task.code,
            row.task.text,
            row.year,
            row.source,
            source_words(row.source),
            row.published_estimate,
            row.published_spent,
            row.document,
            row.published_on,
        )
        for row in rows.order_by("-year", "task__order", "task__pk", "source", "pk")
    ]
