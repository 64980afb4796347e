"""The score sheet as a member meets it: empty at first, kept while typed, sent once, never seen by others."""

import hashlib
import json
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ideas import evaluation, workflow
from ideas.authorship import add_author
from ideas.models import FrozenResult, Initiative, ScoreSheet
from ideas.moves import Refused
from ideas.vacancies import pass_on_vacated_seats
from notifications.models import Notification, OutboxMail
from people.models import ServiceSpell, User
from people.roles import Role, set_up_role
from scoring.freezing import freeze
from scoring.result import SheetValues, compute
from tests.html import assert_sound

from . import builders

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LETTER = "33,5"  # points nobody else writes: found anywhere, they leaked
FULL = {"points-tinh-moi": LETTER, "points-ap-dung": "22", "points-loi-ich": "25,5"}


@pytest.fixture
def ward():
    return builders.make_ward()


@pytest.fixture
def dossier(ward):
    return builders.evaluating(ward)


def sheet_of(user, dossier=None):
    sheets = ScoreSheet.objects.in_force().filter(staff=user.staff)
    return sheets.get(initiative=dossier) if dossier else sheets.get()


def address(sheet, tail=""):
    return f"/sang-kien/phieu-cham/{sheet.pk}/{tail}"


def typed(sheet, **values):
    sheet.refresh_from_db()
    return {"edit_version": sheet.edit_version, "comment": "", **values}


def inputs(html):
    return dict(re.findall(r'<input type="text" name="(points-[\w-]+)"(?: value="([^"]*)")?', html))


# ---- filling in


def test_a_sheet_starts_empty_and_shows_no_total(client, ward, dossier):
    sheet = sheet_of(ward.hoidong1)
    client.force_login(ward.hoidong1)
    html = client.get(address(sheet)).content.decode()
    assert inputs(html) == dict.fromkeys(FULL, "")
    assert sheet.points.count() == 0
    assert "0/3" in html or "0 of 3" in html or "0" in html
    assert_sound(html)


def test_comma_and_point_are_the_same_number_and_the_page_gives_back_the_comma(client, ward, dossier):
    sheet = sheet_of(ward.hoidong1)
    client.force_login(ward.hoidong1)
    values = {"points-tinh-moi": "8,5", "points-ap-dung": "8.5"}
    assert client.post(address(sheet), typed(sheet, **values)).status_code == 302
    kept = {p.criterion: p.points for p in sheet.points.all() if p.points is not None}
    assert kept == {"tinh-moi": Decimal("8.5"), "ap-dung": Decimal("8.5")}
    html = client.get(address(sheet), HTTP_ACCEPT_LANGUAGE="vi").content.decode()
    assert inputs(html) == {"points-tinh-moi": "8,5", "points-ap-dung": "8,5", "points-loi-ich": ""}


@pytest.mark.parametrize("wrong", ["NaN", "41", "-1", "8,25", "8,5e1", "tám", "1.234", "inf", "８"])
def test_what_cannot_stand_is_marked_by_its_field_and_nothing_typed_is_lost(client, ward, dossier, wrong):
    sheet = sheet_of(ward.hoidong1)
    client.force_login(ward.hoidong1)
    values = {"points-tinh-moi": wrong, "points-ap-dung": "22", "comment": "Dễ làm theo."}
    answer = client.post(address(sheet), typed(sheet, **values))
    assert answer.status_code == 422
    html = answer.content.decode()
    assert inputs(html)["points-tinh-moi"] == wrong
    assert "Dễ làm theo." in html
    assert 'href="#id_points-tinh-moi"' in html
    assert_sound(html)
    kept = {p.criterion: p.points for p in sheet.points.all() if p.points is not None}
    assert kept == {"ap-dung": Decimal(22)}


def test_autosave_answers_with_the_new_version_and_gives_the_total_only_when_whole(client, ward, dossier):
    sheet = sheet_of(ward.hoidong1)
    client.force_login(ward.hoidong1)
    part = dict(list(FULL.items())[:2])
    first = client.post(address(sheet, "luu/"), typed(sheet, **part)).json()
    assert (first["standing"]["total"], first["standing"]["grade"]) == ("", "")
    assert first["standing"]["scored"] == 2 and first["errors"] == {}
    whole = client.post(address(sheet, "luu/"), {**FULL, "edit_version": first["version"]}).json()
    assert whole["standing"]["total"] == "81"
    assert whole["standing"]["grade"] == "Loại B"
    sheet.refresh_from_db()
    assert (sheet.state, sheet.edit_version) == ("draft", whole["version"])


