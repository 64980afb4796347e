"""Folding, keys and order: what the language needs. Pure functions over text, no database."""

import re
import unicodedata

_ZERO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng
_D_WITH_STROKE = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"})
_SYLLABLE = re.compile(r"(?:\w[\u0300-\u036f]*)+")  # letters with their combining marks


def nfc(text):
    """`text` as it is stored: composed, without zero-width marks, trimmed."""
    return unicodedata.normalize("NFC", (text or "").translate(_ZERO_WIDTH)).strip()


def name_key(name):
    """The key equal names share (training.md §5).

    Zero-width out, Ð/Ɖ → Đ, NFKC, casefold, spaces collapsed, the tone mark moved to the end of its
    syllable: NFD = NFC, Hoà = Hòa, Thuý = Thúy, while Hòa ≠ Hóa.
    """
    text = (name or "").translate(_ZERO_WIDTH).translate(_D_WITH_STROKE)
    text = unicodedata.normalize("NFKC", text).casefold()
    text = " ".join(text.split())
    return unicodedata.normalize("NFC", _SYLLABLE.sub(_tone_last, unicodedata.normalize("NFD", text)))


def _tone_last(match):
    letters = match.group()
    tones = "".join(c for c in letters if c in _TONES)
    return "".join(c for c in letters if c not in _TONES) + tones


def fold(text):
    """`text` as it is searched: no marks, đ → d, small letters, single spaces."""
    key = unicodedata.normalize("NFD", name_key(text))
    return "".join(c for c in key if not unicodedata.combining(c)).replace("đ", "d")


_LETTER_MARKS = {"\u0306": "1", "\u0302": "2", "\u031b": "3"}  # ă, then â ê ô, then ơ ư
_TONE_ORDER = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def order_key(name):
    """A key by which plain byte order lists people the Vietnamese way: given name, then the rest.

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
