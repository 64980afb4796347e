"""What waits for the plan's coordinator: units with overdue tasks, one item a unit; part V without a lead.
For officials in charge of a task: the task, as it comes near for its units."""

from django.db.models import Count, Exists, IntegerField, Min, OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from obligations.desk import branch, day
from obligations.duties import Source, WorkItem, WorkSection
from people.models import Unit, containing
from plan.access import coordinates, units_reported_by
from plan.models import Part, Task, TaskOfficer, TaskUnit

from .board import LATE, NOBODY, unassigned_of_part_v
from .owing import AHEAD, LIST
from .timing import OPEN_STATES

_LATE, _NOBODY, _IN_CHARGE = "plan.tasks_late", "plan.tasks_nobody", "plan.tasks_in_charge"


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


def _asks_in_charge(desk):
    if desk.staff is None:
        return
    in_charge = TaskOfficer.objects.filter(containing(desk.today), task=OuterRef("pk"), staff=desk.staff)
    tasks = Task.objects.filter(state__in=OPEN_STATES, due_on__lte=desk.today + AHEAD)
    if own := units_reported_by(desk):  # what their unit owes stands there already
        parts = TaskUnit.objects.filter(task=OuterRef("pk"), is_suggested=False)
        leads = parts.filter(part=Part.LEAD)
        doing = Exists(leads.filter(unit__in=own)) | (~Exists(leads) & Exists(parts.filter(unit__in=own)))
        tasks = tasks.exclude(doing)
    yield branch(tasks.filter(Exists(in_charge)), _IN_CHARGE, code="code", due="due_on")


def _tells_in_charge(desk):
    items = [
        WorkItem(
            title=_("Task %(code)s of the plan") % row,
            link=f"{LIST}{row['code']}/",
            due=day(row["due"]),
            action=pgettext("work", "Open"),
            kind="task_in_charge",
            code=row["code"],
        )
        for row in desk.rows[_IN_CHARGE]
    ]
    yield WorkSection(_("Tasks of the plan in one's charge"), items, order=41)


of_coordinators = Source(_asks, _tells)
of_officers = Source(_asks_in_charge, _tells_in_charge)
