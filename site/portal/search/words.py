"""Words as the index knows them: letters and digits only, marks off, so that both databases cut alike."""

import re

from vietnamese.text import fold

WORD = re.compile(r"[^\W_]+")
MOST_WORDS = 12
LONGEST_WORD = 60


def words_of(text):
    return WORD.findall(fold(text))


def asked_words(text):
    """The words of a query that are searched: the first twelve, none twice, whatever was typed."""
    words = dict.fromkeys(word[:LONGEST_WORD] for word in words_of(text[:400]))
    return list(words)[:MOST_WORDS]
