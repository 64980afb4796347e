"""A meeting as it stands: who sits, whether there is a quorum, who presides and who votes. Reads only."""

from functools import cached_property

from django.utils import timezone

from .council import Council, Filled
from .models import SeatRole
from .votes import Count, count_open

OFFICERS = (SeatRole.CHAIR, SeatRole.VICE_CHAIR, SeatRole.SECRETARY)


class Sitting:
    """A meeting with its council and its roll. A constant number of queries whatever is asked later.

    Before the roll is taken a seat counts as present unless its holder is on recorded leave; the quorum
    counts only what the roll says.
    """

    def __init__(self, meeting, now=None):
        self.meeting = meeting
        self.now = now or timezone.now()
        self.council = Council(meeting.appointment, timezone.localdate(self.now))

    @cached_property
    def roll(self):
        """{seat pk: its row of the roll}."""
        if self.meeting.pk is None:
            return {}
        return {row.seat_id: row for row in self.meeting.attendance.all()}

    @property
    def seats(self):
        return len(self.council.voting_seats)

    @property
    def needed(self):
        return self.council.needed

    # ---- who is there

    def is_present(self, seat):
        """What the roll says of this seat; an empty seat is absent."""
        row = self.roll.get(seat.pk) if seat else None
        return bool(row and row.is_present and seat.staff_id)

    def _can_act(self, seat):
        """Present by the roll or, where it says nothing yet, not on leave."""
        if seat is None or seat.staff_id is None:
            return False
        return self.is_present(seat) if seat.pk in self.roll else not self.council.is_absent(seat)

    @property
    def seats_present(self):
        """Voting seats that are filled in the room: by the holder, or by an alternate for an absent one."""
        own = sum(self.is_present(seat) for seat in self.council.voting_seats)
        standing_in = sum(self.is_present(seat) for seat in self.council.alternates)
        return min(self.seats, own + standing_in)

    @property
    def has_quorum(self):
        return self.seats_present >= self.needed

    # ---- who runs it

    def presiding(self, initiative=None):
        """The chair; the vice chair where the chair is absent, or concerned by `initiative` (design §3)."""
        for role in (SeatRole.CHAIR, SeatRole.VICE_CHAIR):
            seat = self.council.holder(role)
            if self._can_act(seat) and not self._concerned(seat, initiative):
                return seat
        return None

    def keeping(self, initiative=None):
        """The secretary; whoever presides where the secretary is absent, or concerned by `initiative`."""
        seat = self.council.holder(SeatRole.SECRETARY)
        if self._can_act(seat) and not self._concerned(seat, initiative):
            return seat
        return self.presiding(initiative)

    def may_run(self, actor, initiative=None):
        """Whether the actor keeps this meeting, or its item about `initiative`."""
        return self.council.in_term and _holds(self.keeping(initiative), actor)

    def may_take_roll(self, actor):
        """Any officer: somebody must be able to say that the secretary or the chair did not come."""
        seat = self.council.seat_of(actor.staff_id)
        return self.council.in_term and seat is not None and seat.role in OFFICERS

    def _concerned(self, seat, initiative):
        return initiative is not None and self.council.in_conflict(seat.staff_id, initiative)

    # ---- who votes

    def concerned(self, staff_id, initiative):
        return self.council.in_conflict(staff_id, initiative)

    def voters(self, initiative):
        """Who fills each voting seat for this item, `staff` None where nobody can vote.

        The holder when present and not concerned; else an alternate who is: first whoever scored from that
        seat, then by number. Nobody sits on two seats.
        """
        free = [
            seat
            for seat in self.council.alternates
            if self.is_present(seat) and not self.council.in_conflict(seat.staff_id, initiative)
        ]
        scored_by = {s.seat_id: s.alternate_id for s in initiative.current_sheets if s.alternate_id}
        chosen = {}
        vacant = [seat for seat in self.council.voting_seats if not self._votes_in_person(seat, initiative)]
        for seat in vacant:
            stand_in = next((a for a in free if a.pk == scored_by.get(seat.pk)), None)
            if stand_in:
                chosen[seat.pk] = stand_in
                free.remove(stand_in)
        for seat in vacant:
            if seat.pk not in chosen and free:
                chosen[seat.pk] = free.pop(0)
        return [self._filled(seat, initiative, chosen) for seat in self.council.voting_seats]

    def _votes_in_person(self, seat, initiative):
        return self.is_present(seat) and not self.council.in_conflict(seat.staff_id, initiative)

    def _filled(self, seat, initiative, chosen):
        if self._votes_in_person(seat, initiative):
            return Filled(seat, seat.staff)
        alternate = chosen.get(seat.pk)
        return Filled(seat, alternate.staff if alternate else None, alternate)

    def able(self, initiative):
        """{seat pk: Filled} of the seats that can vote on this item."""
        return {filled.seat.pk: filled for filled in self.voters(initiative) if filled.staff is not None}

    def count(self, item):
        """The count of an item: as recorded, or as the votes stand."""
        if item.recorded_at:
            return Count(item.seats, item.needed, item.votes_for, item.votes_against)
        votes = {vote.seat_id: vote.agrees for vote in item.votes.all()}
        return count_open(self.seats, self.needed, votes, self.able(item.initiative))


def _holds(seat, actor):
    return seat is not None and seat.staff_id is not None and seat.staff_id == actor.staff_id
