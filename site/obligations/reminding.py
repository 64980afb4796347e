"""What the clock does with what is owed: each stage of each version is told once, however late.

One transaction locks a batch of one kind, asks the app which are still owed, lets it tell them and writes
what became of each. Where that fails, each is tried by itself in a transaction of its own, so that one bad
row holds up nobody; its failure is kept, tried again with growing pauses, and stays in sight when given up.
"""

import logging
import time
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from .days_off import announced_days
from .kinds import Due, kind_of, kinds
from .models import Obligation, Outcome, Reminder, Skipped
from .stages import Stage, moment_of, next_day, reminder_days, reminding_day, stages_reached

log = logging.getLogger(__name__)

RETRY_AFTER = [timedelta(minutes=minutes) for minutes in (5, 15, 60, 360)]
MAX_ATTEMPTS = 1 + len(RETRY_AFTER)
BATCH = 100
BUDGET = 20.0  # seconds of one run: the clock has other work, its heartbeat among it


def remind_due(now):
    """Sends what is due at `now` until nothing is left or the budget is spent; the next run goes on."""
    began = time.monotonic()
    due = _open_and_due(now).filter(kind__in=[kind.code for kind in kinds()])
    for code in list(due.order_by("kind").values_list("kind", flat=True).distinct()):
        while time.monotonic() - began < BUDGET and _remind_batch(kind_of(code), now):
            pass


def retry(reminder_pk, now=None):
    """An administrator's "try again" for a reminder that was given up; whether there was one to try."""
    now = now or timezone.now()
    with transaction.atomic():
        owed = Obligation.objects.open().filter(reminders=reminder_pk)
        row = owed.select_for_update(no_key=True, of=("self",)).first()
        reminder = row and row.reminders.get(pk=reminder_pk)
        if not reminder or reminder.outcome != Outcome.FAILED or _to_be_tried(reminder):
            return False
        reminder.attempts = 0
        if _plan(row, [reminder], announced_days(), now).latest != reminder.stage:
            return False  # another version, or a later stage that has come since
        reminder.save(update_fields=["attempts"])
        Obligation.objects.filter(pk=row.pk).update(look_at=now)
    return True


def _open_and_due(now):
    return Obligation.objects.open().filter(look_at__lte=now)


def _remind_batch(kind, now):
    """Whether there may be more to do."""
    keys = list(
        _open_and_due(now)
        .filter(kind=kind.code)
        .order_by("look_at", "pk")
        .values_list("pk", flat=True)[:BATCH]
    )
    if not keys:
        return False
    try:
        done = _remind(kind, keys, now)
    except Exception:
        log.exception("reminders of %s: a batch failed, each is tried by itself", kind.code)
        done = sum(_remind_alone(kind, key, now) for key in keys)
    return bool(done) and len(keys) == BATCH


def _remind_alone(kind, key, now):
    try:
        return _remind(kind, [key], now)
    except Exception as error:  # whatever an app's teller does wrong is kept beside its obligation
        log.exception("reminder of obligation %s failed", key)
        return _note_failure(key, error, now)


@dataclass
class Plan:
    """What one obligation needs at a moment: `latest` is told, what came before it is passed over."""

    obligation: Obligation
    last_day: date
    latest: Stage | None
    missed: list[tuple[Stage, Skipped]]
    next_on: date | None
    standing: Reminder | None = None  # an attempt at `latest` that failed
    outcome: dict = field(default_factory=dict)


def _plan(obligation, reminders, announced, now):
    """Pure: what became due by `now`, given the reminders this version has had."""
    today = reminding_day(now)
    days = reminder_days(obligation.due_on, fixed=obligation.fixed, announced=announced)
    had = {row.stage: row for row in reminders if row.version == obligation.version}
    reached = stages_reached(days, today)
    latest = reached[-1] if reached else None
    missed = [(stage, _why_missed(days[stage], obligation)) for stage in reached[:-1] if stage not in had]
    # Late from the start is still told once: nobody else says so.
    if latest and latest != Stage.OVERDUE and latest not in had and days[latest] < obligation.version_on:
        missed.append((latest, Skipped.BEGAN_LATER))
        latest = None
    standing = had.get(latest)
    if standing and not _to_be_tried(standing):
        latest = None
    return Plan(
        obligation,
        obligation.last_day(announced),
        latest,
        missed,
        next_day(days, today),
        standing if latest else None,
    )


