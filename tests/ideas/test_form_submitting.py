"""Submitting: to the second, once, by whom; who is let in at all; what waits on the work page."""

from datetime import timedelta
from decimal import Decimal
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ideas import workflow
from ideas.authorship import add_author
from ideas.duties import of_authors
from ideas.models import FirstUseParticipant, HistoryEntry, Initiative, Round
from tests.html import assert_sound

from . import builders
from .form_builders import address, reread, step, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward():
    return builders.make_ward()


@pytest.fixture
def dossier(ward, client):
    client.force_login(ward.tacgia)
    return builders.draft(ward)


def submit(client, dossier):
    return client.post(step(dossier, 7), {"pledge": "on"})


@pytest.mark.parametrize(("seconds", "state"), [(-1, "submitted"), (0, "draft"), (1, "draft")])
def test_the_round_closes_to_the_second(dossier, client, ward, seconds, state):
    closes_at = Round.objects.get().closes_at
    with mock.patch("django.utils.timezone.now", return_value=closes_at + timedelta(seconds=seconds)):
        client.force_login(ward.tacgia)
        answer = submit(client, dossier)
    assert reread(dossier).state == state
    assert answer.status_code == (302 if state == "submitted" else 200)


def test_the_pledge_is_asked_for(dossier, client):
    page = client.post(step(dossier, 7), {})
    assert list(page.context["form"].errors) == ["pledge"]
    assert reread(dossier).state == "draft"


def test_pressing_twice_submits_once_and_says_so(dossier, client):
    submit(client, dossier)
    again = submit(client, dossier)
    assert again.url == dossier.get_absolute_url()
    (_first, said) = list(again.wsgi_request._messages)
    assert "1" in str(said)
    stored = reread(dossier)
    assert (stored.state, stored.versions.count()) == ("submitted", 1)
    assert HistoryEntry.objects.filter(initiative=dossier, transition="submit").count() == 1


def test_two_submissions_at_the_same_moment_make_one_version(dossier, client, ward):
    """The second had passed the first look when the first one was through."""
    stale = reread(dossier)
    submit(client, dossier)
    with mock.patch("ideas.views.form.doors.own_dossier", return_value=stale):
        answer = submit(client, dossier)
    assert answer.status_code == 302
    assert reread(dossier).versions.count() == 1


def test_a_co_author_sees_who_can_submit(dossier, client, ward):
    client.force_login(ward.dongtacgia)
    page = client.get(step(dossier, 7))
    assert page.context["blocked"]
    assert_sound(page.content)
    assert submit(client, dossier).status_code == 200
    assert reread(dossier).state == "draft"


def test_what_is_missing_blocks_the_button_with_the_way_to_the_field(dossier, client):
    Initiative.objects.filter(pk=dossier.pk).update(novelty="")
    page = client.get(step(dossier, 7))
    assert page.context["blocked"]
    assert f'href="{step(dossier, 4)}#id_novelty"' in page.content.decode()


def test_a_supplement_shows_what_was_asked_by_when_and_goes_back(dossier, client, ward):
    submit(client, dossier)
    workflow.move(dossier, "request_supplement", ward.thuky, reason="Thiếu ảnh của bảng màu")
    page = client.get(step(dossier, 6))
    assert "Thiếu ảnh của bảng màu" in page.content.decode()
    due = reread(dossier).supplement_due_on
    assert f"{due:%d/%m/%Y}" in page.content.decode()
    client.post(step(dossier, 4), typed(dossier, 4, description="Có thêm ảnh"))
    submit(client, dossier)
    stored = reread(dossier)
    assert (stored.state, stored.versions.count()) == ("submitted", 2)


# ---- who is let in


RESTS = ["sua/1/", "sua/2/", "sua/7/", "tac-gia/them/", "tac-gia/them-ngoai/", "nguoi-tham-gia/them/"]


@pytest.mark.parametrize("rest", RESTS)
def test_the_form_opens_to_its_authors_and_is_not_there_for_others(dossier, client, ward, rest):
    opened = set()
    for name, user in ward.users.items():
        client.force_login(user)
        status = client.get(address(dossier, rest)).status_code
        assert status in (200, 404)
        if status == 200:
            opened.add(name)
        else:
            assert client.post(address(dossier, rest), {"title": "X"}).status_code == 404
    assert opened == {"tacgia", "dongtacgia"}
    client.logout()
    assert client.get(address(dossier, rest)).url.startswith("/tai-khoan/login/")
    assert client.post(address(dossier, rest), {"title": "X"}).url.startswith("/tai-khoan/login/")


