"""Similar work on the dossier's page: for the council all that was submitted, for authors nothing; what they
tell about the difference, frozen, and never in public."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ideas import evaluation, workflow
from ideas.access import DECIDED
from ideas.models import Conflict, Initiative
from tests.html import assert_sound

from . import builders
from .similar_builders import COLOURS, COLOURS_AGAIN
from .test_dossier_page import page_of
from .test_dossier_steps import english
from .test_similarity_finding import rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
HEADING = "Similar and related initiatives"
FOUND = "Found by comparing name, problem and solution"
COUNCIL = ("thuky", "chutich", "phochutich", "lanhdao")


@pytest.fixture
def ward():
    return builders.make_ward()


def by_another(ward, **values):
    """A dossier of somebody else, submitted."""
    from ideas.authorship import start_dossier

    initiative = builders.fill_form(start_dossier(ward.nguoikhac, values["title"]), **values)
    builders.attach(initiative)
    return workflow.move(builders.fresh(initiative), "submit", ward.nguoikhac)


# ---- who is shown what


@pytest.mark.parametrize("name", COUNCIL)
def test_secretary_chairs_and_head_see_all_that_was_submitted(ward, client, name):
    mine = builders.submitted(ward, **COLOURS)
    other = by_another(ward, **COLOURS_AGAIN)
    page = page_of(client, ward.users[name], mine).content
    assert FOUND in page.decode()
    assert f'<a href="{other.get_absolute_url()}">{COLOURS_AGAIN["title"]}</a>' in page.decode()
    assert "The name is nearly the same." in page.decode()
    assert_sound(page)


def test_a_member_sees_all_of_them_but_a_link_only_to_what_is_theirs_to_open(ward, client):
    judged = builders.evaluating(ward, **COLOURS)
    other = by_another(ward, **COLOURS_AGAIN)
    page = page_of(client, ward.hoidong1, judged).content.decode()
    assert f"<b>{COLOURS_AGAIN['title']}</b>" in page
    assert other.get_absolute_url() not in page


def test_whoever_stands_aside_from_the_other_one_does_not_meet_it_here(ward, client):
    judged = builders.evaluating(ward, **COLOURS)
    other = by_another(ward, **COLOURS_AGAIN)
    assert COLOURS_AGAIN["title"] in page_of(client, ward.hoidong1, judged).content.decode()
    Conflict.objects.create(initiative=other, staff=ward.hoidong1.staff, reason="Em ruột")
    assert COLOURS_AGAIN["title"] not in page_of(client, ward.hoidong1, judged).content.decode()


def test_a_member_who_stands_aside_here_reads_nothing_here(ward, client):
    judged = builders.evaluating(ward, **COLOURS)
    sheet = judged.sheets.get(staff=ward.hoidong1.staff)
    evaluation.declare_conflict(ward.hoidong1, sheet, "Em ruột của tác giả")
    assert FOUND not in page_of(client, ward.hoidong1, judged).content.decode()


@pytest.mark.parametrize("state", ["submitted", "evaluating", "voted", "declined", "recognised"])
def test_authors_are_shown_none_not_even_that_there_is_one(ward, client, state):
    """The pages of the author are the same to the byte, but for what changes with every request."""
    mine = getattr(builders, state)(ward, **COLOURS)
    tails = ("", "?phan=nhat-ky", "hien-trang/")

    def pages():
        return [
            page_of(client, ward.tacgia, mine, tail).content.decode().split("<main")[-1].split("csrf")[0]
            for tail in tails
        ]

    before = pages()
    other = by_another(ward, **COLOURS_AGAIN)
    assert pages() == before
    assert other.code not in "".join(before)
    assert FOUND not in "".join(before)


def test_a_draft_is_shown_to_nobody(ward, client):
    mine = builders.submitted(ward, **COLOURS)
    builders.draft(ward, **COLOURS_AGAIN)
    for name in COUNCIL:
        page = page_of(client, ward.users[name], mine).content.decode()
        assert COLOURS_AGAIN["title"] not in page
        assert "No submitted dossier resembles this one" in page


def test_a_withdrawn_draft_was_never_submitted(ward, client):
    mine = builders.submitted(ward, **COLOURS)
    workflow.move(builders.draft(ward, **COLOURS_AGAIN), "withdraw", ward.tacgia, reason="Thôi.")
    assert COLOURS_AGAIN["title"] not in page_of(client, ward.thuky, mine).content.decode()


@pytest.mark.parametrize("how", ["refuse", "withdraw"])
def test_what_came_to_nothing_is_still_found(ward, client, how):
    """Submitting the same again was a known trouble."""
    old = by_another(ward, **COLOURS_AGAIN)
    if how == "refuse":
        workflow.move(old, "refuse", ward.thuky, public_reason="Trùng quy định.")
    else:
        workflow.move(old, "withdraw", ward.nguoikhac, reason="Thôi.")
    mine = builders.submitted(ward, **COLOURS)
    assert COLOURS_AGAIN["title"] in page_of(client, ward.thuky, mine).content.decode()


def test_what_authors_are_writing_is_compared_and_shown_once_submitted(ward, client):
    mine = builders.submitted(ward, **COLOURS)
    other = by_another(ward, **COLOURS_AGAIN)
    workflow.move(other, "request_supplement", ward.thuky, reason="Thiếu số liệu.")
    Initiative.objects.filter(pk=other.pk).update(title="Bảng màu dùng chung đang viết dở 4471")
    page = page_of(client, ward.thuky, mine).content.decode()
    assert COLOURS_AGAIN["title"] in page
    assert "4471" not in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_costs_the_same_whatever_there_is(ward, client, count):
    mine = builders.submitted(ward, **COLOURS)
    rows_of(count, COLOURS_AGAIN)
    page_of(client, ward.thuky, mine)
    with CaptureQueriesContext(connection) as caught:
        page_of(client, ward.thuky, mine)
    found = [query["sql"] for query in caught if "ideas_comparedtext" in query["sql"]]
    assert len(found) == 2


# ---- how it differs


def test_the_difference_is_frozen_and_read_beside_the_similar_ones(ward, client):
    mine = builders.submitted(ward, **COLOURS, difference="Nhắc cả qua điện thoại 5518.")
    assert json.loads(mine.versions.get().payload)["difference"] == "Nhắc cả qua điện thoại 5518."
    workflow.move(mine, "request_supplement", ward.thuky, reason="Thiếu số liệu.")
    Initiative.objects.filter(pk=mine.pk).update(difference="Đang viết dở 6629.")
    for name in (*COUNCIL, "tacgia"):
        page = page_of(client, ward.users[name], mine).content.decode()
        assert "Nhắc cả qua điện thoại 5518." in page
        assert "Đang viết dở 6629." not in page
    workflow.move(builders.fresh(mine), "resubmit", ward.tacgia)
    assert "Đang viết dở 6629." in page_of(client, ward.thuky, mine).content.decode()
    assert "5518" in page_of(client, ward.thuky, mine, "?ban=1").content.decode()


def test_whoever_scores_reads_it_with_the_version_they_judge(ward, client):
    scored = builders.evaluating(ward, **COLOURS, difference="Nhắc cả qua điện thoại 5518.")
    english(client, ward.hoidong1)
    sheet = scored.sheets.get(staff=ward.hoidong1.staff)
    page = client.get(sheet.get_absolute_url()).content.decode()
    assert "How it differs from similar ones" in page
    assert "Nhắc cả qua điện thoại 5518." in page


def test_the_difference_never_becomes_public(ward, client):
    mine = builders.recognised(ward, **COLOURS, difference="Nhắc cả qua điện thoại 5518.")
    assert mine.state in DECIDED
    client.logout()
    addresses = (
        f"/sang-kien/{mine.code}/",
        "/sang-kien/",
        "/tim-kiem/?q=5518",
        "/du-lieu-mo/v1/sang-kien/",
        "/du-lieu-mo/v1/sang-kien.csv",
    )
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert b"5518." not in text
        assert "Nhắc cả qua điện thoại".encode() not in text, address


def test_a_version_of_before_the_question_is_read_as_ever(ward, client):
    """Its payload has no such answer: no difference, no mark that something changed."""
    from ideas.models import SubmittedVersion
    from ideas.reading import reading_of
    from ideas.versions import digest

    mine = builders.submitted(ward, **COLOURS)
    old = json.loads(mine.versions.get().payload)
    del old["difference"]
    payload = json.dumps(old, ensure_ascii=False)
    first = mine.versions.get()
    second = SubmittedVersion(
        initiative=mine,
        number=0,
        payload=payload,
        sha256=digest(payload.encode()),
        submitted_at=first.submitted_at,
        submitted_by_name="",
    )
    second.save()
    reading = reading_of(Initiative.objects.prefetch_related("versions").get(pk=mine.pk))
    assert reading.is_intact
    assert reading.changed == ()
    assert HEADING in page_of(client, ward.thuky, mine, "?ban=1").content.decode()
