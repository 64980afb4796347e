"""One target through the years: what its page shows. Pure."""

from dataclasses import dataclass

from ..loading import YEARS
from ..targets import wording
from . import words
from .frozen import Definition


@dataclass(frozen=True)
class Year:
    """`query` leads to the publication the figure stands in; "" where nothing of the year is published."""

    year: int
    expected: str
    value: str
    out_of: str
    day: str
    source: str
    standing: str
    label: str
    older: int | None  # version of the definition it was measured by, where that is no longer in force
    published: object
    query: str
    current: bool


def rows(target, shown) -> list[Year]:
    return [_year(target, shown, year) for year in YEARS]


def _year(target, shown, year):
    one = target.of_year(year)
    publication = shown.publication if year == shown.year else shown.others.get(year)
    held = one.held if one else None
    newest = newest_version(target)
    return Year(
        year=year,
        expected=words.expected_of(target, year),
        value=words.value_or_why_not(one) if one else "",
        out_of=words.out_of(one) if one else "",
        day=words.day_of(one) if one else "",
        source=words.source_of(one) if one else "",
        standing=one.standing.value if one else "",
        label=str(one.standing.label) if one else "",
        older=held.definition.version if held and held.definition.version != newest else None,
        published=publication,
        query=f"nam={year}&lan={publication.number}" if publication else "",
        current=year == shown.year,
    )


def newest_version(target) -> int:
    return max(one.definition.version for one in (target, *target.others.values()))


@dataclass(frozen=True)
class Told:
    definition: Definition
    goal: str
    is_in_force: bool


def definitions(target) -> list[Told]:
    """Every definition a published figure may have been measured by, the newest first."""
    found = {}
    for one in (*target.others.values(), target):
        found |= {definition.version: definition for definition in one.definitions}
    newest = newest_version(target)
    return [
        Told(found[version], wording.goal_of(found[version]), version == newest)
        for version in sorted(found, reverse=True)
    ]
