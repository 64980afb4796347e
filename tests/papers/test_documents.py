"""Official papers: the same text in both faces, the layout of NĐ 30/2020, what readers and archives need."""

import io
from datetime import date

import pikepdf
import pypdf
import pytest
from docx import Document as read_document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from hypothesis import example, given, settings
from hypothesis import strategies as st

from papers import render
from papers.checks import paper_font_is_there
from papers.documents import Column, Document, Paragraph, Signer, Table, council_head, draw, freeze, ward_head
from papers.documents.layout import laid_out, lines_of
from papers.documents.numbering import letter, roman

from .document_builders import by_office, document, holds_in_order, pdf_text, people, squeeze, word_texts

LIBERATION = "/usr/share/fonts/truetype/liberation2"
ROOM = "\u00a0" * 8
DAY, NUMBER = date(2026, 2, 6), "178/QĐ-UBND"


def both(paper, number="", day=None):
    """(every text in order, the Word file, the PDF) of a paper."""
    data = freeze(paper).data
    lines = list(lines_of(laid_out(data, number, day)))
    return lines, draw(data, "docx", number, day).content, draw(data, "pdf", number, day).content


@pytest.mark.parametrize(
    "paper",
    [
        document(),
        document(is_sample=True),
        document(landscape=True, annexes=()),
        document(head=council_head("BB", dated=False), recipients=()),
        document(signers=(Signer(("Thư ký",), "Trần Văn Bình"), Signer(("Chủ tọa",), "Phạm Quốc Khánh"))),
        document(signers=(Signer(("TM. Hội đồng", "KT. Chủ tịch"), "", "Phó Chủ tịch", "(Ký)"),)),
        document(subject="Sáng kiến " * 50),
    ],
    ids=["whole", "sample", "landscape", "minutes", "two signers", "office", "long title"],
)
@pytest.mark.parametrize(("number", "day"), [("", None), (NUMBER, DAY)])
def test_both_faces_say_the_same_block_by_block(paper, number, day):
    lines, word, pdf = both(paper, number, day)
    assert [squeeze(text) for text in word_texts(word)] == [squeeze(line) for line in lines]
    assert holds_in_order(pdf_text(pdf), lines) is None


def test_a_pdf_of_one_page_says_nothing_else():
    lines, _word, pdf = both(document(annexes=(), blocks=(Paragraph("Một đoạn."), people(4))))
    assert squeeze(pdf_text(pdf)) == squeeze("".join(lines))


def test_libreoffice_opens_the_word_file_and_reads_the_same(tmp_path):
    lines, word, _pdf = both(document(is_sample=True), NUMBER, DAY)
    assert holds_in_order(pdf_text(by_office(word, tmp_path)), lines) is None


def test_a_draft_leaves_room_for_number_and_date_and_a_registered_paper_has_them():
    shown = laid_out(freeze(document()).data)
    assert shown["number_line"] == "Số:" + ROOM + "/QĐ-UBND"
    assert squeeze(shown["date_line"]) == "HưngĐạo,ngàythángnăm"
    shown = laid_out(freeze(document()).data, NUMBER, DAY)
    assert shown["number_line"] == "Số: 178/QĐ-UBND"
    assert shown["date_line"] == "Hưng Đạo, ngày 06 tháng 02 năm 2026"
    assert shown["annexes"][0]["attached"] == (
        "(Kèm theo Quyết định số 178/QĐ-UBND ngày 06 tháng 02 năm 2026 của Ủy ban nhân dân phường Hưng Đạo)"
    )
    assert laid_out(freeze(document(head=council_head("BB", dated=False))).data)["date_line"] == ""


def test_the_room_for_number_and_date_is_in_both_faces():
    _lines, word, pdf = both(document())
    assert "Số:" + ROOM + "/QĐ-UBND" in word_texts(word)
    with io.BytesIO(pdf) as stream:  # pdftotext makes one blank of several
        page = pypdf.PdfReader(stream).pages[0].extract_text()
    assert "Số:" + ROOM + "/QĐ-UBND" in page


def test_parts_are_numbered_in_the_vietnamese_order():
    assert "".join(letter(number) for number in range(1, 8)) == "abcdđeg"
    assert [letter(number) for number in (23, 24, 25)] == ["y", "aa", "ab"]
    assert [roman(number) for number in (1, 4, 9, 14)] == ["I", "IV", "IX", "XIV"]
    labels = [block["label"] for block in freeze(document()).data["blocks"] if "label" in block]
    assert labels == ["Điều 1.", "1.", "a)", "b)", "c)", "d)", "đ)", "e)", "I.", "1.", "Danh sách", "Điều 2."]


