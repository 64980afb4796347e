"""The crawler's ward with a task under way in VHXH, another in KTHTDT, and words that must not leak."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from plan.models import Task, TaskOfficer
from plan.tasks import budget, files, planning, progress, talking
from plan.tasks.budget import Typed
from plan.tasks.planning import Planned
from plan.tasks.progress import Reported
from tests.ideas.builders import PDF

_ALL = ("coordinator", "head", "deputy", "delegated")
SECRETS = {
    # a unit's comments, notes, files and money are read by that unit and by those who read all
    "work of a unit": (
        ("Ý kiến đơn vị 4471", "Việc đã làm 4472", "tep-nhiem-vu-4473"),
        ("reporter", "unit_head", *_ALL),
    ),
    "work of another unit": ("Ý kiến đơn vị khác 4474", ("other_reporter", *_ALL)),
    "money of a task": (("447.544.751", "Ghi chú kinh phí 4476"), ("reporter", "unit_head", *_ALL)),
    "comment taken back": ("Ý kiến đã rút 4477", ()),
}


def add_tasks(world):
    ward, now = world.ward, timezone.now()
    row, other = Task.objects.get(code="U2.1"), Task.objects.get(code="U3.1")
    due = Planned(due_on=timezone.localdate(now) + timedelta(days=20))
    planning.edit(row, ward.dieuphoi, due, seen=row.edit_version)
    row.refresh_from_db()
    said = Reported("doing", 40, "Việc đã làm 4472", "Mở lớp")
    progress.report(row, ward.baocao, said, seen=row.edit_version)
    step = progress.add_step(row, ward.baocao, "Họp tổ")
    done = progress.add_step(row, ward.baocao, "Mở lớp")
    progress.finish_step(done, ward.baocao, timezone.localdate(now), seen=0)
    comment = talking.comment(row, ward.baocao, "Ý kiến đơn vị 4471")
    talking.withdraw(talking.comment(row, ward.baocao, "Ý kiến đã rút 4477"), ward.baocao)
    talking.comment(other, ward.baocaokt, "Ý kiến đơn vị khác 4474")
    kept = files.attach(row, ward.baocao, SimpleUploadedFile("a.pdf", PDF + b"%tep-nhiem-vu-4473\n"))
    money = Typed(timezone.localdate(now).year, "ward", 447_544_751, note="Ghi chú kinh phí 4476")
    line = budget.add_line(row, ward.baocao, money)
    officer = TaskOfficer.objects.create(
        task=row, staff=ward.baocao.staff, start_on=timezone.localdate(now) - timedelta(days=3)
    )
    closed = Task.objects.get(code="U2.7")
    planning.drop(closed, ward.dieuphoi, "Đã gộp", seen=closed.edit_version)
    world.labels |= {
        "task": row.code,
        "closed_task": closed.code,
        "foreign_task": other.code,
        "task_step": step.pk,
        "task_step_finished": done.pk,
        "task_file": kept.pk,
        "task_comment": comment.pk,
        "task_line": line.pk,
        "task_officer": officer.pk,
    }
