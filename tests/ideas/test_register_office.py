"""LibreOffice opens every file made from the register, and reads in it what was to be said."""

import io
import zipfile
from decimal import Decimal

import pytest
from django.utils import timezone

from ideas.models import Initiative
from ideas.papers.city_submission import city_submission
from ideas.papers.loading import Signature
from ideas.papers.year_report import year_report
from ideas.register import city
from ideas.register.asking import Asked, rows
from ideas.register.lines import Lines
from ideas.register.package import take_package
from ideas.register.workbook import HEADINGS, write_register
from ideas.register.year import year_figures
from ideas.register.year_workbook import write_year
from papers.documents import draw, freeze
from papers.documents.layout import laid_out, lines_of
from tests.papers.document_builders import by_office, pdf_text, squeeze

from . import builders

pytestmark = [pytest.mark.django_db, pytest.mark.once]
EVIL = '=HYPERLINK("http://x";"Bấm")'


@pytest.fixture
def ward():
    ward = builders.make_ward()
    builders.recognised(ward, title=EVIL, share=Decimal("0.9"))
    long_one = builders.declined(ward)
    Initiative.objects.filter(pk=long_one.pk).update(title="Số hóa hồ sơ hộ tịch theo lô " * 16)
    return ward


def read_by_office(write, folder):
    """The text LibreOffice prints of a workbook that `write(file)` makes."""
    path = folder / "made.xlsx"
    with path.open("wb") as file:
        write(file)
    return squeeze(pdf_text(by_office(path.read_bytes(), folder, "xlsx")))


def test_it_prints_the_register_with_every_heading_and_every_cell(ward, tmp_path):
    lines = list(Lines(ward.thuky).all_of(rows(Asked())))
    text = read_by_office(lambda file: write_register(file, iter(lines), Asked()), tmp_path)
    for heading, _width in HEADINGS:
        assert squeeze(heading) in text
    for line in lines:
        for cell in line.cells:
            shown = f"{cell:%d/%m/%Y}" if hasattr(cell, "strftime") else str(cell or "")
            if len(shown) < 60:  # a longer one is broken between words
                assert squeeze(shown) in text
    assert squeeze(EVIL) in text


def test_it_prints_the_figures_of_the_year_with_their_totals(ward, tmp_path):
    figures = year_figures(timezone.localdate().year)
    text = read_by_office(lambda file: write_year(file, figures, ward.thuky), tmp_path)
    assert text.count("Cộng") >= 5
    for said in ("Phòng Văn hóa - Xã hội", "Không đủ tỷ lệ phiếu đồng ý", "Chưa đủ 2/3 số ghế đồng ý."):
        assert squeeze(said) in text


def papers(ward):
    yield year_report(year_figures(2026), Signature("Phạm Văn Hùng"), timezone.localdate())
    initiative = next(iter(city.eligible(ward.round)))
    city.choose(ward.thuky, initiative.code)
    batch = city.batch_of(ward.round, 1)
    yield city_submission(city.lines_of(ward.thuky, batch), batch, Signature("Phạm Văn Hùng"))


def test_report_and_submission_say_the_same_in_both_faces_and_in_libreoffice(ward, tmp_path):
    for place, document in enumerate(papers(ward)):
        data = freeze(document).data
        lines = list(lines_of(laid_out(data)))
        folder = tmp_path / str(place)
        folder.mkdir()
        pdf = pdf_text(draw(data, "pdf").content)
        word = pdf_text(by_office(draw(data, "docx").content, folder))
        for text in (pdf, word):
            found = squeeze(text)
            assert [line for line in lines if len(line) < 60 and squeeze(line) not in found] == []


def test_the_list_of_a_package_opens(ward, tmp_path):
    initiative = next(iter(city.eligible(ward.round)))
    city.choose(ward.thuky, initiative.code)
    with take_package(ward.thuky, city.batch_of(ward.round, 1)) as file:
        content = zipfile.ZipFile(io.BytesIO(file.read())).read("danh-sach.xlsx")
    text = squeeze(pdf_text(by_office(content, tmp_path, "xlsx")))
    assert squeeze(EVIL) in text and initiative.code in text
    assert squeeze("DANH SÁCH SÁNG KIẾN ĐỀ NGHỊ XÉT CÔNG NHẬN CẤP THÀNH PHỐ") in text
