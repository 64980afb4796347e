"""Who judges which entry: even shares, nobody in a conflict, the same answer for the same seed. Pure.

Judges are keys, entries are keys; what was handed out before stays where it is.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Assignment:
    """`pairs`: the new (entry, judge), in an order that says nothing about the entries. `short`: how many
    judges each entry still lacks, where there were too few without a conflict."""

    pairs: tuple
    short: Mapping


def assign(
    entries: Iterable, judges: Iterable, each: int, *, seed, barred: Mapping = {}, held: Mapping = {}
) -> Assignment:
    """Gives every entry `each` different judges, as far as there are any without a conflict.

    `barred` is {entry: judges who may not}, `held` {entry: judges who have it already}. No hand-out that
    keeps what is held could be more even: without conflicts and with nothing held, loads differ by at most
    one.
    """
    shares = _Shares(judges, barred, held, seed)
    entries = shares.shuffled(entries)
    short = {}
    for entry in entries:
        lacking = each - len(shares.held_by(entry))
        for _again in range(max(lacking, 0)):
            if not shares.give(entry):
                short[entry] = short.get(entry, 0) + 1
    shares.even_out()
    return Assignment(tuple((entry, judge) for entry in entries for judge in shares.given(entry)), short)


class _Shares:
    """The hand-out while it is made."""

    def __init__(self, judges, barred, held, seed):
        self.random = Random(str(seed))  # noqa: S311 - a lot that can be drawn again, not a secret
        self.judges = self.shuffled(set(judges))
        self.barred = {entry: frozenset(keys) for entry, keys in barred.items()}
        self.held = {entry: frozenset(keys) for entry, keys in held.items()}
        self.new = {judge: [] for judge in self.judges}  # entries given now
        self.load = {judge: sum(judge in keys for keys in self.held.values()) for judge in self.judges}

    def shuffled(self, keys):
        keys = sorted(keys, key=str)
        self.random.shuffle(keys)
        return keys

    def held_by(self, entry):
        return self.held.get(entry, frozenset())

    def given(self, entry):
        return [judge for judge in self.judges if entry in self.new[judge]]

    def may(self, entry, judge):
        out = self.barred.get(entry, frozenset()) | self.held_by(entry)
        return judge not in out and entry not in self.new[judge]

    def give(self, entry):
        """The least loaded judge who may; False where nobody may."""
        free = [judge for judge in self.judges if self.may(entry, judge)]
        if not free:
            return False
        self._move(entry, None, min(free, key=self.load.__getitem__))
        return True

    def even_out(self):
        """Hands entries on along chains of judges as long as that makes the loads more even: where no chain
        is left, no other hand-out is more even (Harvey et al., semi-matchings)."""
        while chain := self._chain():
            for entry, giver, taker in chain:
                self._move(entry, giver, taker)

    def _move(self, entry, giver, taker):
        if giver is not None:
            self.new[giver].remove(entry)
            self.load[giver] -= 1
        self.new[taker].append(entry)
        self.load[taker] += 1

    def _chain(self):
        for judge in sorted(self.judges, key=self.load.__getitem__, reverse=True):
            if chain := self._chain_from(judge):
                return chain
        return None

    def _chain_from(self, start):
        """[(entry, giver, taker)] from `start` to a judge with at least two entries less, or None."""
        came, queue = {start: None}, deque([start])
        while queue:
            giver = queue.popleft()
            if self.load[giver] <= self.load[start] - 2:
                return self._walked(came, giver)
            for taker in self.judges:
                if taker in came:
                    continue
                entry = next((e for e in self.new[giver] if self.may(e, taker)), None)
                if entry is not None:
                    came[taker] = (entry, giver)
                    queue.append(taker)
        return None

    @staticmethod
    def _walked(came, end):
        steps, taker = [], end
        while came[taker] is not None:
            entry, giver = came[taker]
            steps.append((entry, giver, taker))
            taker = giver
        return steps
