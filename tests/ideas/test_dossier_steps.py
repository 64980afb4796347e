"""Every step of the workflow as somebody takes it on its page: by the right person, by others, twice."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ideas import complaints, workflow
from ideas.forms.steps import STEPS
from ideas.models import Attachment, Decision, HistoryEntry, Initiative, ScoreSheet
from ideas.moves import OutsideTheDoor
from tests.html import assert_sound

from . import builders
from .starting import starting

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def pdf(name="quyet-dinh.pdf"):
    return SimpleUploadedFile(name, builders.PDF, "application/pdf")


def decision():
    return {"number": "468/QĐ-UBND", "decided_on": timezone.localdate().strftime("%d/%m/%Y"), "file": pdf()}


# ---- dossiers just before each step


def expired(ward):
    initiative = workflow.move(
        builders.submitted(ward), "request_supplement", ward.thuky, reason="Thiếu xác nhận"
    )
    workflow.expire_overdue(timezone.now() + timedelta(days=70))
    return builders.fresh(initiative)


def accept_ready(ward):
    from ideas import formality

    initiative = builders.submitted(ward)
    for item in formality.CHECKLIST:
        formality.tick(initiative, ward.thuky, item, True)
    return initiative


def most_sheets_in(ward):
    initiative = builders.evaluating(ward)
    for sheet in initiative.sheets.select_related("initiative__rubric", "staff__user")[:5]:
        builders.send_sheet(sheet)
    return initiative


def asked_to_complete(ward):
    return builders.voted(ward, conclusion="complete_again", votes_for=2)


def short_of_votes(ward):
    return builders.voted(ward, votes_for=2)


def complained(ward):
    initiative = builders.fresh(builders.declined(ward))
    complaint = complaints.file_complaint(initiative, ward.tacgia, text="Chưa tính số liệu quý III.")
    complaints.take_up(complaint, ward.lanhdao)
    complaints.settle(complaint, ward.lanhdao, outcome="accepted", answer="Chấp nhận, xét lại.")
    return initiative


def author_gone(ward):
    initiative = builders.submitted(ward)
    ward.tacgia.is_active = False
    ward.tacgia.save()
    return initiative


def consented(ward):
    other = builders.submitted(ward, title="Bảng nhắc hạn dùng chung toàn phường")
    initiative = builders.submitted(ward)
    builders.attach(initiative, "merge_consent", "dong-thuan.pdf")
    initiative.surviving_code = other.code
    return initiative


AGAINST = {"public_reason": "Trùng", "reason": "Đã có ở phường khác"}
# transition, the state before, who may, who may not, what is typed, the state after
TABLE = [
    ("request_supplement", builders.submitted, "thuky", "tacgia", {"reason": "X"}, "supplement_requested"),
    ("accept", accept_ready, "thuky", "chutich", {}, "accepted"),
    ("refuse", builders.submitted, "thuky", "lanhdao", {"public_reason": "Không phải giải pháp"}, "refused"),
    ("late_accept", expired, "thuky", "tacgia", {"reason": "Tác giả ốm"}, "submitted"),
    ("start_evaluation", builders.accepted, "thuky", "chutich", {}, "evaluating"),
    ("close_evaluation", most_sheets_in, "thuky", "hoidong1", {}, "evaluated"),
    ("reopen_evaluation", builders.evaluated, "chutich", "thuky", {"reason": "Nhầm phiên bản"}, "evaluating"),
    ("complete_again", asked_to_complete, "thuky", "chutich", {"reason": "Sửa"}, "supplement_requested"),
    ("recognise", builders.voted, "lanhdao", "chutich", {}, "recognised"),
    ("decline", builders.voted, "lanhdao", "thuky", AGAINST, "declined"),
    ("reconsider", complained, "lanhdao", "thuky", {"reason": "Khiếu nại đúng"}, "evaluating"),
    ("correct", builders.recognised, "lanhdao", "tacgia", {"reason": "Sai chức danh"}, "recognised"),
    ("revoke", builders.recognised, "lanhdao", "chutich", {"public_reason": "Khai không đúng"}, "revoked"),
    ("withdraw", builders.evaluating, "tacgia", "dongtacgia", {"reason": "Làm lại"}, "withdrawn"),
    ("hand_over", author_gone, "thuky", "dongtacgia", {"reason": "Đã chuyển công tác"}, "submitted"),
    ("merge", consented, "thuky", "tacgia", {"reason": "Cùng một việc"}, "merged"),
]  # fmt: skip
IDS = [row[0] for row in TABLE]


def url(initiative, transition):
    return f"{initiative.get_absolute_url()}buoc/{transition}/"


def typed(initiative, transition, words):
    """What the form of this step is sent with, besides its words."""
    last = initiative.history.order_by("-pk").first()
    data = {"seen": last.pk, **words}
    if transition in ("recognise", "correct", "revoke"):
        data |= decision()
    if transition == "reopen_evaluation":
        data["sheets"] = [initiative.sheets.first().pk]
    if transition == "complete_again":
        data["due_on"] = (timezone.localdate() + timedelta(days=30)).strftime("%d/%m/%Y")
    if transition == "hand_over":
        data["new_main_author"] = initiative.authors.get(is_main=False).pk
    if transition == "merge":
        data["surviving"] = initiative.surviving_code.lower()
    return data


def english(client, user):
    client.force_login(user)
    client.cookies["ngon_ngu"] = "en"
    return client


def state_of(initiative):
    return Initiative.objects.values_list("state", flat=True).get(pk=initiative.pk)


def test_every_step_that_a_person_takes_has_its_page():
    by_other_means = {"submit", "resubmit", "expire"}
    assert set(STEPS) == set(workflow.TRANSITIONS) - by_other_means == set(IDS)


@pytest.mark.parametrize(
    ("transition", "start", "right", "wrong", "words", "after"),
    TABLE,
    ids=IDS,
    indirect=["start"],
    scope="module",
)
class TestEveryStep:
    def test_the_right_person_takes_it(
        self, client, ward, initiative, transition, right, wrong, words, after
    ):
        english(client, ward.users[right])
        page = client.get(url(initiative, transition))
        assert page.status_code == 200
        assert_sound(page.content)
        answer = client.post(url(initiative, transition), typed(initiative, transition, words))
        assert (answer.status_code, answer.headers.get("Location")) == (302, initiative.get_absolute_url())
        assert state_of(initiative) == after
        line = HistoryEntry.objects.filter(initiative=initiative, transition=transition).get()
        assert (line.user, line.actor_name) == (ward.users[right], ward.users[right].display_name)

    def test_somebody_else_is_told_who_can(
        self, client, ward, initiative, transition, right, wrong, words, after
    ):
        state, lines = initiative.state, initiative.history.count()
        english(client, ward.users[wrong])
        data = typed(initiative, transition, words)
        for answer in (
            client.get(url(initiative, transition)),
            client.post(url(initiative, transition), data),
        ):
            assert answer.status_code == 403
            assert "Only " in answer.content.decode()
        assert (state_of(initiative), initiative.history.count()) == (state, lines)

    def test_whoever_cannot_open_the_dossier_finds_nothing(
        self, client, ward, initiative, transition, right, wrong, words, after
    ):
        data = typed(initiative, transition, words)
        for name in ("nguoikhac", "quantri"):
            english(client, ward.users[name])
            assert client.get(url(initiative, transition)).status_code == 404
            assert client.post(url(initiative, transition), data).status_code == 404

    def test_a_second_click_is_told_when_and_by_whom(
        self, client, ward, initiative, transition, right, wrong, words, after
    ):
        english(client, ward.users[right])
        data = typed(initiative, transition, words)
        assert client.post(url(initiative, transition), data).status_code == 302
        if "file" in data:
            data["file"] = pdf()
        second = client.post(url(initiative, transition), data)
        page = second.content.decode()
        assert second.status_code == 409
        assert f"by {ward.users[right].display_name}" in page
        assert initiative.history.filter(transition=transition).count() == 1
        assert_sound(page)


@pytest.mark.parametrize("name", ["submit", "resubmit", "expire", "checklist", "khong-co"])
def test_other_names_have_no_step_page(client, ward, name):
    english(client, ward.tacgia)
    initiative = builders.draft(ward)
    assert client.get(url(initiative, name)).status_code == 404
    assert client.post(url(initiative, name), {}).status_code == 404


@starting(builders.submitted)
def test_what_was_typed_signed_out_is_given_back_after_signing_in(client, ward, initiative):
    address = url(initiative, "refuse")
    sent = client.post(address, {"seen": 0, "public_reason": "Đã nêu trong công văn 12"})
    assert "/tai-khoan/login/" in sent.headers["Location"]
    client.post(sent.headers["Location"], {"login": "thuky", "password": builders.PASSWORD})
    assert state_of(initiative) == "submitted"
    assert "Đã nêu trong công văn 12</textarea>" in client.get(address).content.decode()


@starting(builders.voted)
def test_a_missing_reason_is_named_by_its_field_and_nothing_typed_is_lost(client, ward, initiative):
    english(client, ward.lanhdao)
    data = {"number": "468/QĐ-UBND <b>", "decided_on": "31/02/2026", "file": pdf()}
    page = client.post(url(initiative, "recognise"), data).content.decode()
    assert 'value="468/QĐ-UBND &lt;b&gt;"' in page
    assert 'value="31/02/2026"' in page
    assert "choose it again" in page
    assert_sound(page)
    assert state_of(initiative) == "evaluated"


@starting(builders.voted)
def test_the_workflows_answer_stands_by_its_field(client, ward, initiative):
    english(client, ward.lanhdao)
    data = {**decision(), "decided_on": "02/01/2026"}
    page = client.post(url(initiative, "recognise"), data).content.decode()
    assert "dated before the council met" in page
    assert 'id="id_decided_on_error"' in page
    assert Decision.objects.count() == 0


@starting(builders.voted)
def test_a_refused_decision_leaves_no_file_behind(client, ward, initiative, settings):
    english(client, ward.lanhdao)
    client.post(url(initiative, "recognise"), {**decision(), "decided_on": "02/01/2026"})
    from pathlib import Path

    assert list(Path(settings.PRIVATE_ROOT).glob("decisions/**/*.pdf")) == []


@starting(builders.voted)
def test_a_page_that_pretends_to_be_a_pdf_is_refused(client, ward, initiative):
    english(client, ward.lanhdao)
    fake = SimpleUploadedFile("quyet-dinh.pdf", b"<html>", "application/pdf")
    answer = client.post(url(initiative, "recognise"), {**decision(), "file": fake})
    assert answer.status_code == 200
    assert 'id="id_file_error"' in answer.content.decode()
    assert state_of(initiative) == "evaluated"


def test_a_decision_without_enough_votes_is_refused_in_words(client, ward):
    initiative = builders.voted(ward, votes_for=3)
    english(client, ward.lanhdao)
    assert "3 of 7 seats agreed" in client.get(url(initiative, "recognise")).content.decode()
    assert client.get(url(initiative, "recognise")).status_code == 403
    page = client.post(url(initiative, "recognise"), decision())
    assert "3 of 7 seats agreed" in page.content.decode()
    assert state_of(initiative) == "evaluated"


@starting(accept_ready)
def test_a_late_acceptance_asks_for_its_reason(client, ward, initiative):
    english(client, ward.thuky)
    assert "Why the check took longer" not in client.get(url(initiative, "accept")).content.decode()
    Initiative.objects.filter(pk=initiative.pk).update(
        formality_due_on=timezone.localdate() - timedelta(days=1)
    )
    assert "Why the check took longer" in client.get(url(initiative, "accept")).content.decode()
    page = client.post(url(initiative, "accept"), {}).content.decode()
    assert "Write why it took longer" in page
    assert client.post(url(initiative, "accept"), {"reason": "Chờ xác nhận"}).status_code == 302


@starting(builders.voted)
def test_a_decline_against_the_vote_needs_the_heads_own_reason(client, ward, initiative):
    english(client, ward.lanhdao)
    page = client.post(url(initiative, "decline"), {"public_reason": "Trùng"}).content.decode()
    assert "own reason for deciding otherwise" in page
    assert state_of(initiative) == "evaluated"


@starting(short_of_votes)
def test_a_decline_keeps_its_signed_paper_where_there_is_one(client, ward, initiative):
    english(client, ward.lanhdao)
    assert (
        client.post(url(initiative, "decline"), {"public_reason": "Chưa mới", **decision()}).status_code
        == 302
    )
    kept = Decision.objects.get()
    assert (kept.kind, kept.number, len(kept.sha256)) == ("decline", "468/QĐ-UBND", 64)
    paper = client.get(f"{initiative.get_absolute_url()}quyet-dinh/{kept.pk}/")
    assert b"".join(paper.streaming_content) == builders.PDF
    assert "attachment" in paper.headers["Content-Disposition"]
    english(client, ward.nguoikhac)
    assert client.get(f"{initiative.get_absolute_url()}quyet-dinh/{kept.pk}/").status_code == 404


@starting(short_of_votes)
def test_a_decline_with_a_day_to_come_is_refused(client, ward, initiative):
    english(client, ward.lanhdao)
    tomorrow = (timezone.localdate() + timedelta(days=1)).strftime("%d/%m/%Y")
    page = client.post(url(initiative, "decline"), {"public_reason": "Chưa mới", "decided_on": tomorrow})
    assert "lies in the future" in page.content.decode()
    assert state_of(initiative) == "evaluated"


def test_the_start_page_names_who_will_score_and_which_alternate_stands_in(client, ward):
    ward.appointment.seats.filter(staff=ward.hoidong1.staff).update(staff=None)
    initiative = builders.accepted(ward)
    english(client, ward.thuky)
    page = client.get(url(initiative, "start_evaluation")).content.decode()
    assert "Trịnh Thu Hiền" in page
    assert "alternate 8 stands in" in page
    ward.appointment.seats.filter(role="alternate").update(staff=None)
    assert "nobody can fill it" in client.get(url(initiative, "start_evaluation")).content.decode()


@starting(most_sheets_in)
def test_the_close_page_names_who_has_not_handed_in(client, ward, initiative):
    english(client, ward.thuky)
    page = client.get(url(initiative, "close_evaluation")).content.decode()
    assert "5 of 7 sheets are in" in page
    late = [s.staff.full_name for s in ScoreSheet.objects.filter(state="todo").select_related("staff")]
    assert len(late) == 2
    assert all(f"{name}</li>" in page for name in late)


@starting(builders.evaluated)
def test_reopening_gives_back_only_the_sheets_that_were_named(client, ward, initiative):
    english(client, ward.chutich)
    assert (
        "Choose at least one sheet"
        in client.post(url(initiative, "reopen_evaluation"), {"reason": "Nhầm"}).content.decode()
    )
    named = initiative.sheets.all()[2]
    client.post(url(initiative, "reopen_evaluation"), {"reason": "Nhầm", "sheets": [named.pk]})
    assert list(initiative.sheets.filter(state="draft")) == [named]
    assert initiative.sheets.filter(state="submitted").count() == 6


def test_a_forged_sheet_author_or_dossier_is_refused(client, ward):
    one, other = builders.evaluated(ward), builders.evaluated(ward, title="Việc khác")
    english(client, ward.chutich)
    forged = {"reason": "Nhầm", "sheets": [other.sheets.first().pk]}
    assert client.post(url(one, "reopen_evaluation"), forged).status_code == 200
    assert state_of(one) == "evaluated"

    hidden = builders.draft(ward, title="Bản nháp của người khác")
    english(client, ward.thuky)
    dossier = consented(ward)
    for code in (hidden.code, "SK-2026-HD99", "' OR 1=1 --", dossier.code):
        answer = client.post(url(dossier, "merge"), {"reason": "Gộp", "surviving": code})
        assert answer.status_code == 200
    assert state_of(dossier) == "submitted"

    gone = author_gone(ward)
    for author in (other.authors.get(is_main=False).pk, gone.authors.get(is_main=True).pk, 999999, "x"):
        answer = client.post(url(gone, "hand_over"), {"reason": "Nghỉ", "new_main_author": author})
        assert answer.status_code == 200
    assert gone.authors.get(is_main=True).staff == ward.tacgia.staff


@starting(builders.recognised)
def test_a_correction_is_not_made_twice_by_a_double_click(client, ward, initiative):
    english(client, ward.lanhdao)
    data = typed(initiative, "correct", {"reason": "Sai chức danh"})
    client.post(url(initiative, "correct"), data)
    client.post(url(initiative, "correct"), {**data, "file": pdf()})
    assert Decision.objects.filter(kind="correct").count() == 1


@starting(builders.submitted)
def test_called_outside_the_door_a_transition_leaves_no_trace(ward, initiative):
    lines = initiative.history.count()
    for name in ("refuse", "request_supplement", "withdraw"):
        with pytest.raises(OutsideTheDoor):
            getattr(initiative, name)(None)
    assert (state_of(initiative), initiative.history.count()) == ("submitted", lines)


# ---- the formality check


@starting(builders.submitted)
def test_the_list_is_ticked_item_by_item_and_logged_once(client, ward, initiative):
    from ideas.formality import CHECKLIST

    address = f"{initiative.get_absolute_url()}kiem-tra/"
    english(client, ward.thuky)
    assert_sound(client.get(address).content)
    for item in CHECKLIST:
        assert client.post(address, {"item": item, "done": "1"}).status_code == 302
    client.post(address, {"item": "kind", "done": "1"})
    assert initiative.history.filter(transition="checklist").count() == 1
    client.post(address, {"item": "kind", "done": "0"})
    assert "Open items" not in client.get(address).content.decode()
    assert "7 of 8 items checked" in client.get(address).content.decode()
    assert client.post(address, {"item": "khong-co", "done": "1"}).status_code == 400


@pytest.mark.parametrize(
    ("name", "status"), [("tacgia", 403), ("chutich", 403), ("lanhdao", 403), ("quantri", 404)]
)
@starting(builders.submitted)
def test_only_the_keeper_opens_the_list(client, ward, initiative, name, status):
    address = f"{initiative.get_absolute_url()}kiem-tra/"
    english(client, ward.users[name])
    assert client.get(address).status_code == status
    assert client.post(address, {"item": "form", "done": "1"}).status_code == status
    assert client.post(f"{address}van-ban/", {"kind": "merge_consent", "file": pdf()}).status_code == status
    initiative.refresh_from_db()
    assert initiative.formality_checklist == {}


@starting(builders.accepted)
def test_a_tick_after_the_acceptance_is_told_so(client, ward, initiative):
    english(client, ward.thuky)
    answer = client.post(f"{initiative.get_absolute_url()}kiem-tra/", {"item": "form", "done": "0"})
    assert answer.status_code == 409
    initiative.refresh_from_db()
    assert initiative.formality_checklist["form"] is True


@starting(builders.voted)
def test_the_secretary_attaches_the_superiors_approval(client, ward, initiative):
    address = f"{initiative.get_absolute_url()}kiem-tra/van-ban/"
    english(client, ward.thuky)
    assert client.post(address, {"kind": "evidence", "file": pdf()}).status_code == 200
    assert client.post(address, {"kind": "superior_approval"}).status_code == 200
    assert (
        client.post(address, {"kind": "superior_approval", "file": pdf("chap-thuan.pdf")}).status_code == 302
    )
    kept = Attachment.objects.get(kind="superior_approval")
    assert (kept.name, kept.uploaded_by) == ("chap-thuan.pdf", ward.thuky)
    assert initiative.history.get(transition="attach").actor_role == "secretary"
