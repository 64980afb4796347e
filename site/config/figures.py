"""Figures of the plan's targets and tasks that an app can compute: each app adds its own in
`AppConfig.ready`.

Ward totals, numbers only: who reads a figure here never learns of a person. Plan and portal ask by the code
of the target ("A9") or task ("G3.3"); whoever publishes one holds back totals of fewer than `LEAST_SHOWN`
people.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

LEAST_SHOWN = 5  # people: a smaller total would speak of persons


@dataclass(frozen=True)
class Value:
    """What a figure is on a day. `percent` is `numerator` of `denominator`, floored to one decimal ("93.1");
    both are None for a count, `percent` alone where the denominator is 0. `population` is everybody meant,
    those exempt included; None where no people are counted. `source` is a stable code of where it is from.
    """

    numerator: int
    denominator: int | None
    percent: str | None
    complete: bool  # whether what the target asks for is reached
    as_of: date
    source: str
    population: int | None = None

    @property
    def is_public(self):
        """Whether it may be shown to everybody as it stands."""
        return self.population is None or self.population >= LEAST_SHOWN


@dataclass(frozen=True)
class Figure:
    """`code` is that of the plan's target or task. `compute(year, day)` gives the value of a day of that
    year, in a constant number of queries."""

    code: str
    label: str | Promise
    compute: Callable[[int, date], Value]


_figures: dict[str, Figure] = {}


def add_figure(figure: Figure) -> Figure:
    """Raises ValueError when another one has the code."""
    if _figures.setdefault(figure.code, figure) != figure:
        raise ValueError(f"Two figures are called {figure.code}")
    return figure


def figure_of(code: str) -> Figure | None:
    return _figures.get(code)


def all_figures() -> list[Figure]:
    """By code."""
    return [_figures[code] for code in sorted(_figures)]
