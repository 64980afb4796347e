"""The application's three faces: page, Word and PDF say the same, item by item, in the form's order."""

import html
import io
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document as read_document

from ideas import workflow
from ideas.application.filling import NOTHING, WITHHELD
from ideas.application.paper import DRAFT
from ideas.models import Initiative
from tests.papers.document_builders import by_office, holds_in_order, pdf_text, squeeze, word_texts

from . import builders
from .form_builders import address, step, typed
from .paper_builders import quick
from .test_form_template import OFFICIAL, template

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LONG = ("Cải tiến cách nhắc hạn hồ sơ liên thông " * 50).strip() + "."  # 2,000 characters
HOSTILE = "\u202eNhắc\u200f hạn\u2066 sớm\u2069\x07 hơn"


@pytest.fixture
def ward():
    return builders.make_ward()


@pytest.fixture
def dossier(ward):
    """A draft with everything in it: two authors, two people of the first use, both days, an amount."""
    initiative = builders.draft(
        ward,
        trial_applied_on=date(2026, 7, 1),
        first_applied_on=date(2026, 8, 21),
        first_use_ended_on=date(2026, 10, 1),
        description="Bước một: mở bảng.\nBước hai: xem màu.",
        benefit_amount=Decimal(12_500_000),
        benefit_by_users="Dễ dùng, ai cũng hiểu.",
    )
    people = {"birth_date": date(1985, 3, 2), "workplace": "Tổ dân phố 3", "job_title": "Tổ trưởng"}
    initiative.participants.create(order=1, full_name="Cao Văn Tư", support="Dùng thử hằng ngày", **people)
    initiative.participants.create(order=2, full_name="Lê Thị Năm", support="Ghi số liệu")
    return builders.fresh(initiative)


def get(client, user, initiative, rest):
    client.force_login(user)
    return client.get(address(initiative, rest))


@dataclass
class Faces:
    page: list
    word: list
    pdf: str


def faces(client, user, initiative, name="don"):
    """What the three faces say: items of the page, texts of the Word file, text of the PDF."""
    page = get(client, user, initiative, "").content.decode()
    word = get(client, user, initiative, f"{name}.docx").content
    pdf = get(client, user, initiative, f"{name}.pdf").content
    return Faces(items_of(page), word_texts(word), pdf_text(pdf))


def body(pdf):
    """The text of a PDF without the page numbers and without what stands at the foot of every page."""
    pages = [re.sub(r"\A\s*\d+\n", "", page) for page in pdf.split("\f")]
    return re.sub(
        r"Hồsơ[\w-]+:bản(nháp|nộp).*?(,chưanộp|,mãkiểmtra\w{8}(\.Khônginphầncầnbảomật)?)",
        "",
        squeeze("".join(pages)),
    )


def items_of(page):
    """[(key, number, wording, [texts of the answer])] as the page shows them."""
    found = []
    for key, body in re.findall(
        r'<section class="[^"]*item"[^>]*data-item="(\w+)"[^>]*>(.*?)</section>', page, re.S
    ):
        heading = re.search(r'<h3[^>]*><span class="num">(\d+)\.</span> <span lang="vi">(.*?)</span>', body)
        answer = re.sub(r'<span class="flag">.*?</span>', "", body.split("</h3>", 1)[1], flags=re.S)
        texts = [text_of(cell) for cell in re.split(r"</?(?:p|td|th|h4|br|caption)\b[^>]*>", answer)]
        found.append((key, int(heading[1]), html.unescape(heading[2]), [text for text in texts if text]))
    return found


def text_of(markup):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", markup)).split())


def assert_same(faces, numbers=range(1, 13)):
    """Each item of the page stands in both files with its mark and words, in order, its answer behind it."""
    marks = {item.key: item.label for item in template().items}
    lines = []
    for key, _number, wording, texts in faces.page:
        label = marks[key].removesuffix(":")
        lines.append(label if not template().item_of(key).columns else wording)
        lines += [text for text in texts if text != wording]
    word = squeeze("".join(faces.word))
    assert holds_in_order(word, lines) is None
    assert holds_in_order(body(faces.pdf), lines) is None
    order = [(key, number) for key, number, *_rest in faces.page]
    expected = [(i.key, i.number) for i in template().items if i.kind not in ("pledge", "signature")]
    assert order == expected
    assert [n for key, n in order if not template().item_of(key).in_annex] == list(numbers)


