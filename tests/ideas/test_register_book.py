"""The register: who reads it, what its lines say and never say, its filters, its file."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from ideas import workflow
from ideas.models import Conflict, HistoryEntry, Initiative, RegisterNote
from ideas.register.asking import Asked, rows
from ideas.register.lines import COLUMNS, Lines
from ideas.register.outcome import SETTLED
from ideas.register.workbook import HEADINGS
from tests.html import assert_sound

from . import builders
from .starting import starting

pytestmark = pytest.mark.django_db
BOOK = "/sang-kien/so-theo-doi/"
FILE = f"{BOOK}so-theo-doi.xlsx"
SECRET = "Mật khẩu bảng dùng chung"


def lines(user, **asked):
    return Lines(user).of(rows(Asked(**asked)))


def codes(user, **asked):
    return [line.code for line in lines(user, **asked)]


def sheet_of(answer):
    content = b"".join(answer.streaming_content)
    return load_workbook(io.BytesIO(content)).active, content


def english(client, user):
    client.force_login(user)
    client.cookies["ngon_ngu"] = "en"
    return client


# ---- who


def test_it_is_read_by_the_officers_and_whoever_decides(client, ward):
    builders.submitted(ward)
    seen = {}
    for name, user in ward.users.items():
        client.force_login(user)
        file = client.get(FILE)
        seen[name] = (client.get(BOOK).status_code, file.status_code)
        if file.streaming:
            sheet_of(file)  # read to its end, it closes its file
    readers = {name for name, status in seen.items() if status == (200, 200)}
    assert readers == {"chutich", "phochutich", "thuky", "lanhdao"}
    assert {status for name, status in seen.items() if name not in readers} == {(403, 403)}


def test_a_deputy_reads_it_under_a_delegation_in_force(client, ward):
    client.force_login(ward.cappho)
    assert client.get(BOOK).status_code == 403
    builders.delegate(ward)
    assert client.get(BOOK).status_code == 200


# ---- which lines


@starting(builders.recognised)
def test_whatever_became_of_it_a_received_dossier_stands_there(ward, initiative):
    draft = builders.draft(ward)
    gone = workflow.move(builders.submitted(ward), "withdraw", ward.tacgia, reason="Trùng việc.")
    refused = workflow.move(builders.submitted(ward), "refuse", ward.thuky, public_reason="Đã có quy trình.")
    late = workflow.move(builders.submitted(ward), "request_supplement", ward.thuky, reason="Thiếu bản ký.")
    Initiative.objects.filter(pk=late.pk).update(supplement_due_on=timezone.localdate() - timedelta(days=1))
    workflow.expire_overdue()
    recognised = initiative
    revoked = workflow.move(
        builders.recognised(ward),
        "revoke",
        ward.lanhdao,
        public_reason="Số liệu không đúng.",
        **builders.decision("501/QĐ-UBND"),
    )
    found = {line.code: line for line in lines(ward.thuky)}
    assert draft.code not in found
    assert {code: line.outcome for code, line in found.items()} == {
        gone.code: "rut-don",
        refused.code: "tu-choi",
        late.code: "het-han",
        recognised.code: "cong-nhan",
        revoked.code: "huy-bo",
    }
    assert found[refused.code].note == "Lý do: Đã có quy trình."
    assert "501/QĐ-UBND" in found[revoked.code].decision
    assert found[revoked.code].certificates.count("đã hủy") == 2


@starting(builders.recognised)
def test_a_line_of_a_recognised_dossier_says_all_twenty_columns(ward, initiative):
    line = lines(ward.thuky)[0]
    today = timezone.localdate()
    assert (line.number, line.code, line.receipt_number) == (1, initiative.code, initiative.receipt_number)
    assert line.authors == "Bùi Thị Ngọc (60 %); Đỗ Minh Tuấn (40 %)"
    assert (line.received_on, line.accepted_on) == (initiative.received_on, today)
    assert line.due_on == initiative.decision_due_on
    assert line.score == "80,00 điểm; 6/7 ghế đồng ý (85,7\u00a0%)"
    assert line.decision == f"468/QĐ-UBND, {today:%d/%m/%Y}"
    assert len(line.certificates.split("; ")) == 2
    assert line.use.startswith("Áp dụng từ ")
    assert len(line.cells) == len(HEADINGS) == len(COLUMNS) == 20


def test_points_and_votes_stand_there_once_it_is_decided(ward):
    builders.voted(ward)
    line = lines(ward.lanhdao)[0]
    assert (line.score, line.mean) == ("", None)


@starting(builders.recognised)
def test_points_and_votes_are_not_for_whoever_declared_a_conflict(ward, initiative):
    Conflict.objects.create(initiative=initiative, staff=ward.thuky.staff, reason="Em ruột")
    assert lines(ward.thuky)[0].score == ""
    assert lines(ward.chutich)[0].score != ""


@starting(builders.declined)
def test_an_earlier_evaluation_shows_nothing_while_the_next_runs(ward, initiative):
    initiative.complaints.create(
        complainant="Bùi Thị Ngọc",
        text="Điểm chưa đúng.",
        against_state="declined",
        filed_on=timezone.localdate(),
        take_up_due_on=timezone.localdate(),
        outcome="accepted",
        settled_on=timezone.localdate(),
    )
    workflow.move(initiative, "reconsider", ward.lanhdao, reason="Chấp nhận khiếu nại.")
    line = lines(ward.lanhdao)[0]
    assert (line.score, line.decision, line.outcome) == ("", "", "dang-xu-ly")


# ---- years


def test_the_year_ends_at_midnight_in_hai_phong(ward):
    last, first = builders.submitted(ward), builders.submitted(ward)
    for initiative, text in ((last, "2025-12-31 23:59:59"), (first, "2026-01-01 00:00:00")):
        workflow.move(initiative, "withdraw", ward.tacgia, reason="Thôi.", now=builders.moment(text))
    assert codes(ward.thuky, year=2025, basis=SETTLED) == [last.code]
    assert codes(ward.thuky, year=2026, basis=SETTLED) == [first.code]


def test_a_day_of_receipt_counts_for_its_year(ward):
    last, first = builders.submitted(ward), builders.submitted(ward)
    Initiative.objects.filter(pk=last.pk).update(received_on=date(2025, 12, 31))
    Initiative.objects.filter(pk=first.pk).update(received_on=date(2026, 1, 1))
    assert codes(ward.thuky, year=2025) == [last.code]
    assert codes(ward.thuky, year=2026) == [first.code]


@starting(builders.recognised)
def test_a_decision_counts_for_the_year_of_its_date(ward, initiative):
    initiative.decisions.update(decided_on=date(2025, 12, 31))
    assert codes(ward.thuky, year=2025, basis=SETTLED) == [initiative.code]
    assert codes(ward.thuky, year=timezone.localdate().year, basis=SETTLED) == []


# ---- filters


def test_filters_narrow_and_nonsense_is_passed_over(client, ward):
    one = builders.submitted(ward, title="Nhắc hạn bằng bảng màu")
    builders.recognised(ward, title="Phiếu hẹn in mã")
    english(client, ward.thuky)

    def found(query):
        return [line.code for line, _opens, _label in client.get(BOOK + query).context["lines"]]

    assert found("?nam=&ket_qua=dang-xu-ly") == [one.code]
    assert found("?nam=&q=nhac+han") == [one.code]
    assert len(found("?nam=&q=bui+thi+ngoc")) == 2
    assert len(found("?nam=abc&theo=x&dot=%00&don_vi=zzz&ket_qua=%27&page=-4")) == 2
    assert found("?nam=&don_vi=-") == []
    assert found("?nam=2019") == found("?nam=1999")  # not offered: passed over, not refused


def test_page_and_file_take_the_same_queries_whatever_they_show(client, ward):
    client.force_login(ward.thuky)
    counted = []
    for more in (1, 6):
        for voted in builders.voted_together(ward, [f"Việc {number}" for number in range(more)]):
            workflow.move(voted, "recognise", ward.lanhdao, **builders.decision())
        asked = []
        for address in (BOOK, FILE):
            with CaptureQueriesContext(connection) as caught:
                answer = client.get(address)
                if answer.streaming:
                    sheet_of(answer)
            asked.append(len(caught))
        counted.append(asked)
    assert counted[0] == counted[1]
    assert counted[0][0] <= 25 and counted[0][1] <= 19


@starting(builders.recognised)
def test_the_page_reads_well_and_leads_only_where_one_may_go(client, ward, initiative):
    other = builders.submitted(ward, title="Việc có người thân")
    Conflict.objects.create(initiative=other, staff=ward.thuky.staff, reason="Em ruột")
    page = english(client, ward.thuky).get(BOOK)
    text = page.content.decode()
    assert_sound(text)
    assert f"/sang-kien/ho-so/{initiative.code}/" in text
    assert f'"/sang-kien/ho-so/{other.code}/"' not in text
    assert "Việc có người thân" in text
    assert SECRET not in text


# ---- the file


def test_the_file_has_the_twenty_columns_in_their_order(client, ward):
    initiative = builders.recognised(ward, title="=HYPERLINK(1) của Hoà")
    client.force_login(ward.thuky)
    answer = client.get(FILE)
    assert "no-store" in answer.headers["Cache-Control"]
    sheet, _content = sheet_of(answer)
    table = list(sheet.iter_rows(min_row=5))
    assert [cell.value for cell in table[0]] == [heading for heading, _width in HEADINGS]
    assert [cell.value for cell in table[1]] == [f"({number})" for number in range(1, 21)]
    first = table[2]
    assert (first[0].value, first[0].data_type) == (1, "n")
    assert first[2].is_date and first[2].value.date() == initiative.received_on
    assert first[3].value == initiative.receipt_number
    assert (first[4].value, first[4].data_type, first[4].quotePrefix) == ("=HYPERLINK(1) của Hoà", "s", True)
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$5:$6")
    assert sheet.oddFooter.center.text == "&P/&N"
    assert len(table) == 3 and len(first) == 20


@starting(builders.recognised)
def test_no_personal_or_confidential_word_is_in_the_file(client, ward, initiative):
    client.force_login(ward.lanhdao)
    sheet, _content = sheet_of(client.get(FILE))
    text = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)
    for hidden in (SECRET, "1980", "20/05", "Cử nhân", "Chuyên viên", "Hồ sơ ghi ở ba sổ"):
        assert hidden not in text
    assert "Bùi Thị Ngọc" in text


# ---- notes


@starting(builders.recognised)
def test_the_secretary_writes_a_note_which_the_history_keeps(client, ward, initiative):
    english(client, ward.thuky)
    address = f"{BOOK}ho-so/{initiative.code}/"
    assert_sound(client.get(address).content.decode())
    answer = client.post(address, {"seen": 0, "reward": "Giấy khen số 31", "note": "Báo cáo quý"})
    assert answer.status_code == 302
    line = lines(ward.thuky)[0]
    assert (line.reward, line.note) == ("Giấy khen số 31", "Báo cáo quý")
    entry = HistoryEntry.objects.filter(initiative=initiative, transition="register_noted").get()
    assert entry.details["after"]["reward"] == "Giấy khen số 31"


@starting(builders.recognised)
def test_two_who_write_into_one_line_see_each_other(client, ward, initiative):
    english(client, ward.thuky)
    address = f"{BOOK}ho-so/{initiative.code}/"
    client.post(address, {"seen": 0, "reward": "Giấy khen", "note": ""})
    answer = client.post(address, {"seen": 0, "reward": "Bằng khen", "note": ""})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Giấy khen" in page and 'value="Bằng khen"' in page
    assert RegisterNote.objects.get().reward == "Giấy khen"
    assert client.post(address, {"seen": 1, "reward": "Bằng khen", "note": ""}).status_code == 302


@starting(builders.recognised)
def test_only_whoever_keeps_the_dossier_writes_into_its_line(client, ward, initiative):
    client.force_login(ward.lanhdao)
    assert f"{BOOK}ho-so/" not in client.get(BOOK).content.decode()
    assert client.post(f"{BOOK}ho-so/{initiative.code}/", {"seen": 0}).status_code == 403
    client.force_login(ward.thuky)
    assert client.get(f"{BOOK}ho-so/SK-2026-HD99/").status_code == 404
    assert not RegisterNote.objects.exists()


@starting(builders.recognised)
def test_a_mean_is_exact(ward, initiative):
    assert lines(ward.thuky)[0].mean == Decimal("80.00")
