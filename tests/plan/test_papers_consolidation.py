"""The ward's report: drawn from what was accepted, gone on with by people, never overwritten, issued once."""

import hashlib
import io
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from notifications.models import Notification
from papers.documents import Paragraph, draw, freeze
from papers.models import OfficePaper
from people.models import Unit
from people.roles import Role
from plan.consolidation import drafting, issuing, signing, tables, writing
from plan.consolidation.material import material_of
from plan.consolidation.paper import blocks_of
from plan.consolidation.refusing import Refused
from plan.models import ConsolidatedReport, ConsolidationChange, ReportState, UnitReport
from tests.html import assert_sound
from tests.ideas.builders import PDF, make_user
from tests.papers.document_builders import document, holds_in_order, pdf_text, pdf_words, word_texts
from tests.standing import standing

from .builders import in_unit, make_plan_ward
from .consolidation_builders import PVHCC, VHXH, make_last_year, make_period
from .payloads import add_version, payload, period, unit_report

pytestmark = pytest.mark.django_db
CENTRE = "Trung tâm Phục vụ hành chính công phường"
DIVISION = "Phòng Văn hóa - Xã hội phường"


standing_ward = standing(make_plan_ward)


@pytest.fixture
def ward(standing_ward):
    return deepcopy(standing_ward)


@pytest.fixture
def year(ward):
    make_last_year()
    return make_period()


@pytest.fixture
def report(ward, year):
    return writing.begin(ward.dieuphoi, year)


def texts(year):
    return drafting.draft(material_of(year))


def as_user(client, user):
    client.force_login(user)
    client.cookies["ngon_ngu"] = "en"
    return client


def address(year, rest=""):
    return f"/ke-hoach/dieu-hanh/tong-hop/{year.code}/{rest}"


def section(report, code):
    return report.sections.get(code=code)


# ---- the draft


def test_only_accepted_reports_count_and_whoever_lacks_is_named(year):
    assert texts(year)[drafting.LEAD].splitlines()[2:] == [
        "2. Kết quả nổi bật theo báo cáo của các đơn vị",
        f"- {CENTRE}: Khai trương điểm hỗ trợ dịch vụ công tại 12 tổ dân phố.",
        "3. Tình hình gửi báo cáo",
        "Hạn gửi báo cáo: ngày 09/12/2026. Có 02/05 đơn vị có báo cáo được chấp nhận, tính đến ngày "
        "08/12/2026.",
        f"- Gửi muộn: 01 đơn vị ({DIVISION}).",
        "- Đã gửi, chưa được chấp nhận: 01 đơn vị (Văn phòng HĐND và UBND phường).",
        "- Trả lại để bổ sung: 01 đơn vị (Phòng Kinh tế, Hạ tầng và Đô thị phường).",
        "- Chưa gửi: 01 đơn vị (Công an phường).",
        "Số liệu trong báo cáo này chỉ tính từ các báo cáo đã được chấp nhận.",
    ]


def test_every_figure_of_a_target_says_its_source_day_and_what_changed(year):
    lines = texts(year)[drafting.TARGETS].splitlines()
    assert lines[:2] == [
        "Trong 42 chỉ tiêu: đạt 01, đúng tiến độ 01, có nguy cơ chậm 01, chưa có căn cứ đánh giá 39. Nguồn: "
        "báo cáo được chấp nhận của các đơn vị, số liệu tính đến 30/11/2026; chi tiết tại Phụ lục I.",
        "So sánh với kỳ trước là năm 2025, số liệu tính đến 30/11/2025.",
    ]
    assert [line for line in lines if line.startswith("- ")] == [
        "- A1. Tỷ lệ sử dụng dịch vụ công trực tuyến của người dân và doanh nghiệp: 76,4 % (1.528/2.000); "
        "mục tiêu trên 80 % đến năm 2030; kỳ trước 70,1 %, tăng 6,3 điểm phần trăm; đúng tiến độ. Nguồn: báo "
        f"cáo của {CENTRE}, số liệu tính đến 30/11/2026.",
        f"- A8. Hằng năm duy trì và nâng cao các chỉ số cải cách hành chính: {DIVISION}: Chỉ số tăng 02 bậc "
        f"so với năm 2025; chưa có căn cứ đánh giá. Nguồn: báo cáo của {DIVISION}, số liệu tính đến "
        "30/11/2026; chưa gồm Văn phòng HĐND và UBND phường.",
        "- A9. Tỷ lệ cán bộ được bồi dưỡng kỹ năng số, chuyển đổi số ít nhất 01 lần/năm: 95,7 % (45/47); "
        "mục tiêu 100 % hằng năm; mức phấn đấu trong năm 100 %; có nguy cơ chậm. Nguồn: Cổng tự tính, số "
        "liệu tính đến 30/11/2026.",
        "- E7. Số lớp đào tạo, bồi dưỡng kỹ năng số, đổi mới sáng tạo: 2 lớp; mục tiêu từ 1 đến 2 lớp đến "
        f"năm 2030; đạt. Nguồn: báo cáo của {DIVISION}, số liệu tính đến 30/11/2026.",
    ]


