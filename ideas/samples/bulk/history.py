"""The lines of history the door would have written."""

from ideas.models import (
    HistoryEntry,
)
from ideas.moves import CLOCK

from .case import REASONS, reached


def history_of(desk, case):
    """The lines the door would have written."""
    main, clerk, head = case.authors[0].user, desk.secretary, desk.head
    yield _entry(case, "create", "create", "", "draft", main, "main_author")
    if not reached(case, "submit"):
        return
    yield _entry(case, "submit", "submit", "draft", "submitted", main, "main_author")
    reason = REASONS.get(case.state, "")
    if case.state == "refused":
        yield _entry(case, "accept", "refuse", "submitted", "refused", clerk, "secretary", reason)
    if case.state == "withdrawn":
        yield _entry(case, "accept", "withdraw", "submitted", "withdrawn", main, "main_author", reason)
    if not reached(case, "accept"):
        return
    yield _entry(case, "accept", "accept", "submitted", "accepted", clerk, "secretary")
    if not reached(case, "start"):
        return
    yield _entry(case, "start", "start_evaluation", "accepted", "evaluating", clerk, "secretary")
    if case.state == "evaluating":
        return
    yield _entry(case, "close", "close_evaluation", "evaluating", "evaluated", None, "clock")
    if case.state in ("recognised", "declined"):
        yield _entry(case, "vote", "vote_recorded", "evaluated", "evaluated", clerk, "secretary")
    if case.state == "recognised":
        yield _entry(case, "decide", "recognise", "evaluated", "recognised", head, "head")
    if case.state == "declined":
        yield _entry(case, "decide", "decline", "evaluated", "declined", head, "head", reason)


def _entry(case, when, transition, source, target, user, role, reason=""):
    return HistoryEntry(
        initiative=case.initiative,
        at=case.moments[when],
        transition=transition,
        from_state=source,
        to_state=target,
        user=user,
        actor_name=user.display_name if user else CLOCK.name,
        actor_code=user.staff.staff_code if user else "",
        actor_role=role,
        reason=reason,
    )
