"""What other parts of the portal add to a person's yearly extract: each app registers its own part.

The page that shows the extract belongs to one app; what stands in it belongs to all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class ExtractRow:
    """One thing of the year. `state` is (code, label) or None."""

    title: str
    note: str = ""
    link: str = ""
    state: tuple[str, str] | None = None


@dataclass(frozen=True)
class ExtractPart:
    """`figure_label` names the number of rows, e.g. "initiatives taken part in"."""

    code: str
    heading: str
    figure_label: str
    rows: Sequence[ExtractRow]


Provider = Callable[[object, int, object], ExtractPart | None]
_providers: list[Provider] = []


def register_extract(provider: Provider):
    """Adds `provider(staff, year, viewer)`, which answers with what `viewer` may read; call it in
    `AppConfig.ready`."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def extract_of(staff, year, viewer) -> list[ExtractPart]:
    """The parts of all apps that have something to say, in the order of the apps."""
    answers = [provider(staff, year, viewer) for provider in _providers]
    return [part for part in answers if part is not None]
