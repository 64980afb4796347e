"""What is published with the plan. Whoever keeps public pages adds a builder in its `AppConfig.ready`;
`load_plan` runs them after the units, in its order."""

from collections.abc import Callable

_builders: list[Callable[[], list[str]]] = []


def add_page_builder(builder):
    """`builder() -> titles made`. It must leave alone what is there, and what somebody took away."""
    if builder not in _builders:
        _builders.append(builder)


def build_pages() -> list[str]:
    """Titles of the pages made."""
    return [title for builder in _builders for title in builder()]
