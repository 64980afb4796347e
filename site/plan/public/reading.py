"""Which publication somebody asks for, and what was published of the other years by then."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from ..loading import YEARS
from ..models import TargetPublication
from .frozen import Target, Task, beside, targets_of, tasks_of


class Unknown(ValueError):
    """Asked for a year, a day or a number there is no publication of."""


@dataclass(frozen=True)
class Asked:
    """`year` of the plan; or the publication that held on `day`; or the `number`-th of the year."""

    year: int | None = None
    day: date | None = None
    number: int | None = None


@dataclass
class Shown:
    """The publication that is shown, None where nothing of the year is published, with the last of each
    other year by then. `is_latest`: nothing newer of its year is out."""

    year: int
    publication: TargetPublication | None
    others: dict[int, TargetPublication]
    is_latest: bool = True

    @cached_property
    def targets(self) -> list[Target]:
        if self.publication is None:
            return []
        others = {year: one.payload for year, one in self.others.items()}
        return beside(targets_of(self.publication.payload), others)

    @cached_property
    def tasks(self) -> list[Task]:
        return tasks_of(self.publication.payload) if self.publication else []

    @property
    def published_years(self):
        return sorted({*self.others, *([self.year] if self.publication else [])})

    @property
    def query(self):
        """What an address of this very publication says; an older one is named by its number."""
        if self.publication is None or self.is_latest:
            return f"nam={self.year}"
        return f"nam={self.year}&lan={self.publication.number}"


def read_asked(query) -> Asked:
    """`?nam=`, `?ngay=` (2026-11-30), `?lan=`; raises `Unknown` for what names nothing."""
    year, number, day = (query.get(name, "") for name in ("nam", "lan", "ngay"))
    try:
        asked = Asked(
            year=_number(year) if year else None,
            day=date.fromisoformat(day) if day else None,
            number=_number(number) if number else None,
        )
    except ValueError as error:
        raise Unknown(str(error)) from error
    if asked.year is not None and asked.year not in YEARS:
        raise Unknown(year)
    return asked


def _number(text):
    if not text.isascii() or not text.isdecimal() or len(text) > 6:
        raise ValueError(text)
    return int(text)


def shown(asked: Asked, today=None) -> Shown:
    """Two queries."""
    today = today or timezone.localdate()
    rows = TargetPublication.objects.all()
    latest = _last_of_each_year(rows)
    year = asked.year or _usual_year(latest, today)
    newest = latest.get(year)
    if asked.number is None and asked.day is None:
        return Shown(year, newest, _without(latest, year))
    of_year = rows.filter(year=year)
    if asked.number is not None:
        found = of_year.filter(number=asked.number).first()
    else:
        found = of_year.filter(published_at__lt=_end_of(asked.day)).order_by("-number").first()
    if found is None:
        raise Unknown("no such publication")
    by_then = _last_of_each_year(rows.filter(published_at__lte=found.published_at))
    return Shown(year, found, _without(by_then, year), is_latest=found.pk == newest.pk)


def _usual_year(latest, today):
    """This year's, as soon as something of it is published; before that the last there is."""
    current = min(max(today.year, YEARS[0]), YEARS[-1])
    before = [year for year in latest if year <= current]
    return max(before, default=current)


def _without(found, year):
    return {other: one for other, one in found.items() if other != year}


def _last_of_each_year(rows):
    newest = rows.filter(year=OuterRef("year")).order_by("-number").values("number")[:1]
    return {row.year: row for row in rows.annotate(newest=Subquery(newest)).filter(number=F("newest"))}


def _end_of(day):
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def publications_of(year) -> list[TargetPublication]:
    """Every one of a year, the newest first, without what they hold."""
    return list(TargetPublication.objects.filter(year=year).defer("payload").order_by("-number"))


def last_counts():
    """(publication without its payload, its counts) of the usual year, or None: what the home page shows."""
    today = timezone.localdate()
    rows = TargetPublication.objects.filter(year__lte=max(today.year, YEARS[0])).defer("payload")
    return rows.order_by("-year", "-number").first()
