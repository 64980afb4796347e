"""Who judges what, as a pure function: even, without conflicts, the same for the same seed."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.assignment import assign

ENTRIES = st.integers(0, 25)
JUDGES = st.integers(1, 7)


@st.composite
def cases(draw, with_conflicts=True, with_held=True):
    entries = [f"e{n}" for n in range(draw(ENTRIES))]
    judges = [f"j{n}" for n in range(draw(JUDGES))]
    some = st.lists(st.sampled_from(judges), unique=True, max_size=3)
    barred = {e: set(draw(some)) for e in entries} if with_conflicts else {}
    held = {e: set(draw(some)) - barred.get(e, set()) for e in entries} if with_held else {}
    return entries, judges, draw(st.integers(1, 4)), draw(st.integers(0, 9)), barred, held


def loads(judges, result, held):
    count = Counter(dict.fromkeys(judges, 0))
    count.update(judge for _entry, judge in result.pairs)
    count.update(judge for keys in held.values() for judge in keys)
    return count


@settings(max_examples=150, deadline=None)
@given(cases())
def test_every_entry_has_its_judges_and_never_one_in_conflict(case):
    entries, judges, each, seed, barred, held = case
    result = assign(entries, judges, each, seed=seed, barred=barred, held=held)
    for entry in entries:
        mine = [judge for e, judge in result.pairs if e == entry]
        assert len(set(mine)) == len(mine)
        assert not set(mine) & (barred[entry] | held[entry])
        free = len(set(judges) - barred[entry] - held[entry])
        wanted = max(each - len(held[entry]), 0)
        assert len(mine) == min(wanted, free)
        assert result.short.get(entry, 0) == wanted - len(mine)


@settings(max_examples=150, deadline=None)
@given(cases(with_conflicts=False, with_held=False))
def test_without_conflicts_loads_differ_by_at_most_one(case):
    entries, judges, each, seed, _barred, _held = case
    count = loads(judges, assign(entries, judges, each, seed=seed), {})
    assert max(count.values()) - min(count.values()) <= 1


@settings(max_examples=150, deadline=None)
@given(cases())
def test_with_conflicts_no_entry_could_move_to_make_it_more_even(case):
    entries, judges, each, seed, barred, held = case
    result = assign(entries, judges, each, seed=seed, barred=barred, held=held)
    count = loads(judges, result, held)
    for entry, judge in result.pairs:
        taken = {j for e, j in result.pairs if e == entry} | held[entry] | barred[entry]
        assert all(count[judge] - count[other] < 2 for other in judges if other not in taken)


@settings(max_examples=60, deadline=None)
@given(cases())
def test_the_same_seed_gives_the_same_answer_whatever_the_order(case):
    entries, judges, each, seed, barred, held = case
    first = assign(entries, judges, each, seed=seed, barred=barred, held=held)
    again = assign(entries[::-1], judges[::-1], each, seed=seed, barred=barred, held=held)
    assert first == again


def test_another_seed_gives_another_answer():
    entries, judges = list(range(40)), list(range(6))
    answers = {assign(entries, judges, 2, seed=seed).pairs for seed in range(10)}
    assert len(answers) == 10


def test_three_hundred_entries_for_ten_judges_take_no_time():
    result = assign(range(300), range(10), 3, seed=1, barred={n: {0, 1} for n in range(150)})
    count = loads(range(10), result, {})
    assert set(count.values()) == {90}
