"""The close: what was handed in becomes a frozen result."""

from scoring.freezing import freeze
from scoring.models import SheetState
from scoring.result import compute

from ..capacities import council_for
from ..models import FrozenResult, ScoreSheet


def freeze_results(initiatives, move):
    """The frozen result of each closed evaluation: what was handed in, nothing else."""
    rows = []
    for initiative in initiatives:
        rubric = initiative.rubric.rubric
        handed_in = [
            sheet.values(str(sheet.seat.number))
            for sheet in ScoreSheet.objects.filter(
                initiative=initiative,
                evaluation_number=initiative.evaluation_number,
                state=SheetState.SUBMITTED,
            )
            .select_related("seat")
            .prefetch_related("points")
        ]
        expected = len(council_for(initiative, move).voting_seats)
        result = compute(rubric, handed_in, expected=expected)
        frozen = freeze(result, rubric, handed_in)
        before = [r for r in initiative.results.all() if r.evaluation_number == initiative.evaluation_number]
        rows.append(
            FrozenResult(
                initiative=initiative,
                evaluation_number=initiative.evaluation_number,
                sequence=len(before) + 1,
                frozen_at=move.now,
                payload=frozen.canonical.decode(),
                sha256=frozen.sha256,
                submitted=result.count,
                expected=result.expected,
                mean=result.total.mean_shown if result.total else None,
                median=result.total.median_shown if result.total else None,
                spread=result.total.spread_shown if result.total else None,
                grade=result.grade or "",
                verdict=result.verdict or "",
                has_disagreement=result.disagreement,
                for_city=result.sent_to_city,
            )
        )
    FrozenResult.objects.bulk_create(rows)
    return rows
