"""Two versions of a text: which words one of them has alone, and both as one text with what went and came.

Words are compared, blanks are not. The longest common sequence of words is found by rapidfuzz in machine
words of bits: texts of LONGEST words take milliseconds and some megabytes whatever they hold, where difflib
takes minutes for a word repeated. Longer ones are one change between what both begin and end with. Pure.
"""

import re
from dataclasses import dataclass

from rapidfuzz.distance import Indel

LONGEST = (
    10_000  # words of either text that are still compared one by one; 15,000 characters hold at most 7,500
)
SAME, ADDED, REMOVED = "same", "added", "removed"
_WORD = re.compile(r"\S+\s*")
_TAIL = re.compile(r"(?<!\s)\s*\Z")


@dataclass(frozen=True)
class Piece:
    """Some words of a text, blanks included: in both versions, or in one alone."""

    kind: str
    text: str
    left_out: int = 0  # words not shown, where `abridged` shortened what is the same


def own_words(text, other):
    """`text` in pieces `(words, only_here)`; joined they are `text` again."""
    mine, theirs = _words(text), _words(other)
    pieces = [(mine[0], False)] if mine[0] else []
    for kind, start, end, _a, _b in _changes(mine[1], theirs[1]):
        if start == end:
            continue
        words, blanks = _split_tail("".join(mine[1][start:end]))
        if kind == SAME:
            pieces.append((words + blanks, False))
            continue
        pieces.append((words, True))
        if blanks:
            pieces.append((blanks, False))
    return pieces


def merged(old, new):
    """Both versions as one text: what is the same as the new one has it, what went before what came."""
    before, after = _words(old)[1], _words(new)[1]
    pieces = []
    for kind, start, end, from_, to in _changes(before, after):
        if kind == SAME:
            pieces.append(Piece(SAME, "".join(after[from_:to])))
            continue
        for kind_of_half, half in ((REMOVED, before[start:end]), (ADDED, after[from_:to])):
            words, blanks = _split_tail("".join(half))
            if words:
                pieces += [Piece(kind_of_half, words), Piece(SAME, blanks or " ")]
    return pieces


def abridged(pieces, around=25):
    """Long runs of the same words shortened to `around` words beside each change."""
    shown = []
    for number, piece in enumerate(pieces):
        words = _words(piece.text)[1]
        head = around if number else 0
        tail = around if number < len(pieces) - 1 else 0
        left_out = len(words) - head - tail
        if piece.kind != SAME or left_out <= around:
            shown.append(piece)
            continue
        shown.append(Piece(SAME, "".join(words[:head])))
        shown.append(Piece(SAME, "", left_out))
        shown.append(Piece(SAME, "".join(words[len(words) - tail :])))
    return [piece for piece in shown if piece.text or piece.left_out]


def _words(text):
    """(blanks before the first word, words each with the blanks after it)."""
    stripped = text.lstrip()
    return text[: len(text) - len(stripped)], _WORD.findall(stripped)


def _split_tail(text):
    at = _TAIL.search(text).start()
    return text[:at], text[at:]


def _changes(mine, theirs):
    """[(same or changed, start, end, start in theirs, end in theirs)], in order, gapless."""
    one, other = [word.rstrip() for word in mine], [word.rstrip() for word in theirs]
    head = _common(one, other)
    tail = _common(one[head:][::-1], other[head:][::-1])
    middle = _aligned(one[head : len(one) - tail], other[head : len(other) - tail])
    spans = [(SAME, 0, head, 0, head)]
    spans += [(kind, a + head, b + head, c + head, d + head) for kind, a, b, c, d in middle]
    spans.append((SAME, len(one) - tail, len(one), len(other) - tail, len(other)))
    return _joined(span for span in spans if span[1] < span[2] or span[3] < span[4])


def _common(one, other):
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length


def _aligned(one, other):
    if not one or not other or max(len(one), len(other)) > LONGEST:
        return [("changed", 0, len(one), 0, len(other))]
    numbers = {}
    one = [numbers.setdefault(word, len(numbers)) for word in one]
    other = [numbers.setdefault(word, len(numbers)) for word in other]
    return [
        (
            SAME if step.tag == "equal" else "changed",
            step.src_start,
            step.src_end,
            step.dest_start,
            step.dest_end,
        )
        for step in Indel.opcodes(one, other)
    ]


def _joined(spans):
    """Neighbouring changes as one; so are two with a word or two between them that happen to be the same,
    where more than that changed on both sides: "the" alone between rewritten sentences helps no reader."""
    found = []
    for span in spans:
        if found and (found[-1][0] == span[0]):
            found[-1] = _span(span[0], found[-1], span)
        elif len(found) > 1 and span[0] != SAME and _is_chance(*found[-2:], span):
            found[-2:] = [_span("changed", found[-2], span)]
        else:
            found.append(span)
    return found


def _span(kind, first, last):
    return (kind, first[1], last[2], first[3], last[4])


def _is_chance(before, between, after):
    length = between[2] - between[1]
    return length <= 2 and min(_size(before), _size(after)) > 2 * length


def _size(span):
    return span[2] - span[1] + span[4] - span[3]
