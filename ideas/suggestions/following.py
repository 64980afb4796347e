"""What the holder of a tracking code reads: state, answer, what comes. Nothing of any person."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ideas.access import PUBLISHED
from ideas.models import Idea, IdeaState
from trust.consents import set_consents, standing
from vietnamese.dates import short_date

from . import consents, log, published
from .growing import growth_of

DONE, NOW, TODO = "done", "now", "todo"


@dataclass(frozen=True)
class Stop:
    """A stop on the line of the page."""

    kind: str
    title: str
    when: str = ""
    note: str = ""


def by_code(code):
    """The idea with this code, or None."""
    return Idea.objects.select_related("unit").filter(code=code).first() if code else None


def initiative_of(idea):
    """The recognised initiative that grew from it, or None: no other is spoken of by name."""
    growth = growth_of(idea)
    if growth is None or growth.initiative.state not in PUBLISHED:
        return None
    return growth.initiative


def line_of(idea):
    """The stops in order."""
    yield Stop(DONE, _("Received"), _moment(idea.received_at))
    if idea.state == IdeaState.CLOSED:
        yield Stop(NOW, pgettext("ideas", "Closed"), _moment(idea.state_since))
        return
    if idea.unit_id:
        kind = DONE if idea.state == IdeaState.ANSWERED else NOW
        yield Stop(kind, _("Handed to %(unit)s") % {"unit": idea.unit.name}, _moment(idea.assigned_at))
    due = _("By %(day)s") % {"day": short_date(idea.answer_due_on)}
    if idea.state != IdeaState.ANSWERED:
        yield Stop(TODO if idea.unit_id else NOW, _("Answer of the ward"), due)
        return
    yield Stop(DONE, _("Answered"), _moment(idea.answered_at))
    yield from _growth_stop(idea)


def _growth_stop(idea):
    growth = growth_of(idea)
    if growth is None:
        return
    if growth.initiative.state in PUBLISHED:
        yield Stop(DONE, _("Carried out as a recognised initiative"), _moment(growth.initiative.state_since))
    else:
        yield Stop(NOW, _("Being carried out: an initiative is being made of it"), _moment(growth.started_at))


def _moment(moment):
    return date_format(timezone.localtime(moment), "H:i, d/m/Y") if moment else ""


# ---- consents, by whoever holds the code


def askable(idea):
    """Purposes the holder may still answer: publishing always, the others while there is something to use."""
    contact = getattr(idea, "contact", None)
    found = [consents.PUBLISH]
    if contact and (contact.email or contact.phone):
        found.insert(0, consents.CONTACT)
    if contact and contact.name:
        found.insert(-1, consents.CREDIT)
    return found


def change_consents(idea, wanted, *, now=None):
    """Gives and withdraws. What a withdrawn consent covered is erased at once, a published idea is taken off
    the list. Returns whether anything changed."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = Idea.objects.select_for_update(of=("self",)).select_related("contact").get(pk=idea.pk)
        asked = askable(locked)
        given, withdrawn = set_consents(locked.subject, set(wanted) & set(asked), asked, now)
        if not (given or withdrawn):
            return False
        consents.erase_unneeded(locked, standing(locked.subject))
        log.write(locked, "consents", now, given=given, withdrawn=withdrawn)
        _follow_in_public(locked, withdrawn)
    return True


def _follow_in_public(idea, withdrawn):
    if consents.PUBLISH in withdrawn and idea.is_public:
        idea.is_public, idea.public_title, idea.public_text = False, "", ""
        idea.save(update_fields=["is_public", "public_title", "public_text"])
        published.follow([idea])
    elif consents.CREDIT in withdrawn:
        published.follow([idea])  # the card that named the sender


def forget_old_contacts(now):
    """Erases contacts a year after the answer, as the consent says; how many. Retention's purge."""
    count = 0
    for pk in list(consents.old_contacts(now).values_list("pk", flat=True)):
        with transaction.atomic():
            idea = Idea.objects.select_for_update(of=("self",)).select_related("contact").get(pk=pk)
            set_consents(idea.subject, (), (consents.CONTACT,), now)
            consents.erase_unneeded(idea, standing(idea.subject))
            log.write(idea, "contact_erased", now)
        count += 1
    return count
