"""Counting votes: seats for and against, ballots that must add up, what the council may conclude.

Pure arithmetic over whole numbers. The share is of all voting seats of the appointment, unfilled ones
included (TT 18/2013 Đ8, design §4); how many seats make it is `council.seats_needed`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

RECOGNISE, DECLINE, COMPLETE_AGAIN = "recognise", "decline", "complete_again"


@dataclass(frozen=True)
class Problem:
    """A count that does not hold: a stable code, its figures, the form field it belongs to."""

    code: str
    params: Mapping[str, int] = field(default_factory=dict)
    field: str = ""


@dataclass(frozen=True)
class Count:
    """Votes about one initiative. `waiting` are seats that could still vote."""

    seats: int
    needed: int
    votes_for: int = 0
    votes_against: int = 0
    waiting: int = 0

    def __post_init__(self):
        figures = (self.votes_for, self.votes_against, self.waiting)
        if min(figures) < 0 or sum(figures) > self.seats:
            raise ValueError("more votes than seats, or fewer than none")

    @property
    def is_enough(self):
        return self.votes_for >= self.needed

    @property
    def best_possible(self):
        """The votes for, should everybody who has not voted yet agree."""
        return self.votes_for + self.waiting

    @property
    def can_still_be_enough(self):
        return self.best_possible >= self.needed

    @property
    def not_voting(self):
        """Seats without a vote: absent, unfilled, or silent."""
        return self.seats - self.votes_for - self.votes_against


def count_open(seats, needed, votes, able):
    """The count of an open vote: `votes` is {seat: True or False}, `able` the seats that can vote.

    Votes of other seats are not counted, whoever sent them.
    """
    cast = [agrees for seat, agrees in votes.items() if seat in able]
    return Count(seats, needed, sum(cast), len(cast) - sum(cast), len(set(able)) - len(cast))


@dataclass(frozen=True)
class Ballots:
    """The totals of a secret ballot as the signed tally has them."""

    issued: int
    returned: int
    valid: int
    invalid: int
    votes_for: int
    votes_against: int

    def count(self, seats, needed):
        return Count(seats, needed, self.votes_for, self.votes_against)


def ballot_problems(ballots, able):
    """What does not add up, in the order of the paper; empty when all does. `able`: seats that can vote."""
    b = ballots
    problems = []
    if b.issued < 1:
        problems.append(Problem("ballots_none", field="issued"))
    if b.issued > able:
        problems.append(Problem("ballots_issued_over", {"issued": b.issued, "able": able}, "issued"))
    if b.returned > b.issued:
        problems.append(
            Problem("ballots_returned_over", {"returned": b.returned, "issued": b.issued}, "returned")
        )
    if b.valid + b.invalid != b.returned:
        figures = {"valid": b.valid, "invalid": b.invalid, "sum": b.valid + b.invalid, "returned": b.returned}
        problems.append(Problem("ballots_valid_sum", figures, "valid"))
    if b.votes_for + b.votes_against != b.valid:
        figures = {"for": b.votes_for, "against": b.votes_against, "valid": b.valid}
        problems.append(
            Problem("ballots_for_sum", figures | {"sum": b.votes_for + b.votes_against}, "votes_for")
        )
    return problems


def conclusion_problem(conclusion, count):
    """Why the council cannot conclude so from this count; None when it can.

    Recognition is proposed by the share of seats and by nothing less, and where the share is reached the
    council does not propose the contrary. Completion may be asked for at any count.
    """
    figures = {"votes": count.votes_for, "needed": count.needed, "seats": count.seats}
    if conclusion not in (RECOGNISE, DECLINE, COMPLETE_AGAIN):
        return Problem("conclusion_missing", field="conclusion")
    if conclusion == RECOGNISE and not count.is_enough:
        return Problem("votes_short", figures, "conclusion")
    if conclusion == DECLINE and count.is_enough:
        return Problem("votes_enough", figures, "conclusion")
    return None
