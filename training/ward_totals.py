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
    return _kept(f"home:{today}", lambda: _live(coverage.policy_of(DIGITAL_SKILLS, today.year), today))


def last_years(today: date) -> list[list[WardTotal]]:
    """For each requirement the totals of this year and the two before, the latest first: of the years
    somebody worked with it, or that are frozen. A list may be empty."""
    return _kept(f"years:{today}", lambda: _all(today))


def _kept(key, compute):
    return cache.get_or_set(f"training:ward-totals:{key}", compute, SECONDS)


def _all(today):
    years = range(today.year, today.year - YEARS, -1)
    frozen, used = _year_ends(years), years_in_use(years)
    policies = {year: coverage.policies_of(year) for year in years}
    return [
        [
            _of_year(policies[year][requirement.code], frozen.get((requirement.pk, year)), today)
            for year in years
            if year in used[requirement.pk] or (requirement.pk, year) in frozen
        ]
        for requirement in Requirement.objects.all()
    ]


def _of_year(policy, snapshot, today):
    if snapshot and policy.year < today.year:
        return _frozen(policy, snapshot)
    return _live(policy, coverage.default_day(policy.year, today))


def _year_ends(years):
    """{(requirement key, year): the version of its freeze that holds}."""
    found = CoverageSnapshot.objects.filter(year__in=years, label=CoverageSnapshot.Label.YEAR_END)
    return {(row.requirement_id, row.year): row for row in found.defer("payload").order_by("version")}


def _frozen(policy, snapshot):
    figures = Figures(snapshot.trained, snapshot.exempt, snapshot.not_due, snapshot.missing)
    return _total(policy, snapshot.as_of, figures, snapshot.sha256)


def _live(policy, day):
    return _total(policy, day, coverage.whole(coverage.figures_by_unit(policy, day)))


def _total(policy, day, figures, sha256=""):
    shown = figures if figures.population >= LEAST_SHOWN else None
    return WardTotal(policy.code, policy.name, policy.year, day, shown, sha256)
