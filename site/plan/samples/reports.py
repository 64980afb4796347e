"""Sample reports of the period under way: one accepted, one to be read, one returned, one being written, the
rest missing. Written by sample people through the door everybody uses."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from people.models import UnitAssignment, User, containing
from people.roles import Role, set_up_role

from ..models import UnitReport
from ..reports import calendar, workflow
from ..reports.duty import units_owing
from ..reports.owing import follow
from ..reports.sheet import DIFFICULTIES, NEXT, RESULTS, TARGETS, TASKS, Sheet
from ..reports.writing import base_of, save_step

SOURCE = "load_samples"
# Who is made reporter beside the one the samples name; one colleague of each of these units.
_REPORTING = ("VP", "PVHCC", "DVSNC", "CA")
_TEXTS = {
    "PVHCC": (
        "Tiếp nhận và giải quyết 4.820 hồ sơ, trong đó 3.937 hồ sơ nộp trực tuyến (81,7 %).\n"
        "Số hóa 100 % hồ sơ và kết quả còn hiệu lực phát sinh trong kỳ.\n"
        "Mở hai điểm hướng dẫn nộp hồ sơ trực tuyến tại nhà văn hóa tổ dân phố.",
        "Duy trì điểm hướng dẫn vào chiều thứ Bảy; rà soát các thủ tục còn phải nộp bản giấy.",
        [("Máy quét tài liệu khổ A3 hỏng, phải chờ sửa ba tuần.", "Bố trí thêm một máy quét dự phòng.")],
    ),
    "VP": (
        "100 % văn bản đi được ký số; 41/44 cuộc họp giao ban không dùng giấy.",
        "Hướng dẫn các đơn vị lập hồ sơ công việc điện tử từ đầu năm sau.",
        [],
    ),
    "KTHTDT": (
        "Hỗ trợ 6 hộ gắn mã QR truy xuất nguồn gốc; hai mô hình trồng rau trong nhà lưới.",
        "Nhân rộng mô hình nhà lưới sang hai tổ dân phố.",
        [("Kinh phí hỗ trợ mua thiết bị giao chậm.", "Đề nghị phân bổ ngay từ quý I.")],
    ),
}


def load_reports(size, now):
    """`{what: how many}`; part of the samples' transaction."""
    today = timezone.localdate(now)
    coordinator = User.objects.filter(username="dieuphoi", is_sample=True).first()
    planned = next(
        (
            one
            for year in (today.year, today.year + 1)
            for one in calendar.planned_of(year)
            if one.last_day >= today
        ),
        None,
    )
    if planned is None or coordinator is None:
        return {}
    period = calendar.open_period(planned, units_owing(), now)
    reports = {
        report.unit_code: report
        for report in UnitReport.objects.filter(period=period).select_related("period", "unit")
    }
    follow(reports.values(), now)
    writers = _writers(today)
    for place, code in enumerate(("PVHCC", "VP", "KTHTDT")):
        if code in reports and code in writers:
            # Early in January nothing can have been said of the year days ago.
            sent_at = max(now - timedelta(days=6 - place), start_of(period.from_day))
            _send(reports[code], writers[code], sent_at)
    if "DVSNC" in reports and "DVSNC" in writers:
        started = "Bảo trì hệ thống truyền thanh thông minh tại 9 tổ dân phố."
        save_step(reports["DVSNC"], writers["DVSNC"], RESULTS, {"results": started}, {}, now)
    _decide(reports, writers, coordinator, now)
    return {"reports": len(reports)}


def start_of(day):
    """Its first working hour."""
    return timezone.make_aware(datetime.combine(day, time(8)))


def _writers(today):
    """{code of a unit: its sample reporter}: those the samples name, and one colleague of other units."""
    assigned = (
        UnitAssignment.objects.filter(containing(today), is_primary=True, staff__user__is_sample=True)
        .filter(staff__user__is_active=True)
        .select_related("unit", "staff__user")
        .order_by("staff__staff_code")
    )
    found = {}
    for row in assigned:
        user, code = row.staff.user, row.unit.code
        if user.groups.filter(name=Role.UNIT_REPORTER).exists():
            found[code] = user
    for row in assigned:
        user, code = row.staff.user, row.unit.code
        if code in _REPORTING and code not in found and user.username.startswith("hd-"):
            set_up_role(user, Role.UNIT_REPORTER, SOURCE)
            found[code] = user
    return found


def _send(report, user, now):
    """Writes what is asked for and sends it."""
    results, after, difficulties = _TEXTS[report.unit_code]
    sheet, targets, tasks = Sheet.of(report), {}, {}
    for row in sheet.targets:
        if not row.is_typed:
            continue
        if row.has_number:
            goal = int(row.definition.goal or 1)
            targets[f"{row.key}n"] = str(goal)
            if row.asks_denominator:
                targets |= {f"{row.key}n": str(max(0, 2 * goal - 9)), f"{row.key}d": "200"}
        else:
            targets |= {f"{row.key}met": "no", f"{row.key}words": "Đang triển khai theo kế hoạch năm."}
    for row in sheet.tasks:
        if row.is_typed:
            tasks |= {
                f"{row.key}state": "doing",
                f"{row.key}percent": "60",
                f"{row.key}done": "Đã ban hành kế hoạch và phân công người phụ trách.",
            }
    rows = {}
    for number, (text, proposal) in enumerate(difficulties, start=1):
        rows |= {f"d{number}text": text, f"d{number}proposal": proposal}
    steps = {TARGETS: targets, TASKS: tasks, RESULTS: {"results": results}, DIFFICULTIES: rows}
    for step, answers in {**steps, NEXT: {"next": after}}.items():
        save_step(report, user, step, answers, base_of(Sheet.of(report), step), now)
        report.refresh_from_db()
    workflow.move(report, "submit", user, now=now)


def _decide(reports, writers, coordinator, now):
    """The first is accepted, the second waits to be read, the third comes back."""
    if "PVHCC" in writers:
        workflow.move(reports["PVHCC"], "accept", coordinator, now=now - timedelta(days=2))
    if "KTHTDT" in writers:
        workflow.move(
            reports["KTHTDT"],
            "send_back",
            coordinator,
            now=now - timedelta(days=1),
            reason="Bổ sung số liệu doanh nghiệp nhỏ đã dùng nền tảng số và ghi rõ nguồn.",
            resend_by=timezone.localdate(now) + timedelta(days=5),
        )
