"""Words that came and went: whole texts, odd texts, and never more work than the bound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editing import differences
from editing.differences import ADDED, LONGEST, REMOVED, SAME, abridged, merged, own_words

TEXTS = st.text(alphabet="ab \n\u200fđ", max_size=60)


def told(old, new):
    return [(piece.kind, piece.text.strip()) for piece in merged(old, new) if piece.text.strip()]


def words_of(pieces, *kinds):
    return " ".join(piece.text for piece in pieces if piece.kind in kinds).split()


def test_one_word_changed():
    assert told("Vàng còn 2 ngày", "Vàng còn 3 ngày") == [
        (SAME, "Vàng còn"),
        (REMOVED, "2"),
        (ADDED, "3"),
        (SAME, "ngày"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "mới cả", [(ADDED, "mới cả")]),
        ("bỏ cả", "", [(REMOVED, "bỏ cả")]),
        ("như cũ", "như  cũ\n", [(SAME, "như  cũ")]),  # blanks are no words
        ("", "", []),
        (
            "một hai ba bốn và năm sáu bảy tám",
            "chín mười xa gần và lên xuống ra vào",
            [(REMOVED, "một hai ba bốn và năm sáu bảy tám"), (ADDED, "chín mười xa gần và lên xuống ra vào")],
        ),
    ],
)
def test_what_is_told(old, new, expected):
    assert told(old, new) == expected


@given(TEXTS, TEXTS)
def test_nothing_is_lost_or_invented(old, new):
    pieces = merged(old, new)
    assert words_of(pieces, SAME, REMOVED) == old.split()
    assert words_of(pieces, SAME, ADDED) == new.split()
    assert words_of(pieces, SAME, ADDED, REMOVED) or not (old + new).strip()


@given(TEXTS, TEXTS)
def test_marked_words_joined_are_the_text_again(text, other):
    assert "".join(words for words, _only in own_words(text, other)) == text


@given(TEXTS)
def test_the_same_text_has_no_change(text):
    assert {piece.kind for piece in merged(text, text)} <= {SAME}


@pytest.fixture
def work(monkeypatch):
    """How many comparisons of two words each call may have cost: the product of the lengths handed over."""
    asked, opcodes = [], differences.Indel.opcodes

    class Counting:
        @staticmethod
        def opcodes(one, other):
            asked.append((len(one), len(other)))
            return opcodes(one, other)

    monkeypatch.setattr(differences, "Indel", Counting)
    return asked


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 7500, "b " + "a " * 7499),  # one word repeated: difflib takes minutes
        ("a b " * 3750, "b a " * 3750),
        ("x" * 15_000, "y" * 15_000),  # no blank at all
        (" \n" * 7500, "\u200f " * 7500),
        ("a " * 40_000, "c " + "b a " * 40_000),  # beyond what the form takes
        (" ".join(map(str, range(9000))), " ".join(map(str, range(9000, 0, -1)))),
    ],
    ids=["repeated", "alternating", "one-word", "blanks", "too-long", "reversed"],
)
def test_odd_texts_cost_no_more_than_the_bound(work, old, new):
    pieces = merged(old, new)
    assert len(work) <= 1  # never again and again over parts, however often a word recurs
    assert all(max(lengths) <= LONGEST for lengths in work)
    assert words_of(pieces, SAME, REMOVED) == old.split()
    assert words_of(pieces, SAME, ADDED) == new.split()


def test_what_both_begin_and_end_with_is_not_compared_again(work):
    merged("đầu " * 5000 + "cũ " + "cuối " * 5000, "đầu " * 5000 + "mới " + "cuối " * 5000)
    assert work == [(1, 1)]


def test_long_runs_of_the_same_are_shortened_and_counted():
    old = "trước " * 100 + "cũ " + "sau " * 100
    new = "trước " * 100 + "mới " + "sau " * 100
    pieces = abridged(merged(old, new))
    assert [piece.left_out for piece in pieces if piece.left_out] == [75, 75]
    kept = words_of(pieces, SAME)
    assert (kept.count("trước"), kept.count("sau")) == (25, 25)
    assert words_of(pieces, ADDED, REMOVED) == ["cũ", "mới"]
