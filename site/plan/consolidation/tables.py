"""The annexes, once for Word, PDF and Excel: rows of plain values that also freeze as JSON. Pure.

A cell is text, or `["n", "76.4"]` for a number and `["d", "2026-11-30"]` for a day, so that Excel gets
numbers and days while a paper gets their words. A row is a list of cells, or a text: what the rows below
belong to.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from papers.documents import Annex, Column, SpanRow, Table
from people.workbook.writer import PrintedSheet, write_workbook
from vietnamese.dates import short_date
from vietnamese.numbers import format_decimal

from . import summing, wording

TARGETS, TASKS, UNITS, DIFFICULTIES = "targets", "tasks", "units", "difficulties"


@dataclass(frozen=True)
class Shape:
    """A table's title, the name of its sheet, and its columns: (heading, share of the paper's width, width in
    Excel, alignment)."""

    title: str
    sheet: str
    columns: tuple


SHAPES = {
    TARGETS: Shape(
        "Kết quả thực hiện các chỉ tiêu",
        "Chỉ tiêu",
        (
            ("Mã", 4, 7, "left"),
            ("Chỉ tiêu", 16, 48, "left"),
            ("Đơn vị tính", 5, 10, "center"),
            ("Mục tiêu", 8, 18, "left"),
            ("Mức phấn đấu năm", 5, 10, "right"),
            ("Tử số", 5, 10, "right"),
            ("Mẫu số", 5, 10, "right"),
            ("Kỳ này", 5, 10, "right"),
            ("Kỳ trước", 5, 10, "right"),
            ("Tăng, giảm", 5, 10, "right"),
            ("Tình trạng", 7, 16, "left"),
            ("Nguồn, ghi chú", 16, 50, "left"),
            ("Số liệu tính đến", 9, 13, "left"),
        ),
    ),
    TASKS: Shape(
        "Kết quả thực hiện các nhiệm vụ",
        "Nhiệm vụ",
        (
            ("Mã", 10, 13, "left"),
            ("Nhiệm vụ", 22, 60, "left"),
            ("Đơn vị chủ trì", 12, 30, "left"),
            ("Hạn", 9, 13, "left"),
            ("Tình trạng", 8, 18, "left"),
            ("Tiến độ (%)", 5, 10, "right"),
            ("Kết quả", 18, 50, "left"),
            ("Việc tiếp theo", 13, 40, "left"),
        ),
    ),
    UNITS: Shape(
        "Tình hình gửi báo cáo của các đơn vị",
        "Đơn vị",
        (
            ("TT", 4, 6, "center"),
            ("Đơn vị", 26, 50, "left"),
            ("Tình trạng", 14, 30, "left"),
            ("Đúng hạn", 8, 12, "left"),
            ("Ngày gửi", 9, 13, "left"),
            ("Người gửi", 14, 28, "left"),
            ("Số người của đơn vị tại ngày gửi", 9, 16, "right"),
        ),
    ),
    DIFFICULTIES: Shape(
        "Khó khăn, vướng mắc và đề xuất, kiến nghị của các đơn vị",
        "Vướng mắc, kiến nghị",
        (
            ("TT", 4, 6, "center"),
            ("Đơn vị", 18, 40, "left"),
            ("Khó khăn, vướng mắc", 30, 70, "left"),
            ("Đề xuất, kiến nghị", 30, 70, "left"),
        ),
    ),
}


def tables(material):
    """{code: rows} of the four annexes."""
    return {
        TARGETS: _grouped(summing.target_lines(material), _target),
        TASKS: _grouped(summing.task_lines(material), _task),
        UNITS: [_unit(place, filing) for place, filing in enumerate(material.filings, start=1)],
        DIFFICULTIES: _difficulties(material.payloads),
    }


def _number(value):
    return "" if value is None else ["n", format(Decimal(value), "f")]


def _day(day):
    return "" if day is None else ["d", day.isoformat()]


def _grouped(lines, row):
    rows, group = [], None
    for line in lines:
        if line.item.group != group:
            group = line.item.group
            rows.append(wording.group_name(group))
        rows.append(row(line))
    return rows


def _target(line):
    item, now = line.item, line.now
    shown_before = line.before.value if line.before is not None else None
    remark = [wording.source(line)] if line.has_data else []
    remark += [f"{name}: {wording.one_line(words)}" for name, words, _day in line.said]
    if line.not_compared in (summing.OTHER_DEFINITION, summing.OTHER_UNITS):
        remark.append(f"không so sánh vì {wording.NOT_COMPARED[line.not_compared]}")
    if not line.has_data and item.leads:
        remark.append(f"chưa có báo cáo của {wording.names(lead.name for lead in item.leads)}")
    days = now.days if now is not None else tuple(sorted({day for *_rest, day in line.said if day}))
    return [
        item.code,
        item.indicator or item.text,
        item.measured_in,
        wording.aim(item),
        _number(item.expected),
        _number(now.numerator if now is not None and now.is_share else None),
        _number(now.denominator if now is not None and now.is_share else None),
        _number(now.value if now is not None else None),
        _number(shown_before),
        _number(line.difference),
        wording.STANDINGS[line.standing],
        "; ".join(remark),
        _day(days[-1] if days else None),
    ]


def _task(line):
    several = len(line.reports) > 1

    def told(at):
        found = [(report[0], wording.one_line(report[at])) for report in line.reports]
        return "; ".join(f"{name}: {text}" if several else text for name, text in found if text)

    state = wording.STATES[line.state]
    leads = [report[0] for report in line.reports] or [lead.name for lead in line.item.leads]
    return [
        line.item.code,
        line.item.text,
        wording.names(leads),
        _day(line.due_on),
        f"{state}, quá hạn" if line.is_late else state,
        _number(line.percent),
        told(1),
        told(2),
    ]


def _unit(place, filing):
    in_time = "" if filing.submitted_at is None else ("gửi muộn" if filing.is_late else "đúng hạn")
    sent_on = timezone.localdate(filing.submitted_at) if filing.submitted_at else None
    return [
        ["n", str(place)],
        filing.name,
        wording.filed(filing),
        in_time,
        _day(sent_on),
        filing.by,
        _number(filing.people),
    ]


def _difficulties(payloads):
    raised = [(p["unit"]["name"], entry) for p in payloads for entry in p.get("difficulties", ())]
    return [
        [
            ["n", str(place)],
            unit,
            wording.one_line(entry.get("text")),
            wording.one_line(entry.get("proposal")),
        ]
        for place, (unit, entry) in enumerate(raised, start=1)
    ]


# ---- faces


def annexes(made):
    """The tables as annexes of a paper. An empty one says so."""
    return tuple(
        Annex(shape.title, (_table(shape, made[code]),), attached_to="Báo cáo", landscape=True)
        for code, shape in SHAPES.items()
    )


def _table(shape, rows):
    columns = tuple(Column(heading, share, align) for heading, share, _width, align in shape.columns)
    shown = [SpanRow(row) if isinstance(row, str) else tuple(map(in_words, row)) for row in rows]
    return Table(columns, tuple(shown or [SpanRow("Không có.")]), shape.title)


def in_words(cell):
    """A cell as it stands on a paper."""
    if isinstance(cell, str):
        return cell
    kind, value = cell
    return short_date(date.fromisoformat(value)) if kind == "d" else format_decimal(value, None, "vi")


def in_excel(cell):
    if isinstance(cell, str):
        return cell
    kind, value = cell
    return date.fromisoformat(value) if kind == "d" else Decimal(value)


def workbook(made, *, title, as_of):
    """The same tables, one a sheet, ready to print."""
    return write_workbook([_sheet(shape, made[code], title, as_of) for code, shape in SHAPES.items()], title)


def _sheet(shape, rows, title, as_of):
    width = len(shape.columns)
    made = [[row, *[""] * (width - 1)] if isinstance(row, str) else list(map(in_excel, row)) for row in rows]
    return PrintedSheet(
        name=shape.sheet,
        columns=tuple((heading, excel) for heading, _share, excel, _align in shape.columns),
        rows=made,
        above=(shape.title, title, f"Số liệu tính đến ngày {short_date(as_of)}"),
        bold_rows=frozenset(place for place, row in enumerate(rows) if isinstance(row, str)),
    )
