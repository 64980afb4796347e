"""A yearly period with accepted, returned and missing reports, and the one before it."""

from datetime import date

from plan.models import ReportState

from .payloads import count, payload, period, target, task, unit_report, words

PVHCC = payload(
    targets=[
        target("A1", "1528", "2000", goal="80", standing="on_track"),
        target("A9", "45", "47", source="computed", standing="at_risk"),
    ],
    tasks=[task("U7.1", "done", done="Đã số hóa 1.250 hồ sơ."), task("U7.2", "doing", due_on="2026-12-31")],
    results="Khai trương điểm hỗ trợ dịch vụ công tại 12 tổ dân phố.",
    difficulties=[{"text": "Máy quét đã cũ.", "proposal": "Bố trí kinh phí mua 02 máy quét"}],
    next="Hoàn thành số hóa hồ sơ năm 2025;\n- Mở thêm 03 điểm hỗ trợ.",
)
VHXH = payload(
    "VHXH",
    targets=[
        target("A9", "45", "47", source="computed", standing="at_risk"),
        count("E7", 2, standing="met", goal="1"),
        words("A8", "Chỉ số tăng 02 bậc so với năm 2025.", standing="met"),
    ],
    tasks=[task("U2.1", "doing", percent=60, due_on="2026-11-30", is_late=True, done="", next="")],
    difficulties=[{"text": "Thiếu giảng viên.", "proposal": ""}],
)
LAST_YEAR = payload(targets=[target("A1", "1402", "2000", as_of="2025-11-30")])


def make_period(code="2026-nam", year=2026):
    """Accepted: PVHCC and VHXH (late). Returned: KTHTDT. Submitted: VP. Nothing from CA."""
    made = period(code, year)
    unit_report(made, "PVHCC", sent=PVHCC, by="Phạm Thị Hạnh")
    unit_report(made, "VHXH", sent=VHXH, is_late=True)
    unit_report(
        made, "KTHTDT", ReportState.RETURNED, sent=payload("KTHTDT", targets=[target("B2", "9", "9")])
    )
    unit_report(made, "VP", ReportState.SUBMITTED, sent=payload("VP", targets=[target("A4", "9", "9")]))
    unit_report(made, "CA", ReportState.DRAFT, edit_version=0)
    return made


def make_last_year():
    made = period("2025-nam", 2025, from_day=date(2025, 1, 1))
    unit_report(made, "PVHCC", sent=LAST_YEAR)
    return made
