"""Columns of a small plot, for inline SVG: geometry only, the numbers stand over the columns."""

from collections.abc import Iterable
from dataclasses import dataclass

_STEP, _WIDTH = 60, 44
_TALLEST, _GROUND = 52, 70  # of the columns; the line they stand on
_FOUR = 3 * _STEP + _WIDTH  # so many columns fill the plot; a fifth makes it wider


@dataclass(frozen=True)
class Column:
    number: int
    label: str
    look: str  # the class that fills it
    x: int
    y: int
    height: int

    @property
    def middle(self):
        return self.x + _WIDTH // 2

    @property
    def over(self):
        return self.y - 6


@dataclass(frozen=True)
class Columns:
    columns: tuple[Column, ...]
    width: int
    height: int = 92
    column_width: int = _WIDTH
    ground: int = _GROUND


def columns(series: Iterable[tuple[str, int]]) -> Columns:
    """`[(label, number)]` in the order of time; the last is the one under way. 0 has no column."""
    series = list(series)
    most = max((number for _label, number in series), default=0)
    found = [
        _column(place, label, number, most, place == len(series) - 1)
        for place, (label, number) in enumerate(series)
    ]
    return Columns(tuple(found), max(_FOUR, _STEP * (len(series) - 1) + _WIDTH))


def _column(place, label, number, most, is_last):
    height = max(number * _TALLEST // most, 2) if number else 0
    look = "f-red" if is_last else "f-light"
    return Column(number, label, look, place * _STEP, _GROUND - height, height)
