"""The five sheets of training: titles, headings, keys (training.md §7). The words are the office's."""

from people.workbook import Column, SheetSpec

from ..models import SessionState, Status

SESSION_WORDS = {
    "dự kiến": SessionState.DRAFT.value,
    "mở": SessionState.OPEN.value,
    "đã học": SessionState.HELD.value,
    "xác nhận": SessionState.CONFIRMED.value,
    "hủy": SessionState.CANCELLED.value,
}
STATUS_WORDS = {
    "có mặt": Status.PRESENT.value,
    "muộn": Status.LATE.value,
    "có phép": Status.EXCUSED.value,
    "vắng": Status.ABSENT.value,
}
TOPICS_ALLOWED, YEARS_ALLOWED = range(1, 8), range(2000, 2101)

_STAFF = Column("staff", "Mã cán bộ", "code", key=True, required=True, length=30)

COURSES = SheetSpec(
    "courses",
    "Khóa học",
    (
        Column("code", "Mã", "code", key=True, required=True, length=30),
        Column("name", "Tên", "text", required=True, length=200, width=44),
        Column("topics", "Nhóm nội dung", "topics", required=True),
        Column("years", "Tính cho các năm", "years", width=24),
        Column("requirements", "Yêu cầu", "requirements", width=32),
    ),
)
SESSIONS = SheetSpec(
    "sessions",
    "Buổi học",
    (
        Column("code", "Mã", "code", key=True, required=True, length=30),
        Column("course", "Mã khóa học", "code", required=True, length=30),
        Column("held_on", "Ngày", "date", required=True),
        Column("starts_at", "Bắt đầu", "time", required=True),
        Column("ends_at", "Kết thúc", "time", required=True),
        Column("credit_minutes", "Số phút", "minutes"),
        Column("state", "Trạng thái", "session_state", required=True),
    ),
)
ATTENDANCE = SheetSpec(
    "attendance",
    "Điểm danh",
    (
        Column("session", "Mã buổi học", "code", key=True, required=True, length=30),
        _STAFF,
        Column("full_name", "Họ và tên", "text", length=120, width=32, kept=False),
        Column("status", "Trạng thái", "status", required=True),
        Column("minutes", "Số phút", "minutes"),
    ),
)
OUTSIDE = SheetSpec(
    "outside",
    "Tín chỉ ngoài",
    (
        _STAFF,
        Column("completed_on", "Ngày hoàn thành", "date", key=True, required=True),
        Column("minutes", "Số phút", "minutes", required=True),
        Column("issuer", "Đơn vị cấp", "text", length=200, width=32),
        Column("certificate_number", "Số chứng nhận", "certificate", key=True, length=60),
        Column("verified", "Xác minh", "yes_no"),
        Column("requirement", "Yêu cầu", "requirements", width=24),
        Column("submitter", "Người nộp", "code", length=30),
        Column("verifier", "Người xác minh", "code", length=30),
    ),
)
EXEMPTIONS = SheetSpec(
    "exemptions",
    "Miễn",
    (
        _STAFF,
        Column("requirement", "Yêu cầu", "requirements", key=True, width=24),
        Column("start_on", "Từ ngày", "date", key=True, required=True),
        Column("end_before", "Đến trước ngày", "date"),
        Column("decision_number", "Số quyết định", "text", length=60),
        Column("approver", "Người duyệt", "code", length=30),
    ),
)
SHEETS = (COURSES, SESSIONS, ATTENDANCE, OUTSIDE, EXEMPTIONS)
BY_CODE = {spec.code: spec for spec in SHEETS}
OF_PEOPLE = (ATTENDANCE, OUTSIDE, EXEMPTIONS)
EMPTY = {
    "name": "",
    "topics": [],
    "years": [],
    "requirements": [],
    "course": "",
    "held_on": None,
    "starts_at": None,
    "ends_at": None,
    "credit_minutes": None,
    "state": "",
    "status": "",
    "minutes": None,
    "issuer": "",
    "verified": False,
    "requirement": "",
    "submitter": "",
    "verifier": "",
    "end_before": None,
    "decision_number": "",
    "approver": "",
}
