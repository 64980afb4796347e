"""Every step the ward takes with a difficulty: hand it to a unit, answer, return the answer, publish, close,
open again, give a new code.

A step may be asked first with `refusal`. Each locks the row, writes its line of the log, what is owed and who
is told, in one transaction, and raises `Refused`. `seen` is the last line of the log the person saw: whoever
comes second, or presses twice, changes nothing.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from notifications.events import announce
from trust.consents import standing
from vietnamese.dates import short_date

from ..access import reporters_of
from ..models import Difficulty, DifficultyClosed, DifficultyState, Origin
from . import consents, events, log, owing, privacy, published, telling
from .access import answers, handlers, handles
from .codes import new_code
from .refusing import Refused

_STATE = DifficultyState
OPEN = (_STATE.RECEIVED, _STATE.ASSIGNED, _STATE.TO_CHECK)
SETTLED = (_STATE.PUBLISHED, _STATE.CLOSED)


@dataclass(frozen=True)
class Public:
    """What everybody will read; `with_name`: the resident's name beside it, where they agreed."""

    title: str
    text: str
    answer: str
    with_name: bool = False


# ---- asking


def refusal(step, difficulty, user):
    """Why this person cannot take `step` now; None when they can."""
    if step == "answer":
        if not (answers(difficulty, user) or handles(user)):
            return Refused("only_unit_or_coordinator")
    elif not handles(user):
        return Refused("only_coordinator")
    code = _STATE_ASKED[step](difficulty)
    return Refused(code) if code else None


def _not_settled(difficulty):
    return "is_settled" if difficulty.state in SETTLED else ""


def _may_be_answered(difficulty):
    """An answer can be put right until it was checked."""
    return _not_settled(difficulty) or ("not_assigned" if difficulty.state == _STATE.RECEIVED else "")


def _may_be_returned(difficulty):
    return _not_settled(difficulty) or ("" if difficulty.state == _STATE.TO_CHECK else "no_answer_yet")


def _may_be_published(difficulty):
    """What is published can be put right: the log keeps both."""
    if difficulty.state == _STATE.CLOSED:
        return "is_settled"
    return "" if difficulty.state in (_STATE.TO_CHECK, _STATE.PUBLISHED) else "no_answer_yet"


_STATE_ASKED = {
    "assign": lambda row: "is_settled" if row.state in (*SETTLED, _STATE.TO_CHECK) else "",
    "answer": _may_be_answered,
    "send_back": _may_be_returned,
    "publish": _may_be_published,
    "close": _not_settled,
    "reopen": lambda row: "" if row.state in SETTLED else "is_open",
    "renew": lambda row: "" if row.code else "no_code",
}
STEPS = tuple(_STATE_ASKED)


# ---- doing


def assign(difficulty, user, unit, *, due_on=None, seen, now=None):
    """Hands it to a unit, whose reporters and head are told and owe the answer. `due_on` where the day is
    another one than the term says."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = _locked(difficulty, "assign", user, seen)
        due = due_on or locked.answer_due_on
        if due != locked.answer_due_on and due < timezone.localdate(now):
            raise Refused("due_in_past", "due_on")
        if locked.unit_id == unit.pk and locked.state == _STATE.ASSIGNED and due == locked.answer_due_on:
            raise Refused("with_that_unit", "unit")
        is_set = locked.due_is_set or due != locked.answer_due_on
        values = {"unit": unit, "unit_name": unit.name, "assigned_at": now}
        _turn(locked, _STATE.ASSIGNED, now, answer_due_on=due, due_is_set=is_set, **values)
        log.write(locked, "assigned", now, user=user, unit=unit.name, due=due.isoformat())
        _tell(events.ASSIGNED, _reporters(unit, now), locked, due=short_date(due))
    return locked


def answer(difficulty, user, text, *, reason="", seen, now=None):
    """The unit's answer, for the coordinator to check. A coordinator who does not report for the unit says
    why they write in its place."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = _locked(difficulty, "answer", user, seen)
        in_place = not answers(locked, user)
        if in_place and not reason.strip():
            raise Refused("in_place_of_unit", "reason")
        _turn(
            locked,
            _STATE.TO_CHECK,
            now,
            answer=text,
            answered_at=now,
            answered_by_name=user.display_name,
        )
        step = "answered_in_place" if in_place else "answered"
        log.write(locked, step, now, user=user, note=reason.strip() if in_place else "", answer=text)
        _tell(events.ANSWERED, [who for who in handlers() if who.pk != user.pk], locked)
    return locked


def send_back(difficulty, user, reason, *, seen, now=None):
    """Returns an answer to its unit, which owes it again by the same day."""
    now = now or timezone.now()
    reason = _needed(reason)
    with transaction.atomic():
        locked = _locked(difficulty, "send_back", user, seen)
        _turn(locked, _STATE.ASSIGNED, now)
        log.write(locked, "returned", now, user=user, note=reason)
        _tell(events.RETURNED, _reporters(locked.unit, now), locked)
    return locked


