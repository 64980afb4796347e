"""The seven steps as an author meets them: saving, refusals in words, nothing typed lost."""

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ideas.authorship import add_author, start_dossier
from ideas.models import Field, Initiative
from tests.html import assert_sound

from . import builders
from .form_builders import address, pdf, reread, step, typed

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def ward():
    return builders.make_ward()


@pytest.fixture
def empty(ward, client):
    """A dossier just begun, its author signed in."""
    client.force_login(ward.tacgia)
    return start_dossier(ward.tacgia, "Bảng màu")


def test_a_dossier_is_written_from_first_to_last_step_without_script(ward, client):
    """Every act is a plain form: begin, seven steps, confirm, submit."""
    client.force_login(ward.tacgia)
    begun = client.post("/sang-kien/ho-so/moi/", {"title": "Nhắc hạn bằng bảng màu"})
    initiative = Initiative.objects.get()
    assert begun.url == step(initiative, 1)

    def save(number, **values):
        answer = client.post(step(initiative, number), typed(initiative, number, **values))
        assert answer.status_code == 302, answer.content.decode()
        return answer.url

    field = Field.objects.first()
    one = {"title": "Nhắc hạn bằng bảng màu", "kind": "operational_solution", "field": field.pk}
    assert save(1, **one, problem="Trả chậm.") == step(initiative, 2) + "?da-luu=1"
    added = {"staff": ward.dongtacgia.staff.pk, "share": "40", "q": "do minh"}
    assert client.post(address(initiative, "tac-gia/them/"), added).url == step(initiative, 2)
    main, other = reread(initiative).authors.all()
    save(2, **{f"share-{main.pk}": "60", f"share-{other.pk}": "40"})
    client.force_login(ward.dongtacgia)
    assert client.post(address(initiative, "xac-nhan/"), {"share": "40,00"}).status_code == 302
    client.force_login(ward.tacgia)
    save(3, first_applied_on="02/03/2026", investor="UBND phường Hưng Đạo", uses_public_money="no")
    words = ("prior_state", "description", "novelty", "applicability", "conditions")
    save(4, **dict.fromkeys(words, "Nói rõ."))
    save(5, benefit_by_author="Giảm 12 hồ sơ chậm.", benefit_amount="12.500.000", public_summary="Tóm tắt.")
    save(6, has_confidential_part="no", files=[pdf()], files_kind="evidence")
    sent = client.post(step(initiative, 7), {"pledge": "on"})
    initiative = reread(initiative)
    assert sent.url == initiative.get_absolute_url()
    assert initiative.state == "submitted"
    assert initiative.benefit_amount == Decimal(12_500_000)
    assert initiative.first_applied_on == date(2026, 3, 2)
    assert initiative.versions.count() == 1


@pytest.mark.parametrize("number", range(1, 8))
def test_every_step_is_a_sound_page_even_while_nothing_is_filled_in(empty, client, number):
    page = client.get(step(empty, number))
    assert page.status_code == 200
    assert_sound(page.content)


def test_a_half_done_step_is_saved_and_what_is_missing_is_listed_with_its_place(empty, client):
    answer = client.post(step(empty, 1), typed(empty, 1, title="Bảng màu dùng chung", then="stay"))
    assert answer.url == step(empty, 1) + "?da-luu=1"
    assert reread(empty).title == "Bảng màu dùng chung"
    page = client.get(step(empty, 2)).content.decode()
    assert f'href="{step(empty, 1)}#id_problem"' in page
    assert f'href="{step(empty, 1)}#id_kind_0"' in page
    assert f'href="{step(empty, 6)}#id_files"' in page


@pytest.mark.parametrize(
    ("number", "name", "wrong", "words"),
    [
        (3, "first_applied_on", "31/02/2026", "2/2026"),
        (3, "first_applied_on", "12/31/2026", "31"),
        (3, "first_applied_on", "2/3/26", "02/03/2026"),
        (3, "trial_applied_on", "hôm qua", "hôm qua"),
        (5, "benefit_amount", "abc", "abc"),
        (5, "benefit_amount", "-5", "0"),
        (5, "benefit_amount", "1.234,5", "1.234,5"),
        (5, "benefit_amount", "9" * 16, ""),
        (1, "title", "a" * 4_001, "4.001"),  # more than a draft keeps; less is kept and named
        (1, "kind", "magic", "magic"),
        (1, "field", "999999", ""),
    ],
)
def test_a_wrong_value_is_refused_at_its_field_and_everything_typed_stays(
    empty, client, number, name, wrong, words
):
    """Also what is right beside it: it stands in the page again, unsaved."""
    beside = {1: "problem", 3: "investor", 5: "public_summary"}[number]
    page = client.post(
        step(empty, number), typed(empty, number, **{name: wrong, beside: "Chữ giữ nguyên từng dấu"})
    )
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {name}
    text = page.content.decode()
    assert "Chữ giữ nguyên từng dấu" in text
    if name not in ("kind", "field"):
        assert wrong in text
        assert words in " ".join(page.context["form"].errors[name])
    assert f'href="#id_{name}' in text  # the summary leads to the field
    assert_sound(page.content)
    assert getattr(reread(empty), beside) == ""


