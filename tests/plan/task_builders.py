"""Tasks in the plan's ward, brought where a test needs them through the doors everybody uses."""

from datetime import timedelta

from django.utils import timezone

from plan.models import Task
from plan.tasks import planning, progress
from plan.tasks.planning import Parts, Planned
from plan.tasks.progress import Reported

LIST = "/ke-hoach/dieu-hanh/nhiem-vu/"


def task(code="U2.1"):
    """U2.1 is led by VHXH, U3.1 by KTHTDT, U4.2 asked of an organisation under the Front, G1.1 nobody's."""
    return Task.objects.get(code=code)


def page(code="U2.1", more=""):
    return f"{LIST}{code}/{more}"


def due(ward, row, day, now=None):
    """The due date set by the coordinator."""
    return planning.edit(row, ward.dieuphoi, Planned(due_on=day), seen=row.edit_version, now=now)


def due_in(ward, row, days, now=None):
    return due(ward, row, timezone.localdate(now) + timedelta(days=days), now)


def assigned(ward, row, lead=("VHXH",), co=(), now=None):
    parts = Parts([ward.unit(code) for code in lead], [ward.unit(code) for code in co])
    return planning.assign(row, ward.dieuphoi, parts, seen=row.edit_version, now=now)


def reported(user, row, percent=40, state="doing", done="Đã họp tổ", now=None, **more):
    row.refresh_from_db()
    said = Reported(state, percent, done, **more)
    return progress.report(row, user, said, seen=row.edit_version, now=now)


def own_task(ward, text="Lắp mã QR tại nhà văn hóa", **values):
    from plan.models import TaskGroup

    planned = Planned(text=text, group=TaskGroup.objects.get(code="G1"), **values)
    return planning.add(ward.dieuphoi, planned)


def hidden(answer):
    """The hidden fields of the form on a page, as a browser sends them."""
    form = answer.context["form"]
    return {name: form[name].value() or "" for name in ("seen", "khoa")}
