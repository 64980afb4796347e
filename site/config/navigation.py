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


PAGES = 60  # the place of the pages editors put into the menu
ON_ONE_LINE = 9  # entries the bar has room for at 1280 px; with more, the editors' pages stand under "More"
_items: list[NavItem] = []


def add_nav_item(item: NavItem):
    if item not in _items:
        _items.append(item)
        _items.sort()


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
    folds = len(shown) > ON_ONE_LINE
    return [
        {
            "label": item.label,
            "url": item.url,
            "push": item.push,
            "current": item is current,
            "folded": folds and item.order == PAGES,
        }
        for item in shown
    ]
