"""Where things stand on the page of a PDF, measured: in the margins and the middle NĐ 30/2020 asks for."""

from papers.documents import Addressees, Paragraph, draw, freeze

from .document_builders import document, pdf_words

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
