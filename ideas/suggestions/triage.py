"""Every step the ward takes with an idea: hand it to a unit, answer, close, open again, give a new code.

A step may be asked first with `refusal`. Each locks the row, writes its line of the log, what is owed and who
is told, in one transaction, and raises `Refused`. `seen` is the last line of the log the person saw: whoever
comes second, or presses twice, changes nothing.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from ideas import events
from ideas.models import CloseReason, Idea, IdeaState
from ideas.refusing import Refused
from ideas.unit_heads import heads_of
from notifications.events import announce
from trust.consents import standing
from vietnamese.dates import short_date

from . import consents, log, owing, published, telling
from .access import handlers, heads, is_handler
from .codes import new_code

OPEN = (IdeaState.RECEIVED, IdeaState.ASSIGNED)


@dataclass(frozen=True)
class Answered:
    """An answer as it is given; the public words only where it is published."""

    outcome: str
    answer: str
    is_public: bool = False
    public_title: str = ""
    public_text: str = ""


# ---- asking


def refusal(step, idea, user, now=None):
    """Why this person cannot take `step` (assign, answer, close, reopen, renew) now; None when they can."""
    day = timezone.localdate(now)
    if step == "answer":
        is_its_head = idea.state in (IdeaState.ASSIGNED, IdeaState.ANSWERED) and heads(idea, user, day)
        if not (is_its_head or is_handler(user, day)):
            return Refused("only_handlers_or_head")
    elif not is_handler(user, day):
        return Refused("only_handlers")
    code = _STATE_ASKED[step](idea)
    return Refused(code) if code else None


def _is_open(idea):
    if idea.state == IdeaState.ANSWERED:
        return "idea_is_answered"
    return "idea_is_closed" if idea.state == IdeaState.CLOSED else ""


def _may_be_answered(idea):
    """An answer can be put right: the log keeps both."""
    return "idea_is_closed" if idea.state == IdeaState.CLOSED else ""


def _may_be_reopened(idea):
    if idea.state in OPEN:
        return "idea_is_open"
    return "idea_is_grown" if idea.growths.exists() else ""


_STATE_ASKED = {
    "assign": _is_open,
    "answer": _may_be_answered,
    "close": _is_open,
    "reopen": _may_be_reopened,
    "renew": lambda idea: "",
}
STEPS = tuple(_STATE_ASKED)


# ---- doing


def assign(idea, user, unit, *, seen, now=None):
    """Hands the idea to a unit, whose head is told and owes the answer by the same day."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = _locked(idea, "assign", user, seen, now)
        if locked.unit_id == unit.pk and locked.state == IdeaState.ASSIGNED:
            raise Refused("idea_with_that_unit", "unit")
        _turn(locked, IdeaState.ASSIGNED, now, unit=unit, assigned_at=now)
        log.write(locked, "assigned", now, user=user, unit=unit.name)
        today = timezone.localdate(now)
        told = heads_of([unit.pk], today).get(unit.pk) or handlers(today)
        due = short_date(locked.answer_due_on)
        _tell(events.IDEA_ASSIGNED, told, locked, due=due)
    return locked


def answer(idea, user, given: Answered, *, seen, now=None):
    """Answers, or puts an answer right; published only where the sender agreed to it."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = _locked(idea, "answer", user, seen, now)
        _check_public(locked, given)
        again, was_public = locked.state == IdeaState.ANSWERED, locked.is_public
        office = locked.unit.name if locked.unit else ""
        _turn(
            locked,
            IdeaState.ANSWERED,
            now,
            outcome=given.outcome,
            answer=given.answer,
            answered_at=now,
            answered_for=office,
            is_public=given.is_public,
            public_title=given.public_title if given.is_public else "",
            public_text=given.public_text if given.is_public else "",
        )
        log.write(locked, "answered_again" if again else "answered", now, user=user, outcome=given.outcome)
        telling.write_to_sender(locked, "answered", now)
        _tell(
            events.IDEA_ANSWERED,
            [who for who in handlers(timezone.localdate(now)) if who.pk != user.pk],
            locked,
        )
        if was_public or locked.is_public:
            published.follow([locked])
    return locked


def close(idea, user, why, *, duplicate_of=None, seen, now=None):
    """Closes what holds no idea or was sent before. A duplicate's page leads to no other person's idea."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = _locked(idea, "close", user, seen, now)
        if why == CloseReason.DUPLICATE:
            _check_duplicate(locked, duplicate_of)
        _turn(
            locked,
            IdeaState.CLOSED,
            now,
            close_reason=why,
            duplicate_of=duplicate_of if why == CloseReason.DUPLICATE else None,
        )
        details = {"duplicate_of": duplicate_of.number} if locked.duplicate_of_id else {}
        log.write(locked, "closed", now, user=user, why=why, **details)
    return locked


def reopen(idea, user, reason, *, seen, now=None):
    """Takes an idea up again that was closed or answered by mistake; its day stays as it was."""
    now = now or timezone.now()
    reason = reason.strip()
    if not reason:
        raise Refused("idea_reason_missing", "reason")
    with transaction.atomic():
        locked = _locked(idea, "reopen", user, seen, now)
        was_public = locked.is_public
        state = IdeaState.ASSIGNED if locked.unit_id else IdeaState.RECEIVED
        _turn(locked, state, now, close_reason="", duplicate_of=None, is_public=False)
        log.write(locked, "reopened", now, user=user, reason=reason)
        if was_public:
            published.follow([locked])
    return locked


def renew(idea, user, reason, *, seen, now=None):
    """Makes the tracking code void and gives a new one: it was lost, or somebody else has seen it."""
    now = now or timezone.now()
    reason = reason.strip()
    if not reason:
        raise Refused("idea_reason_missing", "reason")
    with transaction.atomic():
        locked = _locked(idea, "renew", user, seen, now)
        locked.code = new_code()
        locked.save(update_fields=["code"])
        log.write(locked, "code_renewed", now, user=user, reason=reason)
        telling.write_to_sender(locked, "new_code", now)
    return locked


def _locked(idea, step, user, seen, now):
    locked = Idea.objects.select_for_update(of=("self",)).select_related("unit", "contact").get(pk=idea.pk)
    if log.last_seen(locked) != seen:
        raise Refused("idea_changed")
    if refused := refusal(step, locked, user, now):
        raise refused
    return locked


def _turn(idea, state, now, **values):
    """Writes a step on the row and brings what is owed in line."""
    if state != idea.state:
        idea.state, values["state_since"] = state, now
    for name, value in values.items():
        setattr(idea, name, value)
    idea.save(update_fields=["state", *values])
    owing.follow(idea, now)


def _check_public(idea, given):
    if not given.is_public:
        return
    if consents.PUBLISH not in standing(idea.subject):
        raise Refused("idea_publish_not_agreed", "is_public")
    if not (given.public_title and given.public_text):
        raise Refused("idea_public_words_missing", "public_title")


def _check_duplicate(idea, earlier):
    if earlier is None:
        raise Refused("idea_duplicate_missing", "duplicate_of")
    if earlier.pk == idea.pk or earlier.state == IdeaState.CLOSED:
        raise Refused("idea_duplicate_of_itself", "duplicate_of")


def _tell(event, people, idea, **params):
    announce(
        event,
        people,
        subject=idea.number,
        link=idea.get_absolute_url(),
        refresh=(f"idea:{idea.pk}",),
        **params,
    )
