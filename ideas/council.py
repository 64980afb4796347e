"""Seats, eligibility and shares of seats. 2/3 is always of all voting seats, unfilled ones included."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any

from people.models import Leave, ServiceSpell, containing

from .models.council import TWO_THIRDS, Seat, SeatRole


def seats_needed(seats, share=TWO_THIRDS):
    """How many of `seats` make the share, rounded up: 2/3 of 7 is 5, of 5 is 4, of 6 is 4."""
    return ceil(Fraction(seats) * share)


@dataclass(frozen=True)
class Filled:
    """A voting seat for one initiative: who fills it, and whether that is an alternate."""

    seat: Seat
    staff: Any  # None: nobody is left to fill it
    alternate: Seat | None = None


class Council:
    """An appointment with its seats, as it stands on one day. Three queries whatever is asked later."""

    def __init__(self, appointment, day):
        self.appointment = appointment
        self.day = day
        self.seats = list(appointment.seats.select_related("staff__user").order_by("number"))
        holders = [seat.staff_id for seat in self.seats if seat.staff_id]
        self._on_leave = set(
            Leave.objects.filter(containing(day), staff__in=holders, is_approved=True).values_list(
                "staff_id", flat=True
            )
        )
        self._gone = _out_of_service(holders, day)

    @property
    def in_term(self):
        return self.appointment.contains(self.day)

    @property
    def voting_seats(self):
        return [seat for seat in self.seats if seat.is_voting]

    @property
    def alternates(self):
        return [seat for seat in self.seats if not seat.is_voting]

    @property
    def needed(self):
        """Seats that make a quorum or a recognition proposal."""
        return seats_needed(len(self.voting_seats), self.appointment.agreeing_share)

    def seat_of(self, staff_id):
        return next((seat for seat in self.seats if staff_id and seat.staff_id == staff_id), None)

    def holder(self, role):
        return next((seat for seat in self.seats if seat.role == role), None)

    def has_left(self, staff_id):
        """Whether this person's service has ended; an expert who never served here has not left."""
        return staff_id in self._gone

    def is_absent(self, seat):
        if seat is None or seat.staff_id is None:
            return True
        return seat.staff_id in self._on_leave or self.has_left(seat.staff_id)

    def in_conflict(self, staff_id, initiative):
        """Authors and co-authors by the dossier, others by their declaration."""
        if staff_id is None:
            return False
        return staff_id in initiative.author_staff_ids or any(
            conflict.staff_id == staff_id for conflict in initiative.conflicts.all()
        )

    def presiding(self, initiative):
        """The chair; the vice chair wherever the chair is author, in conflict or absent (design §3)."""
        for role in (SeatRole.CHAIR, SeatRole.VICE_CHAIR):
            seat = self.holder(role)
            if not self.is_absent(seat) and not self.in_conflict(seat.staff_id, initiative):
                return seat
        return None

    def keeping(self, initiative):
        """Who does the secretary's work here: whoever presides, where the secretary is concerned."""
        seat = self.holder(SeatRole.SECRETARY)
        if not self.is_absent(seat) and not self.in_conflict(seat.staff_id, initiative):
            return seat
        return self.presiding(initiative)

    def can_fill(self, seat, initiative):
        """Whether the seat's own holder judges this dossier; a member on leave still may."""
        holder = seat.staff_id
        return bool(holder) and not self.has_left(holder) and not self.in_conflict(holder, initiative)

    def fill(self, initiative, taken=()):
        """Who fills each voting seat for `initiative`; alternates step in by their number.

        `taken`: staff ids of alternates who already stand in.
        """
        free = [
            seat
            for seat in self.alternates
            if seat.staff_id
            and seat.staff_id not in taken
            and not self.is_absent(seat)
            and not self.in_conflict(seat.staff_id, initiative)
        ]
        filled = []
        for seat in self.voting_seats:
            if self.can_fill(seat, initiative):
                filled.append(Filled(seat, seat.staff))
            elif free:
                alternate = free.pop(0)
                filled.append(Filled(seat, alternate.staff, alternate))
            else:
                filled.append(Filled(seat, None))
        return filled

    def eligible_count(self, initiative):
        return sum(filled.staff is not None for filled in self.fill(initiative))


def _out_of_service(staff_ids, day):
    """Those of `staff_ids` who served and do not serve on `day`."""
    spells = list(ServiceSpell.objects.filter(staff__in=staff_ids))
    return {s.staff_id for s in spells} - {s.staff_id for s in spells if s.contains(day)}
