"""How much went out, month by month and channel by channel. `tabled` is pure, `counts` asks two queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from portal.models.news import public_articles

from ..models import Channel, Publicity

PORTAL = "portal"  # this portal's news, counted where it stands
COLUMNS = (PORTAL, *Channel.values)


@dataclass(frozen=True)
class Table:
    """`months` are {column: how many} for each month of the year so far."""

    months: tuple[dict[str, int], ...]

    @property
    def totals(self) -> dict[str, int]:
        return {column: sum(month[column] for month in self.months) for column in COLUMNS}

    @property
    def total(self) -> int:
        return sum(self.totals.values())


def tabled(items: Iterable[tuple[date, str]], year: int, day: date) -> Table:
    """`items` are (local day, column); what lies outside the year or after `day` is left out."""
    last = day.month if day.year == year else 12 if day.year > year else 0
    months = [dict.fromkeys(COLUMNS, 0) for _month in range(last)]
    for on, column in items:
        if on.year == year and on <= day:
            months[on.month - 1][column] += 1
    return Table(tuple(months))


def counts(year: int | None = None, day: date | None = None) -> Table:
    """What everybody may read and reports show: counts of a year as of a day."""
    day = day or timezone.localdate()
    year = year or day.year
    return tabled([*_news(year), *_entered(year)], year, day)


def _news(year):
    return (
        (on, PORTAL)
        for on in public_articles().filter(published_on__year=year).values_list("published_on", flat=True)
    )


def _entered(year):
    rows = Publicity.objects.filter(struck_at__isnull=True, at__year=year)
    for at, channel in rows.values_list("at", "channel"):
        yield timezone.localdate(at), channel