def test_grounds_recipients_and_addressees_end_as_they_should():
    data = freeze(document()).data
    texts = [
        block["text"] for block in data["blocks"] if block["type"] in ("ground", "addressee", "addressed")
    ]
    assert texts == [
        "Kính gửi:",
        "- Bà Bùi Thị Ngọc;",
        "- Ông Đỗ Minh Tuấn.",
        "Căn cứ Luật một;",
        "Căn cứ Nghị định hai.",
    ]
    assert data["recipients"] == ["- Như Điều 2;", "- Lưu: VT, HĐSK."]


def test_annexes_are_numbered_from_two_up():
    one = document().annexes[0]
    assert [a["label"] for a in freeze(document()).data["annexes"]] == ["Phụ lục"]
    assert [a["label"] for a in freeze(document(annexes=(one, one))).data["annexes"]] == [
        "Phụ lục I",
        "Phụ lục II",
    ]


def test_the_same_blocks_have_the_same_hash_and_bytes_and_others_have_others():
    assert freeze(document()) == freeze(document())
    assert freeze(document()).sha256 != freeze(document(subject="Khác")).sha256
    data = freeze(document()).data
    assert draw(data, "pdf").content == draw(data, "pdf").content


def test_a_row_has_as_many_cells_as_the_table_columns():
    with pytest.raises(ValueError, match="number of cells"):
        freeze(document(blocks=(Table((Column("A", 1), Column("B", 1)), (("một",),), "x"),)))


HOSTILE = '\u202eabc\u200f\u2066def\u2069\x00\x07\x0b #read("/etc/passwd") *b* $x$ <w:p> &amp; ]]> \\ﬁ 漢🎉'


def test_marks_of_direction_and_control_characters_are_cleaned_in_both_faces():
    lines, word, pdf = both(document(subject=HOSTILE, blocks=(Paragraph(HOSTILE),), annexes=()))
    cleaned = 'abcdef #read("/etc/passwd") *b* $x$ <w:p> &amp; ]]> \\'
    for text in (lines[lines.index("QUYẾT ĐỊNH") + 1], " ".join(word_texts(word))):
        assert cleaned in text
        assert not set(text) & set("\u202e\u200f\u2066\u2069\x00\x07\x0b")
    assert squeeze(cleaned) in squeeze(pdf_text(pdf))


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=120), st.text(max_size=40))
@example("\u0300\u0301", "\u0331")
@example("\ud7ff\ufffe\uffff", "\x85\x1c")
def test_whatever_was_typed_becomes_both_faces(text, name):
    paper = Document(ward_head("QĐ"), "QUYẾT ĐỊNH", text, (Paragraph(text or "x"),), (Signer(("A",), name),))
    data = freeze(paper).data
    word_texts(draw(data, "docx").content)
    draw(data, "pdf")


def test_a_word_without_end_stays_on_the_page():
    _lines, _word, pdf = both(document(blocks=(Paragraph("đ" * 3000),), annexes=()))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) <= 3
    assert squeeze(pdf_text(pdf)).count("đ") >= 3000


# ---- layout


