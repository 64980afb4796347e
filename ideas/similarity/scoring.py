"""How much two initiatives resemble each other, part by part, from 0 to 100. Pure, symmetric, exact integers.

Words are compared, not letters: two Vietnamese titles that have nothing in common still share half of their
letters, but hardly ever a third of their words. The bounds were found on the sample dossiers, where unrelated
titles reach 37, unrelated problems 38 and unrelated descriptions 32.
"""

from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Indel, LCSseq

SIMILAR = {"title": 50, "problem": 50, "solution": 45}  # from here a part counts as similar
NEARLY_THE_SAME = 85
_FEWEST = {"title": 2, "problem": 6, "solution": 8}  # words: fewer say nothing
_WEIGHTS = {"title": 5, "solution": 3, "problem": 2}
_WITHIN_FROM = 4  # words a title must have before it can be the beginning of another
_WITHIN_PERCENT = 80  # what lies wholly within a longer title is not yet the same title
PARTS = tuple(SIMILAR)


@dataclass(frozen=True)
class Resemblance:
    """The parts that are similar, in the order of `PARTS`: [(part, score)]."""

    parts: tuple[tuple[str, int], ...]

    def __bool__(self):
        return bool(self.parts)

    @property
    def weight(self):
        """What hits are ordered by; parts that are not similar add nothing."""
        return sum(_WEIGHTS[part] * score for part, score in self.parts)

    def score(self, part):
        return dict(self.parts).get(part, 0)


def resemblance(one, other):
    """Of two `Compared`; empty where they have no part in common."""
    scores = {
        "title": title_score(one.title, other.title),
        "problem": text_score("problem", one.problem, other.problem),
        "solution": text_score("solution", one.solution, other.solution),
    }
    return Resemblance(tuple((part, scores[part]) for part in PARTS if scores[part] >= SIMILAR[part]))


def title_score(one, other):
    """Shared words whatever their order; a title half typed counts as the beginning of the longer one."""
    fewer = min(len(one), len(other))
    if fewer < _FEWEST["title"]:
        return 0
    shared = LCSseq.similarity(sorted(one), sorted(other))
    score = 200 * shared // (len(one) + len(other))
    if fewer >= _WITHIN_FROM:
        score = max(score, _WITHIN_PERCENT * shared // fewer)
    return score


def text_score(part, one, other):
    """Shared words in the same order, or shared pairs of words where the order of sentences differs."""
    if min(len(one), len(other)) < _FEWEST[part]:
        return 0
    total = len(one) + len(other)
    in_order = 100 * (total - Indel.distance(one, other)) // total
    return max(in_order, _shared_pairs(one, other))


def _shared_pairs(one, other):
    ones, others = set(pairwise(one)), set(pairwise(other))
    return 200 * len(ones & others) // max(1, len(ones) + len(others))