def _why_missed(day, obligation):
    return Skipped.BEGAN_LATER if day < obligation.version_on else Skipped.PASSED


def _to_be_tried(reminder):
    return reminder.outcome == Outcome.FAILED and reminder.attempts < MAX_ATTEMPTS


def _remind(kind, keys, now):
    """One transaction; returns how many were looked at. Those another worker holds are left to it."""
    with transaction.atomic():
        plans = _locked_plans(keys, now)
        to_tell = {plan.obligation.pk: plan for plan in plans if plan.latest}
        if to_tell:
            rows = [plan.obligation for plan in to_tell.values()]
            owed = {row.pk for row in kind.still_owed(rows, now)}
            for pk, plan in to_tell.items():
                if pk not in owed:
                    plan.outcome = {"outcome": Outcome.SKIPPED, "skipped_why": Skipped.NOT_OWED}
            _tell(kind, [plan for pk, plan in to_tell.items() if pk in owed], now)
        _write(plans, now)
    return len(plans)


def _locked_plans(keys, now):
    locked = _open_and_due(now).filter(pk__in=keys).order_by("pk")
    rows = list(locked.select_for_update(skip_locked=True, no_key=True))
    had = {}
    for reminder in Reminder.objects.filter(obligation__in=[row.pk for row in rows]) if rows else ():
        had.setdefault(reminder.obligation_id, []).append(reminder)
    announced = announced_days() if rows else None
    return [_plan(row, had.get(row.pk, ()), announced, now) for row in rows]


def _tell(kind, plans, now):
    if not plans:
        return
    dues = [Due(plan.obligation, plan.latest, plan.last_day) for plan in plans]
    not_told = kind.tell(dues, now) or {}
    for plan in plans:
        why = not_told.get(plan.obligation.pk)
        if why is None:
            plan.outcome = {"outcome": Outcome.SENT}
        else:
            plan.outcome = {"outcome": Outcome.SKIPPED, "skipped_why": Skipped(why)}


def _write(plans, now):
    """The reminder rows and when to look again; in time order within an obligation."""
    new, tried = [], []
    for plan in plans:
        row = plan.obligation
        for stage, why in plan.missed:
            new.append(_reminder(row, stage, now, outcome=Outcome.SKIPPED, skipped_why=why))
        if plan.standing:
            plan.standing.attempts += 1
            plan.standing.at, plan.standing.error = now, ""
            for name, value in plan.outcome.items():
                setattr(plan.standing, name, value)
            tried.append(plan.standing)
        elif plan.latest:
            new.append(_reminder(row, plan.latest, now, attempts=1, **plan.outcome))
        row.look_at = moment_of(plan.next_on) if plan.next_on else None
    if new:
        Reminder.objects.bulk_create(new)
    if tried:
        Reminder.objects.bulk_update(tried, ["outcome", "skipped_why", "error", "attempts", "at"])
    if plans:
        Obligation.objects.bulk_update([plan.obligation for plan in plans], ["look_at"])


def _reminder(obligation, stage, now, **fields):
    return Reminder(obligation=obligation, version=obligation.version, stage=stage, at=now, **fields)


def _note_failure(key, error, now):
    """Keeps why one obligation's reminder failed, and when it is tried again."""
    with transaction.atomic():
        for plan in _locked_plans([key], now):
            if plan.latest is None:
                continue
            plan.outcome = {
                "outcome": Outcome.FAILED,
                "error": f"{type(error).__name__}: {error}"[:500],
            }
            attempts = plan.standing.attempts if plan.standing else 0
            _write([plan], now)
            if attempts < len(RETRY_AFTER):
                again = now + RETRY_AFTER[attempts]
                planned = plan.obligation.look_at
                look_at = min(again, planned) if planned else again
                Obligation.objects.filter(pk=key).update(look_at=look_at)
            return 1
    return 0
