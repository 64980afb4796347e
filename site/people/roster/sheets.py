"""The five sheets: titles, headings, keys. The words are the office's and are not translated."""

from ..models import Category
from ..workbook.sheets import Column, SheetSpec

_STAFF = Column("staff", "Mã cán bộ", "code", key=True, required=True, length=30)
_START = Column("start_on", "Từ ngày", "date", key=True, required=True)
_END = Column("end_before", "Đến trước ngày", "date")

UNITS = SheetSpec(
    "units",
    "Đơn vị",
    (
        Column("code", "Mã", "code", key=True, required=True, length=30),
        Column("name", "Tên", "text", required=True, length=200, width=44),
        Column("parent", "Mã cấp trên", "code", length=30),
        Column("kind", "Loại", "text", length=80, width=24),
    ),
)
STAFF = SheetSpec(
    "staff",
    "Nhân sự",
    (
        Column("code", "Mã cán bộ", "code", key=True, required=True, length=30),
        Column("full_name", "Họ và tên", "text", required=True, length=120, width=32),
        Column("birth_date", "Ngày sinh", "birth_date"),
        Column("email", "Email", "email", length=254, width=32),
    ),
)
SPELLS = SheetSpec(
    "spells",
    "Công tác",
    (_STAFF, Column("category", "Nhóm", "category", key=True, required=True), _START, _END),
)
ASSIGNMENTS = SheetSpec(
    "assignments",
    "Phân công",
    (
        _STAFF,
        Column("unit", "Mã đơn vị", "code", key=True, required=True, length=30),
        Column("position", "Chức danh", "text", length=120, width=28),
        _START,
        _END,
        Column("is_primary", "Chính", "yes_no"),
    ),
)
LEAVES = SheetSpec(
    "leaves",
    "Nghỉ",
    (
        _STAFF,
        Column("kind", "Loại", "text", length=120, width=24),
        _START,
        _END,
        Column("decision_number", "Số quyết định", "text", length=60),
        Column("is_approved", "Đã duyệt", "yes_no"),
    ),
)
SHEETS = (UNITS, STAFF, SPELLS, ASSIGNMENTS, LEAVES)
DATED = (SPELLS, ASSIGNMENTS, LEAVES)
CATEGORIES = tuple(Category.values)
EMPTY = {
    "name": "",
    "parent": "",
    "kind": "",
    "full_name": "",
    "birth_date": None,
    "email": "",
    "end_before": None,
    "position": "",
    "is_primary": True,
    "decision_number": "",
    "is_approved": True,
}