def test_autosave_names_the_wrong_field_and_keeps_the_right_ones(client, ward, dossier):
    sheet = sheet_of(ward.hoidong1)
    client.force_login(ward.hoidong1)
    values = {"points-tinh-moi": "8,25", "points-ap-dung": "22"}
    answer = client.post(address(sheet, "luu/"), typed(sheet, **values)).json()
    assert list(answer["errors"]) == ["points-tinh-moi"]
    assert answer["standing"]["done"] == ["ap-dung"]


def test_two_windows_meet_a_conflict_and_both_versions_are_shown(client, ward, dossier):
    sheet = sheet_of(ward.hoidong1)
    client.force_login(ward.hoidong1)
    old = typed(sheet)
    client.post(address(sheet), typed(sheet, **{"points-tinh-moi": "30"}))
    behind = client.post(address(sheet, "luu/"), {**old, "points-tinh-moi": "12"})
    assert behind.status_code == 409 and behind.json()["message"]
    answer = client.post(address(sheet), {**old, "points-tinh-moi": "12"})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert inputs(html)["points-tinh-moi"] == "12"
    assert "<b>30</b>" in html
    assert sheet.points.get(criterion="tinh-moi").points == 30
    again = client.post(address(sheet), typed(sheet, **{"points-tinh-moi": "12"}))
    assert again.status_code == 302
    assert sheet.points.get(criterion="tinh-moi").points == 12


def test_what_was_typed_survives_an_expired_session(client, ward, dossier):
    sheet = sheet_of(ward.hoidong1)
    client.force_login(ward.hoidong1)
    client.get(address(sheet))
    client.cookies.pop("sessionid")
    gone = client.post(address(sheet), typed(sheet, **FULL))
    assert gone.status_code == 302 and "/tai-khoan/login/" in gone["Location"]
    assert client.post(address(sheet, "luu/"), typed(sheet, **FULL)).status_code == 401
    client.post("/tai-khoan/login/", {"login": "hoidong1", "password": builders.PASSWORD})
    assert inputs(client.get(address(sheet)).content.decode())["points-tinh-moi"] == LETTER
    assert sheet.points.count() == 0


# ---- sending


def test_an_incomplete_sheet_is_not_sent_and_says_what_is_missing(client, ward, dossier):
    sheet = sheet_of(ward.hoidong1)
    client.force_login(ward.hoidong1)
    answer = client.post(address(sheet), typed(sheet, act="send", **{"points-tinh-moi": "30"}))
    assert answer.status_code == 422
    assert "Khả năng áp dụng" in answer.content.decode()
    assert client.post(address(sheet, "gui/"), {"edit_version": 1}).status_code == 302
    sheet.refresh_from_db()
    assert sheet.state == "draft"


def test_sending_asks_first_and_then_sends_once(client, ward, dossier):
    sheet = sheet_of(ward.hoidong1)
    client.force_login(ward.hoidong1)
    asked = client.post(address(sheet), typed(sheet, act="send", **FULL))
    assert asked["Location"] == address(sheet, "gui/")
    page = client.get(asked["Location"])
    assert page.status_code == 200
    assert_sound(page.content)
    sheet.refresh_from_db()
    assert sheet.state == "draft"
    sent = {"edit_version": sheet.edit_version}
    assert client.post(asked["Location"], sent)["Location"] == "/sang-kien/phieu-cham/"
    assert client.post(asked["Location"], sent).status_code == 302
    sheet.refresh_from_db()
    assert sheet.state == "submitted"
    assert dossier.history.filter(transition="sheet_sent").count() == 1
    read = client.get(address(sheet))
    assert LETTER in read.content.decode() and "data-score-sheet" not in read.content.decode()
    assert client.post(address(sheet), typed(sheet, **FULL)).status_code == 403
    assert client.post(address(sheet, "luu/"), typed(sheet, **FULL)).status_code == 403
    paper = client.get(address(sheet, "in/"))
    assert LETTER in paper.content.decode()
    assert_sound(paper.content)


