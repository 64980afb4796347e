"""Places by exact scores: the greatest first, equals share a place (1, 1, 3). Pure."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Place:
    key: Hashable
    rank: int
    score: object  # whatever compares: a Fraction, or a tuple of them
    tied: bool


def places(scores: Mapping) -> list[Place]:
    """Every key with its place, best first; equals in the order of their keys."""
    in_order = sorted(scores.items(), key=lambda pair: pair[0])
    in_order.sort(key=lambda pair: pair[1], reverse=True)
    values = [score for _key, score in in_order]
    first = {}
    for number, score in enumerate(values, start=1):
        first.setdefault(score, number)
    return [Place(key, first[score], score, values.count(score) > 1) for key, score in in_order]


@dataclass(frozen=True)
class Edge:
    """A shortlist: `sure` are in whatever is decided, of the `tied` only `left` can be (or all of them)."""

    sure: tuple
    tied: tuple
    left: int


def shortlist(ranking, count) -> Edge:
    """The first `count` of a ranking (all, where it is 0). Who ties at the edge is not chosen between."""
    if not count or count >= len(ranking):
        return Edge(tuple(place.key for place in ranking), (), 0)
    last = ranking[count - 1].rank
    beyond = ranking[count].rank
    if beyond != last:
        return Edge(tuple(place.key for place in ranking[:count]), (), 0)
    sure = tuple(place.key for place in ranking if place.rank < last)
    tied = tuple(place.key for place in ranking if place.rank == last)
    return Edge(sure, tied, count - len(sure))


def fraction(text):
    """The exact number a frozen result holds as text ("211/3")."""
    return Fraction(text)
