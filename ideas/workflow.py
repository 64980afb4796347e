"""The one door: every step of a dossier passes `move` (or `move_many`), and may be asked first with `may`.

The door locks the rows, asks who may and whether, runs the django_fsm transition, does what follows in other
rows, writes the history and the notifications; one transaction. A transition called from elsewhere raises.
"""

from contextvars import ContextVar
from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django_fsm.signals import pre_transition

from . import capacities, consequences, owing, publication, telling
from .benefits import owing as benefits
from .models import HistoryEntry, Initiative
from .moves import CLOCK, Actor, Answer, Move, OutsideTheDoor, Refused
from .suggestions import growing

_inside = ContextVar("ideas_door", default=None)

# What a step writes on the dossier's own row.
_ROW_FIELDS = (
    "state",
    "state_since",
    "round",
    "rubric",
    "submitted_at",
    "received_on",
    "receipt_number",
    "formality_from",
    "formality_due_on",
    "supplement_kind",
    "supplement_request",
    "supplement_from",
    "supplement_due_on",
    "accepted_on",
    "decision_from",
    "decision_due_on",
    "evaluation_number",
    "public_reason",
    "merged_into",
)


def _guard(sender, instance, name, **kwargs):
    if issubclass(sender, Initiative) and _inside.get() != (instance.pk, name):
        raise OutsideTheDoor(f"{name} runs through ideas.workflow.move")


pre_transition.connect(_guard, dispatch_uid="ideas-door")


# ---- asking


def table():
    """{transition: (sources, target, rules)} of design §4, read from the state machine itself."""
    found = {}
    for step in Initiative._meta.get_field("state").get_all_transitions(Initiative):
        sources = found.setdefault(step.name, ([], step.target, step.custom))[0]
        sources.append(step.source)
    return found


# In the order of a dossier's life, as pages and tables list them.
TRANSITIONS = (
    "submit",
    "request_supplement",
    "resubmit",
    "expire",
    "late_accept",
    "accept",
    "refuse",
    "start_evaluation",
    "close_evaluation",
    "reopen_evaluation",
    "complete_again",
    "recognise",
    "decline",
    "reconsider",
    "withdraw",
    "hand_over",
    "merge",
    "correct",
    "revoke",
)


def may(initiative, transition, actor, *, now=None, data=None, lookups=None, asking=True):
    """`Answer(allowed, reason, who, until)` for one step; the state is asked first, then the person, then the
    facts. What the actor must bring along (a reason, a decision) is looked at when `asking` is False.

    `initiative` should come from `Initiative.objects.for_workflow()`.
    """
    move = Move(
        transition, _actor(actor), now or timezone.now(), data or {}, {} if lookups is None else lookups
    )
    return _ask(initiative, move, asking=asking)


def options(initiative, actor, now=None):
    """The answers of all steps, in order; a constant number of queries."""
    lookups, actor, now = {}, _actor(actor), now or timezone.now()
    return [_ask(initiative, Move(name, actor, now, {}, lookups)) for name in TRANSITIONS]


def _actor(user):
    return user if isinstance(user, Actor) else Actor.of(user)


def _ask(initiative, move, *, asking=True):
    sources, _target, rules = _TABLE[move.transition]
    who = tuple(capacity.code for capacity in rules["who"])
    answer = Answer(move.transition, False, who=who, until=rules["until"](initiative, move))
    if initiative.state not in sources:
        return replace(answer, reason="wrong_state", params={"state": initiative.state})
    capacity = capacities.acting_capacity(rules["who"], initiative, move)
    if capacity is None:
        return replace(answer, reason=f"only_{who[0]}")
    answer = replace(answer, acting_as=capacity.code)
    for rule in (*rules["needs"], *(() if asking else rules["brings"])):
        if refusal := rule(initiative, move):
            return replace(answer, reason=refusal.code, params=refusal.params, field=refusal.field)
    return replace(answer, allowed=True)


# ---- moving


def move(initiative, transition, actor, *, now=None, **data):
    """Takes one step. Returns the dossier as it stands then; raises `Refused` with the reason.

    `data` is what the step asks for (`reason`, `public_reason`, `number`, `decided_on`, `file`, `due_on`,
    `received_on`, `new_main_author`, `surviving`).
    """
    return move_many([initiative.pk], transition, actor, now=now, **data)[0]


def move_many(pks, transition, actor, *, now=None, **data):
    """The same step for several dossiers, all or none; queries grow only by their own rows."""
    step = Move(transition, _actor(actor), now or timezone.now(), data)
    with transaction.atomic():
        initiatives = _lock(pks)
        before = {initiative.pk: initiative.state for initiative in initiatives}
        answers = {initiative.pk: _require(initiative, step) for initiative in initiatives}
        for initiative in initiatives:
            _run(initiative, step)
        details = consequences.follow(initiatives, step)
        for initiative in initiatives:
            if initiative.state != before[initiative.pk]:
                initiative.state_since = step.now
            initiative.save(update_fields=_ROW_FIELDS)
        HistoryEntry.objects.bulk_create(
            _history(initiative, step, before, answers, details) for initiative in initiatives
        )
        owing.follow(initiatives, step.now)
        telling.tell(initiatives, step)
        publication.follow(initiatives, before.values())
        growing.follow(initiatives, before, step.now)
        benefits.follow(initiatives, before, step.now)
    for initiative in initiatives:
        initiative._prefetched_objects_cache.clear()  # what was looked at before the step is no longer true
    return initiatives


def _lock(pks):
    rows = Initiative.objects.select_for_update(of=("self",)).for_workflow().prefetch_related("versions")
    found = list(rows.filter(pk__in=pks).order_by("pk"))
    if len(found) != len(set(pks)):
        raise Initiative.DoesNotExist("a dossier of the batch is not there")
    return found


def _require(initiative, step):
    answer = _ask(initiative, step, asking=False)
    if not answer.allowed:
        raise Refused(answer, initiative)
    return answer


def _run(initiative, step):
    token = _inside.set((initiative.pk, step.transition))
    try:
        getattr(initiative, step.transition)(step)
    finally:
        _inside.reset(token)


def _history(initiative, step, before, answers, details):
    return HistoryEntry(
        initiative=initiative,
        at=step.now,
        transition=step.transition,
        from_state=before[initiative.pk],
        to_state=initiative.state,
        user=step.actor.user,
        actor_name=step.actor.name,
        actor_code=step.actor.code,
        actor_role=answers[initiative.pk].acting_as,
        reason=step.reason or (step.data.get("public_reason") or "").strip(),
        details=details.get(initiative.pk, {}),
    )


# ---- what moves by itself


def close_if_all_in(initiative, now):
    """Closes the evaluation once every sheet is in; called inside the transaction of the last one."""
    fresh = Initiative.objects.for_workflow().get(pk=initiative.pk)
    if may(fresh, "close_evaluation", CLOCK, now=now).allowed:
        return move(fresh, "close_evaluation", CLOCK, now=now)
    return None


def expire_overdue(now=None):
    """Supplements that were not completed in time; run by the worker. Returns the dossiers that expired."""
    now = now or timezone.now()
    overdue = Initiative.objects.filter(
        state="supplement_requested", supplement_due_on__lt=timezone.localdate(now)
    ).values_list("pk", flat=True)
    expired = []
    for pk in overdue:
        try:
            expired += move_many([pk], "expire", CLOCK, now=now)
        except Refused:  # completed in the moment between looking and locking
            continue
    return expired


_TABLE = table()
