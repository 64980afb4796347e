"""What everybody reads of difficulties: checked answers, in the ward's words; of a resident the name where
they agreed, nothing else."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import search, sitemap
from portal.stamp import raise_stamp

from ..models import Difficulty, Origin

FOUND_AS = "difficulty"  # their kind in the search
LABEL = gettext_lazy("Difficulties raised and answered")
LIST = "/ke-hoach/vuong-mac/"
SEND = f"{LIST}gui/"


@dataclass(frozen=True)
class Card:
    number: str
    title: str
    text: str
    answer: str
    unit: str
    whose: str
    published_at: datetime
    is_sample: bool

    @property
    def url(self):
        return address_of(self.number)


def address_of(number):
    return f"{LIST}{number}/"


def published(*, year=None, unit=None, origin=None):
    """The latest first; narrowed to a year, the code of the answering unit, whoever raised it."""
    rows = Difficulty.objects.published().order_by("-published_at", "-pk")
    if year:
        rows = rows.filter(published_at__year=year)
    if unit:
        rows = rows.filter(unit__code=unit)
    if origin:
        resident = rows.filter(origin=Origin.RESIDENT)
        rows = resident if origin == Origin.RESIDENT else rows.exclude(origin=Origin.RESIDENT)
    return rows.defer("text", "proposal", "answer", "place")


def years():
    return [day.year for day in Difficulty.objects.published().dates("published_at", "year", order="DESC")]


def units():
    """[(code, name)] of those that answered something published."""
    rows = Difficulty.objects.published().filter(unit__isnull=False).order_by("unit__order", "unit__code")
    return list(rows.values_list("unit__code", "unit__name").distinct())


def cards(difficulties):
    return [
        Card(
            number=row.number,
            title=row.public_title,
            text=row.public_text,
            answer=row.public_answer,
            unit=row.unit_name,
            whose=whose(row),
            published_at=row.published_at,
            is_sample=row.is_sample,
        )
        for row in difficulties
    ]


def whose(row):
    """Who raised it, as everybody may read it: a unit, or a resident; by name where they agreed."""
    return (row.public_name or _("a resident")) if row.origin == Origin.RESIDENT else row.from_unit_name


def follow(difficulties):
    """After a step that touched what the public may read: kept pages are old, the search is told."""
    raise_stamp()
    search.refresh(FOUND_AS, [str(row.pk) for row in difficulties])


def found(ids):
    """What the search knows of them."""
    rows = list(published() if ids is None else published().filter(pk__in=ids))
    for row, card in zip(rows, cards(rows), strict=True):
        yield search.Found(
            object_id=str(row.pk),
            title=card.title,
            url=card.url,
            text=f"{card.text} {card.answer}",
            detail=" · ".join(filter(None, [card.number, card.unit])),
            day=timezone.localdate(row.published_at),
        )


def addresses():
    """The letter box, the list and every published difficulty, for search engines."""
    yield sitemap.Address(SEND)
    yield sitemap.Address(LIST)
    for number, at in published().values_list("number", "published_at"):
        yield sitemap.Address(address_of(number), at)
