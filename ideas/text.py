"""Keys of titles."""

from vietnamese.text import fold


def title_key(title):
    """What titles are matched by: accents, tone placement and letter case set aside."""
    return " ".join(fold(title).split())[:500]
