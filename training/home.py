"""What the home page shows of training; the same to everybody."""

from django.utils import timezone

from . import ward_totals
from .bars import bar_of


def figures(request):
    """The year's digital skills, or nothing where fewer than five people are concerned."""
    total = ward_totals.this_year(timezone.localdate())
    if total.figures is None:
        return None
    return "training/home_figures.html", {"total": total, "bar": bar_of(total.figures)}
