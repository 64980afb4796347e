"""The extract as plain values, as a paper and as a workbook. Pure.

The paper is no decision: it says what the portal holds, when it was taken, and the code of its content, which
the page shows too. No date of birth stands in it.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from editing.canonical import fingerprint
from papers.documents import (
    Column,
    Document,
    Labelled,
    Paragraph,
    Section,
    Signer,
    Table,
    ward_head,
)
from people.workbook.writer import write_workbook
from vietnamese.dates import short_date

_COLUMNS = (
    Column("TT", 4, "center"),
    Column("Nội dung", 30),
    Column("Ghi chú", 24),
    Column("Ngày", 11),
    Column("Kết quả", 13),
)
_ROW = [("Nội dung", 60), ("Ghi chú", 50), ("Ngày", 13), ("Kết quả", 24)]
_WHO = [("Mã cán bộ", 14), ("Họ và tên", 28), ("Đơn vị", 36)]
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


@dataclass(frozen=True)
class Extract:
    """One person's year. `parts` are those of `people.extracts`."""

    code: str
    name: str
    unit: str
    position: str
    year: int
    parts: tuple = ()
    is_sample: bool = False
    taken_at: datetime = field(default_factory=timezone.now)

    @property
    def content_code(self):
        """The same for the same content: who compares a paper with the page sees whether anything changed."""
        rows = [
            [part.code, row.title, row.note, row.day, row.state and row.state[1]]
            for part in self.parts
            for row in part.rows
        ]
        digest = fingerprint([self.code, self.year, rows])[:12].upper()
        return "-".join(digest[at : at + 4] for at in (0, 4, 8))


def paper(extract):
    """The extract in the layout of an official paper, without number or decision."""
    taken = timezone.localtime(extract.taken_at)
    return Document(
        head=ward_head("", dated=False),
        name="TRÍCH LỤC",
        subject=f"Kết quả năm {extract.year}",
        blocks=(
            Labelled("Họ và tên:", extract.name),
            Labelled("Mã cán bộ:", extract.code),
            Labelled("Chức danh:", extract.position or "chưa ghi"),
            Labelled("Đơn vị:", extract.unit or "chưa phân công"),
            *_parts(extract),
            Paragraph(
                f"Trích lục lấy từ Cổng Đổi mới sáng tạo phường lúc {taken:%H:%M} ngày {short_date(taken)}; "
                f"mã nội dung: {extract.content_code}. Trích lục không thay cho quyết định, giấy chứng nhận.",
                italic=True,
            ),
        ),
        signers=(
            Signer(("Người được trích lục",), extract.name, note="(Ký, ghi rõ họ tên)"),
            Signer(("Xác nhận của đơn vị",), note="(Ký, ghi rõ họ tên)"),
        ),
        is_sample=extract.is_sample,
        running=f"Trích lục năm {extract.year}, {extract.code}, mã nội dung {extract.content_code}",
    )


def _parts(extract):
    for part in extract.parts:
        yield Section(f"{part.heading} ({part.number})")
        rows = tuple(
            (
                str(place),
                row.title,
                row.note,
                short_date(row.day) if row.day else "",
                row.state[1] if row.state else "",
            )
            for place, row in enumerate(part.rows, start=1)
        )
        yield Table(_COLUMNS, rows, part.heading)
    if not extract.parts:
        yield Paragraph(f"Cổng không có kết quả nào của năm {extract.year}.")


def workbook(extracts, *, title):
    """A summary, a row for each person, then a sheet for each part. People in the order given."""
    headings = _headings(extracts)
    counts = [(heading, 18) for heading in headings.values()]
    sheets = [
        (
            "Tổng hợp",
            [*_WHO, ("Chức danh", 24), ("Năm", 8), *counts, ("Mã nội dung", 18)],
            [_summary(extract, headings) for extract in extracts],
        )
    ]
    names = {"tổng hợp"}
    for code, heading in headings.items():
        sheets.append((_sheet_name(heading, names), [*_WHO, *_ROW], list(_rows(extracts, code))))
    return write_workbook(sheets, title)


def _headings(extracts):
    """{code: heading} of the parts anybody has, in the order they come."""
    order = {}
    for extract in extracts:
        for part in extract.parts:
            order.setdefault(part.code, part.heading)
    return order


def _who(extract):
    return [extract.code, extract.name, extract.unit]


def _summary(extract, headings):
    numbers = {part.code: part.number for part in extract.parts}
    counted = [numbers.get(code, 0) for code in headings]
    return [*_who(extract), extract.position, extract.year, *counted, extract.content_code]


def _rows(extracts, code):
    for extract in extracts:
        for part in extract.parts:
            if part.code == code:
                for row in part.rows:
                    state = row.state[1] if row.state else ""
                    yield [*_who(extract), row.title, row.note, row.day, state]


def _sheet_name(heading, taken):
    """A name Excel takes: at most 31 characters, some signs left out, no name twice."""
    name = " ".join(heading.translate(_FORBIDDEN).split())[:28] or "Phần"
    while name.lower() in taken:
        name = f"{name[:28]} {len(taken)}"
    taken.add(name.lower())
    return name
