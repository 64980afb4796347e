"""The dossier page: what each reader finds on it, and what nobody does."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from ideas import workflow
from ideas.models import HistoryEntry, Initiative, Round, ScoreSheet, SheetPoint
from people.models import Staff
from tests.html import assert_policy_safe, assert_sound
from trust.append_only import Frozen

from . import builders
from .starting import starting
from .test_dossier_steps import english

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TABS = ("", "?phan=tac-gia", "?phan=tep", "?phan=nhat-ky", "?ban=1")
SECRET = "Mật khẩu bảng dùng chung"
EVERYBODY = (
    "tacgia",
    "dongtacgia",
    "thuky",
    "chutich",
    "phochutich",
    "lanhdao",
    "hoidong1",
    "hoidong4",
)


def page_of(client, user, initiative, tail=""):
    english(client, user)
    return client.get(f"{initiative.get_absolute_url()}{tail}")


def everything(client, user, initiative):
    """All a person can read on the dossier's pages, in one text."""
    tails = (*TABS, "hien-trang/", "kiem-tra/", "khieu-nai/", "buoc/close_evaluation/")
    return "".join(page_of(client, user, initiative, tail).content.decode() for tail in tails)


# ---- who finds it

SIGHT = {
    builders.draft: {"tacgia", "dongtacgia"},
    builders.submitted: {"tacgia", "dongtacgia", "thuky", "chutich", "phochutich", "lanhdao"},
    builders.evaluating: {*EVERYBODY},
    builders.recognised: {*EVERYBODY},
}


@pytest.mark.parametrize(("start", "finders"), SIGHT.items(), indirect=["start"], scope="module")
def test_who_finds_the_dossier(client, ward, initiative, finders):
    for name in (*EVERYBODY, "nguoikhac", "quantri", "vanthu", "cappho"):
        expected = 200 if name in finders else 404
        for tail in (*TABS[:4], "hien-trang/"):
            response = page_of(client, ward.users[name], initiative, tail)
            assert (name, tail, response.status_code) == (name, tail, expected)
            (assert_policy_safe if tail == "hien-trang/" else assert_sound)(response.content)


@starting(builders.submitted)
def test_a_deputy_finds_it_under_a_recorded_delegation_alone(client, ward, initiative):
    assert page_of(client, ward.cappho, initiative).status_code == 404
    builders.delegate(ward)
    assert page_of(client, ward.cappho, initiative).status_code == 200


@starting(builders.submitted)
def test_signed_out_people_are_sent_to_sign_in(client, ward, initiative):
    for tail in (*TABS, "hien-trang/", "buoc/accept/", "kiem-tra/", "khieu-nai/"):
        response = client.get(f"{initiative.get_absolute_url()}{tail}")
        assert (response.status_code, "/tai-khoan/login/" in response.headers["Location"]) == (302, True)


@starting(builders.submitted)
@pytest.mark.parametrize(
    "tail", ["?phan=khac", "?ban=9", "?ban=0", "?ban=-1", "?ban=abc", "?ban=²", "?ban=" + "9" * 99]
)
def test_a_tab_or_version_that_is_not_there(client, ward, initiative, tail):
    assert page_of(client, ward.tacgia, initiative, tail).status_code == 404


# ---- blindness


def points_given(initiative):
    """Points nobody could mistake for anything else on the page."""
    for number, sheet in enumerate(initiative.sheets.all()):
        sheet.points.update(points=Decimal("33.5") + Decimal(number) / 100)
    return [f"{mark}{tail}" for mark in ("33.5", "33,5") for tail in ("", "0", "1", "2")]


@starting(builders.evaluating)
def test_before_the_close_no_role_finds_a_point_anywhere(client, ward, initiative):
    for sheet in list(initiative.sheets.select_related("initiative__rubric", "staff__user"))[:5]:
        builders.send_sheet(sheet, comment="Nhận xét kín của ủy viên")
    marks = points_given(builders.fresh(initiative))
    assert SheetPoint.objects.filter(sheet__initiative=initiative, points__gte=33).count() == 15
    for name in EVERYBODY:
        text = everything(client, ward.users[name], initiative)
        assert [mark for mark in marks if mark in text] == []
        assert "Result of scoring" not in text
        assert "Nhận xét kín" not in text
        assert "5/7 sheets in" in text