def test_page_word_and_pdf_say_the_same_item_by_item(ward, dossier, client):
    submitted = workflow.move(dossier, "submit", ward.tacgia)
    said = faces(client, ward.tacgia, submitted)
    assert_same(said)
    values = {key: texts for key, _number, _wording, texts in said.page}
    assert values["recipient"] == ["Ủy ban nhân dân phường Hưng Đạo"]
    assert values["title"] == [dossier.title]
    assert values["first_use"] == [
        "01/07/2026",
        "Áp dụng lần đầu",
        "21/08/2026",
        "Áp dụng thử",
        "01/07/2026",
    ]
    assert values["nature"][:5] == [
        "Tình trạng của giải pháp đã biết",
        dossier.prior_state,
        "Các bước thực hiện giải pháp",
        "Bước một: mở bảng.",
        "Bước hai: xem màu.",
    ]
    assert values["confidential"][-1] == dossier.confidential_part
    assert values["benefit_amount"] == ["12.500.000 đồng"]
    assert values["kind"] == ["Giải pháp tác nghiệp"]
    assert values["public_money"] == ["Không"]
    heads = [column.wording for column in template().item_of("authors").columns]
    assert [t for t in values["authors"] if t not in heads][1:] == [
        *("1", "Bùi Thị Ngọc", "20/05/1980", "Phòng Văn hóa - Xã hội", "Chuyên viên", "Cử nhân", "60,00"),
        *("2", "Đỗ Minh Tuấn", "20/05/1980", "Phòng Văn hóa - Xã hội", "Chuyên viên", "Cử nhân", "40,00"),
    ]
    assert values["participants"][-14:] == [
        *("1", "Cao Văn Tư", "02/03/1985", "Tổ dân phố 3", "Tổ trưởng", NOTHING, "Dùng thử hằng ngày"),
        *("2", "Lê Thị Năm", NOTHING, NOTHING, NOTHING, NOTHING, "Ghi số liệu"),
    ]


def test_the_files_hold_the_circulars_words_in_order_and_nothing_of_another_language(ward, dossier, client):
    submitted = workflow.move(dossier, "submit", ward.tacgia)
    client.cookies["ngon_ngu"] = "en"
    said = faces(client, ward.tacgia, submitted)
    words = [f"{mark} {wording}".strip() for _number, mark, wording in OFFICIAL]
    today = timezone.localdate()
    signed = f"Hưng Đạo, ngày {today:%d} tháng {today.month:02d} năm {today.year}"
    if today.month > 2:
        signed = f"Hưng Đạo, ngày {today:%d} tháng {today.month} năm {today.year}"
    lines = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "ĐƠN YÊU CẦU CÔNG NHẬN SÁNG KIẾN",
        *words[:-1],
        signed,
        words[-1].upper(),
        "(Ký và ghi rõ họ tên)",
        "Bùi Thị Ngọc",
        "THÔNG TIN KÈM THEO ĐƠN",
        "6. Tài liệu kèm theo:",
        "minh-chung.pdf",
    ]
    assert holds_in_order("".join(said.word), lines) is None
    assert holds_in_order(body(said.pdf), lines) is None
    assert DRAFT not in said.pdf
    assert not {"Yes", "No", "Name", "VND"} & set(re.findall(r"[A-Za-z]+", said.pdf + " ".join(said.word)))


def test_libreoffice_opens_the_word_file_and_reads_the_same(ward, dossier, client, tmp_path):
    submitted = workflow.move(dossier, "submit", ward.tacgia)
    content = get(client, ward.tacgia, submitted, "don.docx").content
    assert holds_in_order(pdf_text(by_office(content, tmp_path)), word_texts(content)) is None


def test_every_page_of_a_version_says_which_one_it_is(ward, dossier, client):
    submitted = workflow.move(dossier, "submit", ward.tacgia)
    version = submitted.versions.get()
    said = faces(client, ward.tacgia, submitted)
    foot = f"Hồ sơ {dossier.code}: bản nộp lần 01 lúc {timezone.localtime(version.submitted_at):%H:%M}"
    foot += f" ngày {timezone.localtime(version.submitted_at):%d/%m/%Y}"
    foot += f", mã kiểm tra {version.sha256[:4]} {version.sha256[4:8]}"
    pages = [page for page in said.pdf.split("\f") if page.strip()]
    assert len(pages) >= 2 and all(squeeze(foot) in squeeze(page) for page in pages)
    section = read_document(io.BytesIO(get(client, ward.tacgia, submitted, "don.docx").content)).sections[-1]
    assert section.footer.paragraphs[0].text == section.first_page_footer.paragraphs[0].text == foot