def test_tasks_say_how_far_until_when_and_by_whom(year):
    lines = texts(year)[drafting.TASKS].splitlines()
    assert lines[0].startswith(
        "Trong 61 nhiệm vụ: đã hoàn thành 01, đang thực hiện 02, chưa có báo cáo 58; trong đó quá hạn 01."
    )
    told = [line.partition(". ")[2].partition(". ")[2] for line in lines if line.startswith("- ")]
    assert told == [
        f"Đang thực hiện, đạt 60 %, quá hạn 30/11/2026. Nguồn: báo cáo của {DIVISION}.",
        f"Đã hoàn thành. {CENTRE}: Đã số hóa 1.250 hồ sơ.",
        f"Đang thực hiện, đạt 40 %, hạn 31/12/2026. {CENTRE}: Đã làm xong phần một. Việc tiếp theo: Làm "
        "phần hai.",
    ]


def test_difficulties_proposals_and_plans_keep_their_unit(year):
    found = texts(year)
    assert found[drafting.DIFFICULTIES].splitlines() == [
        "1. Khó khăn, vướng mắc",
        f"- {DIVISION}: Thiếu giảng viên.",
        f"- {CENTRE}: Máy quét đã cũ.",
        "2. Đề xuất, kiến nghị",
        f"- {CENTRE}: Bố trí kinh phí mua 02 máy quét.",
    ]
    assert found[drafting.NEXT].splitlines()[1:] == [
        f"- {CENTRE}:",
        "+ Hoàn thành số hóa hồ sơ năm 2025.",
        "+ Mở thêm 03 điểm hỗ trợ.",
    ]


def test_a_unit_that_owes_no_report_is_named_apart(year):
    UnitReport.objects.filter(period=year, unit_code="CA").update(state="excused")
    lines = texts(year)[drafting.LEAD].splitlines()
    assert "Có 02/04 đơn vị có báo cáo được chấp nhận" in lines[5]
    assert "- Không phải báo cáo kỳ này: 01 đơn vị (Công an phường)." in lines
    assert not any(line.startswith("- Chưa gửi") for line in lines)


def test_a_unit_whose_report_was_handed_over_names_who_reports_instead(client, ward, year, report):
    office = ward.unit("VP")
    UnitReport.objects.filter(period=year, unit_code="CA").update(
        state=ReportState.EXCUSED, taken_over_by=office, taken_over_by_name="Văn phòng cũ"
    )
    lines = texts(year)[drafting.LEAD].splitlines()
    assert "- Đơn vị khác báo cáo thay: 01 đơn vị (Công an phường đã giao cho Văn phòng cũ)." in lines
    assert not any(line.startswith("- Không phải gửi") for line in lines)
    rows = tables.tables(material_of(year))[tables.UNITS]
    assert [row[2] for row in rows if row[1] == "Công an phường"] == ["đã giao cho Văn phòng cũ"]
    client.force_login(ward.dieuphoi)
    assert "đã giao cho Văn phòng cũ" in client.get(address(year)).content.decode()


def test_the_first_period_says_that_there_is_nothing_to_compare_with(ward):
    year = make_period()
    lines = texts(year)[drafting.TARGETS].splitlines()
    assert lines[1] == "Chưa có kỳ báo cáo cùng loại trước đó để so sánh."
    assert "kỳ trước 70" not in texts(year)[drafting.TARGETS]


