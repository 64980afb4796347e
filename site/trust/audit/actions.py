"""What can be recorded: every action has a stable code, a kind and words for the page."""

import re
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

_CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
CODE_LENGTH = 60


class Kind(StrEnum):
    """The three kinds of log a system of level 2 keeps (NĐ 331/2026, TCVN 14423:2026)."""

    ACCESS = "access"
    APPLICATION = "application"
    SECURITY = "security"


@dataclass(frozen=True)
class Action:
    """`code`: dotted and stable ("signin.failed"); `label`: what readers of the trail see."""

    code: str
    kind: Kind
    label: str | Promise


_actions: dict[str, Action] = {}


def register_action(code, kind, label) -> Action:
    """Makes `code` an action that may be recorded. Twice the same is fine; ValueError for a code that is
    malformed, or already of another kind."""
    if not _CODE.fullmatch(code) or len(code) > CODE_LENGTH:
        raise ValueError(f"{code!r} is no code of an action: dotted, small letters, up to {CODE_LENGTH}")
    kept = _actions.setdefault(code, Action(code, Kind(kind), label))
    if kept.kind != Kind(kind):
        raise ValueError(f"{code} is already an action of kind {kept.kind}")
    return kept


def action_of(code) -> Action:
    """The action, or KeyError for one no app has registered."""
    return _actions[code]


def actions() -> list[Action]:
    """All of them, in the order of their codes."""
    return [_actions[code] for code in sorted(_actions)]