def test_it_is_pdf_a_2a_and_pdf_ua_1(ward, dossier, client):
    content = get(client, ward.tacgia, dossier, "don-nhap.pdf").content
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_metadata() as meta:
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("2", "A", "1")
        assert meta["dc:title"] == "ĐƠN YÊU CẦU CÔNG NHẬN SÁNG KIẾN"
        assert str(pdf.Root.Lang) == "vi"


# ---- drafts and versions


def test_a_draft_is_marked_and_signed_by_no_day(ward, dossier, client):
    said = faces(client, ward.tacgia, dossier, "don-nhap")
    assert_same(said)
    for text in ("".join(said.word), said.pdf):
        assert holds_in_order(text, [DRAFT, "Hưng Đạo, ngày …… tháng …… năm ………"]) is None
    assert said.pdf.count("chưa nộp") == len([page for page in said.pdf.split("\f") if page.strip()])
    answer = get(client, ward.tacgia, dossier, "don-nhap.pdf")
    assert answer["Content-Disposition"] == f'attachment; filename="don-{dossier.code}-nhap.pdf"'
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))


def test_an_empty_draft_has_all_three_faces(ward, client):
    from ideas.authorship import start_dossier

    empty = start_dossier(ward.vanthu, "", keyed_from_paper=True)
    said = faces(client, ward.vanthu, empty, "don-nhap")
    assert_same(said)
    assert {key: texts for key, _n, _w, texts in said.page}["title"] == [NOTHING]


def test_each_version_is_drawn_as_it_was_submitted(ward, dossier, client):
    workflow.move(dossier, "submit", ward.tacgia)
    back = workflow.move(builders.fresh(dossier), "request_supplement", ward.thuky, reason="Thiếu")
    Initiative.objects.filter(pk=back.pk).update(novelty="Đã viết lại cho rõ.")
    draft = pdf_text(get(client, ward.tacgia, back, "don-nhap.pdf").content)
    assert "Đã viết lại cho rõ." in draft and "chưa nộp" in draft
    # While it is completed, everybody else keeps reading what was submitted.
    assert get(client, ward.thuky, back, "don-nhap.pdf").status_code == 404
    assert "Đã viết lại" not in pdf_text(get(client, ward.thuky, back, "don.pdf").content)
    workflow.move(builders.fresh(back), "resubmit", ward.tacgia)
    first, second = (
        pdf_text(get(client, ward.thuky, back, f"don.pdf?ban={number}").content) for number in (1, 2)
    )
    assert "Đã viết lại" not in first and "Đã viết lại cho rõ." in second
    assert (
        get(client, ward.thuky, back, "don.pdf").content
        == get(client, ward.thuky, back, "don.pdf?ban=2").content
    )
    for nonsense in ("0", "3", "-1", "x", "९"):
        assert get(client, ward.thuky, back, f"don.pdf?ban={nonsense}").status_code == 404
    assert get(client, ward.tacgia, back, "don-nhap.pdf").status_code == 404


# ---- who reads what


def test_the_confidential_part_is_in_the_files_of_whom_the_page_shows_it(ward, client):
    initiative = builders.evaluated(ward)
    quick(ward, initiative)
    secret = builders.fresh(initiative).confidential_part
    invited = ward.hoidong6  # on the agenda, the dossier never assigned
    assert secret
    for user, reads in ((ward.tacgia, True), (ward.thuky, True), (ward.hoidong1, True), (invited, False)):
        said = faces(client, user, initiative)
        page = get(client, user, initiative, "").content.decode()
        for text in (page, "".join(said.word), said.pdf):
            assert (squeeze(secret) in squeeze(text)) is reads, user
            assert (squeeze(WITHHELD) in squeeze(text)) is not reads, user
        assert_same(said)
        assert ("Không in phần cần bảo mật" in said.pdf) is not reads


def test_names_of_confidential_files_are_only_counted_for_whom_they_are_not_open(ward, client):
    dossier = builders.draft(ward)
    builders.attach(dossier, name="so-do-kin.pdf")
    dossier.attachments.filter(name="so-do-kin.pdf").update(is_confidential=True)
    initiative = dossier
    workflow.move(builders.fresh(dossier), "submit", ward.tacgia)
    mine = pdf_text(get(client, ward.tacgia, initiative, "don.pdf").content)
    assert "so-do-kin.pdf" in mine
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ideas.application.faces.may_read_confidential", lambda user, initiative: False)
        other = pdf_text(get(client, ward.thuky, initiative, "don.pdf").content)
    assert "so-do-kin.pdf" not in other and "Tài liệu cần bảo mật: 01 tệp" in other


