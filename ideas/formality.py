"""The formality checklist the secretary ticks before accepting (legal.md §1.3 step 4, §2.1)."""

from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .capacities import SECRETARY, acting_capacity
from .moves import Actor, Answer, Move, Refused

CHECKLIST = {
    "form": _("Every item of the application is filled in"),
    "authors": _("Authors, shares and confirmations are right"),
    "body": _("The ward committee is the body that can recognise it"),
    "first_use": _("Filed within one year of first use or trial"),
    "kind": _("It is one of the four kinds of solution"),
    "not_excluded": _("It is not against public order or morals, nor a protected right"),
    "evidence": _("Evidence is attached and can be opened"),
    "confidential": _("Confidential parts are marked"),
}


def open_items(initiative):
    """Codes of the checklist that are not ticked yet, in its order."""
    return left_of(initiative.formality_checklist)


def left_of(ticked):
    """The same of a list of ticks as it is kept; None before the first."""
    return [code for code in CHECKLIST if not (ticked or {}).get(code)]


def may_check(initiative, user, now=None):
    """`Answer` for ticking the list: whoever keeps the dossier, while it waits to be checked."""
    move = Move("checklist", Actor.of(user), now or timezone.now())
    answer = Answer("checklist", False, who=(SECRETARY.code,), until=initiative.formality_due_on)
    if acting_capacity((SECRETARY,), initiative, move) is None:
        return replace(answer, reason="only_secretary")
    answer = replace(answer, acting_as=SECRETARY.code)
    if initiative.state != "submitted":
        return replace(answer, reason="wrong_state", params={"state": initiative.state})
    return replace(answer, allowed=True)


def may_attach(initiative, user, now=None):
    """`Answer` for attaching a document of the procedure: whoever keeps an undecided dossier."""
    from .lifecycle import UNDECIDED, State

    answer = may_check(initiative, user, now)
    if not answer.acting_as:
        return answer
    if initiative.state in UNDECIDED and initiative.state != State.DRAFT:
        return replace(answer, allowed=True, reason="", params={})
    return replace(answer, allowed=False, reason="wrong_state", params={"state": initiative.state})


def attach_document(initiative, user, kind, file, now=None):
    """Attaches the superior body's approval or the consent to a merger, and says so in the history.

    Raises `Refused`, and `UploadRefused` for the file.
    """
    from .files import attach_file

    with transaction.atomic():
        locked, answer = _locked(initiative, user, may_attach, now)
        attachment = attach_file(locked, file, kind, user)
        _log(locked, "attach", user, answer, now, name=str(attachment.get_kind_display()))
    return attachment


def tick(initiative, user, item, done, now=None):
    """Ticks or unticks one item. The history gets one line when the list becomes complete.

    Raises `Refused`, and KeyError for an item the list does not have.
    """
    if item not in CHECKLIST:
        raise KeyError(item)
    with transaction.atomic():
        locked, answer = _locked(initiative, user, may_check, now)
        was_open = open_items(locked)
        locked.formality_checklist = {**(locked.formality_checklist or {}), item: bool(done)}
        locked.save(update_fields=["formality_checklist"])
        if was_open and not open_items(locked):
            _log(locked, "checklist", user, answer, now)
    return locked


def _locked(initiative, user, may, now):
    """The dossier under its lock, and the answer that allows; raises `Refused`."""
    from .models import Initiative

    locked = Initiative.objects.select_for_update(of=("self",)).for_workflow().get(pk=initiative.pk)
    answer = may(locked, user, now)
    if not answer.allowed:
        raise Refused(answer, locked)
    return locked, answer


def _log(initiative, step, user, answer, now, **details):
    from .history import record

    record(initiative, step, Actor.of(user), answer.acting_as, now or timezone.now(), details=details)
