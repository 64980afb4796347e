"""The application as blocks of a paper: filled in for a draft or a submitted version, or blank with its code.

Order, marks and words are the template's; nothing is asked of the catalogue.
"""

from django.conf import settings

from papers.documents import (
    Addressees,
    Annex,
    Blank,
    Column,
    Dash,
    Document,
    Head,
    Labelled,
    Paragraph,
    Signer,
    Table,
    paragraphs,
    ward_name,
)
from vietnamese.dates import long_date

from .filling import NOTHING

ANNEX_TITLE = "Thông tin kèm theo đơn"
ANNEX_NOTE = "(Cơ sở xét công nhận sáng kiến cần các thông tin này để xử lý đơn.)"
DRAFT = "BẢN NHÁP, CHƯA NỘP"
NO_DAY = "ngày …… tháng …… năm ………"
_ONE_LINE = 300  # characters; a longer answer stands below what was asked


def application_paper(template, items, *, applicant="", day=None, running="", is_draft=False, **more):
    """The filled form as a `Document`. `applicant` signs as of `day`; a draft says that it is one.

    `more`: `attachments` (names), `is_sample`.
    """
    by_key = {answer.item.key: answer for answer in items}
    blocks = [Paragraph(DRAFT, align="center", bold=True)] if is_draft else []
    for item in template.main:
        blocks += _filled(by_key[item.key])
    annex = [Paragraph(ANNEX_NOTE, align="center", italic=True)]
    for item in template.annex:
        annex += _filled(by_key[item.key])
    annex += _attached(len(template.annex) + 1, more.get("attachments", ()))
    return Document(
        head=_head(),
        name=template.title.upper(),
        subject="",
        blocks=tuple(blocks),
        signers=(_signer(template, applicant, day),),
        annexes=(Annex(ANNEX_TITLE, tuple(annex)),),
        is_sample=more.get("is_sample", False),
        running=running,
    )


def blank_paper(template, code, fields_of_application, *, running=""):
    """The form to be filled by hand, with the `Code` of its draft. Choices are boxes to tick."""
    choices = {"field": [(name, name) for name in fields_of_application]}
    blocks = [block for item in template.main for block in _blank(item, choices)]
    annex = [Paragraph(ANNEX_NOTE, align="center", italic=True)]
    annex += [block for item in template.annex for block in _blank(item, choices)]
    annex += [Labelled(f"{len(template.annex) + 1}. Tài liệu kèm theo:"), Blank(3)]
    return Document(
        head=_head(),
        name=template.title.upper(),
        subject="",
        blocks=tuple(blocks),
        signers=(_signer(template, "", None),),
        annexes=(Annex(ANNEX_TITLE, tuple(annex)),),
        running=running,
        code=code,
    )


def _head():
    return Head(issuer=(), name=ward_name())


def _signer(template, applicant, day):
    item = next(item for item in template.items if item.kind == "signature")
    dated = f"{settings.PAPERS_PLACE}, {long_date(day) if day else NO_DAY}"
    return Signer((item.wording,), applicant, note=item.note, dated=dated)


# ---- filled


def _filled(answer):
    item = answer.item
    if item.kind == "recipient":
        return [Addressees((answer.text,))]
    if item.kind == "people":
        return [_asked(item), _table(item, answer.rows or (_empty_row(item),))]
    if item.kind == "pledge":
        return [Paragraph(f"{item.wording}.")]
    if item.kind == "signature":
        return []  # its block is the paper's foot
    return [*_answer(item.label, answer.text), *_parts(answer)]


def _answer(label, text):
    """What is asked, and its answer on the same line where it is one short line."""
    lines = paragraphs(text)
    if len(lines) <= 1 and len(text) <= _ONE_LINE:
        return [Labelled(label, text)]
    return [Labelled(label), *lines]


def _parts(answer):
    """The boxes of an item of several, each under its own words; of days only those that were written."""
    if len(answer.parts) < 2:
        return []
    written = [part for part in answer.parts if not (answer.item.shows_earliest and part.is_empty)]
    return [block for part in written for block in _under(part.field.wording, part.text)]


def _under(wording, text):
    lines = paragraphs(text)
    if len(lines) <= 1 and len(text) <= _ONE_LINE:
        return [Paragraph(f"{wording}: {text}")]
    return [Paragraph(f"{wording}:", italic=True), *lines]


def _asked(item):
    return Paragraph(f"{item.wording}:")


def _table(item, rows, *, tall=False):
    columns = tuple(Column(column.wording, column.width, column.align) for column in item.columns)
    return Table(columns, tuple(rows), item.wording, tall=tall)


def _empty_row(item):
    return tuple(NOTHING for _column in item.columns)


def _attached(number, names):
    asked = Labelled(f"{number}. Tài liệu kèm theo:", "" if names else NOTHING)
    return [asked, *(Dash(name) for name in names)]


# ---- blank


def _blank(item, choices):
    if item.kind == "recipient":
        return [Addressees((ward_name(),))]
    if item.kind == "people":
        empty = tuple("" for _column in item.columns)
        return [_asked(item), _table(item, [empty] * item.lines, tall=True)]
    if item.kind == "pledge":
        return [Paragraph(f"{item.wording}.")]
    if item.kind == "signature":
        return []
    return [Labelled(item.label, ""), *_to_write(item, choices)]


def _to_write(item, choices):
    blocks = [Paragraph(f"({item.note})", italic=True)] if item.note else []
    for field in item.fields:
        if field.wording:
            blocks.append(Paragraph(f"{field.wording}:", italic=True))
        named = field.choices or choices.get(field.key)
        if named:
            blocks.append(Paragraph("; ".join(f"□ {wording}" for _value, wording in named), align="left"))
        elif field.kind == "date":
            blocks.append(Paragraph(NO_DAY, align="left"))
        else:
            blocks.append(Blank(item.lines if field.kind == "long_text" else min(item.lines, 2)))
    return blocks
