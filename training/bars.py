"""Figures as the parts of a bar: drawn as inline SVG, with the integers in words beside it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .coverage import Figures

# The look's plot classes; what is missing is an outline, so that grey print still tells it apart.
_CLASSES = (("trained", "f-teal"), ("exempt", "f-mid"), ("not_due", "f-light"), ("missing", "f-miss"))
_GAP = 0.006  # of the bar's length, between parts


@dataclass(frozen=True)
class Part:
    look: str
    x: str
    width: str


@dataclass(frozen=True)
class Bar:
    """`length` is that of the view box; `words` say the same as the drawing."""

    length: str
    parts: tuple[Part, ...]
    words: str


def bar_of(figures: Figures) -> Bar:
    """Parts as long as their numbers, a small gap between them. Text is never stretched: none is inside."""
    gap, x, parts = figures.population * _GAP, 0.0, []
    for name, look in _CLASSES:
        if number := getattr(figures, name):
            parts.append(Part(look, f"{x:.2f}", f"{number:d}"))
            x += number + gap
    return Bar(f"{max(x, 1):.2f}", tuple(parts), words_of(figures))


def words_of(figures: Figures) -> str:
    return _(
        "%(trained)s trained, %(exempt)s exempt, %(not_due)s not due, %(missing)s missing, of %(population)s"
    ) % {
        "trained": figures.trained,
        "exempt": figures.exempt,
        "not_due": figures.not_due,
        "missing": figures.missing,
        "population": figures.population,
    }