def publish(difficulty, user, public: Public, *, seen, now=None):
    """Publishes what was checked, or puts right what is public. Nothing of a resident but an agreed name."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = _locked(difficulty, "publish", user, seen)
        again = locked.state == _STATE.PUBLISHED
        name = _checked_public(locked, public)
        _check_no_person(locked, public)
        if locked.origin == Origin.RESIDENT and privacy.is_the_letter(
            public.text, locked.text, locked.proposal
        ):
            raise Refused("letter_itself", "public_text")
        _turn(
            locked,
            _STATE.PUBLISHED,
            now,
            public_title=public.title,
            public_text=public.text,
            public_answer=public.answer,
            public_name=name,
            published_at=locked.published_at if again else now,
        )
        words = {"title": public.title, "text": public.text, "answer": public.answer}
        log.write(locked, "published_again" if again else "published", now, user=user, **words)
        if not again:
            _tell_settled(locked, user, now)
        published.follow([locked])
    return locked


def close(difficulty, user, why, *, pointed_to="", duplicate_of=None, seen, now=None):
    """Settles it without publication."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = _locked(difficulty, "close", user, seen)
        if why == DifficultyClosed.ANSWERED and locked.state != _STATE.TO_CHECK:
            raise Refused("answer_first", "why")
        if why == DifficultyClosed.NOT_OURS and not pointed_to:
            raise Refused("pointed_to_missing", "pointed_to")
        if why == DifficultyClosed.DUPLICATE:
            _check_duplicate(locked, duplicate_of)
        else:
            duplicate_of = None
        kept = pointed_to if why == DifficultyClosed.NOT_OURS else ""
        _turn(locked, _STATE.CLOSED, now, close_reason=why, pointed_to=kept, duplicate_of=duplicate_of)
        details = {"duplicate_of": duplicate_of.number} if duplicate_of else {}
        log.write(locked, "closed", now, user=user, note=kept, why=str(why), **details)
        _tell_settled(locked, user, now)
    return locked


def reopen(difficulty, user, reason, *, seen, now=None):
    """Takes up again what was settled by mistake; its day stays as it was, what was public is so no more."""
    now = now or timezone.now()
    reason = _needed(reason)
    with transaction.atomic():
        locked = _locked(difficulty, "reopen", user, seen)
        was_public = locked.state == _STATE.PUBLISHED
        answered = locked.answer and locked.unit_id
        state = _STATE.TO_CHECK if answered else _STATE.ASSIGNED if locked.unit_id else _STATE.RECEIVED
        _turn(locked, state, now, close_reason="", pointed_to="", duplicate_of=None, public_name="")
        log.write(locked, "reopened", now, user=user, note=reason)
        if was_public:
            published.follow([locked])
    return locked


def renew(difficulty, user, reason, *, seen, now=None):
    """Makes the tracking code void and gives a new one: it was lost, or somebody else has seen it."""
    now = now or timezone.now()
    reason = _needed(reason)
    with transaction.atomic():
        locked = _locked(difficulty, "renew", user, seen)
        locked.code = new_code()
        locked.save(update_fields=["code"])
        log.write(locked, "code_renewed", now, user=user, note=reason)
        telling.write_to_sender(locked, "new_code", now)
    return locked


def _needed(reason):
    if not reason.strip():
        raise Refused("reason_missing", "reason")
    return reason.strip()


def _locked(difficulty, step, user, seen):
    rows = Difficulty.objects.select_for_update(of=("self",)).select_related("unit", "contact")
    locked = rows.get(pk=difficulty.pk)
    if log.last_seen(locked) != seen:
        raise Refused("changed")
    if refused := refusal(step, locked, user):
        raise refused
    return locked


def _turn(difficulty, state, now, **values):
    """Writes a step on the row and brings what is owed in line."""
    if state != difficulty.state:
        difficulty.state, values["state_since"] = state, now
    for name, value in values.items():
        setattr(difficulty, name, value)
    difficulty.save(update_fields=["state", *values])
    owing.follow(difficulty, now)


def _checked_public(difficulty, public):
    """The name to be shown, "" for none."""
    if not (public.title and public.text and public.answer):
        raise Refused("public_words_missing", "public_title")
    contact = getattr(difficulty, "contact", None)
    if contact is None:
        if public.with_name:
            raise Refused("name_not_agreed", "with_name")
        return ""
    known = {"name": contact.name, "email": contact.email, "phone": contact.phone}
    for field in ("title", "text", "answer"):
        if found := privacy.sender_named_in(getattr(public, field), **known):
            raise Refused("names_the_sender", f"public_{field}", found=found)
    if not public.with_name:
        return ""
    if consents.NAME not in standing(difficulty.subject) or not contact.name:
        raise Refused("name_not_agreed", "with_name")
    return contact.name


def _check_no_person(difficulty, public):
    """No number of a person in title and difficulty, whoever typed it; in the answer, where an office may
    name its own, none that came with what was raised."""
    for field in ("title", "text"):
        if found := privacy.numbers_of_a_person_in(getattr(public, field)):
            raise Refused("names_a_person", f"public_{field}", found=found[0])
    raised = "\n".join((difficulty.text, difficulty.proposal, difficulty.place))
    if found := privacy.taken_over(public.answer, raised):
        raise Refused("names_a_person", "public_answer", found=found)


def _check_duplicate(difficulty, earlier):
    if earlier is None:
        raise Refused("duplicate_missing", "duplicate_of")
    if earlier.pk == difficulty.pk or earlier.state == _STATE.CLOSED:
        raise Refused("duplicate_of_itself", "duplicate_of")


def _reporters(unit, now):
    return reporters_of([unit], timezone.localdate(now)).get(unit.pk) or list(handlers())


def _tell_settled(difficulty, user, now):
    """The resident by letter; of a unit whoever raised it, while they still may read it."""
    telling.write_to_sender(difficulty, "settled", now)
    told = set()
    if difficulty.from_unit_id:
        told = set(reporters_of([difficulty.from_unit_id], timezone.localdate(now))[difficulty.from_unit_id])
    _tell(events.SETTLED, [who for who in told if who.pk != user.pk], difficulty)


def _tell(event, people, difficulty, **params):
    announce(
        event, people, subject=difficulty.number, link=difficulty.get_absolute_url(), refresh=(), **params
    )
