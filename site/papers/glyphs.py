"""What the papers' own font can show, in each of its styles (a test compiles all of it).

PDF/A wants every character shown; a title with an emoji or a Chinese character must still become a paper.
Such a character is printed as □, the register keeps what was typed.
"""

import re
import unicodedata

_RANGES = (
    (0x20, 0x7E),
    (0xA0, 0xAC),
    (0xAE, 0x17F),
    (0x1A0, 0x1A1),  # ơ
    (0x1AF, 0x1B0),  # ư
    (0x1CD, 0x1E3),
    (0x300, 0x331),  # marks that no composed letter exists for
    (0x391, 0x3A1),
    (0x3A3, 0x3C9),
    (0x400, 0x401),
    (0x403, 0x451),
    (0x1E00, 0x1E9B),
    (0x1EA0, 0x1EF9),  # Vietnamese
    (0x2010, 0x2027),
    (0x2030, 0x2037),
    (0x2039, 0x203E),
    (0x2044, 0x2044),
    (0x2070, 0x2071),
    (0x2074, 0x208E),
    (0x20AB, 0x20AC),  # ₫ €
    (0x2100, 0x2103),
    (0x2113, 0x2113),
    (0x2116, 0x2116),
    (0x2122, 0x2122),
    (0x2126, 0x2126),
    (0x2153, 0x2184),
    (0x2190, 0x219B),
    (0x220F, 0x221C),
    (0x221E, 0x221E),
    (0x2223, 0x222B),
    (0x2260, 0x2262),
    (0x2264, 0x2265),
    (0x25A0, 0x25A1),
    (0x25CF, 0x25CF),
    (0xFFFD, 0xFFFD),
)
SHOWN = frozenset(chr(point) for first, last in _RANGES for point in range(first, last + 1))
_MISSING = "□"
_LONGEST_WORD = 40
_LONG_WORD = re.compile(rf"\S{{{_LONGEST_WORD + 1},}}")


def printable(text):
    """`text` in characters the font has (`in_glyphs`) and with places to break in very long words."""
    return breakable(in_glyphs(text))


def breakable(text):
    """`text` whose words above 40 characters may break anywhere, by zero-width spaces: otherwise they would
    leave the page."""
    return _LONG_WORD.sub(_with_breaks, text)


def in_glyphs(text):
    """`text` in characters the font has: composed, one kind of space, line ends kept, the rest as □."""
    lines = unicodedata.normalize("NFC", text).splitlines()
    return "\n".join(line for line in map(_line_in_glyphs, lines) if line)


def _line_in_glyphs(line):
    kept = (c if c in SHOWN else _replacement(c) for c in line)
    return " ".join("".join(kept).split())


def _replacement(character):
    category = unicodedata.category(character)
    if category.startswith("Z") or character == "\t":
        return " "
    # Joiners and selectors belong to the character before them and have no shape of their own.
    return "" if category in ("Cc", "Cf") or "\ufe00" <= character <= "\ufe0f" else _MISSING


def _with_breaks(match):
    word, half = match[0], _LONGEST_WORD // 2
    return "\u200b".join(word[start : start + half] for start in range(0, len(word), half))