def test_a_submitted_dossier_leads_its_authors_to_its_page_and_others_nowhere(dossier, client, ward):
    submit(client, dossier)
    for rest in RESTS:
        assert client.get(address(dossier, rest)).url == dossier.get_absolute_url()
        assert client.post(address(dossier, rest), {"title": "Muộn"}).url == dossier.get_absolute_url()
    assert reread(dossier).title != "Muộn"
    client.force_login(ward.thuky)  # sees it, but not to write in it
    assert client.get(step(dossier, 1)).status_code == 404


def test_a_code_nobody_has_is_not_found(ward, client):
    client.force_login(ward.tacgia)
    assert client.get("/sang-kien/ho-so/SK-2026-HD99/sua/1/").status_code == 404


def test_a_participant_belongs_to_one_dossier(dossier, client, ward):
    other = builders.draft(ward, title="Hồ sơ khác")
    person = FirstUseParticipant.objects.create(initiative=other, full_name="Lê A", support="Thử")
    for rest in (f"nguoi-tham-gia/{person.pk}/", f"nguoi-tham-gia/{person.pk}/bo/"):
        assert client.get(address(dossier, rest)).status_code == 404
        assert client.post(address(dossier, rest), {"full_name": "X", "support": "Y"}).status_code == 404


def test_participants_are_added_changed_and_taken_off(dossier, client):
    values = {"full_name": "Lê Thị A", "birth_date": "02/03/1985", "support": "Dán bảng tại phòng"}
    page = client.post(address(dossier, "nguoi-tham-gia/them/"), values | {"birth_date": "31/02/1985"})
    assert list(page.context["form"].errors) == ["birth_date"]
    assert "Dán bảng tại phòng" in page.content.decode()
    assert client.post(address(dossier, "nguoi-tham-gia/them/"), values).url == step(dossier, 3)
    person = dossier.participants.get()
    client.post(address(dossier, f"nguoi-tham-gia/{person.pk}/"), values | {"support": "In bảng"})
    assert dossier.participants.get().support == "In bảng"
    question = client.get(address(dossier, f"nguoi-tham-gia/{person.pk}/bo/"))
    assert question.context["explanation"] in question.content.decode()
    client.post(address(dossier, f"nguoi-tham-gia/{person.pk}/bo/"))
    assert not dossier.participants.exists()


def test_an_account_without_a_person_begins_no_dossier(ward, client):
    from people.models import User

    client.force_login(User.objects.create_user("khach", "khach@example.vn", builders.PASSWORD))
    assert client.get("/sang-kien/ho-so/moi/").status_code == 403
    assert client.post("/sang-kien/ho-so/moi/", {"title": "X"}).status_code == 403
    assert client.get("/sang-kien/ho-so/").status_code == 200


def test_only_a_clerk_may_say_that_it_comes_from_paper(ward, client):
    client.force_login(ward.tacgia)
    client.post("/sang-kien/ho-so/moi/", {"title": "X", "source": "paper"})
    assert not Initiative.objects.get().keyed_from_paper


# ---- the work page


def duties(user):
    return [
        (item.kind, item.code, item.due)
        for section in of_authors(user, timezone.now())
        for item in section.items
    ]


def test_the_work_page_names_what_authors_owe(ward):
    first = builders.draft(ward, confirmed=False)
    assert duties(ward.dongtacgia) == [("confirm_share", first.code, None)]
    assert duties(ward.tacgia) == [("draft", first.code, ward.round.closes_at)]
    second = builders.submitted(ward)
    workflow.move(second, "request_supplement", ward.thuky, reason="Thiếu ảnh")
    due = reread(second).supplement_due_on
    assert ("supplement", second.code, due) in duties(ward.tacgia)
    assert duties(ward.nguoikhac) == []


def test_the_work_page_costs_the_same_with_many_dossiers(ward, django_assert_num_queries):
    for number in range(5):
        builders.start_dossier(ward.tacgia, f"Hồ sơ {number}")
    assert ward.tacgia.staff
    duties(ward.tacgia)  # what a process asks once in its life
    with django_assert_num_queries(1):
        assert len(duties(ward.tacgia)) == 5


def test_a_step_costs_the_same_with_two_authors_as_with_eight(dossier, client, ward):
    dossier.authors.filter(is_main=False).update(confirmed_at=None)
    counts = []
    for round_number in range(2):
        client.get(step(dossier, 2))
        with CaptureQueriesContext(connection) as few:
            assert client.get(step(dossier, 2)).status_code == 200
        counts.append(len(few))
        if not round_number:
            for name in ("nguoikhac", "vanthu", "quantri", "hoidong5", "hoidong6", "hoidong7"):
                add_author(dossier, staff=ward.users[name].staff, share=Decimal("1.00"))
    assert counts[0] == counts[1]