def test_the_page_leads_to_its_files(ward, dossier, client):
    page = get(client, ward.tacgia, dossier, "").content.decode()
    assert "don-nhap.pdf" in page and "/don.pdf" not in page
    workflow.move(dossier, "submit", ward.tacgia)
    for user in (ward.tacgia, ward.thuky):
        page = get(client, user, dossier, "").content.decode()
        assert "don.pdf?ban=1" in page and "don.docx?ban=1" in page and "don-nhap" not in page


def test_as_many_queries_for_one_author_as_for_thirty(ward, dossier, client):
    def count():
        client.force_login(ward.tacgia)
        get(client, ward.tacgia, dossier, "don-nhap.docx")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert get(client, ward.tacgia, dossier, "don-nhap.docx").status_code == 200
        return len(queries)

    few = count()
    for number in range(30):
        dossier.participants.create(order=number + 3, full_name=f"Người {number}", support="Dùng thử")
        builders.attach(dossier, name=f"anh-{number}.pdf")
    assert count() == few


# ---- bad input


def test_a_name_of_two_thousand_characters_is_kept_and_refused_in_words_at_its_place(ward, dossier, client):
    client.force_login(ward.tacgia)
    assert len(LONG) == 2_000
    page = client.post(step(dossier, 1), typed(dossier, 1, title=LONG, problem="Trả chậm."))
    assert page.status_code == 200
    (words,) = page.context["form"].errors["title"]
    assert re.findall(r"[\d.]*\d", words) == ["2.000", "200", "1.800"]  # how long, the limit, by how much
    stored = builders.fresh(dossier)
    assert (stored.title, stored.problem) == (LONG, "Trả chậm.")
    assert LONG in page.content.decode()
    last = client.get(step(dossier, 7))
    assert last.context["blocked"]
    assert words in last.content.decode() and f'href="{step(dossier, 1)}#id_title"' in last.content.decode()
    with pytest.raises(workflow.Refused):
        workflow.move(stored, "submit", ward.tacgia)
    # The page came back with what is stored now as its base: shortening it is no clash with oneself.
    base = page.context["form"].base_json
    assert client.post(step(dossier, 1), {"base": base, "title": "Ngắn gọn"}).status_code == 302
    assert builders.fresh(dossier).title == "Ngắn gọn"


def test_autosave_keeps_a_long_name_and_says_so(ward, dossier, client):
    client.force_login(ward.tacgia)
    answer = client.post(step(dossier, 1) + "luu/", typed(dossier, 1, title=LONG)).json()
    assert re.findall(r"[\d.]*\d", answer["errors"]["id_title"][0]) == ["2.000", "200", "1.800"]
    assert "title" in answer["changed"] and builders.fresh(dossier).title == LONG


def test_a_name_longer_than_any_draft_keeps_stays_on_the_page(ward, dossier, client):
    client.force_login(ward.tacgia)
    huge = "ô" * 20_000
    page = client.post(step(dossier, 1), typed(dossier, 1, title=huge))
    assert page.status_code == 200 and huge in page.content.decode()
    assert re.findall(r"[\d.]*\d", page.context["form"].errors["title"][0]) == ["20.000", "200", "19.800"]
    assert builders.fresh(dossier).title == dossier.title


def test_a_long_name_is_in_all_three_faces(ward, dossier, client):
    Initiative.objects.filter(pk=dossier.pk).update(title=LONG)
    said = faces(client, ward.tacgia, builders.fresh(dossier), "don-nhap")
    assert_same(said)
    assert squeeze(LONG) in body(said.pdf)


def test_marks_of_direction_and_control_characters_are_cleaned_in_the_files(ward, dossier, client):
    Initiative.objects.filter(pk=dossier.pk).update(title=HOSTILE, description=f"{HOSTILE}\n{HOSTILE}")
    word = word_texts(get(client, ward.tacgia, dossier, "don-nhap.docx").content)
    pdf = pdf_text(get(client, ward.tacgia, dossier, "don-nhap.pdf").content)
    for text in ("".join(word), pdf):
        assert not set(text) & set("\u202e\u200f\u2066\u2069\x07")
        assert squeeze(text).count(squeeze("Nhắc hạn sớm hơn")) == 3


@pytest.mark.parametrize(
    "text", ['#read("/etc/passwd")', "<w:p> &amp; ]]> \\", "*đậm* $x$", "漢🎉", "ế" * 3000]
)
def test_whatever_was_typed_becomes_both_files(ward, dossier, client, text):
    Initiative.objects.filter(pk=dossier.pk).update(description=text, title=text[:200])
    for face in ("docx", "pdf"):
        assert get(client, ward.tacgia, dossier, f"don-nhap.{face}").status_code == 200
