"""Báo cáo kết quả hoạt động sáng kiến of a year (NĐ 30/2020): drafted from the register, pure."""

from datetime import date
from fractions import Fraction

from papers.documents import (
    Annex,
    Column,
    Document,
    Paragraph,
    Section,
    Table,
    council_name,
    paragraphs,
    ward_head,
    ward_name,
)
from vietnamese.dates import long_date
from vietnamese.numbers import format_decimal, format_percent

from ..register.asking import NONE
from ..register.outcome import OUTCOMES, RECOGNISED
from ..register.words import NO_FIELD, NO_UNIT, REASONS
from ..register.words import OUTCOMES as OUTCOME_WORDS
from .words import BLANK, two, ward_signer

MEANING = (
    "Cách tính: đơn nhận trong năm tính theo ngày nhận đơn; hồ sơ giải quyết trong năm tính theo ngày "
    "quyết định, hồ sơ kết thúc không bằng quyết định tính theo ngày kết thúc; mỗi hồ sơ tính một lần, theo "
    "kết quả đến ngày lập báo cáo; ngày tính theo giờ Việt Nam."
)


def year_report(figures, signature, today):
    """`figures` of `register.year`; `signature` of who signs for the ward; `today` is the day of the data."""
    return Document(
        head=ward_head("BC"),
        name="BÁO CÁO",
        subject=f"Kết quả hoạt động sáng kiến năm {figures.year}",
        blocks=(
            Paragraph(
                f"{ward_name()} báo cáo kết quả hoạt động sáng kiến năm {figures.year}, "
                f"số liệu đến hết {long_date(_last_day(figures.year, today))}, như sau:"
            ),
            Section("Tiếp nhận và xét công nhận"),
            Paragraph(MEANING, italic=True),
            *_intake(figures),
            Section("Áp dụng và nhân rộng"),
            *_use(figures),
            Section("Khó khăn, vướng mắc"),
            *(paragraphs(figures.texts.difficulties) or (Paragraph(BLANK),)),
            Section("Kiến nghị"),
            *(paragraphs(figures.texts.proposals) or (Paragraph(BLANK),)),
            Paragraph(f"Trên đây là báo cáo kết quả hoạt động sáng kiến năm {figures.year}./."),
        ),
        signers=(ward_signer(signature.name, signature.is_deputy),),
        recipients=("Sở Khoa học và Công nghệ thành phố", council_name(), "Lưu: VT, HĐSK"),
        annexes=(
            _annex("Đơn nhận trong năm", figures.received),
            _annex("Giải quyết trong năm", figures.settled),
        ),
    )


def _last_day(year, today):
    return min(today, date(year, 12, 31))


def _intake(figures):
    settled = figures.settled
    yield Paragraph(
        f"Trong năm đã nhận {two(figures.received.total)} đơn yêu cầu công nhận sáng kiến, chấp nhận "
        f"{two(figures.accepted)} đơn; giải quyết xong {two(settled.total)} hồ sơ (Phụ lục II), gồm: "
        f"{_listed(settled)}."
    )
    if settled.not_recognised:
        reasons = "; ".join(f"{REASONS[code].lower()} {two(n)}" for code, n in settled.reasons.items())
        yield Paragraph(f"Lý do của {two(settled.not_recognised)} hồ sơ không được công nhận: {reasons}.")
    yield Paragraph(
        f"Đã cấp {two(figures.certificates)} giấy chứng nhận sáng kiến còn hiệu lực; tác giả, đồng tác giả "
        f"của các sáng kiến được công nhận gồm {two(figures.authors_of_ward)} người của phường và "
        f"{two(figures.authors_outside)} người ngoài."
    )


def _listed(tables):
    if not tables.total:
        return "không có hồ sơ nào"
    counts = tables.outcomes.counts
    return ", ".join(f"{OUTCOME_WORDS[code].lower()} {two(counts[code])}" for code in tables.shown)


def _use(figures):
    yield Paragraph(
        f"Số sáng kiến được áp dụng trong năm: {two(figures.applied)}. Số lượt đơn vị nhân rộng được "
        f"xác nhận trong năm: {two(figures.adopted)}."
    )
    yield Paragraph(
        f"Tiền làm lợi theo tác giả của {two(figures.with_money)} sáng kiến được công nhận có ghi số tiền: "
        f"{format_decimal(figures.money, 0, 'vi')} đồng một năm."
    )
    yield Paragraph(f"Số sáng kiến đã ghi khen thưởng, thù lao vào sổ: {two(figures.rewarded)}.")


def _annex(title, tables):
    return Annex(
        title,
        (
            Paragraph("Theo đơn vị", bold=True),
            _table(tables, tables.units, "Đơn vị", NO_UNIT),
            Paragraph("Theo lĩnh vực", bold=True),
            _table(tables, tables.fields, "Lĩnh vực", NO_FIELD),
            Paragraph("Theo lý do không công nhận", bold=True),
            _reasons(tables),
        ),
        attached_to="Báo cáo",
        landscape=True,
    )


def _table(tables, rows, heading, missing):
    columns = (
        Column("TT", 3, "center"),
        Column(heading, 13),
        *(Column(OUTCOME_WORDS[code], 5, "right") for code in OUTCOMES),
        Column("Cộng", 4, "right"),
        Column("Tỷ lệ công nhận", 5, "right"),
    )
    body = [
        (
            str(number),
            row.name if row.code != NONE else missing,
            *map(str, row.figures()),
            str(row.total),
            _share(row),
        )
        for number, row in enumerate(rows, start=1)
    ]
    total = ("", "Cộng", *map(str, tables.outcomes.figures()), str(tables.total), _share(tables.outcomes))
    return Table(columns, tuple(body), f"{heading} theo kết quả", total)


def _share(row):
    if not row.total:
        return "–"
    return format_percent(Fraction(100 * row.counts.get(RECOGNISED, 0), row.total), 1, "vi")


def _reasons(tables):
    rows = tuple((REASONS[code], str(count)) for code, count in tables.reasons.items())
    columns = (Column("Lý do", 20), Column("Số hồ sơ", 5, "right"))
    return Table(columns, rows, "Lý do không công nhận", ("Cộng", str(tables.not_recognised)))
