"""Calling missing people up to a session, from the list of who is missing."""

from .. import enrolment
from ..access import is_training_officer
from ..answers import Refused


def may_call_up(user) -> bool:
    """The training officer alone: the list crosses units. Organisers call up from their session."""
    return is_training_officer(user)


def call_up(session, staff_ids, user) -> tuple[int, str]:
    """`(how many are new, "")`, or `(0, why not)` in words; then nothing was written."""
    try:
        return enrolment.call_up(session, staff_ids, user), ""
    except Refused as refused:
        return 0, refused.answer.words
