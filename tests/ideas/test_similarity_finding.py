"""Which dossiers are found: of what was submitted, up to three, always in the same order."""

import random

import pytest

from ideas import workflow
from ideas.application.keeping import template_in_force
from ideas.models import ComparedText, Initiative
from ideas.samples import texts
from ideas.similarity import kept
from ideas.similarity.finding import MOST, shortlist, similar_to
from ideas.similarity.words import Compared

from . import builders
from .similar_builders import COLOURS, COLOURS_AGAIN, story

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward():
    return builders.make_ward()


def compared(values):
    return Compared.of(values["title"], values["problem"], values["description"])


def rows_of(count, base=COLOURS, code="SK-2020-HD", state="submitted"):
    """`count` submitted dossiers with one word changed, and rows for them."""
    form = template_in_force()
    made = [
        Initiative(
            code=f"{code}{n}",
            title=f"{base['title']} số {n}",
            title_key=f"{n}",
            state=state,
            form_template=form,
        )
        for n in range(count)
    ]
    for one in made:
        one.problem, one.description = base["problem"], base["description"]
    Initiative.objects.bulk_create(made)
    kept.keep(made)
    return made


# ---- what is kept


def test_a_row_is_written_with_the_submission_and_never_for_a_draft(ward):
    draft = builders.draft(ward, **COLOURS)
    assert not ComparedText.objects.exists()
    workflow.move(draft, "submit", ward.tacgia)
    row = ComparedText.objects.get(initiative=draft)
    assert row.title == COLOURS["title"]
    assert row.title_words.split()[:4] == ["nhac", "han", "ho", "so"]


def test_what_is_written_after_the_submission_is_compared_with_the_next_one(ward):
    initiative = workflow.move(
        builders.submitted(ward, **COLOURS), "request_supplement", ward.thuky, reason="Thiếu số liệu."
    )
    Initiative.objects.filter(pk=initiative.pk).update(**story(0))
    kept.catch_up()
    row = ComparedText.objects.get()
    assert row.title == COLOURS["title"]
    workflow.move(builders.fresh(initiative), "resubmit", ward.tacgia)
    row.refresh_from_db()
    assert row.title == story(0)["title"]
    assert row.solution_words.startswith("khi nhan ho so")


def test_a_refused_submission_leaves_no_row(ward):
    incomplete = builders.draft(ward, problem="")
    with pytest.raises(workflow.Refused):
        workflow.move(incomplete, "submit", ward.tacgia)
    assert not ComparedText.objects.exists()


def test_catching_up_makes_the_very_rows_that_are_missing_or_old(ward):
    """Dossiers of before the comparison; a row of another scheme is made anew, the others are left alone."""
    one, other = builders.submitted(ward, **COLOURS), builders.submitted(ward, **story(0))
    builders.draft(ward, **story(1))
    expected = {row.pk: row.solution_words for row in ComparedText.objects.all()}
    ComparedText.objects.filter(initiative=one).delete()
    ComparedText.objects.filter(initiative=other).update(scheme=0, solution_words="cu")
    # Written in meanwhile, and expired: what counts was submitted.
    Initiative.objects.filter(pk=one.pk).update(**story(2))
    assert kept.catch_up() == 2
    assert {row.pk: row.solution_words for row in ComparedText.objects.all()} == expected
    assert kept.catch_up() == 0


def test_a_corrected_title_is_compared(ward):
    initiative = builders.recognised(ward, **COLOURS)
    workflow.move(
        initiative,
        "correct",
        ward.lanhdao,
        reason="Sai tên.",
        corrections={"title": story(0)["title"]},
        **builders.decision("470/QĐ-UBND"),
    )
    assert ComparedText.objects.get().title == story(0)["title"]
    ComparedText.objects.all().delete()
    kept.catch_up()
    assert ComparedText.objects.get().title == story(0)["title"]


# ---- what is found


def test_the_likest_come_first_and_at_most_three():
    many = rows_of(12)
    again = compared(COLOURS_AGAIN)
    found = similar_to(again, kept.submitted_rows())
    assert len(found) == MOST == 3
    assert [hit.pk for hit in found] == [one.pk for one in reversed(many[-3:])]  # equally like: newer first
    (closer,) = rows_of(1, COLOURS_AGAIN, "SK-2021-HD")
    assert similar_to(again, kept.submitted_rows())[0].pk == closer.pk


def test_nothing_similar_is_nothing():
    rows_of(3)
    assert similar_to(compared(story(1)), kept.submitted_rows()) == []
    assert similar_to(Compared.of(), kept.submitted_rows()) == []
    assert similar_to(Compared.of("?!", " ", "\u200b"), kept.submitted_rows()) == []


def test_the_order_does_not_depend_on_the_order_of_rows():
    rows_of(30)
    asked, rows = compared(COLOURS_AGAIN), kept.submitted_rows()
    expected = [hit.pk for hit in similar_to(asked, rows)]
    for order in ("-pk", "scheme", "title"):
        assert [hit.pk for hit in similar_to(asked, rows.order_by(order))] == expected
        assert shortlist(asked, rows.order_by(order)) == shortlist(asked, rows)


@pytest.mark.parametrize("count", [1, 30])
def test_two_queries_whatever_there_is(count, django_assert_num_queries):
    rows_of(count)
    with django_assert_num_queries(2):
        assert similar_to(compared(COLOURS_AGAIN), kept.submitted_rows())


def test_the_shortlist_keeps_what_comparing_everything_finds():
    """Among 200 dossiers of the samples' subjects, shuffled word by word: the marks lose no hit."""
    chance, made, form = random.Random(178), [], template_in_force()
    for number in range(200):
        told = texts.initiatives()[number % 20]
        words = told["texts"]["description"].split()
        for _ in range(number // 20):  # from the text itself to one a third of which is otherwise
            if words:
                words[chance.randrange(len(words))] = chance.choice(words)
        values = {"code": f"SK-2021-HD{number}", "title": told["title"], "title_key": str(number)}
        values |= {"problem": told["texts"]["problem"], "description": " ".join(words), "state": "submitted"}
        made.append(Initiative(**values, form_template=form))
    Initiative.objects.bulk_create(made)
    kept.keep(made)
    for number in (0, 3, 9, 19):
        told = texts.initiatives()[number]
        for asked in (
            Compared.of(title=told["title"]),
            Compared.of(problem=told["texts"]["problem"]),
            Compared.of(solution=told["texts"]["description"]),
        ):
            found = similar_to(asked, kept.submitted_rows())
            same_subject = {one.pk for one in made if one.title == told["title"]}
            if number != 19 or asked.title:  # that one has no description, and a problem of few words
                assert len(found) == MOST
            assert {hit.pk for hit in found} <= same_subject
