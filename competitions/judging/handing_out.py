"""Sheets for judges: handed out evenly when a stage begins, topped up when something changes."""

import secrets

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from notifications.events import announce_many
from scoring.assignment import assign
from scoring.models import SheetState

from .. import acts
from ..models import CompetitionPage, EntrySheet, EntryVersion, Stage, StageRun
from ..moves import Answer, Refused
from .stages import (
    barred_from,
    entries_have_closed,
    entries_of,
    held_in,
    is_closed,
    run_of,
    seats_of,
    stages_of,
)
from .telling import new_sheets, quietly


def locked_competition(competition):
    rows = CompetitionPage.objects.select_for_update(of=("self",), no_key=True)
    return rows.get(pk=competition.pk)


# ---- asking


def may_assign(competition, stage, now):
    """Whether the organiser may hand out the sheets of a stage now; organisers alone ask."""
    if refusal := _first_refusal(competition, stage, now):
        code, params = refusal if isinstance(refusal, tuple) else (refusal, {})
        return Answer("assign", False, code, params, who=("organiser",))
    return Answer("assign", True, who=("organiser",))


def _first_refusal(competition, stage, now):
    run = run_of(competition, stage)
    if run is not None and run.assigned_at:
        return "already_assigned"
    if not entries_have_closed(competition, now):
        window = competition.window("entry")
        return "entries_still_open", {"closes_at": window.closes_at if window else None}
    if competition.rubric_id is None:
        return "no_rubric"
    if refusal := _before_final(competition, stage):
        return refusal
    if not entries_of(competition, stage).exists():
        return "no_entries"
    seats, needed = len(seats_of(competition)), _least_seats(competition, stage)
    if seats < needed:
        return "too_few_judges", {"seats": seats, "needed": needed}
    return None


def _before_final(competition, stage):
    if stage != Stage.FINAL or Stage.PRELIMINARY not in stages_of(competition):
        return None
    if not is_closed(competition, Stage.PRELIMINARY):
        return "preliminary_not_closed"
    return None if competition.finalist_rows.exists() else "no_finalists"


def _least_seats(competition, stage):
    return 1 if stage == Stage.FINAL else competition.judges_each


# ---- doing


def assign_stage(competition, stage, user, *, now=None, seed=None):
    """The organiser hands out a stage: every entry gets its judges, in the final all of them. The rubric is
    fixed with it. Raises `Refused`; returns the sheets."""
    with transaction.atomic():
        competition = locked_competition(competition)
        now = now or timezone.now()
        answer = may_assign(competition, stage, now)
        if not answer.allowed:
            raise Refused(answer)
        competition.rubric.fix(now)
        seed = str(seed if seed is not None else secrets.randbelow(10**9))
        run, _made = StageRun.objects.update_or_create(
            competition=competition, stage=stage, defaults={"assigned_at": now, "seed": seed}
        )
        made, short = hand_out(competition, run)
        if not made:
            raise Refused(Answer("assign", False, "everybody_in_conflict", who=("organiser",)))
        details = {"stage": stage, "seed": seed, "sheets": len(made), "short": sum(short.values())}
        acts.log(competition, "assigned", user, now=now, **details)
        announce_many([*new_sheets(competition, made), quietly(competition)])
    return made


def top_up(competition, stage, user, *, now=None):
    """What is missing after judges came or went is handed out; unsent sheets of seats given up are void.
    Returns the new sheets."""
    with transaction.atomic():
        competition = locked_competition(competition)
        run = run_of(competition, stage)
        if run is None or run.assigned_at is None or run.closed_at:
            raise Refused(Answer("top_up", False, "stage_not_running", who=("organiser",)))
        gone = void_given_up_seats(competition, stage)
        made, short = hand_out(competition, run)
        details = {"stage": stage, "sheets": len(made), "void": len(gone), "short": sum(short.values())}
        acts.log(competition, "topped_up", user, now=now or timezone.now(), **details)
        watching = [sheet.judge.user for sheet in gone]
        announce_many([*new_sheets(competition, made), quietly(competition, watching)])
    return made


def void_given_up_seats(competition, stage):
    """Unsent sheets of judges who may not judge any more; what was sent stays."""
    seats = {seat.pk for seat in seats_of(competition)}
    unsent = EntrySheet.objects.filter(competition=competition, stage=stage).filter(
        state__in=(SheetState.TODO, SheetState.DRAFT)
    )
    gone = list(unsent.exclude(judge__in=seats).select_related("judge__user"))
    void(gone)
    return gone


def void(sheets):
    """Nobody goes on with these for now. What is written in them stays, in case the entry comes back."""
    EntrySheet.objects.filter(pk__in=[sheet.pk for sheet in sheets]).update(
        state=SheetState.VOID, submitted_at=None, edit_version=F("edit_version") + 1
    )


def hand_out(competition, run, entries=None):
    """New sheets for the stage's entries (or these of them) that lack judges; (sheets, {entry pk: lacking}).
    Inside a transaction that holds the competition."""
    wanted = entries_of(competition, run.stage)
    if entries is not None:
        wanted = wanted.filter(pk__in=[entry.pk for entry in entries])
    wanted = {entry.pk: entry for entry in wanted.annotate(latest=_latest_version())}
    seats = {seat.pk: seat for seat in seats_of(competition)}
    each = len(seats) if run.stage == Stage.FINAL else competition.judges_each
    result = assign(
        wanted,
        seats,
        each,
        seed=run.seed,
        barred=barred_from(competition, list(wanted)),
        held=held_in(competition, run.stage),
    )
    sheets = [
        EntrySheet(
            competition=competition,
            entry=wanted[entry],
            version_id=wanted[entry].latest,
            stage=run.stage,
            judge=seats[judge],
        )
        for entry, judge in result.pairs
    ]
    # In the order of the lot: the keys of sheets say nothing about who came first.
    EntrySheet.objects.bulk_create(sheets)
    return sheets, result.short


def _latest_version():
    versions = EntryVersion.objects.filter(entry=OuterRef("pk")).order_by("-number")
    return Subquery(versions.values("pk")[:1])
