"""The exact result of blind sheets: pure, in Python, the same on every database.

Every figure is a `Fraction`; rounding (half-up, two decimals) happens for the eye only, decisions never read
a rounded number. An unfinished sheet is left out, never counted as zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from vietnamese.numbers import round_half_up

from .points import check_points
from .rubric import TRIMMED

PASS, COMPLETE_AGAIN, FAIL = "pass", "complete_again", "fail"
BELOW_PASS = "below_pass"  # noqa: S105 - a reason code
CRITERION_BELOW = "criterion_below_minimum"
CRITERION_ELIMINATES = "criterion_eliminates"
GROUP_BELOW = "group_below_minimum"
NO_COMPLETE_SHEET = "no_complete_sheet"
TRIM_FROM = 5  # sheets; with fewer, dropping two would leave too little to call a mean


@dataclass(frozen=True)
class SheetValues:
    """One seat's points. A criterion left out or None has no points yet."""

    seat: str
    points: Mapping[str, Decimal | None] = field(default_factory=dict)


@dataclass(frozen=True)
class SheetResult:
    """`total` is exact and weighted, None while the sheet lacks a required criterion (`missing`)."""

    seat: str
    total: Decimal | None
    missing: tuple[str, ...] = ()

    @property
    def complete(self):
        return self.total is not None


@dataclass(frozen=True)
class Figures:
    """Mean, median, least, greatest and spread of one series, exact. `count` is how many values it had."""

    count: int
    mean: Fraction
    median: Fraction
    minimum: Fraction
    maximum: Fraction

    @property
    def spread(self):
        return self.maximum - self.minimum

    @property
    def mean_shown(self):
        return half_up(self.mean)

    @property
    def median_shown(self):
        return half_up(self.median)

    @property
    def spread_shown(self):
        return half_up(self.spread)


@dataclass(frozen=True)
class Reason:
    """Why not (yet) passed. `subject` is a criterion's or group's code, "" for the total."""

    code: str
    subject: str = ""
    value: Fraction | None = None
    bound: Decimal | None = None


@dataclass(frozen=True)
class Result:
    """What the sheets come to. `total`, `verdict` and `grade` are None while no sheet is complete.

    `verdict` also is None for a rubric that only ranks (no pass total). `total.mean` is the score.
    """

    sheets: tuple[SheetResult, ...]
    expected: int
    total: Figures | None
    criteria: dict[str, Figures]
    groups: dict[str, Figures]
    verdict: str | None
    reasons: tuple[Reason, ...]
    grade: str | None
    disagreement: bool
    sent_to_city: bool

    @property
    def count(self):
        """How many sheets are complete and counted."""
        return sum(sheet.complete for sheet in self.sheets)

    @property
    def count_text(self):
        return f"{self.count}/{self.expected}"

    @property
    def score(self):
        """The mean total, half-up to two decimals for display; None while no sheet is complete."""
        return self.total.mean_shown if self.total else None


def half_up(value, places=2):
    """`value` (Fraction, Decimal or int) as a Decimal rounded half away from zero to `places` decimals."""
    return round_half_up(value, places)


# ---- series


def mean_of(values, kind):
    """Plain mean; `trimmed` drops one least and one greatest value of five or more (fewer: plain)."""
    values = sorted(map(Fraction, values))
    if kind == TRIMMED and len(values) >= TRIM_FROM:
        values = values[1:-1]
    return sum(values, Fraction(0)) / len(values)


def median_of(values):
    values = sorted(map(Fraction, values))
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


def _figures(values, kind):
    """The figures of one series; None when it is empty. Spread and median are never trimmed."""
    values = list(values)
    if not values:
        return None
    return Figures(
        len(values),
        mean_of(values, kind),
        median_of(values),
        Fraction(min(values)),
        Fraction(max(values)),
    )


# ---- the result


