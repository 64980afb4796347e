"""Every idea is answered within a term of working days (setting `IDEA_ANSWER_WORKING_DAYS`): owed by whoever
handles ideas until a unit has it, then by that unit, by the same day."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ideas import events
from ideas.keeping import handles_ideas
from ideas.superiors import superiors
from ideas.unit_heads import heads_of
from notifications.reminders import reminding, telling
from obligations.days_off import announced_days
from obligations.kinds import Kind, register_kind
from obligations.ledger import cancel, capacity, fulfil, owe, unit
from obligations.models import OwnerKind
from obligations.terms import term_of_working_days
from people.models import Unit
from people.units import units_headed_by

from .access import handlers

ANSWER = "ideas.answer_idea"
HANDLER = "idea_handler"


def answer_due(received_on, announced=None):
    """The last day to answer what came in on this local day."""
    announced = announced_days() if announced is None else announced
    return term_of_working_days(received_on, settings.IDEA_ANSWER_WORKING_DAYS, *announced)


def follow(idea, now):
    """Brings what is owed in line with the idea's state; in the transaction of the cause."""
    if idea.state == "answered":
        fulfil(ANSWER, idea.subject, now=now)
        return
    cancel(ANSWER, idea.subject, now=now)
    owner = {"received": capacity(HANDLER), "assigned": unit(idea.unit) if idea.unit else None}.get(
        idea.state
    )
    if owner:
        owe(
            ANSWER,
            idea.subject,
            owner,
            idea.answer_due_on,
            fixed=False,
            code=idea.number,
            link=idea.get_absolute_url(),
            now=now,
        )


def owners_of(desk):
    """The capacity, for whoever handles ideas; the units whose head this person is."""
    owners = [capacity(HANDLER)] if handles_ideas(desk) else []
    return owners + [unit(code) for code in units_headed_by(desk).values()]


def _who_answers(obligations, now):
    """Whoever handles ideas; for a unit its heads, and the handlers where it has none."""
    everybody = list(handlers(timezone.localdate(now)))
    codes = {row.owner for row in obligations if row.owner_kind == OwnerKind.UNIT}
    keys = dict(Unit.objects.filter(code__in=codes).values_list("code", "pk"))
    heads = heads_of(keys.values(), timezone.localdate(now)) if keys else {}
    return {
        row.pk: (heads.get(keys.get(row.owner)) or everybody)
        if row.owner_kind == OwnerKind.UNIT
        else everybody
        for row in obligations
    }


def register():
    register_kind(
        Kind(
            ANSWER,
            _("Answer idea %(code)s"),
            reminding(*events.IDEA_DUE, _who_answers),
            section=_("Ideas of residents"),
            order=35,
            action=pgettext_lazy("work", "Open"),
            owners_of=owners_of,
            tell_moved=telling(events.TERM_MOVED, _who_answers),
            superiors=superiors(events.ANSWER_LATE, "head", beside=_who_answers),
        )
    )
