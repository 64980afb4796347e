"""Score sheets on paper: printed with a code, keyed by two people, compared, and only then a sheet."""

import re
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from ideas import evaluation
from ideas.evaluation import SheetRefused, can_score
from ideas.evaluation.comparing import Reading, differences
from ideas.files import SCAN, store_signed_file
from ideas.models import PaperSheet, ScoreSheet, SheetKeying
from notifications.models import Notification
from tests.html import assert_sound

from . import builders
from .starting import begun_by

pytestmark = [pytest.mark.django_db]
POINTS = {"tinh-moi": Decimal("33.5"), "ap-dung": Decimal(22), "loi-ich": Decimal("25.5")}
TYPED = {"points-tinh-moi": "33,5", "points-ap-dung": "22", "points-loi-ich": "25,5", "comment": "Làm được."}
WORDS = "Làm được."


start = begun_by(builders.evaluating)


@pytest.fixture
def dossier(initiative):
    return initiative


@pytest.fixture
def paper(ward, dossier):
    """The paper of one member; the secretary's own sheet is in."""
    builders.send_sheet(sheet_of(ward.thuky, dossier))
    return printed(ward, dossier, ward.hoidong1)


def sheet_of(user, dossier):
    return ScoreSheet.objects.in_force().get(staff=user.staff, initiative=dossier)


def printed(ward, dossier, member):
    evaluation.print_papers(ward.thuky, dossier, [sheet_of(member, dossier)])
    return loaded(PaperSheet.objects.get(sheet__staff=member.staff, dropped_at__isnull=True))


def loaded(paper):
    found = PaperSheet.objects.select_related("sheet__staff").prefetch_related("keyings").get(pk=paper.pk)
    found.sheet.initiative = builders.fresh(found.sheet.initiative)
    return found


def scan(mark=b"%diem-33.5\n"):
    return store_signed_file(ContentFile(builders.PDF + mark, name="phieu.pdf"), "paper-sheets", SCAN)


def key(user, paper, points=None, words=WORDS, *, with_scan=True):
    return evaluation.key_in(
        user, paper, POINTS if points is None else points, words, scan=scan() if with_scan else None
    )


def reason_of(act, *args, **kwargs):
    with pytest.raises(SheetRefused) as refused:
        act(*args, **kwargs)
    return refused.value.answer.reason


# ---- printing


def test_the_print_has_the_rubric_in_its_words_a_code_for_each_seat_and_no_point(client, ward, dossier):
    client.force_login(ward.thuky)
    answer = client.post(f"/sang-kien/hoi-dong/phieu/{dossier.code}/in-giay/")
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    reader = PdfReader(BytesIO(answer.content))
    assert len(reader.pages) == 7
    papers = PaperSheet.objects.select_related("sheet__staff").order_by("sheet__seat__number")
    for page, paper in zip(reader.pages, papers, strict=True):
        text = " ".join(page.extract_text().split())
        assert paper.shown_code in text and paper.sheet.staff.full_name in text
        assert dossier.title in text and "Bùi Thị Ngọc; Đỗ Minh Tuấn" in text
        for criterion in dossier.rubric.rubric.criteria:
            assert criterion.name in text and criterion.guidance in text
            assert all(band.label in text for band in criterion.bands)
        assert "Tôi không có xung đột lợi ích" in text and "(Ký, ghi rõ họ tên)" in text
    assert len({paper.code for paper in papers}) == 7


def test_printed_again_a_paper_keeps_its_code(ward, dossier):
    first = {paper.code for paper in evaluation.print_papers(ward.thuky, dossier, dossier.current_sheets)}
    again = {paper.code for paper in evaluation.print_papers(ward.thuky, dossier, dossier.current_sheets)}
    assert first == again and PaperSheet.objects.count() == 7


def test_only_who_keeps_the_dossier_prints(client, ward, dossier):
    for user in (ward.chutich, ward.hoidong1, ward.vanthu, ward.quantri):
        assert reason_of(evaluation.print_papers, user, dossier, dossier.current_sheets) == "only_secretary"
    client.force_login(ward.vanthu)
    assert client.post(f"/sang-kien/hoi-dong/phieu/{dossier.code}/in-giay/").status_code == 404


