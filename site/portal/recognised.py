"""Whether a code is that of an initiative everybody can read: who keeps initiatives answers, others ask."""

from collections.abc import Callable

_answering: list[Callable[[str], bool]] = []


def register_recognised(answer: Callable[[str], bool]):
    """`answer(code)` says it in one query."""
    if answer not in _answering:
        _answering.append(answer)


def is_recognised(code: str) -> bool:
    return any(answer(code) for answer in _answering)
