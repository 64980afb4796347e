"""How many targets stand how, as the parts of a bar: geometry only, the words stand beside it."""

from dataclasses import dataclass

from ..targets.standing import Standing
from . import words

# What is behind is an outline or red, what nobody knows is open: grey print still tells them apart.
LOOKS = {
    Standing.MET: "f-teal",
    Standing.ON_TRACK: "f-mid",
    Standing.AT_RISK: "f-miss",
    Standing.LATE: "f-red",
    Standing.NO_DATA: "f-open",
    Standing.NOTHING: "f-sand",
}
_GAP = 0.006  # of the bar's length, between parts


@dataclass(frozen=True)
class Part:
    code: str
    label: str
    number: int
    look: str
    x: str
    width: str


@dataclass(frozen=True)
class Bar:
    """`parts` has every state, also those of nobody; `drawn` is what the bar shows."""

    length: str
    parts: tuple[Part, ...]
    words: str

    @property
    def drawn(self):
        return [part for part in self.parts if part.number]


def bar_of(counts) -> Bar:
    gap, x, parts = counts["total"] * _GAP, 0.0, []
    for standing in words.STANDINGS:
        number = counts.get(standing.value, 0)
        label = str(standing.label)
        parts.append(Part(standing.value, label, number, LOOKS[standing], f"{x:.2f}", f"{number:d}"))
        x += number + gap if number else 0
    return Bar(f"{max(x - gap, 1):.2f}", tuple(parts), words.counts_in_words(counts))