def test_the_end_of_first_use_cannot_lie_before_its_beginning(empty, client):
    page = client.post(
        step(empty, 3),
        typed(empty, 3, first_applied_on="02/03/2026", first_use_ended_on="01/03/2026"),
    )
    assert list(page.context["form"].errors) == ["first_use_ended_on"]


def test_text_is_stored_composed_whatever_the_keyboard_sent(empty, client):
    decomposed = unicodedata.normalize("NFD", "Đổi mới cách nhắc hạn")
    client.post(step(empty, 1), typed(empty, 1, title=decomposed, problem=decomposed + "\r\nDòng hai"))
    stored = reread(empty)
    assert stored.title == unicodedata.normalize("NFC", "Đổi mới cách nhắc hạn")
    assert stored.problem == "Đổi mới cách nhắc hạn\nDòng hai"
    assert stored.title_key == "doi moi cach nhac han"


@pytest.mark.parametrize(("text", "amount"), [("1.234.000", 1234000), ("1234000 đ", 1234000), ("0", 0)])
def test_amounts_are_taken_as_people_write_them(empty, client, text, amount):
    client.post(step(empty, 5), typed(empty, 5, benefit_amount=text))
    assert reread(empty).benefit_amount == amount


def test_saving_without_a_change_raises_no_version(empty, client):
    before = reread(empty).edit_version
    client.post(step(empty, 1), typed(empty, 1, title=empty.title))
    assert reread(empty).edit_version == before


def test_a_step_that_does_not_exist_is_not_found(empty, client):
    assert client.get(step(empty, 8)).status_code == 404
    assert client.get(step(empty, 0)).status_code == 404
    assert client.post(step(empty, 7) + "luu/").status_code == 404


def test_an_ended_session_loses_nothing_typed(ward, client):
    """The POST comes signed out; after signing in the same page holds the text."""
    client.force_login(ward.tacgia)
    initiative = start_dossier(ward.tacgia, "Bảng màu")
    client.get(step(initiative, 4))  # the browser remembers who writes here
    posted = typed(initiative, 4, description="Chữ gõ lúc phiên đã hết")
    client.cookies.pop("sessionid")
    away = client.post(step(initiative, 4), posted)
    assert away.url.startswith("/tai-khoan/login/")
    back = client.post(
        "/tai-khoan/login/",
        {"login": "tacgia", "password": builders.PASSWORD, "next": step(initiative, 4)},
    )
    page = client.get(back.url)
    assert "Chữ gõ lúc phiên đã hết" in page.content.decode()
    assert reread(initiative).description == ""  # nothing is sent by itself
    client.post(step(initiative, 4), posted)
    assert reread(initiative).description == "Chữ gõ lúc phiên đã hết"


def test_lists_cost_as_many_queries_with_thirty_dossiers_as_with_one(ward, client):
    client.force_login(ward.tacgia)
    start_dossier(ward.tacgia, "Hồ sơ 1")
    client.get("/sang-kien/ho-so/")
    with CaptureQueriesContext(connection) as one:
        client.get("/sang-kien/ho-so/")
    for number in range(29):
        start_dossier(ward.tacgia, f"Hồ sơ {number + 2}")
    with CaptureQueriesContext(connection) as thirty:
        page = client.get("/sang-kien/ho-so/")
    assert len(page.context["drafts"]) == 30
    assert len(thirty) == len(one)


def test_whoever_has_no_dossier_yet_is_told_the_first_step(ward, client):
    client.force_login(ward.nguoikhac)
    page = client.get("/sang-kien/ho-so/")
    assert page.context["nothing"]
    assert 'href="/sang-kien/ho-so/moi/"' in page.content.decode()
    assert_sound(page.content)


def test_the_list_shows_drafts_what_is_under_way_and_what_is_over(ward, client):
    builders.submitted(ward)
    builders.declined(ward)
    start_dossier(ward.tacgia, "Bản nháp")
    client.force_login(ward.tacgia)
    page = client.get("/sang-kien/ho-so/")
    sections = [
        [row["initiative"].state for row in page.context[n]] for n in ("drafts", "under_way", "finished")
    ]
    assert sections == [["draft"], ["submitted"], ["declined"]]
    assert_sound(page.content)


def test_every_line_of_what_is_missing_leads_to_a_place_that_is_there(empty, client):
    """Each step names all of it, with the step where it is not this one; the parts are counted."""
    empty.authors.update(birth_date=None)
    add_author(empty, full_name="Lê Thị Mơ", birth_date=None, share="10.00")
    lines = {}
    for number in range(1, 8):
        page = client.get(step(empty, number))
        links = page.context["missing"]
        assert len(links) > 14
        lines[number] = {line.url for line in links}
        assert page.context["parts_all"] == 6
        assert page.context["parts_done"] == 0
    assert len(set(map(frozenset, lines.values()))) == 1
    for url in lines[1]:
        address, anchor = url.split("#")
        assert f'id="{anchor}"' in client.get(address).content.decode(), url


def test_a_finished_form_says_that_every_part_is_complete(ward, client):
    client.force_login(ward.tacgia)
    page = client.get(step(builders.draft(ward), 7))
    assert (page.context["parts_done"], page.context["parts_all"], page.context["missing"]) == (6, 6, [])
