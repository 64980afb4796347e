"""What everybody may read of the coverage: ward totals, numbers only, none of fewer than five people.

A past year is read from its freeze at the end of the year where there is one; everything else is live. Kept
for a minute, since anybody may ask.
"""

from dataclasses import dataclass
from datetime import date

from django.core.cache import cache

from config.figures import LEAST_SHOWN

from . import coverage
from .coverage import Figures
from .in_use import years_in_use
from .models import CoverageSnapshot, Requirement
from .reference_data import DIGITAL_SKILLS

SECONDS = 60
YEARS = 3


@dataclass(frozen=True)
class WardTotal:
    """Figures of one requirement and year; `figures` None: fewer than five people, not shown. `sha256` is
    that of the freeze they are from, empty when live."""

    code: str
    name: str
    year: int
    as_of: date
    figures: Figures | None
    sha256: str = ""


def this_year(today: date) -> WardTotal:
    """Digital skills (A9) today: what the home page shows. Three queries at most, once a minute."""
    return _kept(f"home:{today}", lambda: _live(DIGITAL_SKILLS, today.year, today))


def last_years(today: date) -> list[list[WardTotal]]:
    """For each requirement the totals of this year and the two before, the latest first: of the years
    somebody worked with it, or that are frozen. A list may be empty."""
    return _kept(f"years:{today}", lambda: _all(today))


def _kept(key, compute):
    return cache.get_or_set(f"training:ward-totals:{key}", compute, SECONDS)


def _all(today):
    years = range(today.year, today.year - YEARS, -1)
    frozen, used = _year_ends(years), years_in_use(years)
    return [
        [
            _of_year(requirement, year, frozen.get((requirement.pk, year)), today)
            for year in years
            if year in used[requirement.pk] or (requirement.pk, year) in frozen
        ]
        for requirement in Requirement.objects.all()
    ]


def _of_year(requirement, year, snapshot, today):
    if snapshot and year < today.year:
        return _frozen(requirement, snapshot)
    return _live(requirement.code, year, coverage.default_day(year, today))


def _year_ends(years):
    """{(requirement key, year): the version of its freeze that holds}."""
    found = CoverageSnapshot.objects.filter(year__in=years, label=CoverageSnapshot.Label.YEAR_END)
    return {(row.requirement_id, row.year): row for row in found.defer("payload").order_by("version")}


def _frozen(requirement, snapshot):
    figures = Figures(snapshot.trained, snapshot.exempt, snapshot.not_due, snapshot.missing)
    return _total(requirement.code, requirement.name, snapshot.year, snapshot.as_of, figures, snapshot.sha256)


def _live(code, year, day):
    policy = coverage.policy_of(code, year)
    figures = coverage.whole(coverage.figures_by_unit(policy, day))
    return _total(code, policy.name, year, day, figures)


def _total(code, name, year, day, figures, sha256=""):
    return WardTotal(code, name, year, day, figures if figures.population >= LEAST_SHOWN else None, sha256)
