"""'Did you mean': asked only where nothing was found."""

from collections import Counter
from difflib import get_close_matches

from vietnamese.text import fold, nfc

from ..models import SearchEntry
from .asking import finds
from .words import MOST_WORDS, WORD

TITLES = 5_000  # the latest ones: their words are what people look for
MOST_UNKNOWN = 3  # more than these are no slip of the hand, and each is compared with thousands


def did_you_mean(text):
    """The query with its unknown words replaced by the nearest of the titles' words, where that finds
    something; "" otherwise."""
    known = _known_words()
    typed = WORD.findall(nfc(text[:400]).casefold())[:MOST_WORDS]
    if sum(_is_unknown(word, known) for word in typed) > MOST_UNKNOWN:
        return ""
    meant = " ".join(_nearest(word, known) for word in typed)
    return meant if fold(meant) != fold(" ".join(typed)) and finds(meant) else ""


def _known_words():
    """{folded word: as it is written most often}."""
    titles = SearchEntry.objects.order_by("-pk").values_list("title", flat=True)[:TITLES]
    written = Counter(word for title in titles for word in WORD.findall(title.casefold()))
    return {fold(word): word for word, _count in reversed(written.most_common())}


def _is_unknown(word, known):
    return len(fold(word)) > 2 and fold(word) not in known


def _nearest(word, known):
    if not _is_unknown(word, known):
        return word
    near = get_close_matches(fold(word), known, n=1, cutoff=0.75)
    return known[near[0]] if near else word
