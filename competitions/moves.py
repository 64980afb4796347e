"""The words the workflow of entries is written in: who acts, what is asked, what is answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Actor:
    """Who acts: an account, a participant, or both (staff who enter). Nobody for the anonymous."""

    user: Any = None
    participant: Any = None
    name: str = ""
    code: str = ""

    @classmethod
    def of(cls, user=None, participant=None):
        """The actor behind an account and a participant; a closed account is nobody."""
        signed_in = user is not None and user.is_authenticated and user.is_active
        user = user if signed_in else None
        staff = getattr(user, "staff", None) if user else None
        name = user.display_name if user else str(participant or "")
        return cls(user, participant, name[:120], staff.staff_code if staff else "")


CLOCK = Actor(name="Đồng hồ hệ thống")


@dataclass(frozen=True)
class Refusal:
    """Why not: a stable code, the values its sentence needs, and the form field it belongs to."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    field: str = ""


@dataclass(frozen=True)
class Answer:
    """What a transition says when asked: allowed or the reason, who can do it, until when."""

    transition: str
    allowed: bool
    reason: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    who: tuple[str, ...] = ()
    until: datetime | None = None
    acting_as: str = ""
    field: str = ""


class Refused(Exception):
    """A step was not allowed; `answer` says why."""

    def __init__(self, answer, entry=None):
        self.answer = answer
        self.entry = entry
        super().__init__(f"{answer.transition}: {answer.reason}")


class OutsideTheDoor(RuntimeError):
    """A transition was called without passing `competitions.workflow.move`."""


@dataclass
class Move:
    """One asked or attempted step, with what the actor brings along."""

    transition: str
    actor: Actor
    now: datetime
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def reason(self):
        return (self.data.get("reason") or "").strip()
