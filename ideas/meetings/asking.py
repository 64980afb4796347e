"""Who may do what on a meeting, and whether it can be done now: an `Answer`. Page and door ask alike."""

from django.utils import timezone

from ..lifecycle import State
from ..models.meeting import MeetingState
from ..moves import Answer
from .refusals import refusal


def may_open(sitting, actor, items):
    """Whether the meeting can be opened now: an `Answer`."""
    answer = may_run("open_meeting", sitting, actor)
    if not answer.allowed:
        return answer
    meeting = sitting.meeting
    if meeting.state != MeetingState.PLANNED:
        return refusal("open_meeting", "meeting_not_planned")
    if timezone.localdate(sitting.now) != timezone.localdate(meeting.starts_at):
        return refusal("open_meeting", "meeting_other_day", {"day": timezone.localdate(meeting.starts_at)})
    if not items:
        return refusal("open_meeting", "agenda_empty")
    if sitting.presiding() is None:
        return refusal("open_meeting", "nobody_presides")
    return answer


def may_record(sitting, actor, item):
    """Whether the vote on this item can be taken and recorded now: an `Answer`."""
    initiative = item.initiative
    step = "record_vote"
    if sitting.meeting.state != MeetingState.OPEN:
        return refusal(step, "meeting_not_open")
    if not sitting.may_run(actor, initiative):
        return refusal(step, "only_keeper")
    if item.recorded_at:
        return refusal(step, "already_voted")
    if initiative.state != State.EVALUATED or initiative.evaluation_number != item.evaluation_number:
        return refusal(step, "wrong_state", {"state": initiative.state})
    if not sitting.has_quorum:
        figures = {"present": sitting.seats_present, "seats": sitting.seats, "needed": sitting.needed}
        return refusal(step, "quorum_missing", figures)
    if sitting.presiding(initiative) is None:
        return refusal(step, "nobody_presides")
    return Answer(step, True, who=("secretary",))


def may_close(sitting, actor, items):
    """Whether the meeting can be closed: every item recorded or taken off, and somebody presided."""
    answer = may_run("close_meeting", sitting, actor)
    if not answer.allowed:
        return answer
    if sitting.meeting.state != MeetingState.OPEN:
        return refusal("close_meeting", "meeting_not_open")
    open_items = [str(number) for number, item in enumerate(items, start=1) if not item.recorded_at]
    if open_items:
        return refusal("close_meeting", "items_open", {"numbers": ", ".join(open_items)})
    return answer


def may_run(step, sitting, actor):
    if sitting.may_run(actor):
        return Answer(step, True, who=("secretary",))
    return refusal(step, "only_keeper")
