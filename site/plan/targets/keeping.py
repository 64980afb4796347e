"""Figures the portal computes (config.figures), kept as rows: this year's anew each hour, an earlier year's
each day, since a late certificate may still change it."""

import logging
from datetime import date, timedelta

from django.utils import timezone

from config.figures import all_figures
from obligations.clock import every

from ..loading import YEARS
from ..models import KeptFigure, Target, Task

log = logging.getLogger(__name__)
_A_DAY = timedelta(days=1)
_KEPT = ("as_of", "numerator", "denominator", "is_complete", "population", "source", "computed_at")


def refresh(now=None, *, years=None) -> int:
    """Computes what is due and keeps it; returns how many figures. One that fails does not keep the
    others."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    asked = {*Target.objects.values_list("code", flat=True), *Task.objects.values_list("code", flat=True)}
    known = {(row.code, row.year): row.computed_at for row in KeptFigure.objects.all()}
    rows = []
    for figure in all_figures():
        if figure.code not in asked:
            continue
        for year in years or _years_until(today):
            computed_at = known.get((figure.code, year))
            if years is None and year < today.year and computed_at and computed_at > now - _A_DAY:
                continue
            row = _computed(figure, year, today, now)
            if row:
                rows.append(row)
    KeptFigure.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["code", "year"], update_fields=_KEPT
    )
    return len(rows)


def _years_until(today):
    return [year for year in YEARS if year <= today.year]


def _computed(figure, year, today, now):
    try:
        value = figure.compute(year, min(today, date(year, 12, 31)))
    except Exception:
        log.exception("the figure %s of %s could not be computed", figure.code, year)
        return None
    return KeptFigure(
        code=figure.code,
        year=year,
        as_of=value.as_of,
        numerator=value.numerator,
        denominator=value.denominator,
        is_complete=value.complete,
        population=value.population,
        source=value.source,
        computed_at=now,
    )


@every(seconds=3600, name="plan.figures")
def keep_figures(now):
    refresh(now)
