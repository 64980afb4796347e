"""Texts as they are compared: folded words, and marks that let most others be set aside at a glance. Pure.

Words are folded (`vietnamese.text.fold`): accents, tone placement, letter case and composition are set aside.
Marks are sets of bits, one or two words each standing for one bit; two texts that share words share bits.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from zlib import crc32

from vietnamese.text import fold, nfc

SCHEME = 1  # raised when words or marks are made otherwise: rows of an older scheme are made anew
TITLE_BITS, TEXT_BITS = 512, 1024
MOST_CHARS, MOST_WORDS = 20_000, 1_500  # of one text; the rest says nothing new about what it resembles
_WORD = re.compile(r"[^\W_]+")


def pieces(text):
    """[(folded word, the word as it stands)]. Whatever comes in, never an error."""
    found = []
    for word in _WORD.findall(nfc((text or "")[:MOST_CHARS])):
        found += ((folded, word) for folded in _WORD.findall(fold(word)))
        if len(found) >= MOST_WORDS:
            break
    return found[:MOST_WORDS]


def words_of(text):
    return [folded for folded, _word in pieces(text)]


def title_marks(title):
    """An int of `TITLE_BITS` bits: each word and each two neighbours of a title."""
    return _marks([*title, *_pairs(title)], TITLE_BITS)


def text_marks(*texts):
    """An int of `TEXT_BITS` bits: each two neighbours within each of the texts."""
    return _marks([pair for words in texts for pair in _pairs(words)], TEXT_BITS)


def _pairs(words):
    return [f"{one} {other}" for one, other in pairwise(words)]


def _marks(features, bits):
    marks = 0
    for feature in features:  # crc32 and not hash(): the same in every process
        marks |= 1 << crc32(feature.encode()) % bits
    return marks


@dataclass(frozen=True)
class Compared:
    """What two initiatives are compared by, as folded words."""

    title: tuple[str, ...] = ()
    problem: tuple[str, ...] = ()
    solution: tuple[str, ...] = ()

    @classmethod
    def of(cls, title="", problem="", solution=""):
        """From texts as they were typed."""
        return cls(*(tuple(words_of(text)) for text in (title, problem, solution)))

    @cached_property
    def title_marks(self):
        return title_marks(self.title)

    @cached_property
    def text_marks(self):
        return text_marks(self.problem, self.solution)
