"""What must be true before a session takes a step: each rule gives None or why not."""

from .answers import no


def has_begun(session, move):
    return None if session.has_begun(move.now) else no("not_begun", moment=session.begins)


def nobody_waits(session, move):
    """Whoever scanned without being on the list gets an answer before the roll is closed (training.md §4)."""
    from .roll import waiting_off_list

    waiting = len(waiting_off_list(session))
    return no("off_list_waiting", count=waiting) if waiting else None


def brings_every_mark(session, move):
    """Nobody is absent by default: everybody on the list is marked, or the organiser says it of the rest."""
    from .roll import unmarked

    if move.data.get("rest_absent"):
        return None
    left = len(unmarked(session))
    return no("unmarked", "rest_absent", count=left) if left else None


def brings_reason(session, move):
    return None if move.reason else no("reason_missing", "reason")
