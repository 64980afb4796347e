"""What other parts of the portal add to a person's yearly extract: each app registers its own part.

The pages that show the extract belong to one app; what stands in it belongs to all. A list of many people is
asked for at once, so that it costs as many queries for a unit as for one person.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ExtractRow:
    """One thing of the year. `state` is (code, label) or None, `day` when it was. Plain words, made in the
    language active when they are asked for."""

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


@dataclass(frozen=True)
class Kind:
    """A part every extract has, and who fills it. It stands there with no rows where there is nothing to
    say: "none" is not the same as "not asked"."""

    code: str
    heading: object  # words to be translated when they are drawn
    for_one: Provider
    for_many: ManyProvider | None = None

    def of(self, people, year, viewer) -> dict[int, ExtractPart]:
        if self.for_many is not None:
            return self.for_many(people, year, viewer)
        answers = {person.pk: self.for_one(person, year, viewer) for person in people}
        return {key: part for key, part in answers.items() if part is not None}

    def nothing(self):
        return ExtractPart(self.code, str(self.heading), "", [])


_kinds: list[Kind] = []


def register_extract(code, heading, provider: Provider, for_many: ManyProvider | None = None):
    """Adds the part `code`, filled by `provider(staff, year, viewer)`, which answers with what `viewer` may
    read; call it in `AppConfig.ready`. `for_many(people, year, viewer)` answers {key of the person: part} in
    a constant number of queries; without it everybody is asked about one by one."""
    if code not in (kind.code for kind in _kinds):
        _kinds.append(Kind(code, heading, provider, for_many))


def register_extract_of_many(code, heading, for_many: ManyProvider):
    """Adds a part whose provider only knows how to answer for many; one person is a list of one."""

    def for_one(staff, year, viewer):
        return for_many([staff], year, viewer).get(staff.pk)

    register_extract(code, heading, for_one, for_many)


def extract_of(staff, year, viewer, but=()) -> list[ExtractPart]:
    """The parts that have something to say, in the order of the apps; those with a code of `but` are not
    asked."""
    answers = [kind.for_one(staff, year, viewer) for kind in _kinds if kind.code not in but]
    return [part for part in answers if part is not None]


def extracts_of(people: Sequence, year, viewer) -> dict[int, list[ExtractPart]]:
    """{key of the person: all parts there are} of everybody in `people`, in the order of the apps; a part
    without anything has no rows."""
    found = {person.pk: [] for person in people}
    for kind in _kinds:
        answers = kind.of(people, year, viewer)
        for key, parts in found.items():
            parts.append(answers.get(key) or kind.nothing())
    return found