# ---- who keys


def test_the_secretary_keys_only_after_their_own_sheet(ward, dossier):
    paper = printed(ward, dossier, ward.hoidong1)
    assert reason_of(key, ward.thuky, paper) == "own_sheet_first"
    builders.send_sheet(sheet_of(ward.thuky, dossier))
    assert key(ward.thuky, loaded(paper)).role == "secretary"


def test_nobody_else_keys_and_a_member_never_their_own_paper(ward, paper):
    for name in ("quantri", "lanhdao", "chutich", "hoidong1", "hoidong2", "tacgia", "nguoikhac"):
        assert reason_of(key, ward.users[name], paper) == "only_keyers", name
    ward.hoidong1.groups.add(builders.Group.objects.get(name="records_clerk"))
    assert reason_of(key, type(ward.hoidong1).objects.get(pk=ward.hoidong1.pk), paper) == "own_paper_sheet"
    ward.hoidong2.groups.add(builders.Group.objects.get(name="records_clerk"))
    assert reason_of(key, type(ward.hoidong2).objects.get(pk=ward.hoidong2.pk), paper) == "own_sheet_first"
    assert not SheetKeying.objects.exists()


def test_one_person_does_not_key_twice_and_a_role_keys_once(ward, paper):
    second_clerk = builders.make_user("vanthu2", "Cao Văn Hai", "records_clerk")
    key(ward.vanthu, paper)
    for user in (ward.vanthu, second_clerk):
        assert reason_of(key, user, loaded(paper)) == "paper_keyed_already"
    ward.thuky.groups.add(builders.Group.objects.get(name="records_clerk"))
    both = type(ward.thuky).objects.get(pk=ward.thuky.pk)
    assert key(both, loaded(paper), with_scan=False).role == "secretary"


def test_an_author_who_is_a_clerk_meets_no_paper_of_the_own_dossier(client, ward, paper):
    ward.dongtacgia.groups.add(builders.Group.objects.get(name="records_clerk"))
    client.force_login(ward.dongtacgia)
    assert client.get(paper.get_absolute_url()).status_code == 404
    assert paper.shown_code not in client.get("/sang-kien/phieu-giay/").content.decode()
    fresh = type(ward.dongtacgia).objects.get(pk=ward.dongtacgia.pk)
    assert reason_of(key, fresh, paper) == "in_conflict"


# ---- two keyings


def test_both_the_same_and_the_paper_is_the_seats_sheet(ward, dossier, paper):
    sheet = paper.sheet
    key(ward.vanthu, paper)
    sheet.refresh_from_db()
    assert sheet.state == "todo" and not sheet.points.exists()
    key(ward.thuky, loaded(paper), words="Làm  được.\n", with_scan=False)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.comment) == ("submitted", WORDS)
    assert {p.criterion: p.points for p in sheet.points.all()} == POINTS
    assert reason_of(key, ward.vanthu, loaded(paper)) == "sheet_already_sent"


def test_the_paper_carries_the_declaration_of_whoever_signed_it(ward):
    dossier = builders.evaluating(ward, declared=False)
    evaluation.confirm_no_conflict(ward.thuky, [sheet_of(ward.thuky, dossier)])
    builders.send_sheet(sheet_of(ward.thuky, dossier))
    paper = printed(ward, dossier, ward.hoidong1)
    key(ward.vanthu, paper)
    key(ward.thuky, loaded(paper))
    assert sheet_of(ward.hoidong1, dossier).no_conflict_at is not None


def test_the_last_sheet_closes_scoring_from_paper_too(ward, dossier):
    paper = printed(ward, dossier, ward.hoidong1)
    for sheet in dossier.sheets.select_related("staff__user"):
        if sheet.pk != paper.sheet_id:
            builders.send_sheet(sheet)
    key(ward.vanthu, loaded(paper))
    key(ward.thuky, loaded(paper))
    assert builders.fresh(dossier).state == "evaluated"
    assert builders.fresh(dossier).current_result.submitted == 7


