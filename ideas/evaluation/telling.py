"""Who hears of what happens to sheets: never a name, a point or a reason."""

from django.db import transaction
from django.utils import timezone

from notifications.events import announce_many
from people.models import Staff

from ..capacities import SECRETARY, acting_capacity, council_for
from ..events import SHEET_REMINDER, TO_SCORE
from ..lifecycle import State
from ..moves import CLOCK, Actor, Move
from ..saying import officers_among, say


def officers_of(initiative, now):
    """Accounts of chair, vice chair and secretary, but for those in conflict with this dossier."""
    return officers_among(council_for(initiative, Move("tell", CLOCK, now)), initiative)


def members_of(initiative):
    """Accounts of everybody with a sheet in force, the submitted ones too."""
    return [
        sheet.staff.user for sheet in initiative.sheets.select_related("staff__user").in_force().current()
    ]


def to_officers(event, initiative, now):
    return say(event, officers_of(initiative, now), initiative)


def to_watchers(event, initiative, now, besides=()):
    """Quietly: pages of officers and members show the new count."""
    watching = {*officers_of(initiative, now), *members_of(initiative), *besides}
    return say(event, watching, initiative)


def assignments(initiative, sheets):
    """Each new member hears of their own sheet."""
    due = (initiative.round and initiative.round.scoring_due_on) or initiative.decision_due_on
    day = f"{due:%d/%m/%Y}" if due else ""
    return [
        say(TO_SCORE, [sheet.staff.user], initiative, sheet.get_absolute_url(), due=day) for sheet in sheets
    ]


def remind(user, initiatives, now=None):
    """The secretary asks for the sheets still out; returns how many people were told.

    `initiatives` come from `for_workflow()`; those this person may not remind for are passed over. A
    constant number of queries.
    """
    move = Move("remind", Actor.of(user), now or timezone.now())
    waiting = [
        (initiative, sheet)
        for initiative in initiatives
        if initiative.state == State.EVALUATING and acting_capacity((SECRETARY,), initiative, move)
        for sheet in initiative.current_sheets
        if sheet.is_open
    ]
    people = {
        s.pk: s.user
        for s in Staff.objects.filter(pk__in={s.staff_id for _i, s in waiting}).select_related("user")
    }
    with transaction.atomic():
        announce_many(
            say(SHEET_REMINDER, [people[sheet.staff_id]], initiative, sheet.get_absolute_url(), refresh=())
            for initiative, sheet in waiting
        )
    return sum(1 for user in people.values() if user and user.is_active)
