"""Every difficulty is answered within a term of working days (setting `DIFFICULTY_ANSWER_WORKING_DAYS`)
unless a coordinator set another day: owed by the coordinator until a unit has it, then by that unit, by the
same day. An answer is checked within `CHECK_WORKING_DAYS` more."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notifications.reminders import reminding, telling
from obligations.days_off import announced_days, reckoned_by
from obligations.kinds import Kind, Superior, register_kind
from obligations.ledger import cancel, capacity, fulfil, owe, unit
from obligations.models import OwnerKind
from obligations.terms import end_of_running_term, term_of_working_days
from people.models import Unit
from people.roles import Role, holders_of

from ..access import coordinates, reporters_of, units_reported_by
from . import events
from .access import handlers

ANSWER, CHECK = "plan.difficulty", "plan.difficulty_check"
COORDINATOR = "plan_coordinator"
CHECK_WORKING_DAYS = 3


def answer_due(received_on, announced=None):
    """The last day to answer what came in on this local day."""
    announced = announced_days() if announced is None else announced
    return term_of_working_days(received_on, settings.DIFFICULTY_ANSWER_WORKING_DAYS, *announced)


def follow(difficulty, now):
    """Brings what is owed in line with the state; in the transaction of the cause."""
    subject = difficulty.subject
    answering = {"received": capacity(COORDINATOR), "assigned": unit(difficulty.unit or "")}
    if owner := answering.get(difficulty.state):
        cancel((ANSWER, CHECK), subject, now=now)
        _owe(ANSWER, difficulty, owner, difficulty.answer_due_on, now)
    elif difficulty.state == "to_check":
        fulfil(ANSWER, subject, now=now)
        day = term_of_working_days(timezone.localdate(now), CHECK_WORKING_DAYS, *announced_days())
        _owe(CHECK, difficulty, capacity(COORDINATOR), day, now)
    else:
        fulfil(CHECK, subject, now=now)
        cancel(ANSWER, subject, now=now)


def _owe(kind, difficulty, owner, day, now):
    link = difficulty.get_absolute_url()
    owe(kind, difficulty.subject, owner, day, fixed=False, code=difficulty.number, link=link, now=now)


def reckon(announced, now):
    """After days off were announced: the terms that run, but for days a coordinator set."""
    from ..models import Difficulty

    today, changed = timezone.localdate(now), []
    rows = Difficulty.objects.select_for_update(of=("self",)).filter(
        state__in=("received", "assigned"), due_is_set=False
    )
    for row in rows.select_related("unit").order_by("pk"):
        reckoned = answer_due(timezone.localdate(row.received_at), announced)
        day = end_of_running_term(row.answer_due_on, reckoned, today, *announced)
        if day != row.answer_due_on:
            row.answer_due_on = day
            changed.append(row)
    Difficulty.objects.bulk_update(changed, ["answer_due_on"])
    for row in changed:
        follow(row, now)


# ---- who


def owners_of(desk):
    """The capacity, for coordinators; the units this person reports for."""
    owners = [capacity(COORDINATOR)] if coordinates(desk.user) else []
    return owners + [unit(code) for code in units_reported_by(desk).values()]


def _who_answers(obligations, now):
    """Coordinators; for a unit whoever reports for it, and the coordinators where nobody does."""
    everybody = list(handlers())
    codes = {row.owner for row in obligations if row.owner_kind == OwnerKind.UNIT}
    keys = dict(Unit.objects.filter(code__in=codes).values_list("code", "pk")) if codes else {}
    people = reporters_of(list(keys.values()), timezone.localdate(now)) if keys else {}
    return {
        row.pk: (people.get(keys.get(row.owner)) or everybody)
        if row.owner_kind == OwnerKind.UNIT
        else everybody
        for row in obligations
    }


def _superior(label, role):
    """Those with the role; nobody is told about themselves."""

    def people(obligations, now):
        told = {user.pk for user in holders_of(role)}
        owing = _who_answers(obligations, now)
        return {row.pk: told - {user.pk for user in owing[row.pk]} for row in obligations}

    return Superior(label, telling(events.LATE, people))


def register():
    register_kind(
        Kind(
            ANSWER,
            _("Answer difficulty %(code)s"),
            reminding(*events.DUE, _who_answers),
            section=_("Difficulties and proposals"),
            order=36,
            action=pgettext_lazy("work", "Open"),
            owners_of=owners_of,
            tell_moved=telling(events.MOVED, _who_answers),
            superiors={
                "coordinator": _superior(_("plan coordinator"), Role.PLAN_COORDINATOR),
                "head": _superior(_("head of the ward"), Role.HEAD),
            },
        )
    )
    register_kind(
        Kind(
            CHECK,
            _("Check the answer to difficulty %(code)s"),
            reminding(*events.CHECK_DUE, _who_answers),
            section=_("Difficulties and proposals"),
            order=36,
            action=pgettext_lazy("work", "Open"),
            owners_of=owners_of,
        )
    )
    reckoned_by(reckon)
