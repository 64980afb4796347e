"""Whether a text that everybody will read names its sender; pure functions."""

import re

from vietnamese.text import fold

_NOT_FIGURES = re.compile(r"[^0-9]")
_PHONES = re.compile(r"\+?[0-9][0-9 .\-()]{6,18}[0-9]")
LEAST_FIGURES = 8


def sender_named_in(text, *, name="", email="", phone=""):
    """The name, e-mail or telephone of the sender that stands in `text`; "" where none does. Accents, case,
    blanks and the way figures are grouped make no difference."""
    folded = f" {_words(text)} "
    if len(name.split()) > 1 and f" {_words(name)} " in folded:
        return name
    if email and email.casefold() in text.casefold():
        return email
    wanted = _figures(phone)
    if len(wanted) >= LEAST_FIGURES and any(_figures(found) == wanted for found in _PHONES.findall(text)):
        return phone
    return ""


def _words(text):
    return " ".join(re.findall(r"\w+", fold(text)))


def _figures(text):
    figures = _NOT_FIGURES.sub("", text)
    return f"0{figures[2:]}" if text.lstrip().startswith("+84") else figures
