"""The door: what would be published now, and publishing it. A coordinator does; the ward's leaders look."""

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

from django.db import transaction
from django.utils import timezone

from editing.canonical import canonical
from portal.stamp import raise_stamp

from ..access import coordinates, reads_all
from ..loading import YEARS
from ..models import TargetGroup, TargetPublication
from . import difference
from .freezing import HELD_BACK, counts_of, payload_of
from .frozen import Target, targets_of


class Refused(Exception):
    """`code` says why: not_coordinator, year_outside, figures_changed, same_as_before."""

    def __init__(self, code, field=None):
        super().__init__(code)
        self.code, self.field = code, field


def may_look(user) -> bool:
    return reads_all(user)


def may_publish(user) -> bool:
    return coordinates(user)


@dataclass
class Draft:
    """What would be published of a year on `day`; `last` is the publication that holds now, or None."""

    year: int
    payload: dict
    last: TargetPublication | None
    counts: dict = field(init=False)

    def __post_init__(self):
        self.counts = counts_of(self.payload)

    @cached_property
    def seen(self):
        """Stands for exactly this draft: whoever presses the button has read these figures."""
        number = self.last.number if self.last else 0
        return hashlib.sha256(canonical([number, self.payload])).hexdigest()

    @cached_property
    def targets(self) -> list[Target]:
        return targets_of(self.payload)

    @cached_property
    def changes(self):
        return difference.changes(self.last.payload if self.last else None, self.payload)

    @property
    def is_the_same(self):
        return difference.is_the_same(self.last.payload if self.last else None, self.payload)

    @property
    def missing(self):
        return [one for one in self.targets if one.held is None]

    @property
    def held_back(self):
        return [one for one in self.targets if one.verdict.reason == HELD_BACK]

    @property
    def proposed(self):
        """Targets whose leading unit nobody confirmed; readers are told so."""
        return [one for one in self.targets if one.is_proposed]


def years_open(today) -> list[int]:
    """The plan's years that have begun."""
    return [year for year in YEARS if year <= today.year]


def draft(year, now=None) -> Draft:
    """In a constant number of queries."""
    day = timezone.localdate(now or timezone.now())
    if year not in years_open(day):
        raise Refused("year_outside")
    last = TargetPublication.objects.filter(year=year).order_by("-number").first()
    return Draft(year, payload_of(year, day), last)


def publish(user, year, *, seen, note="", now=None, is_sample=False) -> TargetPublication:
    """Freezes what `seen` stands for. Where a figure changed since it was read, nothing is published."""
    now = now or timezone.now()
    if not may_publish(user):
        raise Refused("not_coordinator")
    with transaction.atomic():
        list(TargetGroup.objects.select_for_update().order_by("pk")[:1])  # one publication at a time
        held = draft(year, now)
        if held.seen != seen:
            raise Refused("figures_changed")
        if held.is_the_same:
            raise Refused("same_as_before")
        made = TargetPublication.objects.create(
            year=year,
            number=held.last.number + 1 if held.last else 1,
            published_at=now,
            by=user,
            by_name=user.display_name,
            note=note,
            payload=held.payload,
            counts=held.counts,
            sha256=hash_of(held.payload),
            is_sample=is_sample,
        )
        raise_stamp()
    return made


def hash_of(payload) -> str:
    """Of the canonical JSON: whoever has the payload can compute it again."""
    return hashlib.sha256(canonical(payload)).hexdigest()