def test_of_a_report_that_was_sent_again_the_latest_version_counts(year):
    sent = UnitReport.objects.get(period=year, unit_code="PVHCC")
    add_version(sent, PVHCC | {"results": "Bản sau."}, number=2)
    assert f"- {CENTRE}: Bản sau." in texts(year)[drafting.LEAD]


def test_a_thousand_reports_make_a_draft_of_bounded_length(ward):
    year = period()
    long = payload(results="Việc đã làm. " * 40, next="Việc sẽ làm. " * 40)
    for number in range(120):
        unit = Unit.objects.create(code=f"TDP-{number:04}", name=f"Tổ dân phố số {number}")
        unit_report(year, unit, sent=long)
    found = texts(year)
    assert max(map(len, found.values())) <= drafting.LONGEST
    assert found[drafting.NEXT].splitlines()[-1].startswith("(Còn ")


# ---- writing


def test_what_somebody_wrote_is_never_replaced_unasked(ward, year, report):
    edited = section(report, drafting.NEXT)
    writing.save_section(ward.dieuphoi, report, edited.code, {"text": "Của tôi."}, writing.base_of(edited))
    ca = UnitReport.objects.get(period=year, unit_code="CA")
    UnitReport.objects.filter(pk=ca.pk).update(state=ReportState.ACCEPTED, submitted_at=timezone.now())
    ca.refresh_from_db()
    add_version(ca, payload(results="Ra quân bảo đảm an ninh mạng.", next="Tuần tra mạng."), number=1)
    renewed, left = writing.renew(ward.dieuphoi, report)
    assert (renewed, left) == ([drafting.LEAD], [drafting.NEXT])
    assert section(report, drafting.NEXT).text == "Của tôi."
    assert "Ra quân bảo đảm an ninh mạng." in section(report, drafting.LEAD).text
    assert writing.renew(ward.dieuphoi, report) == ([], [drafting.NEXT])

    standing = section(report, drafting.NEXT)
    fresh = writing.fresh_drafts(year)[drafting.NEXT]
    seen = writing.seen_of(standing, fresh)
    with pytest.raises(Refused, match="draft_moved"):
        writing.redraft(ward.dieuphoi, report, drafting.NEXT, seen="khác", take=True)
    writing.redraft(ward.dieuphoi, report, drafting.NEXT, seen=seen, take=False)
    assert section(report, drafting.NEXT).text == "Của tôi."
    standing = section(report, drafting.NEXT)
    assert writing.renew(ward.dieuphoi, report) == ([], [])  # it was looked at
    writing.redraft(ward.dieuphoi, report, drafting.NEXT, seen=writing.seen_of(standing, fresh), take=True)
    assert section(report, drafting.NEXT).text == fresh
    last = ConsolidationChange.objects.last()
    assert (last.change, last.data["before"], last.actor_name) == ("redrafted", "Của tôi.", "Đinh Thị Điều")


def test_two_windows_see_each_other_s_text(client, ward, year, report):
    page = address(year, f"muc/{drafting.NEXT}/")
    client = as_user(client, ward.dieuphoi)
    base = client.get(page).context["form"].base_json
    assert client.post(page, {"text": "Một.", "base": base}).status_code == 302
    answer = client.post(page, {"text": "Hai.", "base": base})
    assert (answer.status_code, section(report, drafting.NEXT).text) == (409, "Một.")
    assert_sound(answer.content)
    saving = client.post(page + "tu-luu/", {"text": "Hai.", "base": base})
    assert saving.status_code == 409
    seen = answer.context["rows"][0]["seen"]
    chosen = {"text": "Hai.", "base": base, "seen-text": seen, "choice-text": "mine"}
    assert client.post(page, chosen).status_code == 302
    assert section(report, drafting.NEXT).text == "Hai."


def test_what_is_typed_is_saved_without_a_click(client, ward, year, report):
    page = address(year, f"muc/{drafting.NEXT}/")
    client = as_user(client, ward.dieuphoi)
    base = client.get(page).context["form"].base_json
    answer = client.post(page + "tu-luu/", {"text": "Đang gõ\r\ndở", "base": base}).json()
    assert (answer["changed"], answer["errors"]) == (["text"], {})
    assert section(report, drafting.NEXT).text == "Đang gõ\ndở"
    long = client.post(page + "tu-luu/", {"text": "a" * (drafting.LONGEST + 1), "base": base}).json()
    assert list(long["errors"]) == ["id_text"]
    client.logout()
    assert client.post(page + "tu-luu/", {"text": "x"}).status_code == 401


