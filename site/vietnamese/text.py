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
