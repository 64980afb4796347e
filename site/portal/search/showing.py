"""How a result is drawn: the words that were found are marked, the text is cut around them."""

from django.utils.html import format_html, format_html_join

from vietnamese.text import fold

from .words import WORD

BEFORE, LENGTH = 8, 34  # words


def marked(text, words):
    """`text` as HTML, each word that begins with one of `words` marked, accents or not."""
    pieces, end = [], 0
    for start, stop in _stretches(text, words):
        pieces += [(text[end:start],), (format_html("<mark>{}</mark>", text[start:stop]),)]
        end = stop
    return format_html_join("", "{}", [*pieces, (text[end:],)])


def _stretches(text, words):
    """(start, stop) of what is marked; words with one blank between them are marked together."""
    found = []
    for match in WORD.finditer(text):
        if not _begins(match.group(), words):
            continue
        if found and text[found[-1][1] : match.start()] == " ":
            found[-1] = (found[-1][0], match.end())
        else:
            found.append(match.span())
    return found


def extract(text, words):
    """The words around the first one found, marked; the beginning where only the title has it."""
    pieces = text.split()
    hits = (n for n, piece in enumerate(pieces) if any(_begins(w, words) for w in WORD.findall(piece)))
    first = max(0, next(hits, 0) - BEFORE)
    piece = " ".join(pieces[first : first + LENGTH])
    before = "… " if first else ""
    after = " …" if first + LENGTH < len(pieces) else ""
    return format_html("{}{}{}", before, marked(piece, words), after)


def _begins(word, words):
    folded = fold(word)
    return any(folded.startswith(asked) for asked in words)
