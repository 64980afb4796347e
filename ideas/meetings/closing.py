"""The words of a meeting's conclusion, and its end."""

from django.db import transaction

from notifications.events import announce_many
from vietnamese.text import nfc

from ..models.meeting import MeetingState
from .asking import may_close, may_run
from .locking import lock_meeting, save_meeting
from .looking import items_of
from .refusals import MeetingRefused, refusal, require
from .telling import quietly, refresh_pages, to_decide


def save_conclusion(user, meeting, text, *, base_version, now=None):
    """The words of the conclusion, as they go into the minutes."""
    with transaction.atomic():
        meeting, sitting, actor = lock_meeting(user, meeting, base_version, now)
        require(may_run("save_conclusion", sitting, actor))
        if meeting.state != MeetingState.OPEN:
            raise MeetingRefused(refusal("save_conclusion", "meeting_not_open"))
        meeting.conclusion = nfc(text)
        save_meeting(meeting, "conclusion")
        refresh_pages(sitting)
    return meeting


def close_meeting(user, meeting, text, *, base_version, now=None):
    """Ends the meeting; what the council proposed now waits for the head."""
    with transaction.atomic():
        meeting, sitting, actor = lock_meeting(user, meeting, base_version, now)
        items = items_of(meeting)
        require(may_close(sitting, actor, items))
        if not (text or "").strip():
            raise MeetingRefused(refusal("close_meeting", "conclusion_text_missing", field="conclusion"))
        presiding = sitting.presiding()
        meeting.presided_by = presiding.staff if presiding else meeting.presided_by
        meeting.conclusion = nfc(text)
        meeting.state, meeting.closed_at = MeetingState.CLOSED, sitting.now
        save_meeting(meeting, "conclusion", "state", "closed_at", "presided_by")
        announce_many([*to_decide(items), quietly(sitting)])
    return meeting
