"""The parts of the public page of progress: the plan's own, and what its other lines add in their `ready`."""

from collections.abc import Callable
from dataclasses import dataclass, field

Provider = Callable[..., tuple[str, dict] | None]


@dataclass(frozen=True)
class Section:
    """`template` is drawn with `data`; it begins with an <h2> of its own."""

    template: str
    data: dict


@dataclass(frozen=True, order=True)
class _Entry:
    order: int
    provider: Provider = field(compare=False)


_entries: list[_Entry] = []


def add_section(order: int, provider: Provider):
    """`provider(request, shown)` gives (template, data) or None; `shown` is the publication on the page
    (`reading.Shown`). 10 is the place of the summary, 20 of the targets by group, 30 of the tasks, 40 to 80
    of what else is counted, 90 of how it is counted. The page is public and cached: a provider gives the
    same to everybody, in a constant number of queries, nothing about a person, no count of fewer than five
    people (`config.figures.LEAST_SHOWN`); and whoever changes what it tells raises the stamp."""
    if all(entry.provider is not provider for entry in _entries):
        _entries.append(_Entry(order, provider))
        _entries.sort()


def sections(request, shown) -> list[Section]:
    answers = [entry.provider(request, shown) for entry in _entries]
    return [Section(*answer) for answer in answers if answer is not None]
