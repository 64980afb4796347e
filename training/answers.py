"""The answer to "may this be done?": yes, or why not, by a stable code and in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Answer:
    """`params` are the figures the sentence of `reason` needs, `field` the form field it belongs to."""

    allowed: bool
    reason: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    field: str = ""

    @property
    def words(self) -> str:
        """The sentence in the reader's language; empty where it is allowed."""
        from .reasons import sentence

        return sentence(self)

    def __iter__(self):
        """`allowed, reason, words = may(…)`."""
        return iter((self.allowed, self.reason, self.words))


YES = Answer(True)


def no(reason, field="", **params) -> Answer:
    return Answer(False, reason, params, field)


class Refused(Exception):
    """It was not allowed; nothing was written. `answer` says why."""

    def __init__(self, answer):
        self.answer = answer
        super().__init__(answer.reason)


def require(answer):
    """Raises `Refused` unless it is allowed."""
    if not answer.allowed:
        raise Refused(answer)
