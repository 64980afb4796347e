"""Every step of a request after it came in. A step may be asked first with `refusal`; each locks the row,
writes its line, what is owed and who is told, in one transaction, and raises `Refused`. `seen` is the
last line of the log the person saw: whoever comes second, or presses twice, changes nothing."""

from django.db import transaction
from django.utils import timezone

from people.models import Staff
from people.roles import Role, has_role
from trust.consents import holders

from . import events, identity, log, owing, telling
from .models import DataCopy, Identity, RequestKind, RequestState, RightsRequest
from .models.copies import CopyState
from .refusing import Refused

_STATE = RequestState
ABOUT_DATA = (
    RequestKind.VIEW,
    RequestKind.PROVIDE,
    RequestKind.CORRECT,
    RequestKind.DELETE,
    RequestKind.WITHDRAW,
)
COPIED = (RequestKind.VIEW, RequestKind.PROVIDE)


def handles(user):
    return has_role(user, Role.DATA_PROTECTION_OFFICER)


# ---- asking


def refusal(step, request, user, now=None):
    """Why this person cannot take `step` now; None when they can."""
    if not handles(user):
        return Refused("only_officer")
    if not request.is_open:
        return Refused("is_settled")
    code = _ASKED[step](request) or _too_late(step, request, now or timezone.now())
    return Refused(code) if code else None


def _may_be_answered(row):
    return "answered_already" if row.first_answered_at else ""


def _may_be_extended(row):
    return "extended_already" if row.extended_at else ""


def _too_late(step, row, now):
    return "too_late_to_extend" if step == "extend" and row.due_on < timezone.localdate(now) else ""


def _may_be_carried_out(row):
    if not row.first_answered_at:
        return "answer_first"
    if row.kind in ABOUT_DATA and not row.identity:
        return "identity_first"
    if row.kind == RequestKind.DELETE:
        return "erase_by_preview"
    if row.kind in COPIED and not row.copies.filter(state=CopyState.READY).exists():
        return "copy_first"
    return ""


def _may_be_copied(row):
    if row.kind not in COPIED:
        return "not_for_a_copy"
    if not row.identity:
        return "identity_first"
    return "copy_asked_already" if row.copies.filter(state__in=_LIVING).exists() else ""


def _may_be_erased(row):
    if row.kind != RequestKind.DELETE:
        return "is_settled"
    return "identity_first" if not row.identity else "" if row.first_answered_at else "answer_first"


_LIVING = (CopyState.ASKED, CopyState.READY)
_ASKED = {
    "answer": _may_be_answered,
    "ask_more": lambda row: "",
    "identify": lambda row: "identity_known" if row.identity == Identity.ACCOUNT else "",
    "extend": _may_be_extended,
    "copy": _may_be_copied,
    "erase": _may_be_erased,
    "carry_out": _may_be_carried_out,
    "refuse": lambda row: "",
}
STEPS = tuple(_ASKED)


# ---- the officer's steps


def answer(request, user, text, *, with_processor=False, seen, now=None):
    """The first answer: it is being carried out, by which day."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = lock_for(request, "answer", user, seen, now)
        locked.with_processor = with_processor
        locked.due_on = owing.due_of(locked)
        _turn(locked, _STATE.IN_HAND, now, answer=text, first_answered_at=now)
        log.write(locked, "answered", now, user=user, note=text, due=locked.due_on.isoformat())
        telling.write_to_sender(locked, "news", now)
    return locked


def ask_more(request, user, text, *, seen, now=None):
    """Asks the sender for what is missing. It counts as an answer; the term goes on."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = lock_for(request, "ask_more", user, seen, now)
        first = locked.first_answered_at or now
        _turn(locked, _STATE.WAITING, now, answer=text, first_answered_at=first)
        log.write(locked, "asked", now, user=user, note=text)
        telling.write_to_sender(locked, "news", now)
    return locked


