"""The ranking and the prizes as pure functions."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from competitions.judging.places import places, shortlist
from competitions.results.prizes import Fault, Slot, faults, favourite, proposal, tied_apart
from competitions.results.ranking import Score, Standing, scores

SLOTS = [Slot("nhat", 1, 0), Slot("nhi-1", 2, 1), Slot("nhi-2", 2, 1), Slot("kk", 3, 2)]


def ranking(**marks):
    return places({code: Fraction(mark) for code, mark in marks.items()})


def test_equals_share_a_place_and_the_next_is_further_down():
    found = [(p.key, p.rank, p.tied) for p in ranking(a=80, b=90, c=80, d=70)]
    assert found == [("b", 1, False), ("a", 2, True), ("c", 2, True), ("d", 4, False)]


def test_a_third_is_not_rounded_away():
    found = [p.rank for p in ranking(a=Fraction(211, 3), b=Fraction(7033, 100))]
    assert found == [1, 2]


def test_without_a_share_the_marks_decide_and_the_votes_change_nothing():
    found = scores({"a": Standing(Fraction(80), Fraction(100), votes=0)}, Decimal(0))
    assert found == {"a": Score(Fraction(80))}


def test_votes_count_relative_to_the_most_votes():
    standings = {
        "a": Standing(Fraction(80), Fraction(100), votes=50),
        "b": Standing(Fraction(90), Fraction(100), votes=200),
        "c": Standing(Fraction(70), Fraction(100)),
    }
    found = {code: s.value for code, s in scores(standings, Decimal("20.00")).items()}
    assert found == {"a": Fraction(69), "b": Fraction(92), "c": Fraction(56)}


def test_nobody_voted():
    found = scores({"a": Standing(Fraction(80), Fraction(100), votes=0)}, Decimal(25))
    assert found["a"].value == 60


def test_of_equal_marks_the_shorter_time_of_a_quiz_wins():
    standings = {
        "a": Standing(Fraction(9), Fraction(10), seconds=300),
        "b": Standing(Fraction(9), Fraction(10), seconds=299),
        "c": Standing(Fraction(8), Fraction(10), seconds=10),
    }
    found = places({code: s.key for code, s in scores(standings, Decimal(0)).items()})
    assert [p.key for p in found] == ["b", "a", "c"]


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 6)), st.integers(0, 9))
def test_a_shortlist_never_chooses_between_equals(marks, count):
    found = places(marks)
    edge = shortlist(found, count)
    assert len(edge.sure) + edge.left == (min(count, len(marks)) if count else len(marks))
    assert not edge.tied or 0 <= edge.left < len(edge.tied)
    assert len({marks[code] for code in edge.tied}) <= 1
    out = set(marks) - set(edge.sure) - set(edge.tied)
    assert all(marks[a] > marks[b] for a in [*edge.sure, *edge.tied] for b in out)


def test_prizes_go_down_the_ranking():
    assert proposal(ranking(a=9, b=8, c=7), SLOTS) == {"nhat": "a", "nhi-1": "b", "nhi-2": "c", "kk": ""}


def test_a_prize_may_stay_without_an_entry():
    given_so = {"nhat": "", "nhi-1": "a", "nhi-2": "b", "kk": "c"}
    assert faults(ranking(a=9, b=8, c=7), given_so, SLOTS, {}) == []


def test_a_better_place_never_gets_the_lesser_prize():
    places_ = ranking(a=9, b=8, c=7)
    assert faults(places_, {"nhat": "b", "nhi-1": "a"}, SLOTS, {}) == [Fault("nhat", "out_of_rank", "a")]
    assert faults(places_, {"nhat": "a", "kk": "c"}, SLOTS, {}) == [Fault("kk", "out_of_rank", "b")]


def test_nobody_gets_two_and_nobody_from_elsewhere():
    places_ = ranking(a=9, b=8)
    assert faults(places_, {"nhat": "a", "kk": "a"}, SLOTS, {}) == [Fault("kk", "twice", "a")]
    assert faults(places_, {"nhat": "x"}, SLOTS, {}) == [Fault("nhat", "unknown", "x")]


def test_who_ties_and_does_not_get_the_same_needs_a_reason():
    tie = ranking(a=9, b=9, c=7)
    given_so = {"nhat": "a", "nhi-1": "b"}
    assert tied_apart(tie, given_so, SLOTS) == {"a", "b"}
    assert [f.code for f in faults(tie, given_so, SLOTS, {"nhat": "Bài rõ hơn"})] == ["tie_without_reason"]
    reasons = {"nhat": "Bài rõ hơn", "nhi-1": "Ít số liệu hơn"}
    assert faults(tie, given_so, SLOTS, reasons) == []
    assert faults(tie, {"nhi-1": "a", "nhi-2": "b"}, SLOTS, {}) == []
    assert faults(tie, {"nhat": "a"}, SLOTS, {}) == [Fault("nhat", "tie_without_reason", "a")]


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 5)))
def test_what_is_proposed_lacks_at_most_reasons(marks):
    found = places(marks)
    given_so = proposal(found, SLOTS)
    assert {f.code for f in faults(found, given_so, SLOTS, {})} <= {"tie_without_reason"}
    reasons = dict.fromkeys(given_so, "Theo biên bản")
    assert faults(found, given_so, SLOTS, reasons) == []


def test_the_favourite_has_the_most_votes_and_ties_are_shown():
    assert favourite({"a": 3, "b": 5, "c": 0}, 1) == ["b"]
    assert favourite({"a": 5, "b": 5, "c": 1}, 1) == ["a", "b"]
    assert favourite({"a": 0}, 1) == []
