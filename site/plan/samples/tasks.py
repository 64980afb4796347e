"""Tasks of the sample ward under way: dates near and past, steps, progress, comments, an urging, money. All
of it said and done by sample people, through the doors everybody uses."""

from datetime import timedelta

from django.utils import timezone

from people.models import Staff, Unit, UnitAssignment, User, containing
from plan.models import Task, TaskGroup, TaskOfficer
from plan.tasks import budget, planning, progress, talking, urging
from plan.tasks.access import doers
from plan.tasks.budget import Typed
from plan.tasks.planning import Parts, Planned
from plan.tasks.progress import Reported

# days from today a task is due in; past ones are late where they are not done
DUE = {
    "U1.2": 45,
    "U1.4": 75,
    "U2.1": -6,
    "U2.2": 9,
    "U2.3": 20,
    "U2.5": 60,
    "U2.6": 120,
    "U3.1": -12,
    "U3.2": 33,
    "U4.2": 15,
    "U4.4": 40,
    "U7.1": 25,
    "U7.8": 90,
}
ASSIGNED = {"G1.1": ("PVHCC", ("VP",)), "G3.1": ("VHXH", ("MTTQ",)), "G4.1": ("CA", ("VP", "VHXH"))}
STEPS = {
    "U2.2": ["Rà soát danh sách cán bộ, công chức", "Mở lớp tập huấn", "Tổng hợp kết quả, gửi Văn phòng"],
    "U3.2": ["Khảo sát các hộ sản xuất", "Chọn mô hình làm điểm"],
}
PROGRESS = [  # code, percent, what was done, what comes next
    ("U2.1", 70, "Đã tổng hợp báo cáo của 5 đơn vị.", "Đôn đốc 2 đơn vị còn lại."),
    ("U2.2", 30, "Đã rà soát danh sách, thống nhất nội dung lớp.", "Mở lớp đầu tiên trong tháng."),
    ("U2.3", 50, "Đã đăng 6 tin, bài về kế hoạch.", "Phát thanh tại các tổ dân phố."),
    ("U3.2", 20, "Đã khảo sát 14 hộ sản xuất.", "Chọn hai mô hình làm điểm."),
]
MONEY = [  # code, source, share of a year ago or this year, estimate, spent
    ("U2.2", "ward", 60_000_000, 18_500_000, "Dự toán chi thường xuyên"),
    ("U2.3", "ward", 25_000_000, 27_200_000, "Phát sinh in tờ gấp"),
    ("U3.2", "programmes", 150_000_000, 0, ""),
    ("U4.2", "social", 12_000_000, 4_000_000, "Đoàn Thanh niên vận động"),
]


def load_tasks(size, now):
    """`{what: how many}`; nothing where the plan or its sample people are missing."""
    people = User.objects.filter(username__in=("dieuphoi", "baocao", "truongdonvi"), is_sample=True)
    by_name = {user.username: user for user in people.select_related("staff")}
    if len(by_name) < 3 or not Task.objects.filter(code="U2.1").exists():
        return {}
    coordinator, reporter = by_name["dieuphoi"], by_name["baocao"]
    begun = now - timedelta(days=40)
    _dates(coordinator, timezone.localdate(now), begun)
    _parts(coordinator, begun)
    _work(coordinator, reporter, by_name["truongdonvi"], now)
    _money(coordinator, now)
    return {"tasks_under_way": len(DUE)}


def _task(code):
    return Task.objects.get(code=code)


def _dates(coordinator, today, begun):
    for code, days in DUE.items():
        row = _task(code)
        due = Planned(due_on=today + timedelta(days=days))
        planning.edit(row, coordinator, due, seen=row.edit_version, now=begun)
    planned = Planned(
        text="Gắn mã QR hướng dẫn dịch vụ công tại nhà văn hóa các tổ dân phố.",
        group=TaskGroup.objects.order_by("order").first(),
        due_on=today + timedelta(days=50),
    )
    planning.add(coordinator, planned, now=begun)


def _parts(coordinator, begun):
    units = {unit.code: unit for unit in Unit.objects.all()}
    for code, (lead, others) in ASSIGNED.items():
        row = _task(code)
        parts = Parts([units[lead]], [units[other] for other in others])
        planning.assign(row, coordinator, parts, seen=row.edit_version, now=begun)
    own = Task.objects.filter(section="").first()
    planning.assign(own, coordinator, Parts([units["VHXH"]]), seen=own.edit_version, now=begun)


def _work(coordinator, reporter, head, now):
    """What the head of VHXH and the reporter of KTHTDT did with their own tasks."""
    for code, texts in STEPS.items():
        for text in texts:
            progress.add_step(_task(code), coordinator, text, now=now - timedelta(days=30))
    for number, (code, percent, done, following) in enumerate(PROGRESS):
        row, moment = _task(code), now - timedelta(days=14 - number)
        person = reporter if code.startswith("U3") else head
        said = Reported("doing", percent, done, following)
        progress.report(row, person, said, seen=row.edit_version, now=moment)
    first = _task("U2.2").steps.first()
    day = timezone.localdate(now) - timedelta(days=13)
    progress.finish_step(first, head, day, seen=first.edit_version, now=now - timedelta(days=13))
    staff = _in_charge()
    if staff:
        start = timezone.localdate(now) - timedelta(days=40)
        TaskOfficer.objects.create(task=_task("U2.2"), staff=staff, start_on=start)
    talking.comment(
        _task("U2.2"),
        coordinator,
        f"Nhờ @{head.display_name} gửi danh sách lớp trước buổi khai giảng.",
        now=now - timedelta(days=5),
    )
    talking.comment(_task("U2.2"), head, "Danh sách đã gửi kèm báo cáo.", now=now - timedelta(days=4))
    urging.urge(
        ["U2.1"],
        coordinator,
        "Đề nghị hoàn thành báo cáo tổng hợp trong tuần.",
        now=now - timedelta(days=2),
    )


def _in_charge():
    """Somebody of the samples who works in the unit of U2.2."""
    units = [part.unit_id for part in doers(list(_task("U2.2").parts.all()))]
    there = UnitAssignment.objects.filter(
        containing(timezone.localdate()), unit__in=units, is_primary=True, staff__is_sample=True
    )
    found = Staff.objects.filter(pk__in=there.values("staff"), user__is_active=True)
    return found.order_by("staff_code").first()


def _money(coordinator, now):
    year = timezone.localdate(now).year
    for code, source, estimate, spent, note in MONEY:
        typed = Typed(year, source, estimate, spent, note=note)
        line = budget.add_line(_task(code), coordinator, typed, now=now - timedelta(days=20))
        if source == "ward":
            budget.publish(line, coordinator, seen=line.edit_version, now=now - timedelta(days=10))
