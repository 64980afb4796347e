"""Similar initiatives while a dossier is written: a hint, of what is published alone, never in the way."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ideas import workflow
from ideas.authorship import start_dossier
from ideas.drafts import save_step
from ideas.models import ComparedText, Initiative
from ideas.similarity.access import rows_for_writers
from tests.html import assert_policy_safe, assert_sound

from . import builders
from .form_builders import base, reread, step, typed
from .similar_builders import COLOURS, COLOURS_AGAIN, similar_address, story
from .test_dossier_steps import english
from .test_similarity_finding import rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
HEADING = "Similar initiatives were recognised before"


@pytest.fixture
def ward():
    return builders.make_ward()


@pytest.fixture
def draft(ward):
    return start_dossier(ward.nguoikhac, "Tên chưa nói gì")


def ask(client, user, code=None, **texts):
    """One answer of the hint, the second before forgotten."""
    cache.delete(f"similar-asked-{user.pk}")
    english(client, user)
    return client.post(**similar_address(code, **texts))


# ---- while typing


def test_up_to_three_with_title_code_link_and_why(ward, client, draft):
    initiative = builders.recognised(ward, **COLOURS)
    answer = ask(client, ward.nguoikhac, draft.code, title=COLOURS_AGAIN["title"])
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'<a href="/sang-kien/{initiative.code}/">{COLOURS["title"]}</a>' in page
    assert "The name is nearly the same." in page
    assert "Both say “Bảng màu dùng chung”." in page  # as it was typed here
    assert "%" not in page
    assert_policy_safe(answer.content)


def test_what_the_page_has_no_field_for_is_taken_from_what_is_saved(ward, client, draft):
    builders.recognised(ward, **COLOURS)
    Initiative.objects.filter(pk=draft.pk).update(title=COLOURS_AGAIN["title"])
    assert HEADING in ask(client, ward.nguoikhac, draft.code, description="").content.decode()
    assert HEADING not in ask(client, ward.nguoikhac, draft.code, title="Việc khác hẳn").content.decode()


def test_before_a_dossier_begins_its_name_is_enough(ward, client):
    builders.recognised(ward, **COLOURS)
    assert HEADING in ask(client, ward.nguoikhac, title=COLOURS_AGAIN["title"]).content.decode()


def test_ones_own_recognised_one_is_shown_and_the_dossier_itself_is_not(ward, client):
    """To submit what is recognised already was a known trouble (legal.md §1.7)."""
    initiative = builders.recognised(ward, **COLOURS)
    again = start_dossier(ward.tacgia, COLOURS["title"])
    assert initiative.code in ask(client, ward.tacgia, again.code, title=again.title).content.decode()
    own = ask(client, ward.tacgia, initiative.code, title=initiative.title)
    assert initiative.code not in own.content.decode()


ODD = ("", " ", "?" * 2000, "Bảng màu " * 3000, "\x00\u202e‮ bảng", "🎉" * 50, "' OR 1=1 --", "a" * 2000)


@pytest.mark.parametrize("text", ODD)
def test_odd_input_is_no_error(ward, client, draft, text):
    builders.submitted(ward, **COLOURS)
    answer = ask(client, ward.nguoikhac, draft.code, title=text, problem=text, description=text)
    assert answer.status_code == 200


def test_one_answer_a_second_for_an_account_in_all_its_windows(ward, client, draft):
    english(client, ward.nguoikhac)
    other_window = type(client)()
    english(other_window, ward.nguoikhac)
    somebody_else = type(client)()
    english(somebody_else, ward.tacgia)
    assert client.post(**similar_address(draft.code, title="Bảng màu")).status_code == 200
    assert client.post(**similar_address(draft.code, title="Bảng màu")).status_code == 429
    refused = other_window.post(**similar_address(title="Bảng màu"))
    assert refused.status_code == 429
    assert refused["Retry-After"] == "1"
    assert somebody_else.post(**similar_address(title="Bảng màu")).status_code == 200
    with patch("time.time", return_value=(timezone.now() + timedelta(seconds=1.1)).timestamp()):
        assert client.post(**similar_address(draft.code, title="Bảng màu")).status_code == 200


def test_who_may_ask(ward, client, draft):
    assert client.post(**similar_address(title="Bảng màu")).status_code == 401
    assert ask(client, ward.tacgia, draft.code, title="Bảng màu").status_code == 404
    client.force_login(ward.nguoikhac)
    assert client.get("/sang-kien/ho-so/tuong-tu/").status_code == 405


# ---- nothing of what is not published

SECRET = "Bảng màu bí mật nhắc hạn hồ sơ dùng chung"
STATES = ("draft", "submitted", "evaluating", "voted", "declined")


@pytest.mark.parametrize("state", STATES)
def test_what_is_not_published_changes_not_a_byte(ward, client, draft, state):
    """Neither title nor code, nor a count, nor another sentence: the answers with and without it are one."""
    builders.recognised(ward, **COLOURS)
    typed_texts = {**COLOURS, "title": SECRET}
    before = ask(client, ward.nguoikhac, draft.code, **typed_texts).content
    Initiative.objects.filter(pk=draft.pk).update(**typed_texts)
    page_before = _page_without_what_differs(client, draft)
    secret = getattr(builders, state)(ward, **typed_texts)
    assert ask(client, ward.nguoikhac, draft.code, **typed_texts).content == before
    assert secret.code.encode() not in before
    assert _page_without_what_differs(client, draft) == page_before


def test_the_author_of_an_undecided_one_is_shown_it_no_more_than_others(ward, client):
    builders.submitted(ward, **COLOURS)
    again = start_dossier(ward.tacgia, COLOURS["title"])
    assert ask(client, ward.tacgia, again.code, **COLOURS).content.strip() == b""


def test_revoked_ones_are_no_longer_shown(ward, client, draft):
    initiative = builders.recognised(ward, **COLOURS)
    assert initiative.code in ask(client, ward.nguoikhac, draft.code, **COLOURS).content.decode()
    workflow.move(
        initiative,
        "revoke",
        ward.lanhdao,
        public_reason="Không trung thực.",
        **builders.decision("9/QĐ-UBND"),
    )
    assert ask(client, ward.nguoikhac, draft.code, **COLOURS).content.strip() == b""


def test_the_hint_reads_no_more_than_what_is_published(ward, draft):
    """The same work whatever lies unpublished: how long an answer takes tells nothing either."""
    for _ in range(3):
        builders.submitted(ward, **COLOURS)
    assert ComparedText.objects.count() == 3
    assert list(rows_for_writers(draft)) == []


def _page_without_what_differs(client, draft):
    page = client.get(step(draft, 1)).content.decode()
    return page.split('id="tuong-tu"')[1].split("</form>")[0]


# ---- without script, and what is told about the difference


def test_without_script_the_saved_step_shows_them(ward, client, draft):
    initiative = builders.recognised(ward, **COLOURS)
    english(client, ward.nguoikhac)
    for number in (1, 4):
        page = client.get(step(draft, number)).content.decode()
        assert HEADING not in page
        assert 'aria-live="polite"' in page
    values = typed(draft, 1, title=COLOURS_AGAIN["title"], problem="", then="stay")
    answer = client.post(step(draft, 1), values, follow=True)
    assert initiative.code in answer.content.decode()
    assert "In step 4 you can tell how yours differs." in answer.content.decode()
    assert_sound(answer.content)
    assert initiative.code in client.get(step(draft, 4)).content.decode()


def test_the_question_how_it_differs_stands_where_similar_ones_are_shown(ward, client, draft):
    english(client, ward.nguoikhac)
    hidden = '<div id="khac" class="stack" hidden>'
    assert hidden in client.get(step(draft, 4)).content.decode()
    builders.recognised(ward, **COLOURS)
    Initiative.objects.filter(pk=draft.pk).update(title=COLOURS_AGAIN["title"])
    answer = client.get(step(draft, 4))
    assert hidden not in answer.content.decode()
    assert "How does yours differ?" in answer.content.decode()
    assert_sound(answer.content)
    client.post(step(draft, 4), typed(draft, 4, difference="Nhắc cả qua điện thoại."))
    Initiative.objects.filter(pk=draft.pk).update(title="Khác hẳn")
    assert hidden not in client.get(step(draft, 4)).content.decode()  # what was told stays to be seen
    assert "Nhắc cả qua điện thoại." in client.get(step(draft, 7)).content.decode()


def test_it_is_saved_as_one_types_and_met_by_two_editors_like_any_field(ward, client):
    draft = builders.draft(ward)
    english(client, ward.tacgia)
    old = base(draft, 4)
    answer = client.post(f"{step(draft, 4)}luu/", typed(draft, 4, difference="Một."))
    assert answer.json()["changed"] == ["difference"]
    save_step(reread(draft), ward.dongtacgia, 4, {"difference": "Hai."}, {})
    answer = client.post(step(draft, 4), {"base": old, "difference": "Ba."})
    assert answer.status_code == 409
    assert "How does yours differ?" in answer.content.decode()


def test_it_is_no_gate(ward):
    """Nothing told, and something nearly the same recognised before: it is submitted all the same."""
    builders.recognised(ward, **COLOURS)
    assert builders.submitted(ward, **COLOURS).state == "submitted"


def test_a_failing_comparison_breaks_neither_saving_nor_submitting(ward, client, draft):
    """The piece of a page fails by itself; the form's own addresses do not ask it."""
    english(client, ward.nguoikhac)
    with patch("ideas.views.form.similar.hint_for", side_effect=RuntimeError):
        client.raise_request_exception = False
        assert client.post(**similar_address(draft.code, title="Bảng màu")).status_code == 500
        saved = client.post(f"{step(draft, 1)}luu/", typed(draft, 1, title="Bảng màu"))
    assert saved.status_code == 200
    assert reread(draft).title == "Bảng màu"


@pytest.mark.parametrize("count", [1, 30])
def test_the_steps_page_costs_the_same_whatever_was_recognised(ward, client, draft, count):
    made = rows_of(count, state="recognised")
    Initiative.objects.filter(pk=draft.pk).update(**COLOURS_AGAIN)
    english(client, ward.nguoikhac)
    client.get(step(draft, 1))
    with CaptureQueriesContext(connection) as caught:
        page = client.get(step(draft, 1)).content.decode()
    assert page.count("The name is similar") + page.count("The name is nearly") == min(len(made), 3)
    asked = [q["sql"] for q in caught if "ideas_comparedtext" in q["sql"]]
    assert len(asked) == 2


def test_a_story_of_another_subject_shows_nothing(ward, client, draft):
    builders.recognised(ward, **COLOURS)
    assert ask(client, ward.nguoikhac, draft.code, **story(1)).content.strip() == b""
