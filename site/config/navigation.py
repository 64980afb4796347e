"""The main navigation: each app adds its own entry in `AppConfig.ready`, editors add pages; the template only
draws."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest


@dataclass(frozen=True, order=True)
class NavItem:
    order: int
    label: str = field(compare=False)
    url: str  # two entries may share a place, not an address
    shown_to: Callable[[HttpRequest], bool] = field(compare=False, default=lambda request: True)
    push: bool = field(compare=False, default=False)  # moved to the far end of the bar
    for_reading: bool = field(compare=False, default=False)  # nobody's work: gives way where the bar is full


PAGES = 60  # the place of the pages editors put into the menu
# What the bar has room for at 1280 px, in pixels: a letter of its type, between two entries, "More".
ROOM, LETTER, GAP, MORE = 1152, 9, 24, 66
_items: list[NavItem] = []
ACCOUNT, WORK = "account", "work"
_beside: dict[str, list[NavItem]] = {ACCOUNT: [], WORK: []}


def add_nav_item(item: NavItem):
    if item not in _items:
        _items.append(item)
        _items.sort()


def add_own_item(place, item: NavItem):
    """An entry of the account menu (ACCOUNT), or beside what waits on the page "my work" (WORK)."""
    if item not in _beside[place]:
        _beside[place].append(item)
        _beside[place].sort()


def own_items(place, request) -> list[NavItem]:
    return [item for item in _beside[place] if item.shown_to(request)]


def main_navigation(request, pages=()):
    """Entries this request may see and the `pages` (label, address) of the editors, the current one marked by
    the longest matching address."""
    shown = [item for item in _items if item.shown_to(request)]
    taken = {item.url for item in shown}
    shown += [NavItem(PAGES, label, url) for label, url in pages if url not in taken]
    shown.sort(key=lambda item: item.order)
    matching = [item for item in shown if item.url != "/" and request.path.startswith(item.url)]
    current = max(matching, key=lambda item: len(item.url), default=None)
    if current is None and request.path == "/":
        current = next((item for item in shown if item.url == "/"), None)
    folded = _folded(shown)
    return [
        {
            "label": item.label,
            "url": item.url,
            "push": item.push,
            "current": item is current,
            "folded": item in folded,
        }
        for item in _one_after_the_other(shown, folded)
    ]


def _folded(shown):
    """What stands under "More" where the bar is too full: the editors' pages, then what is only read."""
    if _width(shown) <= ROOM:
        return []
    pages = [item for item in shown if item.order == PAGES]
    beside = [item for item in shown if item not in pages]
    if pages and _width(beside) + GAP + MORE <= ROOM:
        return pages
    return [item for item in shown if item.for_reading or item in pages]


def _width(items):
    return sum(len(str(item.label)) * LETTER + GAP for item in items) - GAP


def _one_after_the_other(shown, folded):
    """Those under "More" stand together, in the place of the editors' pages."""
    rest = [item for item in shown if item not in folded]
    before = [item for item in rest if item.order < PAGES]
    return [*before, *folded, *rest[len(before) :]]
