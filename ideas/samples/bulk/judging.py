"""Sheets with points, the frozen result, the vote, decision and certificates."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from ideas.decisions import certificate_data
from ideas.models import (
    AgendaItem,
    BallotCounter,
    Decision,
    FrozenResult,
    InitiativeCertificate,
    ScoreSheet,
    SheetPoint,
)
from papers import certificates
from scoring.freezing import freeze
from scoring.result import SheetValues, compute

from .. import texts
from ..points import points_for
from .case import REASONS


def write_sheets(desk, cases, versions):
    """`{initiative pk: [(sheet, points)]}`; while scoring runs some sheets are still out."""
    written, rows = defaultdict(list), []
    for case in cases:
        level = case.rng.uniform(0.3, 0.5) if case.state == "declined" else case.rng.uniform(0.62, 0.94)
        out = case.rng.randint(1, 6) if case.state == "evaluating" else 0
        for nth, filled in enumerate(desk.council(case.round).fill(case.initiative)):
            sent = nth >= out
            sheet = ScoreSheet(
                initiative=case.initiative,
                evaluation_number=1,
                seat=filled.seat,
                staff=filled.staff,
                alternate=filled.alternate,
                version=versions[case.initiative.pk],
                state="submitted" if sent else "todo",
                no_conflict_at=case.moments["score"] if sent else None,
                submitted_at=case.moments["score"] + timedelta(hours=nth) if sent else None,
                edit_version=1 if sent else 0,
                comment=case.rng.choice(texts.comments()) if sent else "",
            )
            points = points_for(case.round.rubric.rubric, level, case.rng) if sent else {}
            rows.append(sheet)
            written[case.initiative.pk].append((sheet, points))
    ScoreSheet.objects.bulk_create(rows, batch_size=1000)
    SheetPoint.objects.bulk_create(
        (
            SheetPoint(sheet=sheet, criterion=criterion, points=value)
            for pairs in written.values()
            for sheet, points in pairs
            for criterion, value in points.items()
        ),
        batch_size=3000,
    )
    return written


def write_results(desk, cases, sheets):
    rows = []
    for case in cases:
        rubric = case.round.rubric.rubric
        handed_in = [_values_of(sheet, points) for sheet, points in sheets[case.initiative.pk]]
        result = compute(rubric, handed_in, expected=len(desk.council(case.round).voting_seats))
        frozen = freeze(result, rubric, handed_in)
        rows.append(
            FrozenResult(
                initiative=case.initiative,
                evaluation_number=1,
                sequence=1,
                frozen_at=case.moments["close"],
                payload=frozen.canonical.decode(),
                sha256=frozen.sha256,
                submitted=result.count,
                expected=result.expected,
                mean=result.total.mean_shown,
                median=result.total.median_shown,
                spread=result.total.spread_shown,
                grade=result.grade or "",
                verdict=result.verdict or "",
                has_disagreement=result.disagreement,
                for_city=result.sent_to_city,
            )
        )
    FrozenResult.objects.bulk_create(rows)


def _values_of(sheet, points):
    return SheetValues(str(sheet.seat.number), {code: Decimal(value) for code, value in points.items()})


def write_votes(desk, cases):
    """Secret ballots, as totals: the way large agendas are voted on."""
    rows = []
    for case in cases:
        meeting, council = desk.meeting(case.round), desk.council(case.round)
        seats = len(council.voting_seats)
        agreed = seats - case.rng.randint(0, 1) if case.state == "recognised" else council.needed - 2
        rows.append(
            AgendaItem(
                meeting=meeting,
                initiative=case.initiative,
                evaluation_number=1,
                mode="secret",
                seats=seats,
                needed=council.needed,
                had_quorum=True,
                votes_for=agreed,
                votes_against=seats - agreed,
                issued=seats,
                returned=seats,
                valid=seats,
                invalid=0,
                conclusion="recognise" if case.state == "recognised" else "decline",
                recorded_at=meeting.starts_at + timedelta(hours=2),
            )
        )
    AgendaItem.objects.bulk_create(rows)
    meetings = {desk.meeting(case.round): desk.council(case.round) for case in cases}
    counters = (
        BallotCounter(meeting=meeting, seat=seat, staff=seat.staff, is_leader=nth == 0)
        for meeting, council in meetings.items()
        for nth, seat in enumerate(council.voting_seats[-2:])
    )
    BallotCounter.objects.bulk_create(counters, ignore_conflicts=True)  # an earlier batch named them


def write_decisions(desk, cases):
    rows = Decision.objects.bulk_create(_decision(desk, case) for case in cases)
    for row, case in zip(rows, cases, strict=True):
        row.recorded_at = case.moments["decide"]
    Decision.objects.bulk_update(rows, ["recorded_at"])
    recognised = [
        (case, decision, author)
        for case, decision in zip(cases, rows, strict=True)
        if case.state == "recognised"
        for author in case.initiative.authors.all()
    ]
    data = [
        certificate_data(case.initiative, author, decision, None) for case, decision, author in recognised
    ]
    issued = certificates.issue_many("initiative", data) if data else []
    InitiativeCertificate.objects.bulk_create(
        InitiativeCertificate(author=author, certificate=paper)
        for (_case_, _decision_, author), paper in zip(recognised, issued, strict=True)
    )


def _decision(desk, case):
    day = timezone.localdate(case.moments["decide"])
    return Decision(
        initiative=case.initiative,
        kind="recognise" if case.state == "recognised" else "decline",
        number=f"{300 + case.round.pk}/QĐ-UBND",
        decided_on=day,
        signer=desk.head.staff,
        signer_name=desk.head.display_name,
        reason=REASONS["declined"] if case.state == "declined" else "",
        file=desk.decision.path,
        file_name=desk.decision.name,
        sha256=desk.decision.sha256,
    )