def test_a_draft_needs_an_accepted_report_and_is_begun_once(client, ward):
    year = period()
    unit_report(year, "VP", ReportState.DRAFT)
    client = as_user(client, ward.dieuphoi)
    page = client.get(address(year))
    assert 'aria-disabled="true"' in page.content.decode()
    client.post(address(year, "bat-dau/"))
    assert not ConsolidatedReport.objects.exists()
    unit_report(year, "PVHCC", sent=PVHCC)
    for _time in range(2):
        client.post(address(year, "bat-dau/"))
    assert ConsolidatedReport.objects.get().sections.count() == len(drafting.CODES)
    assert [change.change for change in ConsolidationChange.objects.all()] == ["begun"]


# ---- the paper


EXPECTED = [
    "ỦY BAN NHÂN DÂN",
    "PHƯỜNG HƯNG ĐẠO",
    "BÁO CÁO",
    "Kết quả thực hiện Kế hoạch số 178/KH-UBND năm 2026",
    "Kính gửi:",
    "- Sở Khoa học và Công nghệ thành phố;",
    "I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI",
    "1. Tổ chức thực hiện",
    "II. KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU",
    "1. Về chính quyền số, cải cách hành chính",
    "76,4 % (1.528/2.000)",
    "III. KẾT QUẢ THỰC HIỆN CÁC NHIỆM VỤ",
    "IV. KHÓ KHĂN, VƯỚNG MẮC VÀ ĐỀ XUẤT, KIẾN NGHỊ",
    "V. PHƯƠNG HƯỚNG, NHIỆM VỤ THỜI GIAN TỚI",
    "Của tôi.",
    "Trên đây là báo cáo kết quả thực hiện Kế hoạch số 178/KH-UBND năm 2026",
]
_FOOT = ["Nơi nhận:", "- Như trên;", "- Lưu: VT, VHXH.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Phạm Văn Hùng"]
ANNEXES = [
    "Phụ lục I",
    "KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU",
    "Phụ lục II",
    "KẾT QUẢ THỰC HIỆN CÁC NHIỆM VỤ",
    "Phụ lục III",
    "TÌNH HÌNH GỬI BÁO CÁO CỦA CÁC ĐƠN VỊ",
    "Phụ lục IV",
    "KHÓ KHĂN, VƯỚNG MẮC VÀ ĐỀ XUẤT, KIẾN NGHỊ CỦA CÁC ĐƠN VỊ",
    "Bố trí kinh phí mua 02 máy quét",
]


def test_word_and_pdf_say_the_same_in_the_same_order(ward, year, report):
    edited = section(report, drafting.NEXT)
    writing.save_section(ward.dieuphoi, report, edited.code, {"text": "Của tôi."}, writing.base_of(edited))
    word = word_texts(issuing.drawn(report, "docx").content)
    pdf = pdf_text(issuing.drawn(report, "pdf").content)
    for lines in (EXPECTED, ANNEXES):
        assert holds_in_order("\n".join(word), lines) is None
        assert holds_in_order(pdf, lines) is None
    assert holds_in_order("\n".join(word), _FOOT) is None
    body = word[: word.index("Phụ lục I")]
    sections = [line for line in body if line in ("Của tôi.", "- Công an phường: Tuần tra mạng.")]
    assert sections == ["Của tôi."]
    assert f"- {DIVISION}: Thiếu giảng viên." in body


def test_excel_holds_the_same_tables_with_numbers_as_numbers(report):
    book = load_workbook(io.BytesIO(issuing.annex_workbook(report)))
    assert book.sheetnames == ["Chỉ tiêu", "Nhiệm vụ", "Đơn vị", "Vướng mắc, kiến nghị"]
    rows = list(book["Chỉ tiêu"].iter_rows(values_only=True))
    targets = {row[0]: row for row in rows[4:] if row[1]}
    assert len(targets) == 42
    a1 = targets["A1"]
    assert a1[2:12] == (
        "%",
        "trên 80 % đến năm 2030",
        None,
        1528,
        2000,
        76.4,
        70.1,
        6.3,
        "đúng tiến độ",
        f"báo cáo của {CENTRE}, số liệu tính đến 30/11/2026",
    )
    assert a1[12].date() == date(2026, 11, 30)
    assert targets["A9"][4:9] == (100, 45, 47, 95.7, None)
    tasks = list(book["Nhiệm vụ"].iter_rows(values_only=True))
    assert len([row for row in tasks[4:] if row[1]]) == 61
    units = [row[1:3] for row in book["Đơn vị"].iter_rows(min_row=5, values_only=True)]
    assert units == [
        ("Văn phòng HĐND và UBND phường", "đã gửi, chưa được chấp nhận"),
        (DIVISION, "đã chấp nhận"),
        ("Phòng Kinh tế, Hạ tầng và Đô thị phường", "trả lại để bổ sung"),
        ("Công an phường", "chưa gửi"),
        (CENTRE, "đã chấp nhận"),
    ]


