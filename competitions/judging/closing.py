"""The close of a stage: what was handed in becomes a frozen result; reopened by a logged act."""

import hashlib
import json
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from notifications.events import announce_many
from scoring.freezing import canonical_json, freeze
from scoring.models import SheetState
from scoring.result import compute
from scoring.rubric import definition_of

from .. import acts
from ..models import Finalist, ResultState, Stage, StageResult, StageRun
from ..moves import Answer, Refused
from .handing_out import locked_competition
from .places import fraction, places
from .stages import entries_of, is_closed, run_of, sheets_of, stages_of, window_is_over
from .telling import quietly

_WHO = ("organiser",)


@dataclass(frozen=True)
class Missing:
    """What a stage lacks: entries nobody has judged yet, and sheets that are still out."""

    without: tuple  # codes of entries without a sent sheet
    open: int


def missing(competition, stage):
    """Two queries."""
    entries = dict(entries_of(competition, stage).values_list("pk", "code"))
    sent, still_out = set(), 0
    for entry, state in sheets_of(competition, stage).values_list("entry_id", "state"):
        if state == SheetState.SUBMITTED:
            sent.add(entry)
        elif entry in entries:
            still_out += 1
    return Missing(tuple(code for pk, code in entries.items() if pk not in sent), still_out)


# ---- closing


def may_close(competition, stage, now, *, reason=None):
    """Whether the organiser may close a stage. While judging runs every sheet must be in; once its window is
    over one for each entry is enough, with a written reason. `reason` None: only asked."""
    run = run_of(competition, stage)
    if run is None or run.assigned_at is None:
        return _no("close", "not_assigned")
    if run.closed_at:
        return _no("close", "already_closed")
    lacking = missing(competition, stage)
    if lacking.without:
        params = {"codes": ", ".join(lacking.without), "count": len(lacking.without)}
        return _no("close", "entries_without_sheet", params)
    if lacking.open and not window_is_over(competition, stage, now):
        window = competition.window(stage)
        return _no("close", "sheets_open", {"count": lacking.open, "closes_at": window.closes_at})
    if lacking.open and reason is not None and not reason.strip():
        return _no("close", "reason_missing", field="reason")
    return Answer("close", True, who=_WHO)


def close_stage(competition, stage, user, *, reason="", now=None):
    """Freezes what was handed in. Raises `Refused`; returns the `StageResult`."""
    with transaction.atomic():
        competition = locked_competition(competition)
        now = now or timezone.now()
        answer = may_close(competition, stage, now, reason=reason)
        if not answer.allowed:
            raise Refused(answer)
        lacking = missing(competition, stage)
        result = _freeze(competition, stage, now)
        StageRun.objects.filter(competition=competition, stage=stage).update(closed_at=now)
        details = {"stage": stage, "sha256": result.sha256, "not_handed_in": lacking.open}
        acts.log(competition, "stage_closed", user, reason=reason.strip(), now=now, **details)
        _tell(competition, stage)
    return result


def _freeze(competition, stage, now):
    payload = canonical_json(payload_of(competition, stage))
    before = StageResult.objects.filter(competition=competition, stage=stage)
    return StageResult.objects.create(
        competition=competition,
        stage=stage,
        sequence=(before.aggregate(last=Max("sequence"))["last"] or 0) + 1,
        frozen_at=now,
        payload=payload.decode(),
        sha256=hashlib.sha256(payload).hexdigest(),
    )


