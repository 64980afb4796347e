"""Which entry gets which prize: proposed by rank, changed in writing, checked for what cannot be. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Slot:
    """One of the announced prizes: "second prize, 1 of 2". Slots stand from the best prize down; slots of one
    prize are `level`."""

    name: str
    prize: int
    level: int


@dataclass(frozen=True)
class Fault:
    """Why prizes cannot be given so: `slot` names where, `code` what (twice, unknown, out_of_rank,
    tie_without_reason), `other` the entry it concerns."""

    slot: str
    code: str
    other: str = ""


def proposal(ranking: Sequence, slots: Sequence[Slot]) -> dict[str, str]:
    """{slot name: entry code} down the ranking. A slot nobody is left for stays "" (not awarded)."""
    keys = [place.key for place in ranking]
    return {slot.name: keys[i] if i < len(keys) else "" for i, slot in enumerate(slots)}


def favourite(votes: Mapping[str, int], count: int) -> list[str]:
    """The entries with the most votes, ties beyond `count` included: whoever decides must say why."""
    in_order = sorted((code for code in votes if votes[code]), key=lambda code: (-votes[code], code))
    if len(in_order) <= count:
        return in_order
    edge = votes[in_order[count - 1]]
    return [code for code in in_order if votes[code] >= edge]


def level_of(given: Mapping[str, str], slots: Sequence[Slot]) -> dict[str, int]:
    """{entry: level of its prize}."""
    levels = {slot.name: slot.level for slot in slots}
    return {code: levels[name] for name, code in given.items() if code and name in levels}


def tied_apart(ranking: Sequence, given: Mapping[str, str], slots: Sequence[Slot]) -> set[str]:
    """Entries that share a place and yet do not get the same: somebody has to write why."""
    levels = level_of(given, slots)
    by_rank = {}
    for place in ranking:
        by_rank.setdefault(place.rank, []).append(place.key)
    return {
        code
        for codes in by_rank.values()
        if len({levels.get(code) for code in codes}) > 1
        for code in codes
        if code in levels
    }


def faults(
    ranking: Sequence, given: Mapping[str, str], slots: Sequence[Slot], reasons: Mapping[str, str]
) -> list[Fault]:
    """What is wrong with `given` {slot name: entry code or ""}. A better place never gets the lesser prize;
    a prize may stay without an entry."""
    ranks = {place.key: place.rank for place in ranking}
    found, seen = [], set()
    for slot in slots:
        code = given.get(slot.name, "")
        if not code:
            continue
        if code not in ranks:
            found.append(Fault(slot.name, "unknown", code))
        elif code in seen:
            found.append(Fault(slot.name, "twice", code))
        seen.add(code)
    if found:
        return found
    levels = level_of(given, slots)
    nothing = max((slot.level for slot in slots), default=0) + 1
    for slot in slots:
        code = given.get(slot.name, "")
        better = [c for c in ranks if code and ranks[c] < ranks[code] and levels.get(c, nothing) > slot.level]
        if better:
            found.append(Fault(slot.name, "out_of_rank", min(better, key=lambda c: (ranks[c], c))))
    apart = tied_apart(ranking, given, slots)
    found += [
        Fault(slot.name, "tie_without_reason", given[slot.name])
        for slot in slots
        if given.get(slot.name) in apart and not reasons.get(slot.name, "").strip()
    ]
    return found
