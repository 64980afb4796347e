"""What the clock does with what is owed: each stage of each version is told once, however late.

One transaction locks a batch of one kind, asks the app which are still owed, lets it tell them and writes
what became of each. Where that fails, each is tried by itself in a transaction of its own, and each of its
stages by itself, so that one bad row holds up nobody; its failure is kept, tried again with growing pauses,
and stays in sight when given up.

What comes before the day and its passing is for the owner: of several stages that came while the worker stood
still, the latest alone is told. The levels above are each for somebody else: every one that came is told.
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
from .stages import LEVELS, Stage, moment_of, next_day, reminder_days, reminding_day, stages_reached

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
        if reminder.stage not in _plan(row, [reminder], announced_days(), now).to_tell:
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
    """One obligation, each stage in a savepoint: whatever an app's teller does wrong is kept beside it."""
    with transaction.atomic():
        plans = _locked_plans([key], now)
        for plan in plans:
            for stage in plan.to_tell:
                try:
                    with transaction.atomic():
                        _find_outcomes(kind, [(plan, stage)], now)
                except Exception as error:
                    log.exception("reminder of obligation %s failed", key)
                    words = f"{type(error).__name__}: {error}"[:500]
                    told = _told_at(kind, stage)
                    plan.outcomes[stage] = {"outcome": Outcome.FAILED, "error": words, "told": told}
        _write(plans, now)
    return len(plans)


@dataclass
class Plan:
    """What one obligation needs at a moment: `to_tell` is told, `missed` is passed over."""

    obligation: Obligation
    last_day: date
    to_tell: list[Stage]
    missed: list[tuple[Stage, Skipped]]
    next_on: date | None
    standing: dict[Stage, Reminder]  # attempts that failed
    outcomes: dict[Stage, dict] = field(default_factory=dict)


def _plan(obligation, reminders, announced, now):
    """Pure: what became due by `now`, given the reminders this version has had."""
    today = reminding_day(now)
    # A clock that was set back may have dated the version in what is the future now.
    began_on = min(obligation.version_on, today)
    days = reminder_days(
        obligation.due_on,
        fixed=obligation.fixed,
        announced=announced,
        levels=kind_of(obligation.kind).levels_after,
        began_on=began_on,
    )
    had = {row.stage: row for row in reminders if row.version == obligation.version}
    reached = stages_reached(days, today)
    own = [stage for stage in reached if stage not in LEVELS]
    missed = [(stage, _why_missed(days[stage], began_on)) for stage in own[:-1] if stage not in had]
    to_tell = own[-1:] + [stage for stage in reached if stage in LEVELS]
    # Late from the start is still told once: nobody else says so.
    if own and own[-1] != Stage.OVERDUE and own[-1] not in had and days[own[-1]] < began_on:
        missed.append((to_tell.pop(0), Skipped.BEGAN_LATER))
    to_tell = [stage for stage in to_tell if stage not in had or _to_be_tried(had[stage])]
    return Plan(
        obligation,
        obligation.last_day(announced),
        to_tell,
        missed,
        next_day(days, today),
        {stage: had[stage] for stage in to_tell if stage in had},
    )


def _why_missed(day, began_on):
    return Skipped.BEGAN_LATER if day < began_on else Skipped.PASSED


def _to_be_tried(reminder):
    return reminder.outcome == Outcome.FAILED and reminder.attempts < MAX_ATTEMPTS


def _remind(kind, keys, now):
    """One transaction; returns how many were looked at. Those another worker holds are left to it."""
    with transaction.atomic():
        plans = _locked_plans(keys, now)
        _find_outcomes(kind, [(plan, stage) for plan in plans for stage in plan.to_tell], now)
        _write(plans, now)
    return len(plans)


def _find_outcomes(kind, wanted, now):
    """Tells the wanted `(plan, stage)`s that are still owed and notes on each plan what became of them."""
    if not wanted:
        return
    rows = {plan.obligation.pk: plan.obligation for plan, _stage in wanted}
    owed = {row.pk for row in kind.still_owed(list(rows.values()), now)}
    tellers = {}
    for plan, stage in wanted:
        if plan.obligation.pk not in owed:
            plan.outcomes[stage] = {"outcome": Outcome.SKIPPED, "skipped_why": Skipped.NOT_OWED}
        else:
            tellers.setdefault(_told_at(kind, stage), []).append((plan, stage))
    for told, group in tellers.items():
        _tell(kind.superiors[told].tell if told else kind.tell, told, group, now)


def _locked_plans(keys, now):
    locked = _open_and_due(now).filter(pk__in=keys).order_by("pk")
    rows = list(locked.select_for_update(skip_locked=True, no_key=True))
    had = {}
    for reminder in Reminder.objects.filter(obligation__in=[row.pk for row in rows]) if rows else ():
        had.setdefault(reminder.obligation_id, []).append(reminder)
    announced = announced_days() if rows else None
    return [_plan(row, had.get(row.pk, ()), announced, now) for row in rows]


def _told_at(kind, stage):
    """The code of the superior told at this stage; empty for the owner."""
    return kind.levels[stage][1] if stage in LEVELS else ""


def _tell(tell, told, group, now):
    """What became of telling one person's group; `told` as in `_told_at`."""
    dues = [Due(plan.obligation, stage, plan.last_day) for plan, stage in group]
    not_told = tell(dues, now) or {}
    for plan, stage in group:
        why = not_told.get(plan.obligation.pk)
        plan.outcomes[stage] = {"told": told} | (
            {"outcome": Outcome.SENT}
            if why is None
            else {"outcome": Outcome.SKIPPED, "skipped_why": Skipped(why)}
        )


def _write(plans, now):
    """The reminder rows and when to look again; in time order within an obligation."""
    new, tried = [], []
    for plan in plans:
        row = plan.obligation
        for stage, why in plan.missed:
            new.append(_reminder(row, stage, now, outcome=Outcome.SKIPPED, skipped_why=why))
        looks = [moment_of(plan.next_on)] if plan.next_on else []
        for stage in plan.to_tell:
            outcome = plan.outcomes[stage]
            before = plan.standing.get(stage)
            reminder = before or _reminder(row, stage, now, attempts=0)
            reminder.attempts, reminder.at, reminder.error = reminder.attempts + 1, now, ""
            for name, value in outcome.items():
                setattr(reminder, name, value)
            (tried if before else new).append(reminder)
            if reminder.outcome == Outcome.FAILED and reminder.attempts <= len(RETRY_AFTER):
                looks.append(now + RETRY_AFTER[reminder.attempts - 1])
        row.look_at = min(looks, default=None)
    if new:
        Reminder.objects.bulk_create(new)
    if tried:
        Reminder.objects.bulk_update(tried, ["outcome", "skipped_why", "error", "attempts", "at", "told"])
    if plans:
        Obligation.objects.bulk_update([plan.obligation for plan in plans], ["look_at"])


def _reminder(obligation, stage, now, **fields):
    return Reminder(obligation=obligation, version=obligation.version, stage=stage, at=now, **fields)
