"""How a meeting says no: a reason code, as `ideas.workflow` gives, or that the page drawn is out of date."""

from ..moves import Answer, Refused


class MeetingRefused(Refused):
    """Something about a meeting was not allowed; `answer` says why."""


class MeetingChanged(Exception):
    """The meeting was changed elsewhere after the page was drawn; nothing was written."""


def refusal(step, reason, params=None, field=""):
    return Answer(step, False, reason, params or {}, who=("secretary", "chair"), field=field)


def require(answer, initiative=None):
    if not answer.allowed:
        raise MeetingRefused(answer, initiative)
