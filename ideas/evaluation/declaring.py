"""What a member says before the first point: that nothing connects them with the dossier.

The other answer, a conflict with its reason, is `seating.declare_conflict`.
"""

from django.db import transaction
from django.utils import timezone

from notifications.events import announce_many

from ..capacities import council_for
from ..events import CHANGED
from ..models import HistoryEntry, Initiative, ScoreSheet
from ..moves import CLOCK, Actor, Move
from ..saying import officers_among, say
from .asking import SheetRefused, can_declare


def confirm_no_conflict(user, sheets, now=None):
    """This member declares no conflict of interest for these sheets of theirs: all of them or none.

    A sheet already declared stays as it is. Returns how many were declared now. Raises SheetRefused. A
    constant number of queries but for one question each about its council's seats.
    """
    now = now or timezone.now()
    with transaction.atomic():
        declared = [sheet for sheet in _locked(sheets) if sheet.no_conflict_at is None]
        for sheet in declared:
            answer = can_declare(user, sheet, now)
            if not answer.allowed:
                raise SheetRefused(answer, sheet.initiative)
        ScoreSheet.objects.filter(pk__in=[sheet.pk for sheet in declared]).update(no_conflict_at=now)
        actor = Actor.of(user)
        HistoryEntry.objects.bulk_create(_line(sheet.initiative, actor, now) for sheet in declared)
        _refresh_boards([sheet.initiative for sheet in declared], now)
    return len(declared)


def _locked(sheets):
    """The sheets with their dossiers, locked in that order: dossiers first, by key."""
    initiatives = {
        initiative.pk: initiative
        for initiative in Initiative.objects.select_for_update(of=("self",))
        .for_workflow()
        .filter(pk__in={sheet.initiative_id for sheet in sheets})
        .order_by("pk")
    }
    locked = ScoreSheet.objects.select_for_update(of=("self",)).filter(pk__in=[sheet.pk for sheet in sheets])
    locked = list(locked.order_by("pk"))
    for sheet in locked:
        sheet.initiative = initiatives[sheet.initiative_id]
    return locked


def _line(initiative, actor, now):
    return HistoryEntry(
        initiative=initiative,
        at=now,
        transition="no_conflict",
        from_state=initiative.state,
        to_state=initiative.state,
        user=actor.user,
        actor_name=actor.name,
        actor_code=actor.code,
        actor_role="member",
    )


def _refresh_boards(initiatives, now):
    """Quietly: the rows of the officers' boards name one person less."""
    move = Move("tell", CLOCK, now)
    announce_many(
        say(CHANGED, officers_among(council_for(initiative, move), initiative), initiative)
        for initiative in initiatives
    )
