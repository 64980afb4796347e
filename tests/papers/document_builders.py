"""A paper with one of every block, and the texts its two faces hold."""

import io
import re
import shutil
import subprocess
import unicodedata

import pytest
from docx import Document as read_document
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from papers.documents import (
    Addressees,
    Annex,
    Article,
    Authority,
    Clause,
    Column,
    Dash,
    Document,
    Grounds,
    Head,
    Paragraph,
    Point,
    Section,
    Signer,
    SpanRow,
    Table,
)

HEAD = Head(
    issuer=("ỦY BAN NHÂN DÂN", "PHƯỜNG HƯNG ĐẠO"),
    symbol="QĐ-UBND",
    place="Hưng Đạo",
    name="Ủy ban nhân dân phường Hưng Đạo",
)


def people(count):
    columns = (Column("TT", 1, "center"), Column("Họ và tên", 5), Column("Điểm", 2, "right"))
    rows = tuple((str(number), f"Nguyễn Thị Ngọc {number}", "88,50") for number in range(1, count + 1))
    return Table(columns, (SpanRow("Nhóm thứ nhất"), *rows), "Danh sách", ("", "Cộng", str(count)))


def document(**changes):
    values = {
        "head": HEAD,
        "name": "QUYẾT ĐỊNH",
        "subject": "Về việc công nhận sáng kiến",
        "blocks": (
            Authority("ỦY BAN NHÂN DÂN PHƯỜNG HƯNG ĐẠO"),
            Addressees(("Bà Bùi Thị Ngọc", "Ông Đỗ Minh Tuấn")),
            Grounds(("Căn cứ Luật một", "Căn cứ Nghị định hai;")),
            Authority("QUYẾT ĐỊNH:"),
            Article("Công nhận ba sáng kiến."),
            Clause("Khoản không có tiêu đề."),
            *(Point(f"Điểm thứ {number}.") for number in range(1, 7)),
            Section("Phần có tiêu đề"),
            Clause("Khoản có tiêu đề", titled=True),
            Paragraph("Đoạn văn."),
            Dash("Gạch đầu dòng."),
            people(3),
            Article("Quyết định có hiệu lực từ ngày ký./."),
        ),
        "signers": (Signer(("TM. Ủy ban nhân dân", "Chủ tịch"), "Phạm Văn Minh"),),
        "recipients": ("Như Điều 2", "Lưu: VT, HĐSK"),
        "annexes": (Annex("Danh sách kèm theo", (people(2),), "Quyết định", landscape=True),),
    }
    return Document(**{**values, **changes})


def squeeze(text):
    """Text without what breaks lines where they fit, composed."""
    return unicodedata.normalize("NFC", re.sub(r"[\s\u200b\u00ad]", "", text))


def word_texts(content):
    """Every text of a Word file in the order of reading, tables cell by cell; empty lines left out."""
    texts = []
    for block in _blocks(read_document(io.BytesIO(content)).element.body):
        texts += [block] if block.strip() else []
    return texts


def _blocks(body):
    for child in body.iterchildren():
        if child.tag == qn("w:p"):
            yield WordParagraph(child, None).text
        elif child.tag == qn("w:tbl"):
            seen = set()
            for row in WordTable(child, None).rows:
                for cell in row.cells:
                    if cell._tc not in seen:  # a merged cell is met once for each column
                        seen.add(cell._tc)
                        yield from (paragraph.text for paragraph in cell.paragraphs)


def pdf_text(content, *options):
    """The text of a PDF in the order of its content, by pdftotext; pages end with a form feed."""
    if shutil.which("pdftotext") is None:
        pytest.fail("pdftotext is needed to read the PDFs: apt-get install poppler-utils")
    command = ["pdftotext", "-raw", "-enc", "UTF-8", *options, "-", "-"]
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()


_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
_POINT = 25.4 / 72


def pdf_words(content, page=1):
    """[(text, its left and its right end in millimetres)] of a page."""
    shown = pdf_text(content, "-bbox", "-f", str(page), "-l", str(page))
    return [(text, float(x) * _POINT, float(to) * _POINT) for x, _y, to, _end, text in _WORD.findall(shown)]


def by_office(content, folder, ending="docx"):
    """The PDF LibreOffice makes of a Word or Excel file. Fails where LibreOffice is missing."""
    if shutil.which("soffice") is None:
        pytest.fail("LibreOffice is missing: apt-get install libreoffice-writer-nogui libreoffice-calc-nogui")
    source = folder / f"paper.{ending}"
    source.write_bytes(content)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return (folder / "paper.pdf").read_bytes()


def holds_in_order(text, lines):
    """The first of `lines` that does not follow in `text`, or None when all do."""
    text, at = squeeze(text), 0
    for line in lines:
        found = text.find(squeeze(line), at)
        if found < 0:
            return line
        at = found + len(squeeze(line))
    return None
