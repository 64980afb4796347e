"""Where a computed figure comes from, in words: each app says it for the codes it puts into `Value.source`
(config.figures), beside the figure it adds."""

from django.utils.functional import Promise

_words: dict[str, str | Promise] = {}


def add_sources(words: dict[str, str | Promise]):
    """`{code: words}`; the words end a sentence: "counted by the portal from …". Raises ValueError for a code
    that has other words already."""
    for code, text in words.items():
        if _words.setdefault(code, text) != text:
            raise ValueError(f"The source {code!r} has two wordings")


def words_of_source(code: str) -> str:
    """The words of a code; "" for one nobody named."""
    return str(_words.get(code, ""))


def all_sources() -> list[str]:
    return sorted(_words)
