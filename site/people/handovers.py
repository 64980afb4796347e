"""What a person may start in another part of the portal from something they have here: "start an initiative
from this entry". The app that starts it registers how; the app that offers it names neither."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Handover:
    """`may(user)` says whether the person can start one; `start(user, title, text, source)` makes a draft
    that credits `source` and answers with its address."""

    code: str
    label: str | Promise
    may: Callable
    start: Callable


_handovers: dict[str, Handover] = {}

INITIATIVE = "initiative"


def register_handover(handover: Handover) -> Handover:
    """Call it in `AppConfig.ready`."""
    if _handovers.setdefault(handover.code, handover) != handover:
        raise ValueError(f"Two handovers are called {handover.code}")
    return handover


def handover_for(code, user) -> Handover | None:
    """The handover, where some app offers it to this person."""
    found = _handovers.get(code)
    return found if found is not None and user.is_authenticated and found.may(user) else None