@pytest.mark.parametrize("landscape", [False, True])
def test_the_page_has_the_margins_of_the_decree(landscape):
    _lines, word, pdf = both(document(landscape=landscape, annexes=()))
    section = read_document(io.BytesIO(word)).sections[0]
    sides = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(side / Mm(1)) for side in sides] == [20, 15, 20, 30]
    assert section.orientation == (WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        width, height = (float(size) * 25.4 / 72 for size in opened.pages[0].mediabox[2:])
    assert (round(width), round(height)) == ((297, 210) if landscape else (210, 297))


def test_pages_are_numbered_from_the_second_and_annexes_anew():
    blocks = tuple(Paragraph("Một đoạn văn dài. " * 30) for _ in range(12))
    _lines, word, pdf = both(
        document(blocks=blocks, annexes=(document(blocks=(people(60),)).annexes[0],) * 2)
    )
    heads = [page.strip().split("\n")[0] for page in pdf_text(pdf).split("\f")]
    numbers = [head if head.isdigit() else "" for head in heads if head]
    assert numbers[0] == "" and numbers[1] == "2"
    assert numbers.count("") == 3  # the first page of the paper and of each annex
    opened = read_document(io.BytesIO(word))
    assert [s.different_first_page_header_footer for s in opened.sections] == [True] * 3
    starts = [s._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for s in opened.sections]
    assert starts == ["1", "1", "1"]
    code = opened.sections[0].header._element.findall(".//" + qn("w:instrText"))
    assert [field.text.strip() for field in code] == ["PAGE"]


def test_the_head_of_a_table_is_repeated_on_its_second_page(tmp_path):
    lines, word, pdf = both(document(blocks=(people(70),), annexes=()))
    for made in (pdf, by_office(word, tmp_path)):
        pages = [page for page in pdf_text(made).split("\f") if page.strip()]
        assert len(pages) >= 2
        assert all("Họ và tên" in page for page in pages[:2])
        assert holds_in_order(pages[1], ["Họ và tên", "Nguyễn Thị Ngọc"]) is None
    table = read_document(io.BytesIO(word)).tables[1]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert table.style.name == "Table Grid"
    assert len(lines) > 140


def test_the_word_file_has_real_headings_its_font_and_its_language():
    _lines, word, _pdf = both(document())
    opened = read_document(io.BytesIO(word))
    styles = {p.text: p.style.name for p in opened.paragraphs if p.style.name != "Normal"}
    assert styles == {
        "QUYẾT ĐỊNH": "Title",
        "I. PHẦN CÓ TIÊU ĐỀ": "Heading 2",
        "1. Khoản có tiêu đề": "Heading 3",
        "Phụ lục": "Heading 1",
    }
    assert all(opened.styles[name].paragraph_format.keep_with_next for name in ("Title", "Heading 2"))
    normal = opened.styles["Normal"]
    assert (normal.font.name, normal.font.size) == ("Times New Roman", Pt(14))
    defaults = opened.styles.element.find(qn("w:docDefaults"))
    assert defaults.find(".//" + qn("w:lang")).get(qn("w:val")) == "vi-VN"
    fonts = {f.get(qn(f"w:{s}")) for f in defaults.iter(qn("w:rFonts")) for s in ("ascii", "cs", "eastAsia")}
    assert fonts == {"Times New Roman"}


def test_the_word_file_says_what_it_is():
    core = read_document(io.BytesIO(both(document(), NUMBER, DAY)[1])).core_properties
    assert core.title == "QUYẾT ĐỊNH: Về việc công nhận sáng kiến"
    assert (core.author, core.language) == ("ỦY BAN NHÂN DÂN PHƯỜNG HƯNG ĐẠO", "vi-VN")
    assert core.created.date() == DAY
    assert core.comments == ""


def test_a_signature_never_stands_alone():
    blocks = tuple(Paragraph("Một đoạn văn dài. " * 9) for _ in range(12))
    for count in range(6, 12):
        _lines, word, pdf = both(document(blocks=blocks[:count], annexes=(), recipients=()))
        pages = [page for page in pdf_text(pdf).split("\f") if page.strip()]
        signed = next(page for page in pages if "Phạm Văn Minh" in page)
        assert "đoạn" in signed
    paragraphs = read_document(io.BytesIO(word)).paragraphs
    assert [p.paragraph_format.keep_with_next for p in paragraphs if p.text.startswith("Một")][-1]


# ---- archive and screen readers


def test_it_is_pdf_a_2a_and_pdf_ua_1_in_vietnamese_with_a_title():
    with pikepdf.open(io.BytesIO(both(document(is_sample=True), NUMBER, DAY)[2])) as pdf:
        with pdf.open_metadata() as meta:
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("2", "A", "1")
            assert meta["dc:title"] == "QUYẾT ĐỊNH: Về việc công nhận sáng kiến"
        assert str(pdf.Root.Lang) == "vi"
        assert pdf.Root.MarkInfo.Marked
        kinds = [str(o.S) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/S" in o]
        assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD"} <= set(kinds)
        assert "/JavaScript" not in pdf.Root.get("/Names", {})


def families(content):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        fonts = [font for page in pdf.pages for font in page.resources["/Font"].values()]
        return {str(font.BaseFont).split("+")[1].split("-")[0] for font in fonts}


def test_only_the_intended_family_is_embedded():
    assert families(both(document())[2]) == {"LibertinusSerif"}


@pytest.fixture
def face(settings):
    """Names a face and its folder, with nothing remembered of the fonts before and after."""

    def name(font, folder):
        settings.PAPERS_FONT, settings.PAPERS_FONT_FOLDER = font, folder
        forget()

    def forget():
        render.fonts.cache_clear()
        render._local.__dict__.clear()

    yield name
    forget()


def test_a_face_that_is_named_but_not_there_is_complained_of(face, tmp_path):
    assert paper_font_is_there(None) == []
    face("Liberation Serif", LIBERATION)
    assert paper_font_is_there(None) == []
    face("Times New Roman", str(tmp_path))
    assert [complaint.id for complaint in paper_font_is_there(None)] == ["papers.W001"]
    assert families(both(document())[2]) == {"LibertinusSerif"}


def test_the_office_may_name_a_face_of_its_own(face):
    face("Liberation Serif", LIBERATION)
    letters = "ăâđêôơưÀÁẢÃẠẰẮẲẴẶẦẤẨẪẬỀẾỂỄỆỒỐỔỖỘỜỚỞỠỢỪỨỬỮỰỲÝỶỸỴ□"
    _lines, _word, pdf = both(document(blocks=(Paragraph(letters),), annexes=()))
    assert families(pdf) == {"LiberationSerif"}
    assert letters in squeeze(pdf_text(pdf))
