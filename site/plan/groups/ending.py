"""When a residential group is there: pure, over plain values.

It ends on a day (`ended_from`, the first one without it), by itself or merged into another (`into`). What was
written down of it before stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class End:
    ended_from: date
    into: int | None = None


def stands(ends: Mapping[int, End], key: int, day: date) -> bool:
    """Whether the group of `key` is there on `day`."""
    end = ends.get(key)
    return end is None or day < end.ended_from


def into_refused(ends: Mapping[int, End], key: int, into: int | None, day: date) -> bool:
    """Whether it cannot be merged into `into` from `day` on: itself, or one that is gone by then. So nothing
    is ever merged in a circle."""
    return into is not None and (into == key or not stands(ends, into, day))


def merged_later(ends: Mapping[int, End], key: int, day: date) -> int | None:
    """A group merged into this one on `day` or later, which would then be merged into nothing."""
    found = [other for other, end in ends.items() if end.into == key and end.ended_from >= day]
    return min(found, default=None)
