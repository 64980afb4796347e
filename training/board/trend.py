"""The figures of years and months. Frozen years as they were frozen, the others as known today."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from .. import coverage
from ..coverage import Figures
from ..coverage.rules import Counter
from ..in_use import years_in_use
from ..models import CoverageSnapshot, SnapshotRow
from .asking import Asked

YEARS = 5
_MONTHS = 12


@dataclass(frozen=True)
class Point:
    """Figures as of `day`; `version` of the freeze they come from, None where they are live."""

    day: date
    figures: Figures
    version: int | None = None

    @property
    def obliged(self):
        return self.figures.trained + self.figures.missing


def by_year(asked: Asked) -> list[Point]:
    """The last five years, the current one as of the day asked; none before the first in use, which would
    say that nobody was trained where nobody kept a record. At most three queries a year."""
    frozen = _frozen(asked)
    last = asked.year if asked.is_past else asked.today.year
    years = range(last - YEARS + 1, last + 1)
    used = {last, *frozen, *years_in_use(years)[asked.policy.requirement]}
    points = []
    for year in range(max(years[0], min(used)), last + 1):
        if year in frozen and year < asked.today.year:
            points.append(frozen[year])
        else:
            points.append(_live(asked, year))
    return points


def by_month(asked: Asked) -> list[Point]:
    """The ends of the months of the year up to the day asked, and that day. One query a month."""
    days = [
        end for end in (_month_end(asked.year, month) for month in range(1, _MONTHS + 1)) if end < asked.day
    ]
    return [Point(day, _figures(asked, asked.policy, day)) for day in [*days, asked.day]]


def _live(asked, year):
    if year == asked.year:
        return Point(asked.day, _figures(asked, asked.policy, asked.day))
    policy = coverage.policy_of(asked.policy.code, year)
    day = coverage.default_day(year, asked.today)
    return Point(day, _figures(asked, policy, day))


def _figures(asked, policy, day):
    return coverage.whole(coverage.figures_by_unit(policy, day, units=asked.units, tree=asked.tree))


def _month_end(year, month):
    following = date(year + month // _MONTHS, month % _MONTHS + 1, 1)
    return following - timedelta(days=1)


def _frozen(asked):
    """`{year: Point}` from the last version of each year's end: in sight. Two queries."""
    latest = {}
    for snapshot in (
        CoverageSnapshot.objects.filter(
            requirement=asked.policy.requirement, label=CoverageSnapshot.Label.YEAR_END
        )
        .defer("payload")
        .order_by("year", "version")
    ):
        latest[snapshot.year] = snapshot
    if asked.unit_codes is None:
        return {year: Point(one.as_of, _totals(one), one.version) for year, one in latest.items()}
    counters = defaultdict(Counter)
    rows = SnapshotRow.objects.filter(snapshot__in=latest.values(), unit_code__in=asked.unit_codes).order_by()
    for snapshot, state, number in rows.values_list("snapshot", "state").annotate(people=Count("pk")):
        counters[snapshot].add(state, number)
    return {year: Point(one.as_of, counters[one.pk].figures, one.version) for year, one in latest.items()}


def _totals(snapshot):
    return Figures(snapshot.trained, snapshot.exempt, snapshot.not_due, snapshot.missing)