@starting(builders.evaluated)
def test_a_reopened_scoring_hides_the_result_again(client, ward, initiative):
    assert "Result of scoring" in page_of(client, ward.thuky, initiative).content.decode()
    sheet = initiative.sheets.first()
    workflow.move(initiative, "reopen_evaluation", ward.chutich, reason="Nhầm", sheets=[sheet.pk])
    for name in EVERYBODY:
        assert "Result of scoring" not in everything(client, ward.users[name], initiative)


@pytest.mark.parametrize(
    ("start", "readers"),
    [
        (builders.evaluated, {"thuky", "chutich", "phochutich", "lanhdao"}),
        (builders.voted, {"thuky", "chutich", "phochutich", "lanhdao"}),
        (builders.declined, {*EVERYBODY}),
        (builders.recognised, {*EVERYBODY}),
    ],
    indirect=["start"],
    scope="module",
)
def test_who_reads_the_frozen_result(client, ward, initiative, readers):
    result = initiative.results.get()
    for name in EVERYBODY:
        text = page_of(client, ward.users[name], initiative).content.decode()
        shown = [result.sha256 in text, "80.00" in text, "7/7</dd>" in text]
        assert (name, shown) == (name, [name in readers] * 3)


def test_an_officer_who_is_an_author_reads_the_result_with_the_authors(client, ward):
    ward.users["tacgia"] = ward.phochutich
    initiative = builders.evaluated(ward)
    assert "Result of scoring" not in page_of(client, ward.phochutich, initiative).content.decode()
    assert "Result of scoring" in page_of(client, ward.thuky, initiative).content.decode()


def test_the_head_who_is_an_author_reads_no_sheet_before_the_decision(ward):
    from ideas.access import may_read_sheet

    ward.users["tacgia"] = ward.lanhdao
    initiative = builders.evaluated(ward)
    sheet = initiative.sheets.select_related("initiative", "seat__appointment").first()
    assert may_read_sheet(ward.lanhdao, sheet) is False
    assert may_read_sheet(ward.chutich, sheet) is True


@starting(builders.evaluating)
def test_authors_read_comments_without_names_after_the_decision(client, ward, initiative):
    sheets = list(initiative.sheets.select_related("initiative__rubric", "staff__user"))
    for number, sheet in enumerate(sheets):
        builders.send_sheet(sheet, comment=f"Nhận xét {9 - number}")
    builders.put_to_vote(ward, builders.fresh(initiative))
    assert "Nhận xét 9" not in page_of(client, ward.tacgia, initiative).content.decode()
    workflow.move(builders.fresh(initiative), "recognise", ward.lanhdao, **builders.decision())
    text = everything(client, ward.tacgia, initiative)
    page = page_of(client, ward.tacgia, initiative).content.decode()
    at = [page.index(f"Nhận xét {number}") for number in range(3, 10)]
    assert at == sorted(at)  # by their words: the order of seats would give the names away
    names = {sheet.staff.full_name for sheet in sheets if sheet.staff != ward.thuky.staff}
    assert [name for name in names if name in text] == []
    assert "Nhận xét 9" not in page_of(client, ward.hoidong1, initiative).content.decode()


@starting(builders.evaluating)
def test_inside_steps_are_told_to_authors_without_name_and_reason(client, ward, initiative):
    from ideas import evaluation

    sheet = initiative.sheets.select_related("initiative__rubric", "staff__user").get(
        staff=ward.hoidong1.staff
    )
    builders.send_sheet(sheet)
    evaluation.reopen_sheet(ward.chutich, sheet, "Chấm nhầm tiêu chí hai")
    author = page_of(client, ward.tacgia, initiative, "?phan=nhat-ky").content.decode()
    officer = page_of(client, ward.thuky, initiative, "?phan=nhat-ky").content.decode()
    assert ("A score sheet was sent" in author, "Vũ Thị Lan" in author, "Chấm nhầm" in author) == (
        True,
        False,
        False,
    )
    assert ("A score sheet was sent" in officer, "Vũ Thị Lan" in officer, "Chấm nhầm" in officer) == (
        True,
    ) * 3


# ---- the confidential part


