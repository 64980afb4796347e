"""The ranking prizes follow: marks of the jury or of a quiz, and the public vote where it has a share. Exact
fractions, pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

WHOLE = 100


@dataclass(frozen=True)
class Standing:
    """What one entry has: `marks` of the jury out of `most`, or right answers of a quiz out of its questions;
    `seconds` break ties of a quiz; `votes` of the public, None where there was no vote."""

    marks: Fraction
    most: Fraction
    votes: int | None = None
    seconds: int | None = None


@dataclass(frozen=True)
class Score:
    """`value` decides; of equal ones the shorter `seconds`."""

    value: Fraction
    seconds: int | None = None

    @property
    def key(self):
        return (self.value, -self.seconds if self.seconds is not None else 0)


def score(standing: Standing, share: Decimal, most_votes: int) -> Score:
    """Without a share of the vote the marks themselves; with one, points of 100: `share` percent of them by
    the votes relative to the most votes of one entry, the rest by the marks relative to the most marks."""
    if not share:
        return Score(standing.marks, standing.seconds)
    share = Fraction(share)
    by_votes = Fraction(standing.votes or 0, most_votes) if most_votes else Fraction(0)
    by_marks = standing.marks / standing.most if standing.most else Fraction(0)
    return Score(share * by_votes + (WHOLE - share) * by_marks, standing.seconds)


def scores(standings: Mapping[str, Standing], share: Decimal) -> dict[str, Score]:
    """{entry code: Score}."""
    most_votes = max((standing.votes or 0 for standing in standings.values()), default=0)
    return {code: score(standing, share, most_votes) for code, standing in standings.items()}
