"""The tabs of the plan's work area: each part adds its own in its `ready`; the template only draws."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.functional import Promise

from .access import works_with_the_plan


@dataclass(frozen=True, order=True)
class Tab:
    """`shown_to(user)` also decides where the plan's entry in the menu leads: to the first tab shown."""

    order: int
    url: str
    label: str | Promise = field(compare=False)
    shown_to: Callable = field(compare=False, default=works_with_the_plan)


_tabs: list[Tab] = []


def add_tab(tab: Tab):
    if tab not in _tabs:
        _tabs.append(tab)
        _tabs.sort()


def tabs_for(user, path="") -> list[dict]:
    """The tabs of this person; the current one by the longest address `path` begins with."""
    shown = [tab for tab in _tabs if tab.shown_to(user)]
    matching = [tab for tab in shown if path.startswith(tab.url)]
    current = max(matching, key=lambda tab: len(tab.url), default=None)
    return [{"label": tab.label, "url": tab.url, "current": tab is current} for tab in shown]
