"""Registers what training owes: its kinds, its part of the yearly calendar, its clock."""

from django.utils.translation import gettext_lazy as _

from notifications.reminders import reminding
from obligations.clock import every
from obligations.kinds import Kind, register_kind
from obligations.ledger import capacity
from obligations.yearly import yearly

from ..access import is_training_officer
from . import events, freezes, missing, sessions
from .subjects import CONFIRM_SESSION, COVERAGE, FREEZE, TRAINING_OFFICER


def owners_of(desk):
    """A training officer acts for the capacity."""
    return [capacity(TRAINING_OFFICER)] if is_training_officer(desk.user) else []


register_kind(
    Kind(
        COVERAGE,
        _("%(name)s, %(year)s: train everybody who is missing"),
        missing.tell,
        still_owed=missing.still_owed,
        section=_("Training results"),
        order=32,
        action=_("See who is missing"),
        owners_of=owners_of,
        asked_by_clock=True,
    )
)
register_kind(
    Kind(
        FREEZE,
        _("%(name)s, %(year)s: freeze the results"),
        reminding(events.FREEZE_SOON, events.FREEZE_OVERDUE, freezes.who),
        still_owed=freezes.still_owed,
        section=_("Results to freeze"),
        order=33,
        action=_("Check and freeze"),
        owners_of=owners_of,
        ahead=freezes.WITHIN + freezes.PREPARE,
        asked_by_clock=True,
    )
)
register_kind(  # the sessions themselves stand on the work page by another list
    Kind(
        CONFIRM_SESSION,
        _("Confirm session %(code)s"),
        reminding(events.CONFIRM_SOON, events.CONFIRM_OVERDUE, sessions.who),
        still_owed=sessions.still_owed,
    )
)
yearly("training.coverage")(missing.debts)
yearly("training.freeze")(freezes.debts)


@every(seconds=3600, name="training.sessions-to-confirm")
def sessions_to_confirm(now):
    """What is held and not confirmed is owed; what is settled is not."""
    sessions.bring_up_to_date(now)
