"""In what capacity a person may take a step: the people side of the workflow table (design §3, §4)."""

from collections.abc import Callable
from dataclasses import dataclass

from people.models import containing
from people.roles import Role

from .council import Council


@dataclass(frozen=True)
class Capacity:
    """A stable code, and whether the actor of a move holds it for one dossier."""

    code: str
    holds: Callable


def council_for(initiative, move):
    """The council that judges this dossier, as it stands on the day of the move; None before a round."""
    if initiative.round_id is None:
        return None
    appointment_id = initiative.round.appointment_id
    return move.once(("council", appointment_id), lambda: Council(initiative.round.appointment, move.today))


def _acts_from(seat, move):
    return seat is not None and seat.staff_id is not None and seat.staff_id == move.actor.staff_id


def _is_main_author(initiative, move):
    main = initiative.main_author
    return bool(main and main.staff_id and main.staff_id == move.actor.staff_id)


def _is_keying_clerk(initiative, move):
    return (
        initiative.keyed_from_paper
        and Role.RECORDS_CLERK in move.actor.roles
        and initiative.created_by_id == move.actor.user.pk
    )


def _keeps(initiative, move):
    council = council_for(initiative, move)
    return bool(council and council.in_term and _acts_from(council.keeping(initiative), move))


def _presides(initiative, move):
    council = council_for(initiative, move)
    return bool(council and council.in_term and _acts_from(council.presiding(initiative), move))


def _is_head(initiative, move):
    return Role.HEAD in move.actor.roles


def delegation_of(move):
    """The recorded delegation under which a deputy acts today, if any."""

    def look_up():
        if move.actor.staff is None or Role.DEPUTY_HEAD not in move.actor.roles:
            return None
        return move.actor.staff.delegations.filter(containing(move.today)).first()

    return move.once(("delegation", move.actor.staff_id), look_up)


def _is_delegated_deputy(initiative, move):
    return delegation_of(move) is not None


def _is_clock(initiative, move):
    return move.actor.is_clock


MAIN_AUTHOR = Capacity("main_author", _is_main_author)
CLERK = Capacity("records_clerk", _is_keying_clerk)
SECRETARY = Capacity("secretary", _keeps)
CHAIR = Capacity("chair", _presides)
HEAD = Capacity("head", _is_head)
DEPUTY = Capacity("deputy_head", _is_delegated_deputy)
CLOCK = Capacity("clock", _is_clock)


def acting_capacity(who, initiative, move):
    """The first capacity of `who` the actor holds, or None."""
    return next((capacity for capacity in who if capacity.holds(initiative, move)), None)
