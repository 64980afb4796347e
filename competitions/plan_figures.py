"""What competitions know of the plan: how many were held, which task G3.3 asks for."""

from datetime import date, datetime, time

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.figure_sources import add_sources
from config.figures import Figure, Value, add_figure

from .reading import published


def held(year, day) -> Value:
    """G3.3: "Tổ chức các cuộc thi, giao lưu, diễn đàn trao đổi kinh nghiệm, sáng kiến" (V.3). A competition
    or forum was held in the year its last window closed."""
    begins = _midnight(date(year, 1, 1))
    ends = min(_midnight(date(year + 1, 1, 1)), _midnight(date.fromordinal(day.toordinal() + 1)))
    over = published().prefetch_related(None).annotate(last=Max("phases__closes_at"))
    found = over.filter(last__gt=begins, last__lte=ends).order_by().count()
    return Value(
        numerator=found,
        denominator=None,
        percent=None,
        complete=found >= 1,
        as_of=day,
        source="competitions:held",
    )


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def add_figures():
    add_figure(Figure("G3.3", _("Competitions and forums held this year"), held))
    add_sources({"competitions:held": _("published competitions that are over")})
