"""Whether a text that everybody will read names a person by what can be looked for; pure functions."""

import re

from vietnamese.text import fold

_BETWEEN_FIGURES = re.compile(r"(?<=[0-9])[\s.\-()]+(?=[0-9])")
_ABROAD = re.compile(r"^(\+|00)84")
LEAST_FIGURES = 8

# What belongs to a person wherever it stands: a mobile telephone (ten figures, 03 to 09; no day such as
# 09.12.2026), an e-mail that is no authority's, the number of an identity card (twelve figures).
_MOBILE = re.compile(
    r"(?<![0-9.,])(?!\d{1,2}[.\- ]\d{1,2}[.\- ]\d{4})"
    r"(?:(?:\+|00)84[\s.\-)]{0,2}|0)[35789](?:[\s.\-]?[0-9]){8}(?![0-9])"
)
_EMAIL = re.compile(r"(?<![\w.+\-])[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
_IDENTITY = re.compile(r"(?<![0-9.,])0[0-9]{2}(?:[\s.]?[0-9]{3}){3}(?![0-9])")
_OF_AUTHORITIES = ".gov.vn"


def sender_named_in(text, *, name="", email="", phone=""):
    """The name, e-mail or telephone of the sender that stands in `text`; "" where none does. Accents, case,
    blanks, the way figures are grouped and what stands beside them make no difference."""
    folded = f" {_words(text)} "
    if len(name.split()) > 1 and f" {_words(name)} " in folded:
        return name
    if email and email.casefold() in text.casefold():
        return email
    return phone if _holds_number(_joined(text), phone) else ""


def numbers_of_a_person_in(text):
    """Mobile telephones, e-mails and identity numbers in `text`, as they are written there."""
    found = [match.group() for match in (*_MOBILE.finditer(text), *_IDENTITY.finditer(text))]
    emails = (match.group().rstrip(".") for match in _EMAIL.finditer(text))
    return found + [one for one in emails if not one.casefold().endswith(_OF_AUTHORITIES)]


def taken_over(public, raised):
    """What of a person, told by whoever raised it, stands in a text for everybody; "" where nothing does."""
    letters, figures = public.casefold(), _joined(public)
    for one in numbers_of_a_person_in(raised):
        if one.casefold() in letters if "@" in one else _holds_number(figures, one):
            return one
    return ""


def is_the_letter(public, text, proposal):
    """Whether a public text is what was sent, word for word, with or without what was proposed."""
    return _words(public) in (_words(text), _words(f"{text} {proposal}"))


def _words(text):
    return " ".join(re.findall(r"\w+", fold(text)))


def _joined(text):
    """Folded, with figures that stand beside each other as one number."""
    return _BETWEEN_FIGURES.sub("", fold(text))


def _holds_number(joined, number):
    wanted = _national(number)
    return len(wanted) >= LEAST_FIGURES and wanted in joined


def _national(phone):
    """912884109 of 0912 884 109 and of +84 912 884 109."""
    figures = re.sub(r"[^0-9+]", "", phone)
    return _ABROAD.sub("", figures).lstrip("+").removeprefix("0")
