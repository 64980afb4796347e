"""What else a copy of a person's data holds: things that are no rows of a table of ours, such as the
sessions in which somebody is signed in. Each app registers its own in `AppConfig.ready`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from .persons import Person
from .processing import activity_of


@dataclass(frozen=True)
class Part:
    """`rows(person)` answers {name: value} for each thing; `columns` are the words of those names."""

    code: str
    activity: str
    heading: str | Promise
    columns: Mapping[str, str | Promise]
    rows: Callable[[Person], list]


_parts: dict[str, Part] = {}


def register_part(part: Part) -> Part:
    activity_of(part.activity)
    if _parts.setdefault(part.code, part) != part:
        raise ValueError(f"Two parts are called {part.code}")
    return part


def parts() -> list[Part]:
    return list(_parts.values())
