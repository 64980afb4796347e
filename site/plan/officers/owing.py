"""The review of an appointment (rà soát, kiện toàn) is owed by the coordinators, by the day written down."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notifications.reminders import reminding
from obligations.kinds import Kind, register_kind
from obligations.ledger import cancel, capacity, owe
from people.roles import Role, holders_of

from ..access import coordinates
from . import events

REVIEW = "plan.officer_review"
COORDINATOR = "plan_coordinator"


def owners_of(desk):
    return [capacity(COORDINATOR)] if coordinates(desk.user) else []


def who(obligations, now):
    coordinators = list(holders_of(Role.PLAN_COORDINATOR))
    return {obligation.pk: coordinators for obligation in obligations}


def follow(entry, user, now, created):
    """After each write, inside its transaction: owed while somebody is in office beyond that day."""
    subject = f"officer:{entry.pk}"
    gone = entry.struck_at is not None or (entry.end_before and entry.end_before <= entry.review_on)
    if gone:
        cancel(REVIEW, subject, now=now)
        return
    owe(
        REVIEW,
        subject,
        capacity(COORDINATOR),
        entry.review_on,
        link=f"/ke-hoach/dieu-hanh/hoat-dong/can-bo/{entry.pk}/",
        data={"name": entry.title},
        now=now,
    )


def register():
    register_kind(
        Kind(
            REVIEW,
            _("Review the appointment of %(name)s"),
            reminding(events.REVIEW_SOON, events.REVIEW_OVERDUE, who),
            section=_("Plan"),
            order=60,
            action=pgettext_lazy("work", "Open"),
            owners_of=owners_of,
        )
    )
