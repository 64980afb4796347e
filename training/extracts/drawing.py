"""The extract as plain values, as a paper and as a workbook. Pure.

Page, paper and workbook say the same: the parts of the registry in its order, one without anything with
"none", the same signers, the same code of the content. The paper is no decision: it says what the portal
holds and when it was taken. No date of birth stands in it.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

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

COLUMNS = (
    Column("TT", 4, "center"),
    Column("Nội dung", 30),
    Column("Ghi chú", 24),
    Column("Ngày", 11),
    Column("Kết quả", 13),
)
NONE = "Không có"
SIGNERS = ("Người được trích lục", "Xác nhận của đơn vị")
SIGN_HERE = "(Ký, ghi rõ họ tên)"
_HOW_TO_READ = (
    f"Phần ghi “{NONE}” là phần đã tìm trên Cổng mà không có gì người lấy trích lục được xem. "
    "Mức năng lực số (Nghị định 224/2026/NĐ-CP, Điều 77) chỉ tính từ minh chứng đã xác nhận; tự đánh giá "
    "không tính vào."
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
    day: date
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


def facts(extract):
    """Whose it is and as of when: (label, words)."""
    return (
        ("Họ và tên:", extract.name),
        ("Mã cán bộ:", extract.code),
        ("Chức danh:", extract.position or "chưa ghi"),
        ("Đơn vị:", extract.unit or "chưa phân công"),
        ("Tính đến ngày:", short_date(extract.day)),
    )


def sections(extract):
    """(heading, rows as texts under COLUMNS) of each part; [] where there is nothing."""
    for part in extract.parts:
        rows = [
            (
                str(place),
                row.title,
                row.note,
                short_date(row.day) if row.day else "",
                row.state[1] if row.state else "",
            )
            for place, row in enumerate(part.rows, start=1)
        ]
        yield f"{part.heading} ({part.number})", part.heading, rows


def notes(extract):
    """What a reader has to know about it, on every face."""
    return _HOW_TO_READ, _taken(extract.taken_at, f"mã nội dung: {extract.content_code}")


def _taken(at, code):
    taken = timezone.localtime(at)
    return (
        f"Trích lục lấy từ Cổng Đổi mới sáng tạo phường lúc {taken:%H:%M} ngày {short_date(taken)}; {code}. "
        "Trích lục không thay cho quyết định, giấy chứng nhận."
    )


def signatures(extract):
    """(in what capacity, name) of those who sign."""
    person, unit = SIGNERS
    return (person, extract.name), (unit, "")


def paper(extract):
    """The extract in the layout of an official paper, without number or decision."""
    return Document(
        head=ward_head("", dated=False),
        name="TRÍCH LỤC",
        subject=f"Kết quả năm {extract.year}",
        blocks=(
            *(Labelled(label, words) for label, words in facts(extract)),
            *_parts(extract),
            *(Paragraph(note, italic=True) for note in notes(extract)),
        ),
        signers=tuple(Signer((who,), name, note=SIGN_HERE) for who, name in signatures(extract)),
        is_sample=extract.is_sample,
        running=f"Trích lục năm {extract.year}, {extract.code}, mã nội dung {extract.content_code}",
    )


def _parts(extract):
    for title, heading, rows in sections(extract):
        yield Section(title)
        yield Table(COLUMNS, tuple(rows), heading) if rows else Paragraph(f"{NONE}.")


def workbook(extracts, *, title):
    """A summary, a row for each person with room to sign, then a sheet for each part, then what to know.
    People in the order given."""
    headings = _headings(extracts)
    counts = [(heading, 18) for heading in headings.values()]
    signers = [(f"{who} {SIGN_HERE}", 26) for who in SIGNERS]
    about = [("Tính đến ngày", 14), ("Mã nội dung", 18)]
    sheets = [
        (
            "Tổng hợp",
            [*_WHO, ("Chức danh", 24), ("Năm", 8), *counts, *about, *signers],
            [_summary(extract, headings) for extract in extracts],
        )
    ]
    names = {"tổng hợp", "ghi chú"}
    for code, heading in headings.items():
        sheets.append((_sheet_name(heading, names), [*_WHO, *_ROW], list(_rows(extracts, code))))
    sheets.append(("Ghi chú", [("Ghi chú", 110)], [[note] for note in _notes_of_all(extracts)]))
    return write_workbook(sheets, title)


def _headings(extracts):
    """{code: heading} of all parts, in the order they come."""
    return {part.code: part.heading for extract in extracts for part in extract.parts}


def _who(extract):
    return [extract.code, extract.name, extract.unit]


def _summary(extract, headings):
    numbers = {part.code: part.number for part in extract.parts}
    counted = [numbers.get(code, 0) for code in headings]
    named = [*_who(extract), extract.position, extract.year]
    return [*named, *counted, extract.day, extract.content_code, None, None]


def _rows(extracts, code):
    for extract in extracts:
        for part in extract.parts:
            if part.code == code:
                for row in part.rows:
                    state = row.state[1] if row.state else ""
                    yield [*_who(extract), row.title, row.note, row.day, state]
                if not part.rows:
                    yield [*_who(extract), NONE, "", None, ""]


def _notes_of_all(extracts):
    if len(extracts) == 1:
        return notes(extracts[0])
    return [_HOW_TO_READ, *(_taken(one.taken_at, "mã nội dung: ở từng dòng") for one in extracts[:1])]


def _sheet_name(heading, taken):
    """A name Excel takes: at most 31 characters, some signs left out, no name twice."""
    name = " ".join(heading.translate(_FORBIDDEN).split())[:28] or "Phần"
    while name.lower() in taken:
        name = f"{name[:28]} {len(taken)}"
    taken.add(name.lower())
    return name
