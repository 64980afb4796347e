"""The pages a new portal starts with: true content, drawn from the plan and from what the portal does."""

from .build import build
from .registry import add_first_pages

__all__ = ["add_first_pages", "build", "publish"]


def publish():
    """Titles of the pages made; all of them can be found at once."""
    from ..search.sources import refresh_pages

    made = build()
    refresh_pages()
    return made
