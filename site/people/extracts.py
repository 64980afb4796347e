"""What other parts of the portal add to a person's yearly extract: each app registers its own part.

The pages that show the extract belong to one app; what stands in it belongs to all. A list of many people is
asked for at once, so that it costs as many queries for a unit as for one person.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ExtractRow:
    """One thing of the year. `state` is (code, label) or None, `day` when it was."""

    title: str
    note: str = ""
    link: str = ""
    state: tuple[str, str] | None = None
    day: date | None = None


@dataclass(frozen=True)
class ExtractPart:
    """`figure_label` names the number of rows, e.g. "initiatives taken part in"; `figure` that number where
    some rows are not counted."""

    code: str
    heading: str
    figure_label: str
    rows: Sequence[ExtractRow]
    figure: int | None = None

    @property
    def number(self):
        return len(self.rows) if self.figure is None else self.figure


Provider = Callable[[object, int, object], ExtractPart | None]
ManyProvider = Callable[[Sequence, int, object], dict[int, ExtractPart]]
_providers: list[Provider] = []
_for_many: dict[Provider, ManyProvider] = {}


def register_extract(provider: Provider, for_many: ManyProvider | None = None):
    """Adds `provider(staff, year, viewer)`, which answers with what `viewer` may read; call it in
    `AppConfig.ready`. `for_many(people, year, viewer)` answers {key of the person: part} in a constant number
    of queries; without it everybody is asked about one by one."""
    if provider not in _providers:
        _providers.append(provider)
    if for_many is not None:
        _for_many[provider] = for_many
    return provider


def register_extract_of_many(for_many: ManyProvider):
    """Adds a provider that only knows how to answer for many; one person is a list of one."""

    def for_one(staff, year, viewer):
        return for_many([staff], year, viewer).get(staff.pk)

    return register_extract(for_one, for_many)


def extract_of(staff, year, viewer) -> list[ExtractPart]:
    """The parts of all apps that have something to say, in the order of the apps."""
    answers = [provider(staff, year, viewer) for provider in _providers]
    return [part for part in answers if part is not None]


def extracts_of(people: Sequence, year, viewer) -> dict[int, list[ExtractPart]]:
    """{key of the person: their parts} of everybody in `people`, the parts in the order of the apps."""
    found = {person.pk: [] for person in people}
    for provider in _providers:
        if provider in _for_many:
            answers = _for_many[provider](people, year, viewer)
        else:
            answers = {person.pk: provider(person, year, viewer) for person in people}
        for key, parts in found.items():
            if answers.get(key) is not None:
                parts.append(answers[key])
    return found
