"""What the data-protection officer owes: the first answer, carrying out, the notice of a breach; by the
days of `clocks`. Where it is late, the setting `OBLIGATION_ESCALATIONS` names who is told."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notifications.reminders import reminding, telling
from obligations.days_off import announced_days, reckoned_by
from obligations.kinds import Kind, Superior, register_kind
from obligations.ledger import cancel, capacity, fulfil, owe
from obligations.terms import end_of_running_term
from people.roles import Role, has_role, holders_of

from . import clocks, events
from .models import RightsRequest
from .models.request import OPEN, RequestState

FIRST, CARRY, BREACH = "rights.first_answer", "rights.carry_out", "rights.breach"
OFFICER = "data_protection_officer"


def officers():
    """Whoever holds the role; the head of the ward where nobody does, so that no term runs unseen."""
    return list(holders_of(Role.DATA_PROTECTION_OFFICER)) or list(holders_of(Role.HEAD))


def follow(request, now):
    """Brings what is owed in line with a request; in the transaction of the cause."""
    if not request.is_open:
        close = fulfil if request.state != RequestState.DROPPED else cancel
        close((FIRST, CARRY), request.subject, now=now)
        return
    if request.first_answered_at:
        fulfil(FIRST, request.subject, now=now)
    else:
        _owe(FIRST, request, request.first_answer_due_on, now)
    _owe(CARRY, request, request.due_on, now)


def _owe(kind, row, day, now, fixed=False):
    link = row.get_absolute_url()
    owe(kind, row.subject, capacity(OFFICER), day, fixed=fixed, code=row.number, link=link, now=now)


def follow_breach(breach, now):
    if breach.state == "breach_open":
        _owe(BREACH, breach, timezone.localdate(breach.tell_by), now, fixed=True)
    else:
        fulfil(BREACH, breach.subject, now=now)


def reckon(announced, now):
    """After days off were announced: the terms that run."""
    today, changed = timezone.localdate(now), []
    rows = RightsRequest.objects.select_for_update().filter(state__in=OPEN).order_by("pk")
    for row in rows:
        received_on, was = timezone.localdate(row.received_at), (row.first_answer_due_on, row.due_on)
        first = clocks.first_answer_due(received_on, announced)
        whole = due_of(row, announced)
        row.first_answer_due_on = end_of_running_term(was[0], first, today, *announced)
        row.due_on = end_of_running_term(was[1], whole, today, *announced)
        if was != (row.first_answer_due_on, row.due_on):
            changed.append(row)
    RightsRequest.objects.bulk_update(changed, ["first_answer_due_on", "due_on"])
    for row in changed:
        follow(row, now)


def due_of(request, announced=None):
    """The last day to carry it out, as it stands."""
    return clocks.due(
        request.kind,
        timezone.localdate(request.received_at),
        announced_days() if announced is None else announced,
        with_processor=request.with_processor,
        extended=request.extended_at is not None,
    )


def owners_of(desk):
    return [capacity(OFFICER)] if has_role(desk.user, Role.DATA_PROTECTION_OFFICER) else []


def _who(obligations, now):
    people = officers()
    return {row.pk: people for row in obligations}


def _heads(obligations, now):
    owing = {user.pk for user in officers()}
    told = [user for user in holders_of(Role.HEAD) if user.pk not in owing]
    return {row.pk: told for row in obligations}


def register():
    shared = {
        "section": _("Personal data"),
        "order": 38,
        "action": pgettext_lazy("work", "Open"),
        "owners_of": owners_of,
        "tell_moved": telling(events.MOVED, _who),
        "superiors": {"head": Superior(_("head of the ward"), telling(events.LATE, _heads))},
    }
    register_kind(Kind(FIRST, _("First answer to %(code)s"), reminding(*events.FIRST_DUE, _who), **shared))
    register_kind(Kind(CARRY, _("Carry out %(code)s"), reminding(*events.CARRY_DUE, _who), **shared))
    register_kind(Kind(BREACH, _("Notify of breach %(code)s"), reminding(*events.BREACH_DUE, _who), **shared))
    reckoned_by(reckon)
