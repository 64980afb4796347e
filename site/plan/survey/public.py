"""What everybody may read of the survey: the public query of this part of the plan. No comment, no point, no
count of fewer than five people."""

from dataclasses import dataclass

from config.figures import LEAST_SHOWN

from . import results
from .counting import LEVELS, shown_cells


@dataclass(frozen=True)
class Month:
    month: int
    total: int | None  # None: too few to be shown
    percent: str | None


@dataclass(frozen=True)
class Summary:
    """Of a year. `total` is None where fewer than five answered: then nothing else is shown either."""

    year: int
    total: int | None
    percent: str | None
    levels: dict[int, int | None]
    months: tuple[Month, ...]


def summary(year) -> Summary:
    """Two queries. Months without answers are left out; a month's share stands beside its number alone; a
    level with few has no number."""
    answers = results.of_year(year)
    whole = results.total(answers)
    if whole.total < LEAST_SHOWN:
        return Summary(year, None, None, {}, ())
    months = {month: tally for month, tally in results.by_month(answers).items() if tally.total}
    totals = shown_cells({month: tally.total for month, tally in months.items()})
    levels = shown_cells(dict(zip(LEVELS, whole.counts, strict=True)))
    return Summary(
        year,
        whole.total,
        whole.percent,
        levels,
        tuple(
            Month(month, shown, months[month].percent if shown is not None else None)
            for month, shown in totals.items()
        ),
    )