def test_a_number_and_its_percent_sign_stand_on_one_line():
    line = next(blocks_of("- Đạt 81,7 %, giảm 1 %; số hóa 100 % hồ sơ, xem Phụ lục II."))
    assert line.text == "Đạt 81,7\u00a0%, giảm 1\u00a0%; số hóa 100\u00a0% hồ sơ, xem Phụ lục\u00a0II."


def test_codes_and_days_fit_their_columns_on_the_paper():
    """Nothing breaks a code or a day: what is wider than its column stands in the next one."""
    made = {
        tables.TARGETS: [
            ["A1", "Chỉ", "%", "Aim", "", "", "", "", "", "", "đạt", "Nguồn", ["d", "2026-12-28"]]
        ],
        tables.TASKS: [["NV-2026-20", "Nhiệm", "Cơ", ["d", "2026-12-28"], "đang", ["n", "100"], "Xong", ""]],
        tables.UNITS: [[["n", "1"], "Cơ", "đã", "đúng", ["d", "2026-12-28"], "Mai", ["n", "9"]]],
        tables.DIFFICULTIES: [],
    }
    paper = document(annexes=tables.annexes(made), blocks=(Paragraph("Chữ."),))
    content = draw(freeze(paper).data, "pdf").content
    for page, code in enumerate((tables.TARGETS, tables.TASKS, tables.UNITS), start=2):
        shares = [share for _heading, share, _width, _align in tables.SHAPES[code].columns]
        edges = [30 + 252 * sum(shares[:place]) / sum(shares) for place in range(len(shares) + 1)]
        at = {text: (left, right) for text, left, right in pdf_words(content, page)}
        for place, cell in enumerate(made[code][0]):
            if cell and cell != "%":
                left, right = at[tables.in_words(cell)]
                assert edges[place] + 1 <= left and right <= edges[place + 1] - 1, (code, cell)


def test_the_annexes_speak_as_the_text_does(year):
    rows = tables.tables(material_of(year))[tables.TARGETS]
    assert "Nhiệm vụ và giải pháp" in rows and "NHIỆM VỤ VÀ GIẢI PHÁP" not in rows
    aims = {row[0]: row[3] for row in rows if not isinstance(row, str)}
    assert (aims["C5"], aims["A9"]) == ("từ 1 buổi/năm trở lên", "100 % hằng năm")


# ---- issuing


def signed(mark=b""):
    return SimpleUploadedFile("da-ky.pdf", PDF + mark, "application/pdf")


def typed(**changes):
    return {"number": "7", "issued_on": f"{timezone.localdate():%d/%m/%Y}", "seen": "0"} | changes


def test_number_date_and_file_are_kept_and_everything_freezes(client, ward, year, report):
    client = as_user(client, ward.dieuphoi)
    page = client.get(address(year, "van-ban/"))
    assert 'value="01/BC-UBND"' in page.content.decode()
    assert client.post(address(year, "van-ban/"), typed(file=signed())).status_code == 302
    paper = OfficePaper.objects.get()
    assert (paper.number, paper.subject, paper.file_sha256) == (
        "07/BC-UBND",
        "plan:2026-nam",
        hashlib.sha256(PDF).hexdigest(),
    )
    report.refresh_from_db()
    assert report.is_issued
    versions = {source["unit"]: source["version"] for source in report.frozen["sources"]}
    assert versions == {"VHXH": 1, "PVHCC": 1}
    word, excel = issuing.drawn(report, "docx").content, issuing.annex_workbook(report)
    assert "Số: 07/BC-UBND" in word_texts(word)

    sent = UnitReport.objects.get(period=year, unit_code="PVHCC")  # what comes afterwards changes nothing
    add_version(sent, PVHCC | {"targets": [], "results": "Bản sau."}, number=2)
    assert word_texts(issuing.drawn(report, "docx").content) == word_texts(word)
    assert _cells(issuing.annex_workbook(report)) == _cells(excel)
    with pytest.raises(Refused, match="consolidation_issued"):
        writing.save_section(ward.dieuphoi, report, drafting.NEXT, {"text": "x"}, {})
    with pytest.raises(Refused, match="consolidation_issued"):
        writing.renew(ward.dieuphoi, report)
    assert client.get(address(year, f"muc/{drafting.NEXT}/")).status_code == 403
    told = Notification.objects.filter(event="plan.consolidated_issued")
    assert [(row.recipient.username, row.subject) for row in told] == [("lanhdao", "07/BC-UBND")]
    assert b"".join(client.get(address(year, "van-ban/ban-ky/")).streaming_content) == PDF


