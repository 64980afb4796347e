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
    """For each requirement the totals of this year and the two before, the latest first."""
    return _kept(f"years:{today}", lambda: _all(today))


def _kept(key, compute):
    return cache.get_or_set(f"training:ward-totals:{key}", compute, SECONDS)


def _all(today):
    years = range(today.year, today.year - YEARS, -1)
    frozen = _year_ends(years)
    return [
        [
            _frozen(requirement, frozen[requirement.pk, year])
            if year < today.year and (requirement.pk, year) in frozen
            else _live(requirement.code, year, coverage.default_day(year, today))
            for year in years
        ]
        for requirement in Requirement.objects.all()
    ]


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
