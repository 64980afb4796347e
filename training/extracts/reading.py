"""Extracts read for somebody's eyes; a list of people costs as many queries as one person."""

from django.conf import settings
from django.utils import timezone, translation

from people.extracts import extracts_of
from people.service import workplaces

from .. import coverage
from .drawing import Extract


def extracts(people, year, viewer, now=None) -> list[Extract]:
    """In the order of `people`; in Vietnamese, as everything on paper."""
    people, now = list(people), now or timezone.now()
    day = coverage.default_day(year, timezone.localdate(now))
    places = workplaces([person.pk for person in people], day)
    with translation.override(settings.LANGUAGE_CODE):
        parts = extracts_of(people, year, viewer)
    found = []
    for person in people:
        unit, position = places.get(person.pk, (None, ""))
        found.append(
            Extract(
                code=person.staff_code,
                name=person.full_name,
                unit=unit.name if unit else "",
                position=position,
                year=year,
                day=day,
                parts=tuple(parts[person.pk]),
                is_sample=person.is_sample,
                taken_at=now,
            )
        )
    return found