def test_a_sheet_changed_after_the_question_is_not_sent_unseen(client, ward, dossier):
    sheet = sheet_of(ward.hoidong1)
    client.force_login(ward.hoidong1)
    client.post(address(sheet), typed(sheet, act="send", **FULL))
    sheet.refresh_from_db()
    asked = sheet.edit_version
    client.post(address(sheet, "luu/"), typed(sheet, **{**FULL, "points-tinh-moi": "1"}))
    assert client.post(address(sheet, "gui/"), {"edit_version": asked})["Location"] == address(sheet)
    sheet.refresh_from_db()
    assert sheet.state == "draft"


def test_the_last_sheet_closes_and_the_result_can_be_computed_again(client, ward, dossier):
    for user in ward.voters:
        client.force_login(user)
        sheet = sheet_of(user)
        client.post(address(sheet), typed(sheet, act="send", **FULL))
        sheet.refresh_from_db()
        client.post(address(sheet, "gui/"), {"edit_version": sheet.edit_version})
    dossier = builders.fresh(dossier)
    assert dossier.state == "evaluated"
    result = dossier.results.get()
    assert hashlib.sha256(result.payload.encode()).hexdigest() == result.sha256
    assert (result.submitted, result.expected, result.mean) == (7, 7, Decimal("81.00"))
    rubric = dossier.rubric.rubric
    sheets = [SheetValues(str(s.seat.number), s.values("").points) for s in dossier.sheets.all()]
    again = freeze(compute(rubric, sheets, expected=7), rubric, sheets)
    assert (again.sha256, again.canonical.decode()) == (result.sha256, result.payload)


def test_drafts_at_the_close_are_not_counted_and_only_their_owner_reads_them(client, ward, dossier):
    sheets = list(dossier.sheets.all())
    for sheet in sheets[:5]:
        builders.send_sheet(sheet)
    draft = sheets[5]
    builders.evaluation.save_sheet(
        draft.staff.user, draft, {"tinh-moi": Decimal("33.5")}, "", base_version=draft.edit_version
    )
    closed = workflow.move(builders.fresh(dossier), "close_evaluation", ward.thuky)
    result = FrozenResult.objects.get(initiative=closed)
    assert (result.submitted, result.expected) == (5, 7)
    assert "33.5" not in json.dumps(json.loads(result.payload)["sheets"])
    client.force_login(draft.staff.user)
    assert LETTER in client.get(address(draft)).content.decode()
    assert client.post(address(draft), typed(draft, **FULL)).status_code == 403
    client.force_login(ward.chutich)
    assert client.get(address(draft)).status_code == 404


# ---- blindness


def whoever_could_peep(ward):
    root = User.objects.create_superuser("goc", "goc@hungdao.example", builders.PASSWORD)
    set_up_role(root, Role.ADMINISTRATOR, "test")
    names = (
        "chutich phochutich thuky hoidong2 hoidong5 tacgia dongtacgia nguoikhac lanhdao cappho vanthu quantri"
    )
    return [root, *(ward.users[name] for name in names.split())]


@pytest.mark.parametrize("sent", [False, True])
def test_nobody_reads_anothers_points_before_the_close_by_any_way(client, ward, dossier, sent):
    sheet = sheet_of(ward.hoidong1)
    points = {"tinh-moi": Decimal("33.5"), "ap-dung": Decimal(22), "loi-ich": Decimal("25.5")}
    write = evaluation.submit_sheet if sent else evaluation.save_sheet
    write(ward.hoidong1, sheet, points, "Lời 33,5 bí mật", base_version=0)
    assert sheet.points.filter(points=Decimal("33.5")).exists()  # what could leak is there
    pages = [
        *(address(sheet, tail) for tail in ("", "luu/", "gui/", "khong-cham/", "in/", "dong/")),
        f"/sang-kien/hoi-dong/phieu/{sheet.pk}/thay/",
        f"/sang-kien/hoi-dong/phieu/{sheet.pk}/mo-lai/",
        "/sang-kien/hoi-dong/",
        f"/sang-kien/hoi-dong/dong/{dossier.code}/",
        f"/sang-kien/hoi-dong/phieu/{dossier.code}/",
        "/sang-kien/phieu-cham/",
        "/viec-cua-toi/",
        "/thong-bao/",
        dossier.get_absolute_url(),
    ]
    for user in whoever_could_peep(ward):
        client.force_login(user)
        for page in pages:
            for answer in (client.get(page), client.post(page, {**FULL, "edit_version": 1})):
                text = re.sub(r"<svg.*?</svg>", "", answer.content.decode(), flags=re.DOTALL)
                assert "33,5 bí mật" not in text and "33.5" not in text, (user.username, page)
                if page.startswith(address(sheet)):
                    assert answer.status_code in (404, 405), (user.username, page, answer.status_code)
    kept = [
        *Notification.objects.values_list("params", "subject", "link"),
        *OutboxMail.objects.values_list("body", "subject"),
    ]
    kept += dossier.history.values_list("reason", "details")
    assert "33.5" not in str(kept) and "33,5" not in str(kept)
    assert sheet.points.get(criterion="tinh-moi").points == Decimal("33.5")


