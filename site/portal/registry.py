"""The home page's sections, the year's key figures, what stands beside the plan: each app offers its own, the
page draws those that have something to say."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

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


@dataclass(frozen=True)
class KeyFigure:
    """A number of the year under way: `template` draws an <article class="tile"> from `data`, which is true
    of the day `as_of`."""

    template: str
    data: dict
    as_of: date


@dataclass(frozen=True, order=True)
class _Entry:
    order: int
    provider: Callable = field(compare=False)


_entries: list[_Entry] = []
_figures: list[_Entry] = []


def register_home_section(order: int, provider: Provider):
    """Adds a section, lower `order` first. `provider(request)` gives (template, context) or None.

    10 is the place of what is open now, 20 of key figures, 30 of recognised initiatives, 40 of news. A
    provider must give the same to everybody: the page is public and cached.
    """
    _add(_entries, order, provider)


def register_key_figure(order: int, provider: Callable[[HttpRequest], KeyFigure | None]):
    """Adds a figure to "the year in figures". What `provider(request)` gives is public: totals nobody can be
    told from, of what was decided, never of drafts or of what still waits."""
    _add(_figures, order, provider)


def _add(entries, order, provider):
    if all(entry.provider is not provider for entry in entries):
        entries.append(_Entry(order, provider))
        entries.sort()


def home_sections(request) -> list[HomeSection]:
    answers = [entry.provider(request) for entry in _entries]
    return [HomeSection(*answer) for answer in answers if answer is not None]


def key_figures(request) -> list[KeyFigure]:
    answers = [entry.provider(request) for entry in _figures]
    return [answer for answer in answers if answer is not None]


_beside_plan: list[_Entry] = []


def register_beside_plan(order: int, provider: Provider):
    """Adds what the page of the plan shows above its text, lower `order` first: (template, context) or None,
    the same to everybody."""
    _add(_beside_plan, order, provider)


def beside_plan(request) -> list[HomeSection]:
    answers = [entry.provider(request) for entry in _beside_plan]
    return [HomeSection(*answer) for answer in answers if answer is not None]
