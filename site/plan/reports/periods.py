"""When the plan wants reports: pure rules over its dates and reviews. "Before 10/6": its last day is 9/6."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from ..models.report import PeriodKind

_ONE_DAY = timedelta(days=1)
# The plan's yearly dates that are reports, and its reviews; the others are work, not reports.
_YEARLY = {"R1": PeriodKind.SIX_MONTHS, "R2": PeriodKind.YEAR}
_REVIEWS = {"V-INTERIM": PeriodKind.INTERIM_REVIEW, "V-FINAL": PeriodKind.FINAL_REVIEW}
_SLUGS = {
    PeriodKind.SIX_MONTHS: "6-thang",
    PeriodKind.YEAR: "nam",
    PeriodKind.INTERIM_REVIEW: "so-ket",
    PeriodKind.FINAL_REVIEW: "tong-ket",
    PeriodKind.AD_HOC: "dot-xuat",
}
# The plan names only the year of a review: it is due with that year's report until the coordinator moves it.
_REVIEW_LAST_DAY = (12, 9)


@dataclass(frozen=True)
class Planned:
    """One period as the plan has it."""

    kind: str
    from_day: date
    to_day: date
    last_day: date
    cut_off: date

    @property
    def code(self):
        return f"{self.last_day.year}-{_SLUGS[self.kind]}"


def planned_periods(year: int, dates: Iterable, reviews: Iterable, days_before=0) -> list[Planned]:
    """What is due in `year`, what is due first on top. `dates` and `reviews` are rows of `models.dates`."""
    found = [
        _planned(_YEARLY[row.code], *_half(_YEARLY[row.code], year), last_day_of(row, year), days_before)
        for row in dates
        if row.code in _YEARLY and is_asked(row, year)
    ]
    found += [
        _planned(
            _REVIEWS[row.code],
            date(row.from_year or year, 1, 1),
            date(row.to_year or year, 12, 31),
            date(year, *_REVIEW_LAST_DAY),
            days_before,
        )
        for row in reviews
        if row.code in _REVIEWS and row.due_year == year
    ]
    return sorted(found, key=lambda period: (period.last_day, period.code))


def is_asked(row, year) -> bool:
    """Whether this yearly date has begun: the plan came out two days after its first 10/6."""
    return bool(row.month and row.day) and (
        row.first_due_on is None or date(year, row.month, row.day) >= row.first_due_on
    )


def last_day_of(row, year) -> date:
    """The last day in time: "trước ngày 10/6" is 9/6."""
    named = date(year, row.month, row.day)
    return named - _ONE_DAY if row.strictly_before else named


def cut_off_of(last_day: date, days_before=0) -> date:
    """Figures as of: the end of the month before, or so many days before the last day."""
    return last_day - timedelta(days=days_before) if days_before else last_day.replace(day=1) - _ONE_DAY


def _half(kind, year):
    return date(year, 1, 1), (date(year, 6, 30) if kind == PeriodKind.SIX_MONTHS else date(year, 12, 31))


def _planned(kind, from_day, to_day, last_day, days_before):
    return Planned(kind, from_day, to_day, last_day, cut_off_of(last_day, days_before))


def ad_hoc_code(year, taken: Iterable[str]) -> str:
    """The next one of that year: 2026-dot-xuat-1."""
    begins = f"{year}-{_SLUGS[PeriodKind.AD_HOC]}-"
    numbers = [int(code.removeprefix(begins)) for code in taken if code.removeprefix(begins).isdecimal()]
    return f"{begins}{max(numbers, default=0) + 1}"


def title_of(planned: Planned) -> str:
    """In the language active now."""
    words = {
        PeriodKind.SIX_MONTHS: _("Report of the first six months of %(year)s"),
        PeriodKind.YEAR: _("Report of %(year)s"),
        PeriodKind.INTERIM_REVIEW: _("Interim review of %(first)s-%(last)s"),
        PeriodKind.FINAL_REVIEW: _("Final review of %(first)s-%(last)s"),
    }[planned.kind]
    first, last = planned.from_day.year, planned.to_day.year
    return words % {"year": planned.last_day.year, "first": first, "last": last}
