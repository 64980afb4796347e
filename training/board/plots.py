"""Geometry of the plots, for inline SVG. Missing people are an outline, never a colour alone."""

from dataclasses import dataclass

from ..coverage import Figures

PEOPLE_DRAWN_UP_TO = 240
_PER_LINE = 24
_STEP, _SIDE = 15, 12
_BAR_LENGTH = 1000  # of the longest bar
_GAP = 8
_KINDS = (("trained", "f-teal"), ("exempt", "f-mid"), ("not_due", "f-light"), ("missing", "f-miss"))


@dataclass(frozen=True)
class Rect:
    kind: str  # the class that fills it
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Plot:
    rects: tuple[Rect, ...]
    width: int
    height: int


def people_drawn(figures: Figures) -> Plot | None:
    """One square a person; None where there would be too many to be read."""
    if not 0 < figures.population <= PEOPLE_DRAWN_UP_TO:
        return None
    kinds = [css for name, css in _KINDS for _person in range(getattr(figures, name))]
    rects = tuple(
        Rect(css, 1 + _STEP * (n % _PER_LINE), 1 + _STEP * (n // _PER_LINE), _SIDE, _SIDE)
        for n, css in enumerate(kinds)
    )
    return Plot(rects, _STEP * _PER_LINE, _STEP * (1 + (len(kinds) - 1) // _PER_LINE))


def bar(figures: Figures, longest: int) -> Plot:
    """A bar as long as its people against the `longest` population; to be stretched, so without text."""
    rects, x = [], 0
    for name, css in _KINDS:
        width = getattr(figures, name) * _BAR_LENGTH // max(longest, 1)
        if width:
            rects.append(Rect(css, x, 0, width, 10))
            x += width + _GAP
    return Plot(tuple(rects), _BAR_LENGTH + len(_KINDS) * _GAP, 10)


@dataclass(frozen=True)
class Column:
    """One column of a chart: who is trained below, who is missing above, with the words under it."""

    rects: tuple[Rect, ...]
    middle: int
    top: int  # where the number over the column stands
    number: str
    label: str


_COLUMN, _BETWEEN, _HEIGHT, _OVER, _UNDER = 44, 28, 150, 22, 24


@dataclass(frozen=True)
class Chart:
    columns: tuple[Column, ...]
    width: int
    height: int
    ground: int  # the line the columns stand on
    under: int  # where the labels stand


def columns(series: list[tuple[str, Figures]]) -> Chart:
    """`series`: [(label, figures)]. Heights go by people who have to be trained (T + M)."""
    most = max((figures.trained + figures.missing for _label, figures in series), default=0)
    found = []
    for n, (label, figures) in enumerate(series):
        x = _BETWEEN // 2 + n * (_COLUMN + _BETWEEN)
        trained = figures.trained * _HEIGHT // max(most, 1)
        missing = figures.missing * _HEIGHT // max(most, 1)
        ground = _OVER + _HEIGHT
        rects = [Rect("f-teal", x, ground - trained, _COLUMN, trained)] if trained else []
        if missing:
            rects.append(Rect("f-miss", x, ground - trained - missing, _COLUMN, missing))
        number = f"{figures.trained}/{figures.trained + figures.missing}" if figures.population else "–"
        top = ground - trained - missing - 6
        found.append(Column(tuple(rects), x + _COLUMN // 2, top, number, label))
    width = len(series) * (_COLUMN + _BETWEEN)
    return Chart(tuple(found), width, _OVER + _HEIGHT + _UNDER, _OVER + _HEIGHT, _OVER + _HEIGHT + 18)
