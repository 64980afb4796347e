"""What answers come to: pure figures."""

from dataclasses import dataclass

LEVELS = (1, 2, 3, 4, 5)
SATISFIED_FROM = 4


@dataclass(frozen=True)
class Tally:
    """Answers by level: `counts[0]` is of level 1."""

    counts: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)

    @property
    def total(self):
        return sum(self.counts)

    @property
    def satisfied(self):
        return sum(self.counts[SATISFIED_FROM - 1 :])

    @property
    def percent(self):
        """Satisfied of all, floored to one decimal as text ("93.1"); None where nobody answered."""
        if not self.total:
            return None
        tenths = self.satisfied * 1000 // self.total
        return f"{tenths // 10}.{tenths % 10}"

    def is_above(self, percent):
        """Whether strictly more than that share is satisfied; exact."""
        return self.total > 0 and self.satisfied * 100 > percent * self.total

    def __add__(self, other):
        return Tally(tuple(a + b for a, b in zip(self.counts, other.counts, strict=True)))


def tally_of(rows):
    """{key: Tally} of (key, level, count) rows."""
    found = {}
    for key, level, count in rows:
        counts = found.setdefault(key, [0, 0, 0, 0, 0])
        counts[level - 1] += count
    return {key: Tally(tuple(counts)) for key, counts in found.items()}
