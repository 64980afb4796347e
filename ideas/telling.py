"""Who hears of a step: the last thing in the door's transaction."""

from notifications.events import Announcement, announce_many
from people.roles import Role, holders_of

from . import events
from .capacities import council_for
from .evaluation import assignments


def tell(initiatives, move):
    """Announces the move: loudly to whom it concerns, quietly to whoever has the dossier on a page."""
    announcements = []
    for initiative in initiatives:
        loud = list(_ANNOUNCED.get(move.transition, lambda *_: ())(initiative, move))
        told = {user.pk for announcement in loud for user in announcement.recipients if user}
        watching = {
            u.pk: u
            for u in [*_authors(initiative), *_officers(initiative, move), *_members(initiative, move)]
        }
        quiet = [user for pk, user in watching.items() if pk not in told]
        announcements += [*loud, _say(events.CHANGED, quiet, initiative)]
    announce_many(announcements)


def _say(event, recipients, initiative, link=None, **params):
    return Announcement(
        event,
        [user for user in recipients if user],
        link=link or initiative.get_absolute_url(),
        subject=initiative.code,
        refresh=(f"initiative:{initiative.pk}",),
        params=params,
    )


# ---- who


def _authors(initiative):
    return [a.staff.user for a in initiative.authors.all() if a.staff and a.staff.user]


def _officers(initiative, move):
    council = council_for(initiative, move)
    if council is None:
        return []
    return [
        seat.staff.user
        for seat in council.voting_seats
        if seat.role != "member"
        and seat.staff
        and seat.staff.user
        and not council.in_conflict(seat.staff_id, initiative)
    ]


def _keeper(initiative, move):
    council = council_for(initiative, move)
    seat = council.keeping(initiative) if council else None
    return [seat.staff.user] if seat else []


def _members(initiative, move):
    """Whoever has a sheet in force; those added in this very step are told by their own announcement."""
    holders = {sheet.staff_id for sheet in initiative.current_sheets}
    council = council_for(initiative, move) if holders else None
    seats = council.seats if council else ()
    return [seat.staff.user for seat in seats if seat.staff_id in holders and seat.staff.user]


def _deciders(move):
    return move.once(("deciders",), lambda: list(holders_of(Role.HEAD)))


def _day(day):
    return f"{day:%d/%m/%Y}" if day else ""


# ---- what


def _submitted(initiative, move):
    due = _day(initiative.formality_due_on)
    yield _say(events.RECEIVED, _authors(initiative), initiative, due=due)
    yield _say(events.TO_CHECK, _keeper(initiative, move), initiative, due=due)


def _supplement(initiative, move):
    due = _day(initiative.supplement_due_on)
    yield _say(events.SUPPLEMENT_REQUESTED, _authors(initiative), initiative, due=due)


def _resubmitted(initiative, move):
    yield _say(events.RESUBMITTED, _keeper(initiative, move), initiative)
    if initiative.state == "evaluating":
        yield from _scoring(initiative, move)


def _expired(initiative, move):
    yield _say(events.EXPIRED, [*_authors(initiative), *_keeper(initiative, move)], initiative)


def _accepted(initiative, move):
    due = _day(initiative.decision_due_on)
    yield _say(events.ACCEPTED, _authors(initiative), initiative, due=due)


def _scoring(initiative, move):
    """Each member hears of their own sheet."""
    opened = [s for s in move.lookups.get("opened_sheets", ()) if s.initiative_id == initiative.pk]
    yield from assignments(initiative, opened)


def _evaluation_started(initiative, move):
    yield _say(events.EVALUATION_STARTED, _authors(initiative), initiative)
    yield from _scoring(initiative, move)


def _evaluation_closed(initiative, move):
    yield _say(events.EVALUATION_CLOSED, _officers(initiative, move), initiative)


def _evaluation_reopened(initiative, move):
    yield _say(events.EVALUATION_REOPENED, _members(initiative, move), initiative)


def _recognised(initiative, move):
    yield _say(events.RECOGNISED, [*_authors(initiative), *_officers(initiative, move)], initiative)


def _declined(initiative, move):
    yield _say(events.DECLINED, [*_authors(initiative), *_officers(initiative, move)], initiative)


def _reconsidered(initiative, move):
    yield _say(events.RECONSIDERED, [*_authors(initiative), *_officers(initiative, move)], initiative)
    if initiative.state == "evaluating":
        yield from _scoring(initiative, move)


def _withdrawn(initiative, move):
    others = [user for user in _authors(initiative) if user.pk != move.actor.user.pk]
    yield _say(
        events.WITHDRAWN, [*others, *_keeper(initiative, move), *_members(initiative, move)], initiative
    )


def _handed_over(initiative, move):
    """Everybody hears of it; whose confirmation the change undid is asked anew."""
    yield _say(events.HANDED_OVER, _authors(initiative), initiative)
    waiting = [a.staff.user for a in initiative.authors.all() if a.staff and not a.is_confirmed]
    yield _say(events.CONFIRM_SHARE, waiting, initiative, f"{initiative.get_absolute_url()}xac-nhan/")


def _to_authors(event):
    return lambda initiative, move: [_say(event, _authors(initiative), initiative)]


_ANNOUNCED = {
    "submit": _submitted,
    "request_supplement": _supplement,
    "complete_again": _supplement,
    "resubmit": _resubmitted,
    "expire": _expired,
    "late_accept": _to_authors(events.LATE_ACCEPTED),
    "accept": _accepted,
    "refuse": _to_authors(events.REFUSED),
    "start_evaluation": _evaluation_started,
    "close_evaluation": _evaluation_closed,
    "reopen_evaluation": _evaluation_reopened,
    "recognise": _recognised,
    "decline": _declined,
    "reconsider": _reconsidered,
    "withdraw": _withdrawn,
    "hand_over": _handed_over,
    "merge": _to_authors(events.MERGED),
    "correct": _to_authors(events.CORRECTED),
    "revoke": _to_authors(events.REVOKED),
}
