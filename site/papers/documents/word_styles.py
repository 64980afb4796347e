"""The Word file before its text: page, fonts, styles, language, page numbers (NĐ 30/2020, Phụ lục I)."""

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FONT = "Times New Roman"  # the offices' machines have it; the file only names it
LANGUAGE = "vi-VN"
BODY, SMALL, HEAD = Pt(14), Pt(12), Pt(13)
NONE = Pt(0)
GAP = Pt(6)  # between paragraphs, the least of NĐ 30
INDENT = Mm(10)
SHORT, LONG = Mm(210), Mm(297)
TEXT_WIDTH = {False: SHORT - Mm(45), True: LONG - Mm(45)}  # by landscape

_BLACK = RGBColor(0, 0, 0)
_CENTER, _JUSTIFY, _LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT


def prepare(document, *, landscape):
    """Styles and the first section of python-docx's blank document."""
    _defaults(document)
    normal = document.styles["Normal"]
    _style(normal, size=BODY, align=_JUSTIFY, after=GAP)
    for name, options in _STYLES.items():
        _style(document.styles[name], **options)
    page(document.sections[0], landscape=landscape)
    _number_pages(document.sections[0])


_STYLES = {
    "Title": {"bold": True, "align": _CENTER, "keep": True},
    "Heading 1": {"bold": True, "align": _CENTER, "keep": True},  # of an annex
    "Heading 2": {"bold": True, "align": _LEFT, "before": GAP, "after": GAP, "keep": True},
    "Heading 3": {"bold": True, "align": _LEFT, "after": GAP, "indent": INDENT, "keep": True},
    "Header": {"align": _CENTER},
}


def page(section, *, landscape):
    """A4 with the margins of NĐ 30: top and bottom 20, left 30, right 15 mm; numbered from 1."""
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (LONG, SHORT) if landscape else (SHORT, LONG)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance, section.footer_distance = Mm(8), Mm(8)
    section.different_first_page_header_footer = True  # the first page shows no number
    numbers = section._sectPr.find(qn("w:pgNumType"))
    if numbers is None:
        numbers = element("w:pgNumType")
        section._sectPr.append(numbers)
    numbers.set(qn("w:start"), "1")


def _number_pages(section):
    """The number of the page in the middle of the top margin; later sections inherit it."""
    paragraph = section.header.paragraphs[0]
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("result", "2"), ("end", "")):
        run = paragraph.add_run()
        if kind == "":
            code = element("w:instrText", {"xml:space": "preserve"})
            code.text = f" {text} "
            run._r.append(code)
        elif kind == "result":
            run.text = text
        else:
            run._r.append(element("w:fldChar", {"w:fldCharType": kind}))


def _defaults(document):
    """Font and language of everything, whatever its style."""
    properties = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for name in ("w:rFonts", "w:lang"):
        for old in properties.findall(qn(name)):
            properties.remove(old)
    properties.insert(0, fonts())
    language = {"w:val": LANGUAGE, "w:eastAsia": LANGUAGE, "w:bidi": LANGUAGE}
    properties.append(element("w:lang", language))


def fonts():
    """Times New Roman for every script; the themes of the blank document would win otherwise."""
    return element("w:rFonts", {f"w:{script}": FONT for script in ("ascii", "hAnsi", "eastAsia", "cs")})


def _style(style, *, size=BODY, bold=False, align=None, before=NONE, after=NONE, indent=None, keep=False):
    properties = style.element.get_or_add_rPr()
    for child in list(properties):
        properties.remove(child)
    properties.append(fonts())
    style.font.size, style.font.bold, style.font.color.rgb = size, bold, _BLACK
    layout = style.element.get_or_add_pPr()
    for border in layout.findall(qn("w:pBdr")):
        layout.remove(border)
    shape = style.paragraph_format
    shape.alignment, shape.space_before, shape.space_after = align, before, after
    shape.line_spacing, shape.first_line_indent, shape.left_indent = 1.15, indent, Mm(0)
    shape.keep_with_next, shape.widow_control = keep, True


def element(name, attributes=None):
    """An element of Word's own XML: `element("w:lang", {"w:val": "vi-VN"})`."""
    made = OxmlElement(name)
    for key, value in (attributes or {}).items():
        made.set(qn(key), value)
    return made