def test_a_difference_sends_nothing_and_each_corrects_their_own_with_a_reason(ward, dossier, paper):
    wrong = POINTS | {"ap-dung": Decimal(27)}
    key(ward.vanthu, paper)
    key(ward.thuky, loaded(paper), wrong)
    sheet = sheet_of(ward.hoidong1, dossier)
    assert sheet.state == "todo" and not sheet.points.exists()
    assert evaluation.differing(loaded(paper), dossier.rubric.rubric) == ["ap-dung"]
    correct = evaluation.correct
    assert reason_of(correct, ward.thuky, loaded(paper), POINTS, WORDS, " ") == "reason_missing"
    assert reason_of(correct, ward.chutich, loaded(paper), POINTS, WORDS, "Đọc nhầm") == "nothing_to_compare"
    correct(ward.vanthu, loaded(paper), POINTS | {"ap-dung": Decimal(21)}, WORDS, "Nhìn lại bản chụp")
    assert sheet_of(ward.hoidong1, dossier).state == "todo"
    correct(ward.vanthu, loaded(paper), POINTS, WORDS, "Số 2 viết đè")
    correct(ward.thuky, loaded(paper), POINTS, WORDS, "Đọc nhầm 2 thành 7")
    sheet.refresh_from_db()
    assert sheet.state == "submitted"
    assert sheet.points.get(criterion="ap-dung").points == 22


def test_a_correction_never_touches_the_other_keying(ward, paper):
    key(ward.vanthu, paper)
    key(ward.thuky, loaded(paper), POINTS | {"ap-dung": Decimal(27)})
    evaluation.correct(ward.vanthu, loaded(paper), POINTS | {"ap-dung": Decimal(20)}, WORDS, "Nhìn lại")
    kept = {keying.role: keying.points["ap-dung"] for keying in SheetKeying.objects.all()}
    assert kept == {"records_clerk": "20", "secretary": "27"}


@pytest.mark.parametrize(
    ("points", "reason"),
    [
        ({"tinh-moi": Decimal(30)}, "sheet_incomplete"),
        (POINTS | {"tinh-moi": Decimal(41)}, "points_out_of_range"),
        (POINTS | {"tinh-moi": Decimal("8.25")}, "points_out_of_range"),
    ],
)
def test_nothing_incomplete_or_out_of_range_is_kept(ward, paper, points, reason):
    assert reason_of(key, ward.vanthu, paper, points) == reason
    assert not SheetKeying.objects.exists()


def test_without_the_scan_nobody_keys(ward, paper):
    assert reason_of(key, ward.vanthu, paper, with_scan=False) == "scan_missing"


# ---- beside the online sheet


def test_while_a_paper_is_keyed_the_member_does_not_write_online(ward, dossier, paper):
    sheet = sheet_of(ward.hoidong1, dossier)
    sheet.initiative = builders.fresh(dossier)
    assert can_score(ward.hoidong1, sheet).allowed  # a print alone blocks nobody
    key(ward.vanthu, paper)
    assert can_score(ward.hoidong1, sheet).reason == "sheet_on_paper"
    evaluation.drop_paper(ward.thuky, loaded(paper), "Ủy viên chấm trên mạng")
    assert can_score(ward.hoidong1, sheet).allowed
    assert not SheetKeying.objects.exists()
    again = printed(ward, dossier, ward.hoidong1)
    assert again.code != paper.code


def test_a_sheet_sent_online_leaves_nothing_to_key(ward, dossier, paper):
    builders.send_sheet(sheet_of(ward.hoidong1, dossier))
    assert reason_of(key, ward.vanthu, loaded(paper)) == "sheet_already_sent"


def test_what_was_begun_online_gives_way_to_the_paper(ward, dossier, paper):
    sheet = sheet_of(ward.hoidong1, dossier)
    evaluation.save_sheet(ward.hoidong1, sheet, {"tinh-moi": Decimal(9)}, "Nháp", base_version=0)
    key(ward.vanthu, paper)
    key(ward.thuky, loaded(paper))
    sheet.refresh_from_db()
    assert {p.criterion: p.points for p in sheet.points.all()} == POINTS and sheet.comment == WORDS


