"""Two windows over one form: nobody's words are overwritten without a choice."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from editing.canonical import fingerprint
from editing.choosing import resolved
from editing.merging import kept_base, merge, posted_base

words = st.sampled_from(["", "cũ", "mới", "khác"])


@given(drawn=words, stored=words, typed=words)
def test_a_field_is_written_kept_or_asked_about(drawn, stored, typed):
    wanted, clashes = merge({"text": typed}, {"text": stored}, {"text": fingerprint(drawn)})
    if typed in (stored, drawn):  # nothing new of this person: what stands stays
        assert (wanted, clashes) == ({}, [])
    elif stored == drawn:  # nobody else touched it
        assert (wanted, clashes) == ({"text": typed}, [])
    else:
        assert wanted == {}
        assert [(c.mine, c.theirs, c.seen) for c in clashes] == [(typed, stored, fingerprint(stored))]


def test_a_field_without_base_counts_as_changed_on_purpose():
    assert merge({"text": "mới"}, {"text": "cũ"}, {}) == ({"text": "mới"}, [])


def test_the_new_base_names_only_what_stands_as_it_was_typed():
    assert kept_base({"a": 1, "b": 2}, {"a": 1, "b": 3}) == {"a": fingerprint(1)}


@pytest.mark.parametrize("text", ["", "x", "[]", "1", "null", '"a"'])
def test_a_base_that_is_none_is_empty(text):
    assert posted_base(text) == {}


def chosen(**more):
    posted = QueryDict(mutable=True)
    posted.update({"seen-text": "s", **more})
    return resolved(posted, {"text": "của tôi", "title": "tên"}, {"text": "x", "title": "y"})


def test_mine_stands_against_the_version_that_was_shown():
    answers, base, unchosen = chosen(**{"choice-text": "mine"})
    assert (answers, base, unchosen) == (
        {"text": "của tôi", "title": "tên"},
        {"text": "s", "title": "y"},
        [],
    )


@pytest.mark.parametrize("choice", [{"choice-text": "theirs"}, {"all": "theirs"}])
def test_theirs_leaves_the_field_alone(choice):
    assert chosen(**choice)[0] == {"title": "tên"}


@pytest.mark.parametrize("choice", [{}, {"choice-text": "khác"}])
def test_without_a_choice_nothing_is_resolved(choice):
    assert chosen(**choice)[2] == ["text"]
