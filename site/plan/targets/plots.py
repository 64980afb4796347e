"""A target's years as small columns with a mark where each should be: geometry only, numbers stand in
words."""

from dataclasses import dataclass
from decimal import Decimal

from ..loading import YEARS
from .standing import Standing

STEP, WIDTH, HEIGHT, LEAST = 22, 18, 40, 2
_LOOKS = {
    Standing.MET: "f-teal",
    Standing.ON_TRACK: "f-mid",
    Standing.AT_RISK: "f-miss",
    Standing.LATE: "f-red",
}


@dataclass(frozen=True)
class Column:
    year: int
    x: int
    y: int
    height: int  # 0: no figure
    look: str
    mark: int | None  # where the expected value lies
    end: int


@dataclass(frozen=True)
class Plot:
    columns: tuple[Column, ...]
    width: int = STEP * len(YEARS) - (STEP - WIDTH)
    height: int = HEIGHT
    column_width: int = WIDTH


def plot_of(line) -> Plot:
    """The five years of a `query.Line`."""
    values = {year: held.measure.value for year, held in line.values.items()}
    top = highest(values.values(), line.expected.values(), line.definition.is_share)
    return Plot(
        tuple(_column(line, number, year, values.get(year), top) for number, year in enumerate(YEARS))
    )


def highest(values, expected, is_share) -> Decimal:
    """What fills the plot: 100 for a share, else the largest number there is."""
    numbers = [number for number in (*values, *expected) if number is not None]
    top = max([Decimal(100), *numbers]) if is_share else max(numbers, default=Decimal(0))
    return top or Decimal(1)


def tall(number, top) -> int:
    """Pixels of a number; what is above 0 can be seen."""
    return max(int(number * HEIGHT / top), LEAST) if number else 0


def _column(line, number, year, value, top):
    height = tall(value, top) if value is not None else 0
    expected = line.expected.get(year)
    x = number * STEP
    return Column(
        year=year,
        x=x,
        y=HEIGHT - height,
        height=height,
        look=_LOOKS.get(line.verdict_of(year).standing, "f-light") if value is not None else "f-light",
        mark=None if expected is None else HEIGHT - tall(expected, top),
        end=x + WIDTH,
    )
