"""Numbers of parts as NĐ 30/2020 writes them: I. for parts, 1. for clauses, a) for points, Điều 1."""

LETTERS = "abcdđeghiklmnopqrstuvxy"  # the alphabet of points in legal texts; no f, j, w, z
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number):
    """1 → I, 4 → IV; for the few parts a paper has."""
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text, number = text + letters, number - value
    return text


def letter(number):
    """1 → a, 5 → đ; after y come aa, ab, …"""
    text = ""
    while number:
        number, rest = divmod(number - 1, len(LETTERS))
        text = LETTERS[rest] + text
    return text


class Numbers:
    """Counts the parts of one sequence of blocks: a part starts its clauses anew, a clause its points."""

    def __init__(self):
        self._counts = dict.fromkeys(("section", "article", "clause", "point"), 0)

    def next(self, kind):
        """The label of the next part of this kind."""
        self._counts[kind] += 1
        for inner in _INSIDE[kind]:
            self._counts[inner] = 0
        return _LABELS[kind](self._counts[kind])


_INSIDE = {"section": ("clause", "point"), "article": ("clause", "point"), "clause": ("point",), "point": ()}
_LABELS = {
    "section": lambda number: f"{roman(number)}.",
    "article": lambda number: f"Điều {number}.",
    "clause": lambda number: f"{number}.",
    "point": lambda number: f"{letter(number)})",
}