def test_after_the_close_officers_and_the_head_read_and_nobody_else(client, ward):
    dossier = builders.evaluated(ward)
    sheet = ScoreSheet.objects.get(initiative=dossier, staff=ward.hoidong1.staff)
    allowed = {"hoidong1", "chutich", "phochutich", "thuky", "lanhdao"}
    seen = set()
    for name, user in ward.users.items():
        client.force_login(user)
        if client.get(address(sheet)).status_code == 200:
            seen.add(name)
    assert seen == allowed


def test_a_reopened_evaluation_is_blind_again(client, ward):
    dossier = builders.evaluated(ward)
    sheet = ScoreSheet.objects.get(initiative=dossier, staff=ward.hoidong1.staff)
    workflow.move(dossier, "reopen_evaluation", ward.chutich, reason="Thiếu minh chứng")
    for user in (ward.thuky, ward.lanhdao, ward.chutich):
        client.force_login(user)
        assert client.get(address(sheet)).status_code == 404
    client.force_login(ward.thuky)
    row = client.get(f"/sang-kien/hoi-dong/dong/{dossier.code}/").content.decode()
    assert "80,00" not in row and "80.00" not in row


def test_a_member_who_is_author_has_no_way_in_though_a_sheet_names_them(client, ward, dossier):
    sheet = sheet_of(ward.hoidong1)
    add_author(dossier, staff=ward.hoidong1.staff, share=Decimal("0.01"))
    client.force_login(ward.hoidong1)
    for tail in ("", "luu/", "gui/", "khong-cham/", "in/", "dong/"):
        assert client.get(address(sheet, tail)).status_code in (404, 405), tail
        assert client.post(address(sheet, tail), typed(sheet, **FULL)).status_code in (404, 405), tail
    assert client.get("/sang-kien/phieu-cham/").context["to_do"] == []
    assert sheet.points.count() == 0


def test_the_head_who_is_author_does_not_read_the_sheets(client, ward):
    dossier = builders.evaluated(ward)
    add_author(dossier, staff=ward.lanhdao.staff, share=Decimal("0.01"))
    client.force_login(ward.lanhdao)
    assert client.get(address(dossier.sheets.first())).status_code == 404


# ---- standing aside, leaving


def test_recusal_brings_the_alternate_and_erases_what_was_written(client, ward, dossier):
    sheet = sheet_of(ward.hoidong1)
    client.force_login(ward.hoidong1)
    client.post(address(sheet), typed(sheet, **FULL | {"comment": "Nháp"}))
    empty = client.post(address(sheet, "khong-cham/"), {"reason": "  "})
    assert empty.status_code == 422
    assert_sound(empty.content)
    assert client.post(address(sheet, "khong-cham/"), {"reason": "Em ruột tác giả"}).status_code == 302
    sheet.refresh_from_db()
    assert (sheet.state, sheet.comment, sheet.points.count()) == ("recused", "", 0)
    stand_in = dossier.sheets.get(staff=ward.hoidong5.staff)
    assert (stand_in.seat_id, stand_in.state, stand_in.points.count()) == (sheet.seat_id, "todo", 0)
    assert Notification.objects.filter(recipient=ward.hoidong5, event="ideas.to_score").count() == 1
    assert Notification.objects.filter(recipient=ward.thuky, event="ideas.member_recused").count() == 1
    assert client.get(address(sheet)).status_code == 404
    assert "Em ruột" not in str(list(Notification.objects.values_list("params", flat=True)))
    client.force_login(ward.hoidong5)
    assert client.get(address(stand_in)).status_code == 200