@starting(builders.submitted)
def test_the_confidential_part_is_read_flagged_and_nowhere_else(client, ward, initiative):
    assert SECRET in Initiative.objects.get(pk=initiative.pk).confidential_part
    for name in ("tacgia", "thuky", "lanhdao"):
        page = page_of(client, ward.users[name], initiative).content.decode()
        assert page.count(SECRET) == 1
        assert page.index("Confidential: do not copy") < page.index(SECRET)
        for tail in ("?phan=tac-gia", "?phan=tep", "?phan=nhat-ky", "hien-trang/", "khieu-nai/"):
            assert SECRET not in page_of(client, ward.users[name], initiative, tail).content.decode()
    assert SECRET not in page_of(client, ward.thuky, initiative, "kiem-tra/").content.decode()
    assert SECRET not in page_of(client, ward.nguoikhac, initiative).content.decode()
    assert page_of(client, ward.tacgia, initiative).headers["Cache-Control"].count("no-store") == 1


# ---- versions and hashes


@starting(builders.submitted)
def test_while_the_author_completes_others_read_what_was_submitted(client, ward, initiative):
    workflow.move(initiative, "request_supplement", ward.thuky, reason="Thêm số liệu")
    builders.fill_form(initiative, description="Đang viết dở", title="Tên mới")
    page = page_of(client, ward.thuky, initiative).content.decode()
    assert ("Đang viết dở" in page, "Tên mới" in page, "Một bảng màu" in page) == (False, False, True)


@starting(builders.submitted)
def test_two_versions_and_what_changed_between_them(client, ward, initiative):
    workflow.move(initiative, "request_supplement", ward.thuky, reason="Thêm số liệu")
    builders.fill_form(initiative, description="Bản đã bổ sung số liệu quý III.")
    workflow.move(builders.fresh(initiative), "resubmit", ward.tacgia)
    first, second = initiative.versions.all()
    now = page_of(client, ward.thuky, initiative).content.decode()
    before = page_of(client, ward.thuky, initiative, "?ban=1").content.decode()
    assert ("quý III" in now, "quý III" in before) == (True, False)
    assert (now.count("changed</span>"), before.count("changed</span>")) == (1, 0)
    assert (first.sha256 in now, second.sha256 in now) == (True, True)
    assert "A newer one was submitted since" in before


@starting(builders.submitted)
def test_a_text_that_no_longer_matches_its_hash_is_flagged(client, ward, initiative):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE ideas_submittedversion SET payload = replace(payload, 'đỏ', 'tím')")
    assert "no longer matches its check code" in page_of(client, ward.thuky, initiative).content.decode()


# ---- the state of things


@starting(builders.submitted)
def test_a_blocked_step_says_why_who_and_until_when(client, ward, initiative):
    due = initiative.formality_due_on.strftime("%d/%m/%Y")
    keeper = page_of(client, ward.thuky, initiative).content.decode()
    assert f"The checklist has 8 items left. Who can: council secretary. By {due}." in keeper
    author = page_of(client, ward.tacgia, initiative).content.decode()
    assert f"Only the council&#x27;s secretary can do this. By {due}." in author
    assert "buoc/accept/" not in keeper + author


@starting(builders.accepted)
def test_the_main_button_is_one(client, ward, initiative):
    page = page_of(client, ward.thuky, initiative).content.decode()
    assert page.count("btn-primary") == 1
    assert 'class="btn btn-primary" id="viec-start_evaluation"' in page


def test_a_moved_day_is_explained(client, ward):
    from ideas.clocks import why_moved

    Round.objects.update(**builders.open_around(builders.moment("2026-11-06 08:00")))
    initiative = builders.submitted(ward, builders.moment("2026-11-06 14:05"))
    assert initiative.formality_due_on == date(2026, 12, 7)
    page = page_of(client, ward.thuky, initiative).content.decode()
    assert "Until the end of Monday, 07/12/2026." in page
    assert "Sunday, 06/12/2026 is a weekend day" in page
    with translation.override("en"):
        assert "public holiday" in why_moved(date(2026, 8, 2), 1, date(2026, 9, 3))
    assert why_moved(date(2026, 11, 6), 1, date(2026, 12, 6)) == ""


