"""Counting votes: the share is of seats, ballots must add up, and what may be concluded."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ideas import votes
from ideas.council import seats_needed
from ideas.votes import Ballots, Count

SEATS = st.integers(1, 40)


@pytest.mark.parametrize(("seats", "needed"), [(3, 2), (5, 4), (6, 4), (7, 5), (9, 6), (11, 8)])
def test_two_thirds_of_the_seats_rounded_up(seats, needed):
    assert seats_needed(seats) == needed


@given(SEATS, st.integers(67, 100))
def test_the_needed_seats_make_the_share_and_one_less_does_not(seats, percent):
    share = Fraction(percent, 100)
    needed = seats_needed(seats, share)
    assert Fraction(needed, seats) >= share > Fraction(needed - 1, seats)
    assert needed <= seats


@pytest.mark.parametrize(
    ("seats", "for_", "enough"), [(6, 4, True), (6, 3, False), (7, 5, True), (7, 4, False), (4, 2, False)]
)
def test_exactly_two_thirds_is_enough_and_a_tie_is_not(seats, for_, enough):
    count = Count(seats, seats_needed(seats), for_, seats - for_)
    assert count.is_enough is enough
    assert (votes.conclusion_problem("recognise", count) is None) is enough
    assert (votes.conclusion_problem("decline", count) is None) is not enough
    assert votes.conclusion_problem("complete_again", count) is None


@given(SEATS, st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_there_are_never_more_votes_than_seats(seats, for_, against, waiting):
    if for_ + against + waiting > seats:
        with pytest.raises(ValueError, match="more votes than seats"):
            Count(seats, 1, for_, against, waiting)
    else:
        count = Count(seats, 1, for_, against, waiting)
        assert count.not_voting == seats - for_ - against >= waiting


@given(st.data())
def test_an_open_vote_counts_able_seats_alone(data):
    seats = data.draw(SEATS)
    able = data.draw(st.sets(st.integers(1, seats)))
    cast = data.draw(st.dictionaries(st.integers(1, seats + 5), st.booleans()))
    count = votes.count_open(seats, seats_needed(seats), cast, able)
    assert count.votes_for == sum(cast[seat] for seat in cast if seat in able)
    assert count.votes_for + count.votes_against + count.waiting == len(able) <= seats
    assert count.can_still_be_enough == (count.votes_for + count.waiting >= count.needed)


@given(st.integers(1, 20), st.data())
def test_ballots_that_add_up_have_no_problem_and_are_counted(able, data):
    issued = data.draw(st.integers(1, able))
    returned = data.draw(st.integers(0, issued))
    valid = data.draw(st.integers(0, returned))
    for_ = data.draw(st.integers(0, valid))
    ballots = Ballots(issued, returned, valid, returned - valid, for_, valid - for_)
    assert votes.ballot_problems(ballots, able) == []
    assert ballots.count(able, 1).votes_for == for_


BALLOT = st.integers(0, 12)


@given(st.builds(Ballots, BALLOT, BALLOT, BALLOT, BALLOT, BALLOT, BALLOT), st.integers(0, 12))
def test_ballots_without_a_problem_never_exceed_the_seats(ballots, able):
    if votes.ballot_problems(ballots, able) == []:
        assert ballots.votes_for + ballots.votes_against <= ballots.returned <= ballots.issued <= able


@pytest.mark.parametrize(
    ("ballots", "codes"),
    [
        (Ballots(8, 7, 7, 0, 7, 0), ["ballots_issued_over"]),
        (Ballots(5, 6, 6, 0, 6, 0), ["ballots_returned_over"]),
        (Ballots(5, 5, 4, 0, 4, 0), ["ballots_valid_sum"]),
        (Ballots(5, 5, 5, 0, 4, 0), ["ballots_for_sum"]),
        (Ballots(0, 0, 0, 0, 0, 0), ["ballots_none"]),
        (Ballots(9, 10, 3, 3, 9, 9), ["ballots_issued_over", "ballots_returned_over",
                                        "ballots_valid_sum", "ballots_for_sum"]),
    ],
)  # fmt: skip
def test_every_figure_that_does_not_add_up_is_named(ballots, codes):
    assert [problem.code for problem in votes.ballot_problems(ballots, 7)] == codes


def test_a_conclusion_is_one_of_three():
    count = Count(7, 5, 5)
    assert votes.conclusion_problem("", count).code == "conclusion_missing"
    assert votes.conclusion_problem("postpone", count).code == "conclusion_missing"
