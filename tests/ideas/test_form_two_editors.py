"""Autosave, and two people in one draft: nobody's words are overwritten without a choice."""

import json

import pytest

from editing.differences import own_words
from ideas.authorship import start_dossier
from tests.html import assert_policy_safe, assert_sound

from . import builders
from .form_builders import base, reread, step, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward():
    return builders.make_ward()


@pytest.fixture
def dossier(ward, client):
    client.force_login(ward.tacgia)
    return builders.draft(ward)


def autosave(client, dossier, number, **values):
    return client.post(step(dossier, number) + "luu/", typed(dossier, number, **values))


def test_autosave_says_when_it_saved_and_hands_out_the_new_base(dossier, client):
    answer = autosave(client, dossier, 4, description="Chữ mới")
    assert answer.status_code == 200
    said = answer.json()
    assert said["changed"] == ["description"]
    assert said["edit_version"] == reread(dossier).edit_version
    assert said["base"]["description"] == json.loads(base(dossier, 4))["description"]
    assert reread(dossier).description == "Chữ mới"


def test_autosave_saves_what_is_right_and_names_what_is_wrong(dossier, client):
    typed_in = {"first_applied_on": "31/02/2026", "investor": "Tác giả", "uses_public_money": "no"}
    answer = autosave(client, dossier, 3, **typed_in)
    said = answer.json()
    assert list(said["errors"]) == ["id_first_applied_on"]
    assert said["changed"] == ["investor"]
    assert reread(dossier).investor == "Tác giả"
    assert reread(dossier).first_applied_on == dossier.first_applied_on


def test_autosave_never_touches_shares(dossier, client):
    assert client.post(step(dossier, 2) + "luu/", typed(dossier, 2)).status_code == 404
    assert reread(dossier).authors.get(is_main=False).is_confirmed


def test_autosave_signed_out_is_401_and_changes_nothing(dossier, client):
    client.logout()
    answer = autosave(client, dossier, 4, description="Chữ mới")
    assert answer.status_code == 401
    assert answer.json()["message"]
    assert reread(dossier).description != "Chữ mới"


def test_autosave_of_a_dossier_that_was_submitted_is_410(dossier, client, ward):
    posted = typed(dossier, 4, description="Muộn")
    builders.workflow.move(dossier, "submit", ward.tacgia)
    answer = client.post(step(dossier, 4) + "luu/", posted)
    assert answer.status_code == 410
    assert reread(dossier).description != "Muộn"


def test_autosave_is_for_those_who_write_in_it(dossier, client, ward):
    for user in (ward.nguoikhac, ward.thuky, ward.lanhdao, ward.quantri):
        client.force_login(user)
        assert autosave(client, dossier, 4, description="X").status_code == 404
    assert client.get(step(dossier, 4) + "luu/").status_code == 405


def edit_by_the_other(client, ward, dossier, **values):
    client.force_login(ward.dongtacgia)
    assert autosave(client, dossier, 4, **values).status_code == 200
    client.force_login(ward.tacgia)


def test_two_people_in_different_fields_are_merged_without_a_word(dossier, client, ward):
    mine = typed(dossier, 4, description="Của tôi", novelty=dossier.novelty)
    edit_by_the_other(client, ward, dossier, novelty="Của đồng nghiệp")
    assert client.post(step(dossier, 4), mine).status_code == 302
    stored = reread(dossier)
    assert (stored.description, stored.novelty) == ("Của tôi", "Của đồng nghiệp")


def test_an_autosave_answer_gives_no_new_base_for_what_others_changed(dossier, client, ward):
    """Else the next save would take the old text on the page for a change on purpose."""
    mine = typed(dossier, 4, description="Của tôi", novelty=dossier.novelty)
    edit_by_the_other(client, ward, dossier, novelty="Của đồng nghiệp")
    said = client.post(step(dossier, 4) + "luu/", mine).json()
    assert "novelty" not in said["base"]
    again = {**mine, "base": json.dumps(json.loads(mine["base"]) | said["base"]), "description": "Của tôi 2"}
    client.post(step(dossier, 4) + "luu/", again)
    assert reread(dossier).novelty == "Của đồng nghiệp"


@pytest.fixture
def clash(dossier, client, ward):
    """I hold a page drawn before the other saved two of its fields."""
    mine = typed(dossier, 4, description="Vàng còn 2 ngày", novelty="Mới của tôi", conditions="Máy tính")
    edit_by_the_other(client, ward, dossier, description="Vàng còn 3 ngày", novelty="Mới của bạn")
    return mine


def test_autosave_of_a_clash_is_409_and_writes_nothing(dossier, client, clash):
    answer = client.post(step(dossier, 4) + "luu/", clash)
    assert answer.status_code == 409
    assert "Đỗ Minh Tuấn" in answer.json()["message"]
    assert reread(dossier).conditions == dossier.conditions


