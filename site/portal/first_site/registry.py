"""Pages other apps add to the first site: the portal does not know them."""

from collections.abc import Callable, Iterable

from wagtail.models import Page

_providers: list[Callable[[], Iterable[Page]]] = []


def add_first_pages(provider):
    """`provider() -> pages` to stand below the home page, not saved yet; for `AppConfig.ready`. Each is made
    once, as those of the portal are."""
    if provider not in _providers:
        _providers.append(provider)


def pages_of_others():
    for provider in _providers:
        yield from provider()