def test_a_recused_member_leaves_a_paper_nobody_can_enter(ward, dossier, paper):
    evaluation.declare_conflict(ward.hoidong1, sheet_of(ward.hoidong1, dossier), "Vợ là tác giả")
    assert reason_of(key, ward.vanthu, loaded(paper)) == "in_conflict"


# ---- who sees what


def test_neither_sees_the_others_keying_before_both_are_in(client, ward, paper):
    key(ward.vanthu, paper, POINTS | {"tinh-moi": Decimal("31.5")}, "Lời chỉ văn thư thấy 7719")
    for user in (ward.thuky, ward.vanthu, ward.chutich):
        client.force_login(user)
        for page in (paper.get_absolute_url(), "/sang-kien/phieu-giay/"):
            html = client.get(page).content.decode().partition("<main")[2]
            assert "31,5" not in html and "31.5" not in html and "7719" not in html, (user.username, page)
    client.force_login(ward.thuky)
    html = client.get(paper.get_absolute_url()).content.decode()
    assert 'name="points-tinh-moi"' in html and "value=" not in html.split('name="points-tinh-moi"')[1][:60]
    assert_sound(html)


def test_logs_notices_and_boards_hold_no_point(client, ward, dossier, paper):
    key(ward.vanthu, paper)
    assert Notification.objects.filter(event="ideas.paper_to_key", recipient=ward.thuky).count() == 1
    key(ward.thuky, loaded(paper), POINTS | {"ap-dung": Decimal(27)})
    assert Notification.objects.filter(event="ideas.paper_differs", recipient=ward.vanthu).count() == 1
    evaluation.correct(ward.thuky, loaded(paper), POINTS, WORDS, "Đọc 22 thành 27")
    written = str(list(dossier.history.values_list("reason", "details", "transition")))
    written = re.sub(r"\d{4}-\d\d-\d\d", "a day", written)  # what is due in 2027 is no point
    assert "27" not in written and "22" not in written
    written += str(list(Notification.objects.values_list("params", "subject", "link")))
    for figure in ("33.5", "33,5", "25.5", "Đọc 22"):
        assert figure not in written, figure
    steps = list(dossier.history.values_list("transition", flat=True))
    assert {"papers_printed", "sheet_keyed", "keying_corrected", "paper_sheet_sent"} <= set(steps)
    client.force_login(ward.thuky)
    html = client.get(f"/sang-kien/hoi-dong/phieu/{dossier.code}/").content.decode()
    assert "33,5" not in html and "33.5" not in html
    assert_sound(html)


def test_the_scan_is_for_the_keyers_and_then_for_whoever_may_read_the_sheet(client, ward, dossier, paper):
    def readers():
        found = set()
        for name, user in ward.users.items():
            client.force_login(user)
            answer = client.get(f"{paper.get_absolute_url()}anh/")
            if answer.status_code == 200:
                assert b"".join(answer.streaming_content).startswith(b"%PDF")
                found.add(name)
        return found

    assert readers() == set()  # nothing scanned yet
    key(ward.vanthu, paper)
    assert readers() == {"vanthu", "thuky", "hoidong1"}
    key(ward.thuky, loaded(paper))
    assert readers() == {"hoidong1"}  # until the close, only whose sheet it is
    for sheet in dossier.sheets.select_related("staff__user").exclude(state="submitted"):
        builders.send_sheet(sheet)
    assert readers() == {"hoidong1", "thuky", "chutich", "phochutich", "lanhdao"}
    client.force_login(ward.chutich)
    page = client.get(paper.sheet.get_absolute_url()).content.decode()
    assert f"{paper.get_absolute_url()}anh/" in page
    client.logout()
    assert client.get(f"{paper.get_absolute_url()}anh/").status_code == 302


def test_a_secretary_who_still_scores_sees_neither_form_nor_scan(client, ward, dossier):
    paper = printed(ward, dossier, ward.hoidong1)
    key(ward.vanthu, paper)
    client.force_login(ward.thuky)
    page = client.get(paper.get_absolute_url())
    assert page.status_code == 200 and b"points-" not in page.content
    assert client.get(f"{paper.get_absolute_url()}anh/").status_code == 404