def _cells(content):
    book = load_workbook(io.BytesIO(content))
    return [list(sheet.iter_rows(values_only=True)) for sheet in book]


def test_a_correction_needs_a_reason_and_keeps_what_stood(client, ward, year, report):
    client = as_user(client, ward.dieuphoi)
    client.post(address(year, "van-ban/"), typed())
    answer = client.post(address(year, "van-ban/"), typed(number="8", seen="1"))
    assert answer.status_code == 422
    assert_sound(answer.content)
    client.post(address(year, "van-ban/"), typed(number="8", seen="1", reason="Nhầm số."))
    paper = OfficePaper.objects.get()
    assert (paper.number, paper.changes.last().before["number"]) == ("08/BC-UBND", "07/BC-UBND")
    assert [c.change for c in ConsolidationChange.objects.all()] == ["begun", "issued", "corrected"]
    assert client.post(address(year, "van-ban/"), typed(number="9", seen="1")).status_code in (409, 422)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"number": "abc"}, "Enter the number as on the paper"),
        ({"issued_on": f"{timezone.localdate() + timedelta(days=2):%d/%m/%Y}"}, "lies in the future"),
        ({"issued_on": "31/02/2026"}, "28 days"),
    ],
)
def test_what_cannot_be_is_refused_in_words(client, ward, year, report, changes, words):
    answer = as_user(client, ward.dieuphoi).post(address(year, "van-ban/"), typed(**changes))
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not OfficePaper.objects.exists()


def test_an_empty_section_is_not_issued(ward, year, report):
    report.sections.filter(code=drafting.NEXT).update(text=" ")
    with pytest.raises(Refused, match="sections_empty"):
        issuing.register_report(ward.dieuphoi, report, number="1", issued_on=timezone.localdate(), seen=0)


# ---- who signs


def _deputy():
    return in_unit(make_user("phochutich", "Lê Thị Phó", Role.DEPUTY_HEAD), "HD")


def _signature(report):
    frozen = issuing.document_of(report).signers[0]
    return frozen.authority, frozen.name


