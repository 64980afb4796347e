"""Calling missing people up to a session, from the list of who is missing."""

from importlib.util import find_spec

from ..access import is_training_officer


def may_call_up(user) -> bool:
    return is_training_officer(user) and find_spec("training.enrolment") is not None


def call_up(session, staff_ids, user) -> tuple[int, str]:
    """`(how many are new, "")`, or `(0, why not)` in words; then nothing was written."""
    from .. import answers, enrolment

    try:
        return enrolment.call_up(session, staff_ids, user), ""
    except answers.Refused as refused:
        return 0, refused.answer.words
