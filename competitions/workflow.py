"""The one door: every step of an entry passes `move`, and may be asked first with `may`.

The door locks the row, asks who may and whether, runs the django_fsm transition, freezes what was handed in,
writes the history and the notices; one transaction. A transition called from elsewhere raises.
"""

from contextvars import ContextVar
from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django_fsm.signals import pre_transition

from . import consequences
from .capacities import acting_capacity
from .models import CompetitionPage, Entry, EntryHistory
from .moves import Answer, Move, OutsideTheDoor, Refused

_inside = ContextVar("competitions_door", default=None)
_ROW_FIELDS = (
    "state",
    "number",
    "code",
    "blind_code",
    "submitted_at",
    "is_late",
    "public_reason",
    "edited_at",
)
TRANSITIONS = ("submit", "submit_at_end", "resubmit", "submit_late", "withdraw", "refuse", "reinstate")


def _guard(sender, instance, name, **kwargs):
    if issubclass(sender, Entry) and _inside.get() != (instance.pk, name):
        raise OutsideTheDoor(f"{name} runs through competitions.workflow.move")


pre_transition.connect(_guard, dispatch_uid="competitions-door")


def table():
    """{transition: (sources, target, rules)}, read from the state machine itself."""
    found = {}
    for step in Entry._meta.get_field("state").get_all_transitions(Entry):
        found.setdefault(step.name, ([], step.target, step.custom))[0].append(step.source)
    return found


def may(entry, transition, actor, *, now=None, data=None, asking=True):
    """`Answer` for one step; the state is asked first, then the person, then the facts. What the actor must
    bring along is looked at when `asking` is False."""
    return _ask(entry, Move(transition, actor, now or timezone.now(), data or {}), asking=asking)


def options(entry, actor, now=None):
    """The answers of all steps, in order."""
    now = now or timezone.now()
    return [_ask(entry, Move(name, actor, now)) for name in TRANSITIONS]


def _ask(entry, move, *, asking=True):
    sources, _target, rules = _TABLE[move.transition]
    who = tuple(capacity.code for capacity in rules["who"])
    answer = Answer(move.transition, False, who=who, until=rules["until"](entry, move))
    if entry.state not in sources:
        return replace(answer, reason="wrong_state", params={"state": entry.state})
    capacity = acting_capacity(rules["who"], entry, move)
    if capacity is None:
        return replace(answer, reason=f"only_{who[0]}")
    answer = replace(answer, acting_as=capacity.code)
    for rule in (*rules["needs"], *(() if asking else rules["brings"])):
        if refusal := rule(entry, move):
            return replace(answer, reason=refusal.code, params=refusal.params, field=refusal.field)
    return replace(answer, allowed=True)


def move(entry, transition, actor, *, now=None, **data):
    """Takes one step; the entry as it stands then. Raises `Refused` with the reason.

    The moment is read inside the lock, unless given: whoever waited for the lock past the last second came
    too late. `data` is what the step asks for (`reason`).
    """
    with transaction.atomic():
        locked = _lock(entry)
        step = Move(transition, actor, now or timezone.now(), data)
        answer = _ask(locked, step, asking=False)
        if not answer.allowed:
            raise Refused(answer, locked)
        before = locked.state
        _run(locked, step)
        consequences.follow(locked, step)
        locked.save(update_fields=_ROW_FIELDS)
        EntryHistory.objects.create(
            entry=locked,
            at=step.now,
            transition=transition,
            from_state=before,
            to_state=locked.state,
            user=step.actor.user,
            actor_name=step.actor.name,
            actor_code=step.actor.code,
            actor_role=answer.acting_as,
            reason=step.reason,
        )
        consequences.tell(locked, step)
    return locked


def _lock(entry):
    """The competition first, then its entry: numbers are given in order and nobody waits in a ring."""
    CompetitionPage.objects.select_for_update(of=("self",), no_key=True).get(pk=entry.competition_id)
    return Entry.objects.select_for_update(of=("self",)).select_related("competition").get(pk=entry.pk)


def _run(entry, step):
    token = _inside.set((entry.pk, step.transition))
    try:
        getattr(entry, step.transition)(step)
    finally:
        _inside.reset(token)


_TABLE = table()
