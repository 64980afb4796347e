"""How alike two texts are held to be: what does not count, what is symmetric; nothing odd is an error."""

import unicodedata
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ideas.samples import texts
from ideas.similarity.scoring import PARTS, SIMILAR, resemblance, title_score
from ideas.similarity.words import MOST_WORDS, SCHEME, TEXT_BITS, TITLE_BITS, Compared, pieces, words_of

PRIME = 2**61 - 1
TITLE = "Phiếu hẹn trả kết quả có mã QR và tin nhắn nhắc ngày hẹn"
SYLLABLES = ["phiếu", "hẹn", "trả", "kết", "quả", "mã", "hồ", "sơ", "hộ", "tịch", "hòa", "thuý", "đường"]
titles = st.lists(st.sampled_from(SYLLABLES), max_size=14).map(" ".join)
long_texts = st.lists(st.sampled_from(SYLLABLES), max_size=80).map(" ".join)
compared = st.builds(Compared.of, titles, long_texts, long_texts)
anything = st.text(st.characters(), max_size=300)


def score(one, other):
    return title_score(Compared.of(one).title, Compared.of(other).title)


@pytest.mark.parametrize(
    "typed",
    [
        "Phieu hen co ma QR nhac ngay tra ket qua",
        "phiếu hẹn trả kết quả có mã",  # half typed
        "Mã QR tra cứu phiếu hẹn trả kết quả cho dân",
    ],
)
def test_similar_titles_are_found(typed):
    assert score(typed, TITLE) >= SIMILAR["title"]


def test_the_same_title_reaches_a_hundred_and_its_beginning_does_not():
    assert score(TITLE, TITLE.upper()) == 100
    assert SIMILAR["title"] <= score(TITLE[:40], TITLE) < 100


def test_written_sample_dossiers_resemble_nobody():
    """Twenty real subjects of a ward, in the same office language: none is taken for another."""
    stories = [
        Compared.of(story["title"], story["texts"]["problem"], story["texts"]["description"])
        for story in texts.initiatives()
    ]
    assert len(stories) == 20
    assert [pair for pair in combinations(stories, 2) if resemblance(*pair)] == []
    assert all(resemblance(story, story).score("title") == 100 for story in stories)


def test_the_problem_or_the_solution_alone_is_enough():
    one, other = texts.initiatives()[:2]
    retold = Compared.of(
        other["title"], other["texts"]["problem"], one["texts"]["description"] + " Làm thử ba tháng."
    )
    own = Compared.of(one["title"], one["texts"]["problem"], one["texts"]["description"])
    assert [part for part, _score in resemblance(own, retold).parts] == ["solution"]
    retold = Compared.of(other["title"], one["texts"]["problem"], other["texts"]["description"])
    assert [part for part, _score in resemblance(own, retold).parts] == ["problem"]


def test_two_words_in_common_say_nothing():
    assert not resemblance(Compared.of("Hồ sơ"), Compared.of(TITLE))
    assert not resemblance(Compared.of("", "Chậm.", "Làm nhanh."), Compared.of("", "Chậm.", "Làm nhanh."))


@given(compared, compared)
def test_it_is_symmetric(one, other):
    assert resemblance(one, other) == resemblance(other, one)


@given(compared)
def test_everything_resembles_itself_as_far_as_it_says_anything(one):
    for part, score_ in resemblance(one, one).parts:
        assert score_ == 100, part


@given(compared, compared)
def test_scores_lie_between_nothing_and_all(one, other):
    found = resemblance(one, other)
    assert all(SIMILAR[part] <= score_ <= 100 for part, score_ in found.parts)
    assert [part for part, _score in found.parts] == [p for p in PARTS if found.score(p)]


def _without_marks(text):
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("Đ", "D")


@given(long_texts)
@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        _without_marks,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("òa", "oà").replace("uý", "úy"),
        lambda text: text.replace(" ", " \u200b, ") + "…",
    ],
)
def test_accents_tone_placement_composition_case_and_signs_do_not_count(change, text):
    assert words_of(change(text)) == words_of(text)


@given(anything, anything, anything)
def test_no_input_is_an_error(title, problem, solution):
    one = Compared.of(title, problem, solution)
    other = Compared.of(solution, title, problem)
    assert resemblance(one, other) == resemblance(other, one)
    assert one.title_marks.bit_length() <= TITLE_BITS
    assert one.text_marks.bit_length() <= TEXT_BITS
    assert all(word and " " not in word for word, _typed in pieces(title))


def test_nothing_and_far_too_much_are_taken_as_well():
    assert words_of(None) == [] == words_of("")
    assert len(words_of("hồ sơ " * 100_000)) == MOST_WORDS


def test_marks_do_not_depend_on_the_process():
    """They are stored: who changes how they are made raises SCHEME, and rows are made anew."""
    one = Compared.of("Bảng màu nhắc hạn", "Trả chậm", "Tô màu theo hạn")
    assert (SCHEME, one.title_marks % PRIME, one.text_marks % PRIME) == (
        1,
        4512400023765028,
        18014400792231936,
    )