def payload_of(competition, stage):
    """Every counted entry with its sheets, figures and place, under the rubric of the competition."""
    rubric = competition.rubric.rubric
    sent = {}
    rows = sheets_of(competition, stage).filter(state=SheetState.SUBMITTED)
    all_of = {}
    for entry in sheets_of(competition, stage).values_list("entry_id", flat=True):
        all_of[entry] = all_of.get(entry, 0) + 1
    for sheet in rows.select_related("version").prefetch_related("points").order_by("judge_id"):
        sent.setdefault(sheet.entry_id, []).append(sheet)
    entries = {
        entry.code: _entry_payload(entry, sent.get(entry.pk, []), rubric, all_of.get(entry.pk, 0))
        for entry in entries_of(competition, stage)
    }
    scores = {code: fraction(e["result"]["total"]["mean"]) for code, e in entries.items()}
    for place in places(scores):
        entries[place.key]["rank"] = place.rank
    return {
        "format": 1,
        "competition": competition.code,
        "stage": str(stage),
        "rubric": definition_of(rubric),
        "entries": [entries[code] for code in sorted(entries)],
    }


def _entry_payload(entry, sheets, rubric, expected):
    values = [sheet.values(f"{sheet.judge_id:06d}") for sheet in sheets]
    frozen = freeze(compute(rubric, values, expected=expected), rubric, values)
    return {
        "entry": entry.code,
        "blind_code": entry.blind_code,
        "version": {"number": sheets[-1].version.number, "sha256": sheets[-1].version.sha256},
        "sheets": frozen.payload["sheets"],
        "result": frozen.payload["result"],
        "sha256": frozen.sha256,
    }


# ---- reading what is frozen


def latest_result(competition, stage):
    """The `StageResult` in force, or None while the stage is not closed."""
    if not is_closed(competition, stage):
        return None
    return competition.stage_results.filter(stage=stage).order_by("-sequence").first()


def entries_in(result):
    """{entry code: its part of the frozen result}."""
    return {entry["entry"]: entry for entry in json.loads(result.payload)["entries"]}


def ranking_of(result, codes=None):
    """The places of a frozen result; among `codes` alone, where some of its entries left since."""
    entries = entries_in(result)
    kept = entries if codes is None else {code: entries[code] for code in codes if code in entries}
    return places({code: fraction(e["result"]["total"]["mean"]) for code, e in kept.items()})


# ---- reopening


def may_reopen(competition, stage, now, *, reason=None):
    if not is_closed(competition, stage):
        return _no("reopen", "stage_not_closed")
    results = getattr(competition, "result_list", None)
    if results is not None and results.state != ResultState.DRAFT:
        code = "results_are_out" if results.state == ResultState.PUBLISHED else "results_are_checked"
        return _no("reopen", code)
    if stage == Stage.PRELIMINARY and Stage.FINAL in stages_of(competition):
        final = run_of(competition, Stage.FINAL)
        begun = competition.standing(now).code == Stage.FINAL or (final and final.assigned_at)
        if begun or window_is_over(competition, Stage.FINAL, now):
            return _no("reopen", "next_stage_has_begun")
    if reason is not None and not reason.strip():
        return _no("reopen", "reason_missing", field="reason")
    return Answer("reopen", True, who=_WHO)


def reopen_stage(competition, stage, user, *, reason, now=None):
    """The stage is judged on: its frozen result stays in the record, a shortlist drawn from it goes."""
    with transaction.atomic():
        competition = locked_competition(competition)
        now = now or timezone.now()
        answer = may_reopen(competition, stage, now, reason=reason)
        if not answer.allowed:
            raise Refused(answer)
        StageRun.objects.filter(competition=competition, stage=stage).update(closed_at=None)
        dropped = []
        if stage == Stage.PRELIMINARY:
            rows = Finalist.objects.filter(competition=competition)
            dropped = list(rows.values_list("entry__code", flat=True))
            rows.delete()
        details = {"stage": stage, "finalists_dropped": dropped}
        acts.log(competition, "stage_reopened", user, reason=reason.strip(), now=now, **details)
        _tell(competition, stage)


def _tell(competition, stage):
    judges = [sheet.judge.user for sheet in sheets_of(competition, stage).select_related("judge__user")]
    announce_many([quietly(competition, judges)])


def _no(act, reason, params=None, field=""):
    return Answer(act, False, reason, params or {}, who=_WHO, field=field)
