"""Titles: how long, and by which key they are matched."""

from vietnamese.text import fold

TITLE_MOST = 200  # characters; a name says how it is done and what gets better, no more
TITLE_KEPT = 4_000  # a draft keeps what was pasted until its author has shortened it


def title_key(title):
    """What titles are matched by: accents, tone placement and letter case set aside."""
    return " ".join(fold(title).split())[:500]
