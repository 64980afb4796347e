"""What the home page shows of training; the same to everybody."""

from django.utils import timezone

from portal.registry import KeyFigure

from . import ward_totals
from .bars import bar_of


def trained_this_year(request):
    """The year's digital skills, or nothing where fewer than five people are concerned."""
    total = ward_totals.this_year(timezone.localdate())
    if total.figures is None:
        return None
    return KeyFigure("training/home_figure.html", {"total": total, "bar": bar_of(total.figures)}, total.as_of)
