"""What the holder of a tracking code reads: state, answer, what comes. Nothing of any person."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trust.consents import set_consents, standing
from vietnamese.dates import short_date

from ..models import Difficulty, DifficultyClosed, DifficultyState
from . import consents, log, published

DONE, NOW, TODO = "done", "now", "todo"


@dataclass(frozen=True)
class Stop:
    """A stop on the line of the page."""

    kind: str
    title: str
    when: str = ""
    note: str = ""


def by_code(code):
    """The difficulty with this code, or None."""
    return (
        Difficulty.objects.select_related("unit", "duplicate_of").filter(code=code).first() if code else None
    )


def answer_of(difficulty):
    """The answer its sender reads: once it was checked, never before."""
    if difficulty.state == DifficultyState.PUBLISHED:
        return difficulty.public_answer
    if difficulty.state == DifficultyState.CLOSED and difficulty.close_reason == DifficultyClosed.ANSWERED:
        return difficulty.answer
    return ""


def line_of(difficulty):
    """The stops in order."""
    yield Stop(DONE, _("Received"), _moment(difficulty.received_at))
    settled = difficulty.state in consents.SETTLED
    if difficulty.unit_id:
        kind = DONE if settled or difficulty.state == DifficultyState.TO_CHECK else NOW
        title = _("Handed to %(unit)s") % {"unit": difficulty.unit_name}
        yield Stop(kind, title, _moment(difficulty.assigned_at))
    if answer_of(difficulty):
        yield Stop(DONE, _("Answered"), _moment(difficulty.state_since))
    elif settled:
        yield Stop(NOW, pgettext("difficulties", "Closed"), _moment(difficulty.state_since))
    else:
        due = _("By %(day)s") % {"day": short_date(difficulty.answer_due_on)}
        yield Stop(
            TODO if difficulty.state == DifficultyState.ASSIGNED else NOW, _("Answer of the ward"), due
        )


def _moment(moment):
    return date_format(timezone.localtime(moment), "H:i, d/m/Y") if moment else ""


# ---- consents, by whoever holds the code


def askable(difficulty):
    """Purposes the holder may still answer: while there is something to use."""
    contact = getattr(difficulty, "contact", None)
    found = []
    if contact and (contact.email or contact.phone):
        found.append(consents.CONTACT)
    if contact and contact.name:
        found.append(consents.NAME)
    return found


def change_consents(difficulty, wanted, *, now=None):
    """Gives and withdraws. What a withdrawn consent covered is erased at once, a name leaves the public list.
    Returns whether anything changed."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = _locked(difficulty.pk)
        asked = askable(locked)
        given, withdrawn = set_consents(locked.subject, set(wanted) & set(asked), asked, now)
        if not (given or withdrawn):
            return False
        consents.erase_unneeded(locked, standing(locked.subject))
        log.write(locked, "consents", now, given=given, withdrawn=withdrawn)
        if consents.NAME in withdrawn and locked.public_name:
            locked.public_name = ""
            locked.save(update_fields=["public_name"])
            published.follow([locked])
    return True


def forget_old_contacts(now):
    """Erases contacts a year after the answer, as the consent says; how many. Retention's purge."""
    count = 0
    for pk in list(consents.old_contacts(now).values_list("pk", flat=True)):
        with transaction.atomic():
            row = _locked(pk)
            set_consents(row.subject, (), (consents.CONTACT,), now)
            consents.erase_unneeded(row, standing(row.subject))
            log.write(row, "contact_erased", now)
        count += 1
    return count


def _locked(pk):
    rows = Difficulty.objects.select_for_update(of=("self",)).select_related("contact")
    return rows.get(pk=pk)
