import io
import json
import re
import unicodedata
from dataclasses import asdict

import pikepdf
import pypdf
import pytest
import typst
from hypothesis import example, given, settings
from hypothesis import strategies as st

from papers import glyphs, render
from papers.certificates import _composed  # the frozen form of data, without a database
from tests.papers.builders import data

VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
ALL_LETTERS = VIETNAMESE + VIETNAMESE.upper() + "–—“”‘’…·•§°²³×±≤≥₫€½%&@#*_$`~^<>[]{}\\|/"


def frozen(**fields):
    return _composed(asdict(data(**fields))) | {
        "template": "certificate_initiative.typ",
        "number": "09/GCN-UBND",
        "body_lines": ["ỦY BAN NHÂN DÂN", "PHƯỜNG HƯNG ĐẠO"],
        "place": "Hưng Đạo",
        "code": "K7QM-4TXD",
        "verify_url": "https://cong.example/xac-minh/K7QM4TXD/",
    }


def draw(**fields):
    return render.certificate_pdf(frozen(**fields))


def words(pdf):
    """All text of the paper as a reader gets it, white space taken out (lines break where they fit)."""
    with io.BytesIO(pdf) as stream:
        text = "".join(page.extract_text() for page in pypdf.PdfReader(stream).pages)
    return squeeze(text)


def squeeze(text):
    text = re.sub(r"[\s\u200b\u00ad]", "", text)
    return unicodedata.normalize("NFC", text)


def test_the_paper_says_what_annex_three_asks_for():
    text = words(draw())
    for part in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "ỦY BAN NHÂN DÂN PHƯỜNG HƯNG ĐẠO",
        "GIẤY CHỨNG NHẬN SÁNG KIẾN",
        "Số: 09/GCN-UBND",
        "Phạm Thu Hà",
        "07/03/1988",
        "Trung tâm Phục vụ hành chính công",
        "Viên chức tiếp nhận hồ sơ",
        "Thạc sĩ Quản lý công",
        "là đồng tác giả của sáng kiến",
        "“Phiếu hẹn trả kết quả có mã QR và tin nhắn nhắc ngày hẹn”",
        "Đỗ Quang Huy; Vũ Thị Ngọc Ánh",
        "Số 402/QĐ-UBND, ngày 14 tháng 10 năm 2026",
        "Hưng Đạo, ngày 16 tháng 10 năm 2026",
        "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH",
        "Nguyễn Văn An",
        "K7QM-4TXD",
        "cong.example/xac-minh/",
    ]:
        assert squeeze(part) in text, part
    assert "Dữliệumẫu" not in text


def test_a_sole_author_a_deputy_and_a_sample_are_named_so():
    text = words(draw(co_authors=(), signing_authority=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), is_sample=True))
    assert "làtácgiảcủasángkiến" in text
    assert "Cácđồngtácgiả" not in text
    assert "KT.CHỦTỊCHPHÓCHỦTỊCH" in text
    assert "Dữliệumẫu,khôngcógiátrịsửdụng" in text


def test_what_is_not_known_leaves_no_empty_label():
    text = words(
        draw(birth_date=None, degree="", position="", investor="", summary="", benefit="", signer_name="")
    )
    assert "Ngàysinh" not in text
    assert "Trìnhđộ" not in text
    assert "Tómtắt" not in text


def test_only_the_intended_family_is_embedded():
    with pikepdf.open(io.BytesIO(draw(summary=ALL_LETTERS, is_sample=True))) as pdf:
        fonts = [font for page in pdf.pages for font in page.resources["/Font"].values()]
        names = {str(font.BaseFont).split("+")[1] for font in fonts}
        assert names == {f"LibertinusSerif-{face}-Identity-H" for face in ("Regular", "Bold", "Italic")}
        assert all("/FontFile3" in font.DescendantFonts[0].FontDescriptor for font in fonts)


def test_every_vietnamese_letter_comes_back_from_the_text():
    assert squeeze(ALL_LETTERS) in words(draw(title=ALL_LETTERS, holder_name="Nguyễn Thị Ngọc Quỳnh Như"))


