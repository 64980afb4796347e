"""How a page of the first site is known for good, whatever an editor calls it later."""

from uuid import NAMESPACE_URL, UUID, uuid5


def key_of(slug) -> UUID:
    """The translation key of the page that began at this address."""
    return uuid5(NAMESPACE_URL, f"first-site:{slug}")
