"""The scale every framework of the portal keeps to: 1 to 4, and 0 for none."""

from ..claims import Refused

LOWEST, HIGHEST = 1, 4


def check(level, *, or_none=False):
    """Raises Refused for what is no level; `or_none` lets 0 pass."""
    least = 0 if or_none else LOWEST
    if not least <= level <= HIGHEST:
        raise Refused("level_wrong", "level")