@starting(builders.draft)
def test_the_clocks_of_a_dossier_through_its_life(ward, initiative):
    from ideas.clocks import clocks_of

    def codes(initiative):
        return [(clock.code, clock.is_running) for clock in clocks_of(builders.fresh(initiative))]

    assert codes(initiative) == [("decision", False), ("one_year", True)]
    initiative = builders.submitted(ward)
    assert codes(initiative) == [("formality", True), ("decision", False), ("one_year", False)]
    workflow.move(initiative, "request_supplement", ward.thuky, reason="Thiếu")
    assert codes(initiative) == [("supplement", True), ("decision", False), ("one_year", False)]
    assert codes(builders.evaluating(ward)) == [("formality", False), ("decision", True), ("one_year", False)]
    recognised = builders.recognised(ward)
    assert codes(recognised) == [("formality", False), ("decision", False), ("one_year", False)]


@starting(builders.submitted)
def test_the_receipt_keeps_the_day_that_was_promised(client, ward, initiative):
    due = initiative.formality_due_on.strftime("%d/%m/%Y")
    Initiative.objects.filter(pk=initiative.pk).update(formality_due_on=timezone.localdate())
    assert f"no. 1, answer by {due}" in page_of(client, ward.tacgia, initiative).content.decode()


@starting(builders.submitted)
def test_the_live_part_names_what_it_replaces(client, ward, initiative):
    page = page_of(client, ward.thuky, initiative).content.decode()
    live = page_of(client, ward.thuky, initiative, "hien-trang/").content.decode()
    assert f'data-refresh="initiative:{initiative.pk}"' in page
    for part in ("tien-trinh", "viec", "ket-qua", "thoi-han"):
        assert (page.count(f'id="{part}"'), live.count(f'id="{part}"')) == (1, 1)
    assert "<html" not in live


# ---- the history


@starting(builders.accepted)
def test_the_history_cannot_be_changed_and_outlives_an_account(client, ward, initiative):
    line = initiative.history.get(transition="accept")
    for attempt in (
        lambda: line.save(),
        lambda: line.delete(),
        lambda: HistoryEntry.objects.update(reason=""),
        lambda: HistoryEntry.objects.all().delete(),
    ):
        with pytest.raises(Frozen):
            attempt()
    values = ("at", "transition", "actor_name", "actor_code", "actor_role", "reason", "user_id")
    before = list(initiative.history.values_list(*values))
    Staff.objects.filter(user=ward.thuky).update(user=None)
    type(ward.thuky).objects.get(pk=ward.thuky.pk).delete()
    assert list(initiative.history.values_list(*values)) == before
    page = page_of(client, ward.chutich, initiative, "?phan=nhat-ky").content.decode()
    assert "Trần Văn Bình, council secretary" in page


@starting(builders.evaluating)
def test_thirty_lines_and_sheets_cost_no_query_more_than_one(
    client, ward, initiative, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    initiative = builders.fresh(initiative)
    for name in ("thuky", "tacgia", "lanhdao"):
        english(client, ward.users[name])
        client.get(initiative.get_absolute_url())
        with CaptureQueriesContext(
            connection,
        ) as few:
            client.get(f"{initiative.get_absolute_url()}?phan=nhat-ky")
        with CaptureQueriesContext(connection) as few_first:
            client.get(initiative.get_absolute_url())
        grow(initiative, ward)
        with django_assert_num_queries(len(few)):
            client.get(f"{initiative.get_absolute_url()}?phan=nhat-ky")
        with django_assert_num_queries(len(few_first)):
            client.get(initiative.get_absolute_url())
        assert len(few_first) <= 45


def grow(initiative, ward):
    """Thirty more lines, given-up sheets and files."""
    now = timezone.now()
    HistoryEntry.objects.bulk_create(
        HistoryEntry(
            initiative=initiative,
            at=now + timedelta(seconds=number),
            transition="sheet_sent",
            from_state="evaluating",
            to_state="evaluating",
            user=ward.hoidong1,
            actor_name="Vũ Thị Lan",
            actor_role="member",
        )
        for number in range(30)
    )
    sheet = initiative.sheets.first()
    ScoreSheet.objects.bulk_create(
        ScoreSheet(
            initiative=initiative,
            evaluation_number=sheet.evaluation_number,
            seat=sheet.seat,
            staff=sheet.staff,
            version=sheet.version,
            state="void",
        )
        for _ in range(30)
    )
    for number in range(5):
        builders.attach(initiative, name=f"them-{number}.pdf")
