"""Bảng tổng hợp kết quả chấm điểm, kèm theo biên bản họp: frozen results, votes where recorded."""

from papers.documents import Column, Document, Paragraph, Signer, Table, council_head
from scoring.words import grade_label

from .words import VERDICTS, authors_of, day_of, names_of, points, two

MOST_NAMES = 4
_PROPOSED = {"recognise": "Công nhận", "decline": "Không công nhận", "complete_again": "Hoàn thiện"}


def without_result(record):
    """Codes on the agenda whose scoring is not closed."""
    return [item.initiative.code for item in record.items if item.initiative.current_result is None]


def scores(record):
    meeting = record.meeting
    return Document(
        head=council_head("", dated=False),
        name="BẢNG TỔNG HỢP",
        subject=f"Kết quả chấm điểm và biểu quyết xét công nhận sáng kiến, {day_of(meeting.starts_at)}",
        blocks=(
            Paragraph(
                f"(Kèm theo Biên bản họp Hội đồng, phiên thứ {meeting.number} năm {record.day.year})",
                align="center",
                italic=True,
            ),
            _table(record),
            *([Paragraph(f"Tiêu chí: {names}.")] if (names := _rubrics(record)) else []),
        ),
        signers=(
            Signer(("Thư ký",), record.keeping.staff.full_name if record.keeping else ""),
            Signer(("Chủ tọa",), record.presiding.staff.full_name if record.presiding else ""),
        ),
        landscape=True,
        is_sample=meeting.is_sample,
    )


def _rubrics(record):
    """The rubrics used; the paper of a council names what its points mean."""
    found = {}
    for item in record.items:
        if item.initiative.rubric:
            found[item.initiative.rubric_id] = item.initiative.rubric.name
    return "; ".join(found.values())


def _table(record):
    return Table(
        (
            Column("TT", 4, "center"),
            Column("Mã hồ sơ", 9),
            Column("Tên sáng kiến", 13),
            Column("Tác giả", 9),
            Column("Đơn vị", 8),
            Column("Số phiếu", 5, "center"),
            Column("Điểm trung bình", 5, "right"),
            Column("Xếp loại", 5, "center"),
            Column("Kết quả chấm", 6),
            Column("Đồng ý", 4, "center"),
            Column("Đề nghị", 6),
        ),
        tuple(_row(number, item) for number, item in enumerate(record.items, start=1)),
        "Tổng hợp kết quả chấm điểm",
    )


def _authors(initiative):
    """All names while they are few; a narrow cell names the main author and counts the others."""
    authors = authors_of(initiative)
    if len(authors) <= MOST_NAMES:
        return names_of(initiative)
    return f"{authors[0].full_name} và {two(len(authors) - 1)} đồng tác giả"


def _row(number, item):
    initiative, result = item.initiative, item.initiative.current_result
    grade = grade_label(initiative.rubric.rubric, result.grade) if initiative.rubric and result.grade else ""
    return (
        str(number),
        initiative.code,
        initiative.title,
        _authors(initiative),
        initiative.unit.name if initiative.unit else "",
        f"{result.submitted}/{result.expected}",
        points(result.mean),
        grade,
        VERDICTS.get(result.verdict, ""),
        f"{item.votes_for}/{item.seats}" if item.recorded_at else "",
        _PROPOSED.get(item.conclusion, ""),
    )
