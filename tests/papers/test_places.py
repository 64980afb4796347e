"""Where things stand on the page of a PDF, measured: in the margins and the middle NĐ 30/2020 asks for."""

import pytest

from papers.documents import Addressees, Column, Paragraph, SpanRow, Table, draw, freeze

from .document_builders import document, pdf_text, pdf_words

LEFT, RIGHT = 30, 210 - 15


def words(paper):
    return pdf_words(draw(freeze(paper).data, "pdf").content)


def test_to_whom_it_goes_stands_in_the_middle_where_there_are_several():
    paper = document(blocks=(Addressees(("Sở Khoa học và Công nghệ", "Đảng ủy phường")), Paragraph("Chữ.")))
    at = {text: (left, right) for text, left, right in words(paper)}
    middle = (at["Kính"][0] + at["gửi:"][1]) / 2
    assert abs(middle - (LEFT + RIGHT) / 2) < 1


def test_no_comma_stands_in_the_margin():
    told = "Có báo cáo được chấp nhận, có báo cáo đã gửi, có báo cáo trả lại, có báo cáo chưa gửi, " * 12
    found = words(document(blocks=(Paragraph(told),), annexes=()))
    assert max(right for _text, _left, right in found) <= RIGHT + 0.1


@pytest.mark.parametrize("above", [0, 4])
def test_the_first_row_of_a_group_does_not_stand_alone_at_the_foot_of_a_page(above):
    groups = [(SpanRow(f"Nhóm-{n}"), (f"{n}.1", "chữ " * 30), (f"{n}.2", "chữ " * 30)) for n in range(60)]
    columns = (Column("Mã", 10), Column("Việc", 40))
    table = Table(columns, tuple(row for group in groups for row in group), "Việc")
    paper = document(annexes=(), blocks=(*[Paragraph("Dòng.")] * above, table))
    pages = pdf_text(draw(freeze(paper).data, "pdf").content).split("\f")
    last_lines = [page.strip().splitlines()[-1] for page in pages if page.strip()]
    assert len(last_lines) > 5 and not any(line.startswith("Nhóm-") for line in last_lines)


def test_a_table_of_nothing_says_so():
    columns = (Column("TT", 1), Column("Nội dung", 9))
    paper = document(annexes=(), blocks=(Table(columns, (SpanRow("Không có."),), "Nội dung"),))
    assert "Không có." in pdf_text(draw(freeze(paper).data, "pdf").content)
