"""What waits for the plan's coordinator: units with overdue tasks, one item a unit; part V without a lead."""

from django.db.models import Count, Exists, IntegerField, Min, OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from obligations.desk import branch, day
from obligations.duties import Source, WorkItem, WorkSection
from people.models import Unit
from plan.access import coordinates
from plan.models import Part, TaskUnit

from .board import LATE, NOBODY, unassigned_of_part_v
from .timing import OPEN_STATES

_LATE, _NOBODY = "plan.tasks_late", "plan.tasks_nobody"
LIST = "/ke-hoach/dieu-hanh/nhiem-vu/"


def _asks(desk):
    if desk.staff is None or not coordinates(desk.user):
        return
    late = TaskUnit.objects.filter(
        unit=OuterRef("pk"),
        is_suggested=False,
        task__state__in=OPEN_STATES,
        task__due_on__lt=desk.today,
    )
    leads = TaskUnit.objects.filter(task=OuterRef("task"), part=Part.LEAD, is_suggested=False)
    of_doers = late.filter(part=Part.LEAD) | late.exclude(Exists(leads))
    grouped = of_doers.order_by().values("unit")
    yield branch(
        Unit.objects.filter(Exists(of_doers)),
        _LATE,
        code="code",
        name="name",
        count=Subquery(grouped.annotate(n=Count("pk")).values("n"), output_field=IntegerField()),
        first=Subquery(grouped.annotate(first=Min("task__due_on")).values("first")),
    )
    yield branch(unassigned_of_part_v(), _NOBODY)


def _tells(desk):
    items = []
    for row in desk.rows[_LATE]:
        count = row["count"]
        title = ngettext("%(unit)s: %(count)s task overdue", "%(unit)s: %(count)s tasks overdue", count) % {
            "unit": row["name"],
            "count": count,
        }
        link = f"{LIST}?don_vi={row['code']}&tinh_trang={LATE}"
        items.append(_item(title, link, "task_late", day(row["first"])))
    if count := len(desk.rows[_NOBODY]):
        title = ngettext(
            "%(count)s task of part V has no unit that leads",
            "%(count)s tasks of part V have no unit that leads",
            count,
        ) % {"count": count}
        items.append(_item(title, f"{LIST}?don_vi={NOBODY}", "task_nobody"))
    yield WorkSection(_("Tasks of the plan to follow up"), items, order=42)


def _item(title, link, kind, due=None):
    return WorkItem(title=title, link=link, due=due, action=pgettext("work", "Open"), kind=kind)


of_coordinators = Source(_asks, _tells)
