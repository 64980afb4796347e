"""What initiatives know of the plan's targets: E3, those in use within the year."""

from django.utils.translation import gettext_lazy as _

from config.figure_sources import add_sources
from config.figures import Figure, Value, add_figure

from .applied import applied_in_year

LEAST_APPLIED = 1


def applied(year, day) -> Value:
    """E3: "phấn đấu mỗi năm có sáng kiến được áp dụng thực tiễn tại UBND phường và các thôn" (II.2.e). The
    plan names no number; one is the least its words ask for."""
    found = applied_in_year(year, day).count()
    return Value(
        numerator=found,
        denominator=None,
        percent=None,
        complete=found >= LEAST_APPLIED,
        as_of=day,
        source="initiatives:applied",
    )


def add_figures():
    add_figure(Figure("E3", _("Initiatives in use this year"), applied, "/sang-kien/"))
    add_sources({"initiatives:applied": _("recognised initiatives whose use was verified")})
