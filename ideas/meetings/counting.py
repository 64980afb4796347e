"""Who counts the secret ballots: named before the first count, a recorded fact of the meeting."""

from django.db import transaction

from ..models import BallotCounter
from ..models.meeting import MeetingState, VotingMode
from .asking import may_run
from .locking import lock_meeting, save_meeting
from .looking import items_of
from .refusals import MeetingRefused, refusal, require
from .telling import refresh_pages

FEWEST = 2  # one leads, at least one more counts along


def name_counters(user, meeting, leader, members, *, base_version, now=None):
    """The seats that count: `leader` and `members` are seat keys. They are present and concerned by no secret
    ballot; once a ballot is recorded its counters stand. Raises MeetingRefused."""
    with transaction.atomic():
        meeting, sitting, actor = lock_meeting(user, meeting, base_version, now)
        require(may_run("name_counters", sitting, actor))
        if meeting.state != MeetingState.OPEN:
            raise MeetingRefused(refusal("name_counters", "meeting_not_open"))
        items = [item for item in items_of(meeting) if item.mode == VotingMode.SECRET]
        if any(item.recorded_at for item in items):
            raise MeetingRefused(refusal("name_counters", "counters_fixed"))
        seats = _chosen(sitting, leader, members)
        for item in items:
            require_unconcerned([seat.staff for seat in seats], sitting, item.initiative)
        meeting.counters.all().delete()
        BallotCounter.objects.bulk_create(
            BallotCounter(meeting=meeting, seat=seat, staff=seat.staff, is_leader=seat.pk == leader)
            for seat in seats
        )
        save_meeting(meeting)
        refresh_pages(sitting)
    return meeting


def _chosen(sitting, leader, members):
    wanted = {leader, *members}
    seats = [seat for seat in sitting.council.seats if seat.pk in wanted]
    if leader not in {seat.pk for seat in seats}:
        raise MeetingRefused(refusal("name_counters", "counters_leader_missing", field="leader"))
    if len(seats) != len(wanted) or not all(sitting.is_present(seat) for seat in seats):
        raise MeetingRefused(refusal("name_counters", "counters_absent", field="members"))
    if len(seats) < FEWEST:
        raise MeetingRefused(refusal("name_counters", "counters_few", {"count": FEWEST}, field="members"))
    return seats


def require_unconcerned(people, sitting, initiative):
    """Nobody counts the ballots on a dossier they are an author of, or stand aside from."""
    concerned = [staff.full_name for staff in people if sitting.concerned(staff.pk, initiative)]
    if concerned:
        figures = {"names": ", ".join(concerned), "code": initiative.code}
        raise MeetingRefused(refusal("name_counters", "counters_concerned", figures, field="members"))


def require_counters(sitting, initiative):
    """The counters of this meeting, before the totals of a secret ballot are recorded."""
    counters = list(sitting.meeting.counters.select_related("staff"))
    if not counters:
        raise MeetingRefused(refusal("record_vote", "counters_missing"), initiative)
    require_unconcerned([counter.staff for counter in counters], sitting, initiative)