def identify(request, user, note, *, staff_code="", seen, now=None):
    """The sender came with papers, which were looked at and given back. `staff_code` where they are on the
    roster and have no account here."""
    now = now or timezone.now()
    staff = Staff.objects.filter(staff_code=staff_code).first() if staff_code else None
    if staff_code and staff is None:
        raise Refused("no_staff_with_code", "staff_code")
    with transaction.atomic():
        locked = lock_for(request, "identify", user, seen, now)
        identity.prove(locked, Identity.IN_PERSON, now, note)
        locked.staff = staff
        locked.save(update_fields=["identity", "identity_at", "identity_note", "staff"])
        log.write(locked, "identity", now, user=user, how=Identity.IN_PERSON)
    return locked


def extend(request, user, reason, *, seen, now=None):
    """Once, by the days of the decree; the sender reads why."""
    now = now or timezone.now()
    if not reason.strip():
        raise Refused("reason_missing", "reason")
    with transaction.atomic():
        locked = lock_for(request, "extend", user, seen, now)
        locked.extended_at = now
        locked.due_on = owing.due_of(locked)
        locked.save(update_fields=["extended_at", "due_on"])
        log.write(locked, "extended", now, user=user, note=reason.strip(), due=locked.due_on.isoformat())
        owing.follow(locked, now)
        telling.write_to_sender(locked, "news", now)
    return locked


def ask_copy(request, user, *, seen, now=None):
    """Has the worker make a copy of the sender's data, which the sender alone takes, by the tracking code."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = lock_for(request, "copy", user, seen, now)
        if identity.person_of(locked).is_nobody:
            raise Refused("nobody_found")
        DataCopy.objects.create(request=locked, asked_at=now, asked_by_name=user.display_name)
        log.write(locked, "copy_asked", now, user=user)
    return locked


def carry_out(request, user, text, *, seen, now=None):
    """Settles it: what was done, in words the sender reads. Consents asked to be withdrawn are withdrawn."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = lock_for(request, "carry_out", user, seen, now)
        done = withdraw_all(locked, now) if locked.kind == RequestKind.WITHDRAW else 0
        _settle(locked, _STATE.DONE, user, text, now, "carried_out", withdrawn=done)
    return locked


def refuse(request, user, reason, *, seen, now=None):
    """Settles it without carrying it out; the sender reads why and where to complain."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = lock_for(request, "refuse", user, seen, now)
        _settle(locked, _STATE.REFUSED, user, reason, now, "refused")
    return locked


def settle_erased(locked, user, text, now):
    """The last part of an erasure, inside its transaction (`erasing`)."""
    _settle(locked, _STATE.DONE, user, text, now, "erased")


def withdraw_all(request, now):
    """Withdraws every consent of the sender that is in force; how many things they were given for."""
    person, done = identity.person_of(request), 0
    for holder in holders():
        for held in holder.of_person(person):
            done += bool(holder.change(held, frozenset(), now))
    if not done:
        raise Refused("nothing_to_withdraw")
    return done


# ---- the sender's


def add(request, text, *, now=None):
    """What the sender adds when something was asked."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = RightsRequest.objects.select_for_update().get(pk=request.pk)
        if locked.state != _STATE.WAITING:
            raise Refused("not_waiting")
        locked.text = f"{locked.text}\n\n{text}".strip()
        locked.save(update_fields=["text"])
        _turn(locked, _STATE.IN_HAND, now)
        log.write(locked, "added", now)
        telling.tell_officers(events.ADDED, locked)
    return locked


def drop(request, *, now=None):
    """The sender takes the request back."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = RightsRequest.objects.select_for_update().get(pk=request.pk)
        if not locked.is_open:
            raise Refused("is_settled")
        _turn(locked, _STATE.DROPPED, now)
        log.write(locked, "dropped", now)
    return locked


# ---- common


def lock_for(request, step, user, seen, now):
    locked = RightsRequest.objects.select_for_update().get(pk=request.pk)
    if refused := refusal(step, locked, user, now):
        raise refused
    if seen is not None and log.last_seen(locked) != seen:
        raise Refused("changed")
    return locked


def _turn(locked, state, now, **values):
    locked.state, locked.state_since = state, now
    for name, value in values.items():
        setattr(locked, name, value)
    locked.save()
    owing.follow(locked, now)


def _settle(locked, state, user, text, now, step, **details):
    first = locked.first_answered_at or now
    _turn(locked, state, now, answer=text, first_answered_at=first)
    log.write(locked, step, now, user=user, note=text, **details)
    telling.write_to_sender(locked, "news", now)
