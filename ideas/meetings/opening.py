"""Opening a meeting and taking its roll."""

from django.db import transaction

from vietnamese.text import nfc

from ..models import MeetingAttendance, Vote
from ..models.meeting import MeetingState
from ..sitting import Sitting
from .asking import may_open
from .locking import lock_meeting, save_meeting
from .looking import items_of
from .refusals import MeetingRefused, refusal, require
from .telling import refresh_pages


def open_meeting(user, meeting, *, base_version, now=None):
    """Opens it on its day, with every seat on the roll."""
    with transaction.atomic():
        meeting, sitting, actor = lock_meeting(user, meeting, base_version, now)
        require(may_open(sitting, actor, list(meeting.items.all())))
        meeting.state, meeting.opened_at = MeetingState.OPEN, sitting.now
        meeting.presided_by = sitting.presiding().staff
        save_meeting(meeting, "state", "opened_at", "presided_by")
        refresh_pages(sitting)
    return meeting


def take_roll(user, meeting, present, reasons, *, base_version, now=None):
    """Who is there: `present` is {seat pk: bool}, `reasons` {seat pk: why absent}. Seats not named keep
    what the roll says. Votes not yet recorded that the new roll does not allow are dropped."""
    with transaction.atomic():
        meeting, sitting, actor = lock_meeting(user, meeting, base_version, now)
        if not sitting.may_take_roll(actor):
            raise MeetingRefused(refusal("take_roll", "only_officers"))
        if meeting.state != MeetingState.OPEN:
            raise MeetingRefused(refusal("take_roll", "meeting_not_open"))
        _write_roll(sitting, present, reasons)
        sitting = Sitting(meeting, sitting.now)
        _drop_stale_votes(sitting)
        presiding = sitting.presiding()
        meeting.presided_by = presiding.staff if presiding else None
        save_meeting(meeting, "presided_by")
        refresh_pages(sitting)
    return meeting


def _write_roll(sitting, present, reasons):
    seats = {seat.pk for seat in sitting.council.seats if seat.staff_id}
    rows = [
        MeetingAttendance(
            meeting=sitting.meeting,
            seat_id=pk,
            is_present=is_present,
            reason="" if is_present else nfc(reasons.get(pk, ""))[:200],
        )
        for pk, is_present in present.items()
        if pk in seats
    ]
    MeetingAttendance.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["meeting", "seat"],
        update_fields=["is_present", "reason"],
    )


def _drop_stale_votes(sitting):
    """A vote stands for the person who cast it: it goes when another now sits there, or nobody."""
    stale = []
    for item in items_of(sitting.meeting):
        if item.recorded_at:
            continue
        able = sitting.able(item.initiative)
        stale += [
            vote.pk
            for vote in item.votes.all()
            if vote.seat_id not in able or able[vote.seat_id].staff.pk != vote.staff_id
        ]
    Vote.objects.filter(pk__in=stale).delete()