def test_it_is_pdf_a_2a_and_pdf_ua_1_in_vietnamese_with_title_and_alt():
    with pikepdf.open(io.BytesIO(draw())) as pdf:
        with pdf.open_metadata() as meta:
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("2", "A", "1")
            assert meta["dc:title"] == "Giấy chứng nhận sáng kiến số 09/GCN-UBND, Phạm Thu Hà"
        assert str(pdf.Root.Lang) == "vi"
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        alts = [str(o.Alt) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]
        assert any("https://cong.example/xac-minh/K7QM4TXD/" in alt for alt in alts), alts
        assert "/JavaScript" not in pdf.Root.get("/Names", {})


def test_the_same_data_give_the_same_bytes_on_another_day():
    first = draw()
    render._local.__dict__.clear()  # a compiler of its own, as in another process
    assert draw() == first
    assert draw(holder_name="Phạm Thu Hằng") != first


HOSTILE = (
    r'#read("/etc/passwd") *b* _i_ $x$ ] #panic() \ "q" @ref <label> // /* = - + 1. ` '
    r"https://x.example ~ --- \u{41}"
)


@pytest.mark.parametrize("field", ["title", "holder_name", "summary", "benefit", "holder_unit", "investor"])
def test_markup_in_a_value_is_printed_as_typed(field):
    assert squeeze(HOSTILE) in words(draw(**{field: HOSTILE}))


def test_templates_read_nothing_outside_their_folder(tmp_path):
    compiler = typst.Compiler(root=str(render.TEMPLATES), font_paths=render.fonts(), ignore_system_fonts=True)
    for path in ("/etc/passwd", "../certificates.py", "/../certificates.py"):
        with pytest.raises(typst.TypstError):
            compiler.compile(input=f'#read("{path}")'.encode())


def test_a_very_long_paper_goes_on_to_a_second_page_with_the_signature():
    pdf = draw(
        title="Ứng dụng bảng theo dõi số hóa " * 67, co_authors=tuple(f"Nguyễn Văn {i}" for i in range(12))
    )
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) == 2
        last = pypdf.PdfReader(io.BytesIO(pdf)).pages[1].extract_text()
    assert "NguyễnVănAn" in squeeze(last)
    assert "trang2/2" in squeeze(last)


def test_an_ordinary_paper_fits_one_page_with_twelve_co_authors():
    names = tuple(f"Nguyễn Thị Thanh Hương {i}" for i in range(12))
    with pikepdf.open(io.BytesIO(draw(co_authors=names, summary="Nội dung của giải pháp. " * 12))) as pdf:
        assert len(pdf.pages) == 1


def test_a_word_without_end_stays_on_the_paper():
    text = words(draw(title="đ" * 2000))
    assert text.count("đ") >= 2000
    with pikepdf.open(io.BytesIO(draw(title="w" * 2000))) as pdf:
        assert len(pdf.pages) <= 2


def test_the_font_has_every_character_promised_in_every_style():
    source = """#set document(title: "t")
#set text(font: "Libertinus Serif", fallback: false, lang: "vi")
#let d = json(bytes(sys.inputs.data))
#for c in d [#c *#c* _#c _ #text(weight: "semibold", c) ]"""
    render.fonts()
    compiler = typst.Compiler(font_paths=render.fonts(), ignore_system_fonts=True)
    compiler.compile(
        input=source.encode(),
        sys_inputs={"data": json.dumps(sorted(glyphs.SHOWN))},
        pdf_standards=render.STANDARDS,
    )
    assert set(VIETNAMESE + VIETNAMESE.upper()) <= glyphs.SHOWN


def test_what_the_font_lacks_is_shown_as_a_box_not_dropped():
    assert glyphs.printable("漢字 và 🎉!") == "□□ và □!"
    assert glyphs.printable("Hoa\u0300\u200d\u202e\x07\t một\r\n\r\nhai\u2028ba") == "Hoà một\nhai\nba"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=60))
@example("\u0300\u0301", "\u0331")
@example("\ufdd0\uffff", "\U0010ffff")
def test_whatever_is_typed_becomes_a_paper(title, name):
    draw(title=title, holder_name=name)


@settings(max_examples=40, deadline=None)
@given(
    st.text(
        alphabet=sorted(set(VIETNAMESE + VIETNAMESE.upper() + ' 0123456789.,;:()[]#$*_"\\')), max_size=120
    )
)
def test_a_vietnamese_title_comes_back_whole(title):
    assert squeeze("“" + title.strip() + "”") in words(draw(title=title))
