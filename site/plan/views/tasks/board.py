"""The list of tasks in its four views, and the way to urge what is ticked there."""

from dataclasses import dataclass, field

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.models import Unit
from people.units import UnitTree
from plan.access import coordinates, reads_all, reported_units, works_with_the_plan
from plan.forms.tasks import TaskSearch
from plan.models import Task, TaskGroup, TaskState
from plan.tasks import board
from plan.tasks.access import is_of_the_front, may_urge, tasks_visible_to
from plan.tasks.query import lines
from plan.tasks.words import LANE_LABELS

from .asking import crumbs

FEW_UNITS = 16  # so many counters fit over the list; more stand in their own view
UNITS_A_PAGE = 50


class Counted(Paginator):
    """Pages of rows that were counted already."""

    def __init__(self, rows, per_page, count):
        super().__init__(rows, per_page)
        self._count = count

    @cached_property
    def count(self):
        return self._count


@dataclass
class Lane:
    code: str
    label: str
    count: int
    lines: list = field(default_factory=list)


def door(request):
    """Lets in who works with the plan; the answer for everybody else."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not works_with_the_plan(request.user):
        raise PermissionDenied(_("This page is for those who carry out the plan or report on it."))
    return None


@never_cache
@require_safe
def tasks(request):
    if refused := door(request):
        return refused
    today = timezone.localdate()
    tree = UnitTree(Unit.objects.order_by("order", "code"))
    own = None if reads_all(request.user) else reported_units(request.user, today, tree)
    visible = tasks_visible_to(request.user, today, own)
    units = [unit for _depth, unit in tree.in_order(own)]
    form = TaskSearch(request.GET, units=units, groups=TaskGroup.objects.order_by("order"))
    asked = form.asked()
    found = board.narrowed(visible, asked, today)
    laned = board.with_lane(found, today)
    lanes, states = board.lane_counts(laned)
    counters = board.unit_counts(visible if asked.view != board.BY_UNIT else found, today, own)
    context = {
        "form": form,
        "asked": asked,
        "views": [(code, label, asked.query(view=code), asked.view == code) for code, label in _views()],
        "total": sum(lanes.values()),
        "late": lanes[board.OVERDUE],
        "lanes_counts": [(LANE_LABELS[code], lanes[code], code) for code in board.LANES],
        "may_add": coordinates(request.user),
        "may_urge": may_urge(request.user),
        "today": today,
        "crumbs": crumbs(),
    }
    if asked.view == board.BY_UNIT:
        page = Paginator(counters, UNITS_A_PAGE).get_page(request.GET.get("page"))
        context |= {"page_obj": page, "counters": [(one, _queries(asked, one)) for one in page]}
    else:
        pages = Counted(board.in_order(laned, asked.view), board.PAGE, context["total"])
        page = pages.get_page(request.GET.get("page"))
        shown = lines(tasks=list(page.object_list.select_related("group")), day=today, with_notes=False)
        for line in shown:
            line.asked_kindly = line.doers and all(is_of_the_front(u, tree) for u in line.doers)
        few = len(counters) <= FEW_UNITS
        context |= {
            "page_obj": page,
            "lines": shown,
            "lanes": _lanes(shown, asked.view, lanes, states),
            "counters": [(one, _queries(asked, one)) for one in counters] if few else [],
        }
    return render(request, "plan/tasks/board.html", context)


def _views():
    return [
        (board.BY_TIME, _("By due date")),
        (board.BY_STATE, _("By state")),
        (board.TABLE, _("Table")),
        (board.BY_UNIT, _("By unit")),
    ]


def _lanes(shown, view, lanes, states):
    if view == board.TABLE:
        return []
    if view == board.BY_STATE:
        found = [Lane(state.value, state.label, states[state.value]) for state in TaskState]
        of = {line.task.pk: line.task.state for line in shown}
    else:
        found = [Lane(code, LANE_LABELS[code], lanes[code]) for code in board.LANES]
        of = {line.task.pk: line.task.lane for line in shown}
    by_code = {lane.code: lane for lane in found}
    for line in shown:
        by_code[of[line.task.pk]].lines.append(line)
    return [lane for lane in found if lane.lines]


def _queries(asked, one):
    """Addresses behind a unit's numbers, as the list by due date."""
    base = {"view": "", "unit": one.unit_code, "text": "", "group": "", "part": ""}
    return {
        "all": asked.query(**base, state=""),
        "late": asked.query(**base, state=board.LATE),
        "done": asked.query(**base, state="done"),
        "is_here": asked.unit == one.unit_code,
    }


def chosen(codes, user):
    """The tasks ticked, as this person may read them."""
    return (
        list(
            tasks_visible_to(user)
            .filter(code__in=codes)
            .prefetch_related("parts__unit")
            .order_by("order", "pk")
        )
        if codes
        else list(Task.objects.none())
    )
