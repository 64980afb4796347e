"""The words the workflow is written in: who acts, what is asked, what is answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone

from obligations.days_off import announced_days
from people.roles import roles_of


@dataclass(frozen=True)
class Actor:
    """Who acts. `user` is None for the clock and for the anonymous."""

    user: Any = None
    name: str = ""
    code: str = ""
    staff: Any = None
    is_clock: bool = False

    @classmethod
    def of(cls, user):
        """The actor behind an account; nobody for the anonymous or a closed account."""
        if user is None or not user.is_authenticated or not user.is_active:
            return cls()
        staff = getattr(user, "staff", None)
        return cls(user, user.display_name, staff.staff_code if staff else user.username, staff)

    @cached_property
    def roles(self):
        return roles_of(self.user) if self.user else frozenset()

    @property
    def staff_id(self):
        return self.staff.pk if self.staff else None


CLOCK = Actor(name="Đồng hồ hệ thống", code="", is_clock=True)


@dataclass(frozen=True)
class Refusal:
    """Why not: a stable code, the figures its sentence needs, and the form field it belongs to."""

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
    until: date | None = None
    acting_as: str = ""
    field: str = ""

    def __iter__(self):
        """`allowed, reason, who, until = may(…)`."""
        return iter((self.allowed, self.reason, self.who, self.until))


class Refused(Exception):
    """A move was not allowed. `answer` says why, `code` of which dossier."""

    def __init__(self, answer, initiative=None):
        self.answer = answer
        self.initiative = initiative
        super().__init__(f"{answer.transition}: {answer.reason}")


class OutsideTheDoor(RuntimeError):
    """A transition was called without passing `ideas.workflow.move`."""


@dataclass
class Move:
    """One asked or attempted step, with what the actor brings along and what rules may look up once."""

    transition: str
    actor: Actor
    now: datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    lookups: dict = field(default_factory=dict)  # shared by all dossiers of one batch

    @cached_property
    def today(self):
        return timezone.localdate(self.now)

    @property
    def announced(self):
        """Days off and make-up days announced beside the calendar, as `obligations.terms` takes them."""
        return self.once("announced_days", announced_days)

    @property
    def reason(self):
        return (self.data.get("reason") or "").strip()

    def once(self, key, compute):
        """`compute()` remembered for the batch under `key`."""
        if key not in self.lookups:
            self.lookups[key] = compute()
        return self.lookups[key]