def test_the_conflict_page_shows_both_versions_and_chooses_nothing(dossier, client, clash):
    page = client.post(step(dossier, 4), clash)
    assert page.status_code == 409
    text = page.content.decode()
    assert_sound(page.content)
    assert [row["name"] for row in page.context["rows"]] == ["description", "novelty"]
    assert "<ins>2</ins>" in text
    assert "<ins>3</ins>" in text
    assert "checked" not in text
    assert reread(dossier).description == "Vàng còn 3 ngày"


def as_posted(page, **choices):
    posted = dict(page.context["hidden"])
    posted |= {f"seen-{row['name']}": row["seen"] for row in page.context["rows"]}
    return posted | choices


def test_half_a_choice_is_named_and_kept(dossier, client, clash):
    page = client.post(step(dossier, 4), clash)
    again = client.post(step(dossier, 4), as_posted(page, **{"choice-description": "mine"}))
    assert again.status_code == 409
    assert [row["choice"] for row in again.context["rows"]] == ["mine", ""]
    assert len(again.context["open_rows"]) == 1
    assert reread(dossier).description == "Vàng còn 3 ngày"


def test_the_choices_are_saved_with_everything_else_that_was_typed(dossier, client, clash):
    page = client.post(step(dossier, 4), clash)
    choices = {"choice-description": "mine", "choice-novelty": "theirs"}
    assert client.post(step(dossier, 4), as_posted(page, **choices)).status_code == 302
    stored = reread(dossier)
    assert (stored.description, stored.novelty, stored.conditions) == (
        "Vàng còn 2 ngày",
        "Mới của bạn",
        "Máy tính",
    )


@pytest.mark.parametrize(("all_of", "kept"), [("mine", "Vàng còn 2 ngày"), ("theirs", "Vàng còn 3 ngày")])
def test_one_button_keeps_all_of_one_version(dossier, client, clash, all_of, kept):
    page = client.post(step(dossier, 4), clash)
    client.post(step(dossier, 4), as_posted(page, all=all_of))
    assert reread(dossier).description == kept


def test_a_version_that_changed_while_choosing_is_shown_again(dossier, client, ward, clash):
    page = client.post(step(dossier, 4), clash)
    edit_by_the_other(client, ward, dossier, description="Lần ba")
    again = client.post(step(dossier, 4), as_posted(page, all="mine"))
    assert again.status_code == 409
    assert reread(dossier).description == "Lần ba"


def test_the_same_text_from_both_is_no_clash(dossier, client, ward):
    mine = typed(dossier, 4, description="Như nhau")
    edit_by_the_other(client, ward, dossier, description="Như nhau")
    assert client.post(step(dossier, 4), mine).status_code == 302


@pytest.mark.parametrize("forged", ["", "[]", "{", '{"description": 7}', "null"])
def test_a_broken_base_is_no_error(dossier, client, forged):
    answer = client.post(step(dossier, 4), {"base": forged, "description": "Chữ"})
    assert answer.status_code in (302, 409)


def test_marking_the_words_that_differ_keeps_the_text_whole():
    mine, theirs = "vàng còn 2  ngày\nđỏ", "vàng còn 3  ngày"
    pieces = own_words(mine, theirs)
    assert "".join(words for words, _ in pieces) == mine
    assert [words.strip() for words, only in pieces if only] == ["2", "đỏ"]


def test_texts_are_escaped_on_the_conflict_page(dossier, client, ward):
    mine = typed(dossier, 4, description="<script>alert(1)</script>")
    edit_by_the_other(client, ward, dossier, description="<b>đậm</b>")
    text = client.post(step(dossier, 4), mine).content.decode()
    assert "<script>alert" not in text
    assert "<b>đậm" not in text


def test_autosave_takes_nothing_one_person_typed_in_the_name_of_another(dossier, client, ward):
    """Both are authors, so the rules of access alone would let it in."""
    mine = typed(dossier, 4, description="Của tôi", writer=str(ward.tacgia.pk))
    client.force_login(ward.dongtacgia)
    answer = client.post(step(dossier, 4) + "luu/", mine)
    assert answer.status_code == 403
    assert client.post(step(dossier, 4), mine).status_code == 409
    assert "Của tôi" not in client.get(step(dossier, 4)).content.decode()
    assert reread(dossier).description != "Của tôi"
    client.force_login(ward.tacgia)
    assert "Của tôi" in client.get(step(dossier, 4)).content.decode()
    assert client.post(step(dossier, 4), mine).status_code == 302
    assert reread(dossier).description == "Của tôi"


def test_what_is_missing_follows_the_autosave(client, ward):
    client.force_login(ward.tacgia)
    empty = start_dossier(ward.tacgia, "Bảng màu")
    place = f'href="{step(empty, 1)}#id_problem"'
    assert place in client.get(step(empty, 1)).content.decode()
    standing = step(empty, 1) + "con-thieu/"
    assert place in client.get(standing).content.decode()
    autosave(client, empty, 1, title="Bảng màu", problem="Không ai nhắc hạn.")
    part = client.get(standing)
    assert place not in part.content.decode()
    assert_policy_safe(part.content)
    assert client.get(step(empty, 9) + "con-thieu/").status_code == 404