def compute(rubric, sheets, expected=None):
    """The `Result` of `sheets` (those handed in) under `rubric`; `expected` is how many were asked for.

    A trimmed mean trims each series by itself (totals, each group, each criterion), so it does not depend on
    the order of the sheets; the criteria's trimmed means need not add up to that of the totals.
    Verdict: a mean below an eliminating criterion's minimum fails. With nothing else short it passes. What
    falls short otherwise may be completed again from `complete_again_from` up, or fails. More points never
    make the verdict worse. A grade is given to what passes, or to what is only ranked.

    Raises ValueError for a seat with two sheets or a criterion the rubric lacks, `ScoreRefused` (a ValueError
    too) for points that cannot stand.
    """
    sheets = sorted(sheets, key=lambda sheet: sheet.seat)
    _refuse_impossible(rubric, sheets)
    results = tuple(_sheet_result(rubric, sheet) for sheet in sheets)
    complete = [sheet for sheet, result in zip(sheets, results, strict=True) if result.complete]
    kind = rubric.mean_kind
    total = _figures([result.total for result in results if result.complete], kind)
    criteria = _without_empty((c.code, _figures(_points_of(complete, c.code), kind)) for c in rubric.scored)
    groups = _without_empty(
        (g.code, _figures([_weighted(rubric, sheet, g.code) for sheet in complete], kind))
        for g in rubric.groups
        if any(not c.comment_only for c in rubric.criteria_of(g.code))
    )
    verdict, reasons = _verdict(rubric, total, criteria, groups)
    may_grade = total is not None and (verdict == PASS or rubric.pass_total is None)
    return Result(
        sheets=results,
        expected=len(sheets) if expected is None else expected,
        total=total,
        criteria=criteria,
        groups=groups,
        verdict=verdict,
        reasons=reasons,
        grade=_grade(rubric, total, criteria) if may_grade else None,
        disagreement=bool(total) and rubric.spread_flag is not None and total.spread > rubric.spread_flag,
        sent_to_city=verdict == PASS and rubric.city_mark is not None and total.mean >= rubric.city_mark,
    )


def _refuse_impossible(rubric, sheets):
    known = {c.code: c for c in rubric.scored}
    seats = [sheet.seat for sheet in sheets]
    if len(set(seats)) != len(seats):
        raise ValueError("a seat has two sheets")
    for sheet in sheets:
        for code, points in sheet.points.items():
            if code not in known:
                raise ValueError(f"criterion {code!r} takes no points in rubric {rubric.code}")
            if points is not None:
                check_points(known[code], points)


def _sheet_result(rubric, sheet):
    missing = tuple(c.code for c in rubric.required if sheet.points.get(c.code) is None)
    return SheetResult(sheet.seat, None if missing else _weighted(rubric, sheet), missing)


def _weighted(rubric, sheet, group=None):
    """Weighted points of one sheet, of all criteria or one group's. An optional one left out adds nothing."""
    return sum(
        (
            sheet.points[c.code] * c.weight
            for c in rubric.scored
            if (group is None or c.group == group) and sheet.points.get(c.code) is not None
        ),
        Decimal(0),
    )


def _points_of(sheets, code):
    return [sheet.points[code] for sheet in sheets if sheet.points.get(code) is not None]


def _without_empty(pairs):
    return {code: figures for code, figures in pairs if figures is not None}


def _verdict(rubric, total, criteria, groups):
    if total is None:
        return None, (Reason(NO_COMPLETE_SHEET),)
    reasons = tuple(_shortfalls(rubric, total, criteria, groups))
    if rubric.pass_total is None:
        return None, reasons
    if not reasons:
        return PASS, ()
    again = rubric.complete_again_from
    eliminated = any(reason.code == CRITERION_ELIMINATES for reason in reasons)
    if again is not None and total.mean >= again and not eliminated:
        return COMPLETE_AGAIN, reasons
    return FAIL, reasons


def _shortfalls(rubric, total, criteria, groups):
    if rubric.pass_total is not None and total.mean < rubric.pass_total:
        yield Reason(BELOW_PASS, "", total.mean, rubric.pass_total)
    for criterion in rubric.scored:
        figures = criteria.get(criterion.code)
        if figures and criterion.min_mean is not None and figures.mean < criterion.min_mean:
            code = CRITERION_ELIMINATES if criterion.eliminating else CRITERION_BELOW
            yield Reason(code, criterion.code, figures.mean, criterion.min_mean)
    for group in rubric.groups:
        figures = groups.get(group.code)
        if figures and group.min_mean is not None and figures.mean < group.min_mean:
            yield Reason(GROUP_BELOW, group.code, figures.mean, group.min_mean)


def _grade(rubric, total, criteria):
    """The code of the best grade whose lower bounds all hold, None when none does."""
    for grade in rubric.grades:
        reached = all(code in criteria and criteria[code].mean >= low for code, low in grade.conditions)
        if total.mean >= grade.min_total and reached:
            return grade.code
    return None
