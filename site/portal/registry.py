"""The home page's sections: each app offers its own, the page draws those that have something to say."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest

Provider = Callable[[HttpRequest], tuple[str, dict] | None]


@dataclass(frozen=True)
class HomeSection:
    """`template` is drawn with `data`. One whose data has a true "heads_page" carries the page's <h1>."""

    template: str
    data: dict

    @property
    def heads_page(self):
        return bool(self.data.get("heads_page"))


@dataclass(frozen=True, order=True)
class _Entry:
    order: int
    provider: Provider = field(compare=False)


_entries: list[_Entry] = []


def register_home_section(order: int, provider: Provider):
    """Adds a section, lower `order` first. `provider(request)` gives (template, context) or None.

    10 is the place of what is open now, 20 of figures, 30 of recognised initiatives, 40 of news. A provider
    must give the same to everybody: the page is public and cached.
    """
    if all(entry.provider is not provider for entry in _entries):
        _entries.append(_Entry(order, provider))
        _entries.sort()


def home_sections(request) -> list[HomeSection]:
    answers = [entry.provider(request) for entry in _entries]
    return [HomeSection(*answer) for answer in answers if answer is not None]
