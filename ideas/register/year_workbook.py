"""The yearly report as an Excel file: tables with totals, and each dossier not recognised with its reason."""

from django.conf import settings

from people.workbook import PrintedSheet, save_workbook

from .asking import NONE, Asked, rows
from .lines import Lines
from .outcome import NOT_RECOGNISED, OUTCOMES, RECEIVED
from .words import BASES, NO_FIELD, NO_UNIT, REASONS
from .words import OUTCOMES as WORDS
from .workbook import printed_on

_SHEETS = {RECEIVED: "Nhận trong năm", "ket-thuc": "Giải quyết trong năm"}


def write_year(file, figures, user):
    """`figures` of `year.year_figures`, into an open binary file, for one reader."""
    sheets = []
    for tables in (figures.received, figures.settled):
        title = _SHEETS[tables.asked.basis]
        sheets.append(_sheet(f"{title} - đơn vị", figures, tables, tables.units, "Đơn vị", NO_UNIT))
        sheets.append(_sheet(f"{title} - lĩnh vực", figures, tables, tables.fields, "Lĩnh vực", NO_FIELD))
    sheets += [_reasons(figures), _not_recognised(figures, user)]
    save_workbook(file, sheets, title=f"Số liệu sáng kiến năm {figures.year}")


def _above(figures, tables):
    return (
        f"SỐ LIỆU SÁNG KIẾN NĂM {figures.year}",
        settings.PAPERS_BODY_NAME,
        f"Tính {BASES[tables.asked.basis]}; mỗi hồ sơ tính một lần, theo kết quả hiện nay",
        printed_on(),
    )


def _sheet(name, figures, tables, rows_, heading, missing):
    body = [(row.name if row.code != NONE else missing, *row.figures(), row.total) for row in rows_]
    body.append(("Cộng", *tables.outcomes.figures(), tables.total))
    return PrintedSheet(
        name=name,
        columns=((heading, 40), *((WORDS[code], 13) for code in OUTCOMES), ("Cộng", 10)),
        rows=body,
        above=_above(figures, tables),
        bold_rows=frozenset({len(body) - 1}),
    )


def _reasons(figures):
    tables = figures.settled
    body = [(REASONS[code], count) for code, count in tables.reasons.items()]
    body.append(("Cộng", tables.not_recognised))
    return PrintedSheet(
        name="Lý do không công nhận",
        columns=(("Lý do", 60), ("Số hồ sơ", 12)),
        rows=body,
        above=_above(figures, tables),
        bold_rows=frozenset({len(body) - 1}),
    )


def _not_recognised(figures, user):
    """One line each, with points and the written reason: "not passed, with reason and score"."""
    return PrintedSheet(
        name="Danh sách không công nhận",
        columns=(
            ("Số thứ tự", 6),
            ("Mã số đơn", 16),
            ("Tên sáng kiến", 40),
            ("Đơn vị", 26),
            ("Lĩnh vực", 20),
            ("Kết quả", 18),
            ("Điểm trung bình", 11),
            ("Điểm, tỷ lệ phiếu", 24),
            ("Lý do, ghi chú", 50),
        ),
        rows=_lines(figures.settled.asked, user),
        above=_above(figures, figures.settled),
    )


def _lines(asked: Asked, user):
    found = rows(asked).filter(outcome__in=NOT_RECOGNISED)
    for line in Lines(user).all_of(found):
        yield (
            line.number,
            line.code,
            line.title,
            line.unit,
            line.field,
            line.result,
            line.mean,
            line.score,
            line.note,
        )
