"""The officer's registers as Excel sheets, in the columns the office keeps them in."""

from django.utils import timezone

from people.workbook import write_workbook
from trust.holdings import holdings
from trust.processing import activities

_PROCESSING = (
    ("TT", 6),
    ("Hoạt động xử lý", 34),
    ("Chủ thể dữ liệu", 30),
    ("Loại dữ liệu", 44),
    ("Dữ liệu nhạy cảm", 12),
    ("Mục đích", 44),
    ("Căn cứ", 24),
    ("Quy định áp dụng", 36),
    ("Người được đọc", 36),
    ("Thời hạn lưu giữ", 36),
)
_TABLES = (("Hoạt động xử lý", 34), ("Bảng dữ liệu", 34), ("Trường dữ liệu cá nhân", 60), ("Khi xóa", 60))
_REQUESTS = (
    ("Số", 16),
    ("Ngày nhận", 12),
    ("Yêu cầu", 30),
    ("Xác minh", 34),
    ("Hạn trả lời lần đầu", 14),
    ("Trả lời lần đầu", 18),
    ("Hạn thực hiện", 14),
    ("Gia hạn", 12),
    ("Trạng thái", 20),
    ("Từ ngày", 12),
    ("Kết quả", 60),
)


def processing(words):
    """`words(field)`: a column in words."""
    lines = [
        (
            place,
            str(one.name),
            str(one.whose),
            str(one.data),
            "có" if one.is_sensitive else "",
            str(one.purpose),
            str(one.basis.label),
            str(one.law),
            str(one.readers),
            str(one.kept),
        )
        for place, one in enumerate(activities(), start=1)
    ]
    names = {one.code: str(one.name) for one in activities()}
    tables = [
        (names[code], table, columns, why)
        for code, found in tables_by_activity(words).items()
        for table, columns, why in found
    ]
    title = "Sổ theo dõi hoạt động xử lý dữ liệu cá nhân"
    return write_workbook([("Hoạt động", _PROCESSING, lines), ("Trường dữ liệu", _TABLES, tables)], title)


def tables_by_activity(words):
    """{activity: [(table, its personal columns, why what stays stays)]}"""
    found = {}
    for holding in holdings():
        columns = ", ".join(words(holding.table._meta.get_field(name)) for name in holding.fields)
        found.setdefault(holding.activity, []).append((str(holding.heading), columns, str(holding.why)))
    return found


def requests(rows):
    """Nothing of the sender stands in the sheet: numbers, days, outcomes."""
    lines = [
        (
            row.number,
            timezone.localdate(row.received_at),
            row.get_kind_display(),
            row.get_identity_display(),
            row.first_answer_due_on,
            row.first_answered_at,
            row.due_on,
            "có" if row.extended_at else "",
            row.get_state_display(),
            timezone.localdate(row.state_since),
            row.answer,
        )
        for row in rows.order_by("received_at", "pk")
    ]
    return write_workbook([("Sổ theo dõi", _REQUESTS, lines)], "Sổ yêu cầu của chủ thể dữ liệu")