def test_who_leaves_the_service_passes_the_unsent_sheet_on_and_keeps_the_sent_one(client, ward, dossier):
    sent, unsent = sheet_of(ward.hoidong1), sheet_of(ward.hoidong2)
    builders.send_sheet(sent)
    yesterday = timezone.localdate() - timedelta(days=1)
    ServiceSpell.objects.filter(staff__in=(sent.staff, unsent.staff)).update(end_before=yesterday)
    client.force_login(ward.hoidong2)
    assert client.post(address(unsent), typed(unsent, **FULL)).status_code == 403
    assert pass_on_vacated_seats() == 1
    assert pass_on_vacated_seats() == 0
    sent.refresh_from_db(), unsent.refresh_from_db()
    assert (sent.state, unsent.state) == ("submitted", "void")
    assert dossier.sheets.get(seat=unsent.seat, state="todo").staff == ward.hoidong5.staff


def test_an_expert_without_service_here_has_not_left(ward, dossier):
    ServiceSpell.objects.filter(staff=ward.hoidong1.staff).delete()
    assert pass_on_vacated_seats() == 0


def test_one_seat_short_of_a_quorum_asks_for_alternates(ward):
    dossier = builders.accepted(ward)
    ward.appointment.seats.filter(role="alternate").update(staff=None)
    ward.appointment.seats.filter(role="member").update(staff=None)
    with pytest.raises(Refused) as refused:
        workflow.move(dossier, "start_evaluation", ward.thuky)
    assert refused.value.answer.reason == "appoint_alternates"
    assert refused.value.answer.params == {"eligible": 3, "needed": 5}


def test_seats_left_empty_at_the_start_are_filled_once_alternates_are_named(ward):
    dossier = builders.accepted(ward)
    alternates = {seat.pk: seat.staff for seat in ward.appointment.seats.filter(role="alternate")}
    ward.appointment.seats.filter(role="alternate").update(staff=None)
    ward.appointment.seats.filter(number=7).update(staff=None)
    dossier = workflow.move(dossier, "start_evaluation", ward.thuky)
    assert dossier.sheets.count() == 6
    for pk, staff in alternates.items():
        ward.appointment.seats.filter(pk=pk).update(staff=staff)
    pass_on_vacated_seats()
    assert dossier.sheets.get(seat__number=7).staff == ward.hoidong5.staff


# ---- the work page


def test_the_work_page_lists_the_sheets_to_do_with_the_draft_s_progress(client, ward, dossier):
    other = builders.evaluating(ward, title="Một việc khác")
    builders.send_sheet(sheet_of(ward.hoidong1, other))
    sheet = sheet_of(ward.hoidong1, dossier)
    evaluation.save_sheet(ward.hoidong1, sheet, {"tinh-moi": Decimal(30)}, "", base_version=0)
    client.force_login(ward.hoidong1)
    section = next(s for s in client.get("/viec-cua-toi/").context["sections"] if s.items)
    assert section.progress == (1, 2)
    item = section.items[0]
    assert (item.code, item.link, item.due) == (dossier.code, address(sheet), ward.round.scoring_due_on)
    assert "1" in item.note and "3" in item.note


def test_the_lists_of_a_member_cost_the_same_for_few_and_many(client, ward):
    client.force_login(ward.hoidong1)
    costs = []
    for count in (1, 6):
        for number in range(count):
            builders.evaluating(ward, title=f"Sáng kiến {number}")
        for page in ("/viec-cua-toi/", "/sang-kien/phieu-cham/"):
            with CaptureQueriesContext(connection) as caught:
                client.get(page)
            costs.append((page, len(caught)))
    assert costs[:2] == costs[2:]


def test_a_term_that_is_over_leaves_reading_and_takes_writing(client, ward, dossier):
    sheet = sheet_of(ward.hoidong1)
    ward.appointment.__class__.objects.update(end_before=date(2026, 2, 1))
    client.force_login(ward.hoidong1)
    assert client.post(address(sheet), typed(sheet, **FULL)).status_code == 403
    assert Initiative.objects.on_board_of(ward.thuky).count() == 0
