"""The register as an Excel sheet, as the office keeps it; nothing of a resident's name or address."""

from django.utils import timezone

from people.workbook import write_workbook

from ..models import Origin

COLUMNS = (
    ("Số", 14),
    ("Ngày nhận", 12),
    ("Nguồn", 18),
    ("Đơn vị nêu", 34),
    ("Người nêu", 24),
    ("Về chỉ tiêu, nhiệm vụ", 40),
    ("Khó khăn, vướng mắc", 60),
    ("Đề xuất, kiến nghị", 50),
    ("Đơn vị trả lời", 34),
    ("Hạn trả lời", 12),
    ("Trạng thái", 22),
    ("Nội dung trả lời", 60),
    ("Ngày trả lời", 12),
    ("Ngày công khai", 14),
    ("Lý do đóng", 34),
    ("Chuyển đến", 34),
)


def register_file(difficulties):
    rows = difficulties.select_related("target", "task").order_by("received_at", "pk")
    lines = [_line(row) for row in rows]
    return write_workbook([("Sổ theo dõi", COLUMNS, lines)], title="Sổ khó khăn, vướng mắc, kiến nghị")


def _line(row):
    return (
        row.number,
        _day(row.received_at),
        row.get_origin_display(),
        row.from_unit_name,
        "" if row.origin == Origin.RESIDENT else row.raised_by_name,
        row.about,
        row.text,
        row.proposal,
        row.unit_name,
        row.answer_due_on,
        row.get_state_display(),
        row.answer,
        _day(row.answered_at),
        _day(row.published_at) if row.state == "published" else None,
        row.get_close_reason_display(),
        row.pointed_to,
    )


def _day(moment):
    return timezone.localdate(moment) if moment else None
