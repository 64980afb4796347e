"""How a result is drawn: the words that were found are marked, the text is cut around them."""

from django.utils.html import escape
from django.utils.safestring import mark_safe

from vietnamese.text import fold

from .words import WORD

BEFORE, LENGTH = 8, 34  # words


def marked(text, words):
    """`text` as HTML, each word that begins with one of `words` marked, accents or not."""
    parts, end = [], 0
    for match in WORD.finditer(text):
        if _begins(match.group(), words):
            parts += [escape(text[end : match.start()]), "<mark>", escape(match.group()), "</mark>"]
            end = match.end()
    html = "".join([*parts, escape(text[end:])]).replace("</mark> <mark>", " ")
    return mark_safe(html)  # noqa: S308 every piece of it is escaped above


def extract(text, words):
    """The words around the first one found, marked; the beginning where only the title has it."""
    pieces = text.split()
    hits = (n for n, piece in enumerate(pieces) if any(_begins(w, words) for w in WORD.findall(piece)))
    first = max(0, next(hits, 0) - BEFORE)
    piece = " ".join(pieces[first : first + LENGTH])
    before = "… " if first else ""
    after = " …" if first + LENGTH < len(pieces) else ""
    return mark_safe(f"{before}{marked(piece, words)}{after}")  # noqa: S308 `marked` escapes


def _begins(word, words):
    folded = fold(word)
    return any(folded.startswith(asked) for asked in words)
