"""Who could take a step on a dossier: the holder of the capacity that may, for showing and for asking."""

from people.roles import Role, holders_of

from .capacities import council_for
from .moves import CLOCK, Actor, Move
from .workflow import table


def holder_of(initiative, transition, now, lookups):
    """The `Actor` who would take this step: the first of its capacities somebody holds; nobody when none."""
    move = Move(transition, Actor(), now, {}, lookups)
    _sources, _target, rules = table()[transition]
    for capacity in rules["who"]:
        if actor := _HOLDERS[capacity.code](initiative, move):
            return actor
    return Actor()


def _main_author(initiative, move):
    main = initiative.main_author
    return _of(main.staff) if main else None


def _seat(name):
    def find(initiative, move):
        council = council_for(initiative, move)
        seat = getattr(council, name)(initiative) if council else None
        return _of(seat.staff) if seat else None

    return find


def _clerk(initiative, move):
    keyed = initiative.keyed_from_paper and initiative.created_by
    return Actor.of(initiative.created_by) if keyed else None


def _role(role):
    def find(initiative, move):
        user = move.once(("holder", role), lambda: holders_of(role).first())
        return Actor.of(user) if user else None

    return find


def _of(staff):
    return Actor.of(staff.user) if staff and staff.user else None


_HOLDERS = {
    "main_author": _main_author,
    "records_clerk": _clerk,
    "secretary": _seat("keeping"),
    "chair": _seat("presiding"),
    "head": _role(Role.HEAD),
    "deputy_head": _role(Role.DEPUTY_HEAD),
    "clock": lambda initiative, move: CLOCK,
}