def test_the_head_signs_unless_a_deputy_is_chosen_for_the_head(client, ward, year, report):
    assert _signature(report) == (("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Phạm Văn Hùng")
    deputy = _deputy()
    client = as_user(client, ward.dieuphoi)
    page = client.get(address(year, "nguoi-ky/"))
    assert_sound(page.content)
    shown = [str(label) for _key, label in page.context["form"].fields["signer"].choices]
    assert shown == ["Phạm Văn Hùng, the head of the ward", "Lê Thị Phó, a deputy for the head"]
    assert page.context["form"]["signer"].value() == f"head:{ward.lanhdao.pk}"
    answer = client.post(address(year, "nguoi-ky/"), {"signer": f"deputy:{deputy.pk}"})
    assert answer.status_code == 302
    report.refresh_from_db()
    assert _signature(report) == (("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Lê Thị Phó")
    line = ConsolidationChange.objects.last()
    assert (line.change, line.actor_name, line.data) == (
        "signer_chosen",
        ward.dieuphoi.display_name,
        {"signed_as": "deputy", "name": "Lê Thị Phó"},
    )
    page = client.get(address(year)).content.decode()
    assert "Who signs: Lê Thị Phó" in page and "a deputy for the head" in page
    deputy.delete()  # the name stays, as it does with every signature
    report.refresh_from_db()
    assert _signature(report)[1] == "Lê Thị Phó"


def test_whoever_holds_no_such_office_does_not_sign_and_an_issued_report_keeps_its_signer(
    client, ward, year, report
):
    client = as_user(client, ward.dieuphoi)
    for key in (f"deputy:{ward.lanhdao.pk}", f"head:{ward.canbo.pk}", "x", ""):
        answer = client.post(address(year, "nguoi-ky/"), {"signer": key})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["signer"])
    with pytest.raises(Refused, match="signer_unknown"):
        signing.choose(ward.dieuphoi, report, f"head:{ward.canbo.pk}")
    assert client.post(address(year, "van-ban/"), typed()).status_code == 302
    assert client.get(address(year, "nguoi-ky/")).status_code == 403
    with pytest.raises(Refused, match="consolidation_issued"):
        signing.choose(ward.dieuphoi, report, f"head:{ward.lanhdao.pk}")


# ---- who, and what a page costs


@pytest.mark.parametrize(
    ("username", "reads", "writes"),
    [
        ("dieuphoi", 200, 200),
        ("lanhdao", 200, 403),
        ("baocao", 403, 403),
        ("truongdonvi", 403, 403),
        ("canbo", 403, 403),
    ],
)
def test_the_coordinator_writes_the_leaders_read_nobody_else(
    client, ward, year, report, username, reads, writes
):
    client = as_user(client, ward.users[username])
    for rest in ("", "so-voi-ky-truoc/", "van-ban.docx", "van-ban.pdf", "phu-luc.xlsx"):
        assert client.get(address(year, rest)).status_code == reads, rest
    for rest in (f"muc/{drafting.NEXT}/", f"muc/{drafting.NEXT}/du-thao-moi/", "van-ban/", "nguoi-ky/"):
        assert client.get(address(year, rest)).status_code == writes, rest
    if writes == 403:
        for rest in ("cap-nhat/", "bat-dau/", f"muc/{drafting.NEXT}/tu-luu/"):
            assert client.post(address(year, rest)).status_code == 403, rest
        with pytest.raises(Refused, match="only_coordinator"):
            writing.save_section(ward.users[username], report, drafting.NEXT, {"text": "x"}, {})


def test_who_only_reads_has_the_paper_first_and_who_writes_a_way_down_to_it(client, ward, year, report):
    paper, units = 'id="van-ban"', 'id="don-vi"'
    written = as_user(client, ward.dieuphoi).get(address(year)).content.decode()
    assert written.index('href="#van-ban"') < written.index(units) < written.index(paper)
    read = as_user(client, ward.lanhdao).get(address(year)).content.decode()
    files = [read.index(f"van-ban.{face}") for face in ("docx", "pdf")] + [read.index("phu-luc.xlsx")]
    assert read.index(paper) < files[0] < files[1] < files[2] < read.index(units)
    assert read.count(paper) == 1 and 'href="#van-ban"' not in read


def test_the_tabs_of_the_work_area_stand_above_the_title_of_every_page():
    for source in (Path(__file__).resolve().parents[2] / "templates/plan").rglob("*.html"):
        text = source.read_text(encoding="utf-8")
        if "{% plan_tabs %}" in text and "pagehead" in text:
            assert text.index("{% plan_tabs %}") < text.index("pagehead"), source


def test_pages_are_sound_and_cost_the_same_with_many_reports(client, ward, year, report):
    client = as_user(client, ward.dieuphoi)
    pages = ["", "so-voi-ky-truoc/", f"muc/{drafting.LEAD}/", f"muc/{drafting.LEAD}/du-thao-moi/", "van-ban/"]

    def costs():
        found = {}
        for rest in pages:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                answer = client.get(address(year, rest))
            assert_sound(answer.content)
            found[rest] = len(queries)
        with CaptureQueriesContext(connection) as queries:
            assert_sound(client.get("/ke-hoach/dieu-hanh/tong-hop/").content)
        return found | {"list": len(queries)}

    before = costs()
    for number in range(30):
        unit = Unit.objects.create(code=f"TDP-{number:02}", name=f"Tổ dân phố số {number}")
        unit_report(year, unit, sent=VHXH)
        period(f"2020-bat-thuong-{number}", 2020, "ad_hoc")
    assert costs() == before
    assert before[""] <= 35
