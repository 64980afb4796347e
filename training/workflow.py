"""The one door: every step of a session passes `move`, and may be asked first with `may`.

The door locks the session, asks who may and whether, runs the django_fsm transition, does what follows in
other rows, writes the history and the notifications; one transaction. A transition called from elsewhere
raises.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_fsm.signals import pre_transition

from . import certificates, roll, telling
from .access import may_manage
from .answers import YES, Answer, no, require
from .competency import evidence
from .history import note
from .models import Session

STEPS = ("open", "hold", "confirm", "reopen", "cancel")
_inside = ContextVar("training_door", default=None)


class OutsideTheDoor(RuntimeError):
    """A step was called without passing `training.workflow.move`."""


def _guard(sender, instance, name, **kwargs):
    if issubclass(sender, Session) and _inside.get() != (instance.pk, name):
        raise OutsideTheDoor(f"{name} runs through training.workflow.move")


pre_transition.connect(_guard, dispatch_uid="training-door")


@dataclass(frozen=True)
class Move:
    """One asked or attempted step. `data` is what the person brings: `reason`, `rest_absent`."""

    step: str
    user: Any
    now: datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    announcements: list = field(default_factory=list)  # what follows in other rows and is told with the step

    @property
    def reason(self):
        return (self.data.get("reason") or "").strip()


# ---- asking


def table():
    """{step: (sources, target, rules)}, read from the state machine itself."""
    found = {}
    for each in Session._meta.get_field("state").get_all_transitions(Session):
        sources = found.setdefault(each.name, ([], each.target, each.custom))[0]
        sources.append(each.source)
    return found


def may(session, step, user, *, now=None, data=None, asking=True) -> Answer:
    """`allowed, reason, words`: the person is asked first, then the state, then the facts. What the person
    must bring along is looked at when `asking` is False."""
    return _ask(session, Move(step, user, now or timezone.now(), data or {}), asking=asking)


def options(session, user, now=None) -> dict[str, Answer]:
    """The answers of all steps, in order; a constant number of queries."""
    now = now or timezone.now()
    return {step: may(session, step, user, now=now) for step in STEPS}


def _ask(session, move, *, asking=True):
    sources, _target, rules = _TABLE[move.step]
    if not may_manage(move.user, session):
        return no("only_managers")
    if session.state not in sources:
        return no("wrong_state", state=session.state)
    for rule in (*rules["needs"], *(() if asking else rules["brings"])):
        if refusal := rule(session, move):
            return refusal
    return YES


# ---- moving


def move(session, step, user, *, now=None, **data):
    """Takes one step. Returns the session as it stands then; raises `Refused` with the reason.

    `reason` for reopen and cancel; `rest_absent` lets confirm mark everybody left as absent.
    """
    asked = Move(step, user, now or timezone.now(), data)
    with transaction.atomic():
        session = Session.objects.locked(session.pk)
        require(_ask(session, asked, asking=False))
        before = session.state
        _run(session, asked)
        session.state_since = asked.now
        session.save(update_fields=["state", "state_since"])
        details = _FOLLOWS.get(step, _nothing)(session, asked)
        evidence.from_session(session, user, now=asked.now)
        note(session, step, user, asked.now, before=before, reason=asked.reason, details=details)
        telling.tell_step(session, asked)
    return session


def _run(session, asked):
    token = _inside.set((session.pk, asked.step))
    try:
        getattr(session, asked.step)(asked)
    finally:
        _inside.reset(token)


# ---- what follows in other rows


def _nothing(session, asked):
    return {}


def _confirm(session, asked):
    absent = roll.mark_the_rest_absent(session, asked.user, asked.now) if asked.data.get("rest_absent") else 0
    return {"absent": absent, **certificates.keep_true(session, asked.announcements)}


def _cancel(session, asked):
    return certificates.revoke_all(session, asked.reason, asked.announcements)


_FOLLOWS = {"confirm": _confirm, "cancel": _cancel}
_TABLE = table()
