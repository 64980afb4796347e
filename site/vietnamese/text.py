"""Folding, keys and order: what the language needs. Pure functions over text, no database."""

import re
import unicodedata

# Zero-width marks and the invisible marks of writing direction: never part of a word here. With them what no
# XML may hold: control characters (text of slides brings a vertical tab for each new line), halves of
# characters, U+FFFE and U+FFFF.
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF])
_INVISIBLE |= dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_INVISIBLE |= dict.fromkeys([*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0xA0)])
_INVISIBLE |= dict.fromkeys([*range(0xD800, 0xE000), 0xFFFE, 0xFFFF])
_INVISIBLE |= dict.fromkeys([0x0B, 0x0C, 0x85], " ")
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: their order in dictionaries
_D_WITH_STROKE = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"})
_SYLLABLE = re.compile(r"(?:\w[\u0300-\u036f]*)+")  # letters with their combining marks
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"  # f, j, w, z where Latin has them
_RANK = {letter: rank for rank, letter in enumerate(_ALPHABET)}
_IN_BRACKETS = re.compile(r"\([^()]*\)")


def nfc(text):
    """`text` as it is stored: composed, without invisible marks and control characters, trimmed."""
    return unicodedata.normalize("NFC", (text or "").translate(_INVISIBLE)).strip()


def name_key(name):
    """The key equal names share (training.md §5).

    Zero-width out, Ð/Ɖ → Đ, NFKC, casefold, spaces collapsed, the tone mark moved to the end of its
    syllable: NFD = NFC, Hoà = Hòa, Thuý = Thúy, while Hòa ≠ Hóa.
    """
    text = _plain(name)
    return unicodedata.normalize("NFC", _SYLLABLE.sub(_tone_last, unicodedata.normalize("NFD", text)))


def fold(text):
    """The search key: marks off, đ → d, casefold, spaces collapsed. "Đổi mới" and "doi moi" fold alike."""
    decomposed = unicodedata.normalize("NFKD", _plain(text))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(bare.replace("đ", "d").split())


def people_order(name):
    """A sort key for full names the Vietnamese way: given name first, then family and middle names.

    Letters by the Vietnamese alphabet (a ă â b c d đ e ê …), then the tone: level, huyền, hỏi, ngã, sắc,
    nặng, wherever it is written. What stands in brackets behind a name does not count.
    """
    words = _plain(_IN_BRACKETS.sub(" ", name or "")).split() or _plain(name).split()
    return tuple(_word_order(word) for word in words[-1:] + words[:-1])


def _plain(text):
    """Invisible marks out, one letter Đ, compatible forms unified, lower case, single blanks."""
    text = (text or "").translate(_INVISIBLE).translate(_D_WITH_STROKE)
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(text.split())


def _tone_last(match):
    letters = match.group()
    tones = "".join(c for c in letters if c in _TONES)
    return "".join(c for c in letters if c not in _TONES) + tones


def _word_order(word):
    decomposed = unicodedata.normalize("NFD", word)
    tones = tuple(sorted(_TONES.index(c) for c in decomposed if c in _TONES))
    bare = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
    return tuple(_letter_order(c) for c in bare), tones


def _letter_order(letter):
    """Digits before letters, letters of other alphabets after; a foreign accent behind its bare letter."""
    base = unicodedata.normalize("NFD", letter)[0]
    if letter in _RANK:
        return (1, _RANK[letter], 0)
    if base in _RANK:
        return (1, _RANK[base], ord(letter))
    return (0 if letter.isdigit() else 2, ord(letter), 0)


_LETTER_MARKS = {"\u0306": "1", "\u0302": "2", "\u031b": "3"}  # ă, then â ê ô, then ơ ư
_TONE_ORDER = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def order_key(name):
    """`people_order` as text for a database column: plain byte order lists people the Vietnamese way.

    Letters decide first (a < ă < â, d < đ, o < ô < ơ), tones only between equal syllables, in the
    dictionary's order (none, huyền, hỏi, ngã, sắc, nặng). Letters and digits alone, so that every
    database collation agrees.
    """
    words = name_key(name).split()
    return "0".join(_syllable_order(word) for word in words[-1:] + words[:-1])


def _syllable_order(word):
    letters, tone = [], "0"
    for c in unicodedata.normalize("NFD", word):
        if c in _TONE_ORDER:
            tone = _TONE_ORDER[c]
        elif c in _LETTER_MARKS and letters:
            letters[-1] = letters[-1][0] + _LETTER_MARKS[c]
        elif c == "đ":
            letters.append("d1")
        elif c.isalnum() and c.isascii():
            letters.append(c + "0")
    return "".join(letters) + tone


_TOGETHER = re.compile(r"(?<=\d) (?=%)|(?<=Phụ lục) (?=[IVX]+\b)")


def together(text):
    """The text of a paper with what no line break parts: a number and its percent sign, an annex and its
    number."""
    return _TOGETHER.sub("\u00a0", text)