# ---- the pages


def typed_with_scan(**values):
    upload = SimpleUploadedFile("phieu.pdf", builders.PDF, "application/pdf")
    return {**TYPED, "is_signed": "on", "scan": upload, **values}


def test_a_clerk_keys_by_the_code_on_the_paper_and_the_secretary_meets_the_difference(client, ward, paper):
    client.force_login(ward.vanthu)
    found = client.get("/sang-kien/phieu-giay/", {"ma": f" {paper.shown_code.lower()} "})
    assert found["Location"] == paper.get_absolute_url()
    assert client.get("/sang-kien/phieu-giay/", {"ma": "AAAA-AAAA"}).status_code == 404
    page = client.get(paper.get_absolute_url())
    assert_sound(page.content)
    bad = client.post(paper.get_absolute_url(), TYPED)
    assert bad.status_code == 422 and b"id_scan" in bad.content and not SheetKeying.objects.exists()
    assert_sound(bad.content)
    assert client.post(paper.get_absolute_url(), typed_with_scan()).status_code == 302
    assert_sound(client.get(paper.get_absolute_url()).content)
    assert_sound(client.get("/sang-kien/phieu-giay/").content)
    client.force_login(ward.thuky)
    other = {**TYPED, "is_signed": "on", "points-ap-dung": "27"}
    assert client.post(paper.get_absolute_url(), other).status_code == 302
    page = client.get(paper.get_absolute_url())
    html = page.content.decode()
    assert_sound(html)
    assert [(mine, theirs) for _name, mine, theirs in page.context["rows"]] == [("27", "22")]
    assert 'name="points-tinh-moi"' not in html and 'name="points-ap-dung"' in html
    assert client.post(paper.get_absolute_url(), {"points-ap-dung": "22"}).status_code == 422
    right = {"points-ap-dung": "22", "reason": "Đọc nhầm số 2"}
    assert client.post(paper.get_absolute_url(), right).status_code == 302
    paper.sheet.refresh_from_db()
    assert paper.sheet.state == "submitted"
    assert client.post(paper.get_absolute_url(), right).status_code == 403


def test_a_wrong_paper_is_put_aside_by_the_secretary_with_a_reason(client, ward, paper):
    address = f"{paper.get_absolute_url()}bo/"
    client.force_login(ward.vanthu)
    assert client.get(address).status_code == 403
    client.force_login(ward.thuky)
    assert_sound(client.get(address).content)
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Chụp nhầm phiếu"}).status_code == 302
    assert client.get(paper.get_absolute_url()).status_code == 404


def test_the_list_of_papers_takes_a_constant_number_of_queries(client, ward, dossier):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    printed(ward, dossier, ward.hoidong1)
    client.force_login(ward.vanthu)
    client.get("/sang-kien/phieu-giay/")
    with CaptureQueriesContext(connection) as one:
        client.get("/sang-kien/phieu-giay/")
    for number in range(4):
        more = builders.evaluating(ward, title=f"Việc {number}")
        evaluation.print_papers(ward.thuky, more, more.current_sheets)
    with CaptureQueriesContext(connection) as many:
        page = client.get("/sang-kien/phieu-giay/")
    assert len(page.context["lines"]) == 29
    assert len(many) == len(one)


# ---- the comparison itself

readings = st.builds(
    Reading,
    st.dictionaries(st.sampled_from("abc"), st.decimals(0, 40, places=2), max_size=3),
    st.dictionaries(st.sampled_from("xy"), st.text("ab \n", max_size=6), max_size=2),
    st.text("ab \n", max_size=6),
)


@given(readings, readings)
def test_differences_are_what_one_says_and_the_other_does_not(first, second):
    codes = ["a", "b", "c", "x", "y"]
    found = differences(first, second, codes)
    assert found == differences(second, first, codes)
    assert differences(first, first, codes) == []
    for code in [*codes, ""]:
        assert (code in found) == (first.of(code) != second.of(code))
