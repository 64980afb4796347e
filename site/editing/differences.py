"""Two versions of a text side by side: which words only this one has. Pure."""

import re
from difflib import SequenceMatcher

_PIECES = re.compile(r"\s+|[^\s]+")


def own_words(text, other):
    """`text` in pieces `(words, only_here)`; joined they are `text` again."""
    mine, theirs = _PIECES.findall(text), _PIECES.findall(other)
    pieces = []
    for kind, start, end, _a, _b in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if start < end:
            pieces.append(("".join(mine[start:end]), kind != "equal"))
    return pieces
