"""The list of tasks in its four views, and the way to urge what is ticked there."""

from dataclasses import dataclass, field

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.units import UnitTree
from plan.access import coordinates, reads_all, reported_units, works_with_the_plan
from plan.forms.tasks import TaskSearch
from plan.models import Task, TaskState
from plan.tasks import board, timing
from plan.tasks.access import is_of_the_front, may_urge, tasks_visible_to
from plan.tasks.query import lines
from plan.tasks.words import LANE_LABELS

from .asking import crumbs

FEW_UNITS = 16  # so many counters fit over the list; more stand in their own view
UNITS_A_PAGE = 50


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
    tree = UnitTree.load()
    own = None if reads_all(request.user) else reported_units(request.user, today, tree)
    every = lines(tasks=tasks_visible_to(request.user, today, own), day=today, with_notes=False, tree=tree)
    units = [unit for _depth, unit in tree.in_order(own)]
    groups = sorted({line.task.group for line in every}, key=lambda group: group.order)
    form = TaskSearch(request.GET, units=units, groups=groups)
    asked = form.asked()
    found = board.narrowed(every, asked)
    at = timing.bounds(today)
    lanes, states = board.counts(found, at)
    context = {
        "form": form,
        "asked": asked,
        "views": [(code, label, asked.query(view=code), asked.view == code) for code, label in _views()],
        "total": len(found),
        "late": lanes[timing.OVERDUE],
        "lanes_counts": [(LANE_LABELS[code], lanes[code], code) for code in timing.LANES],
        "may_add": coordinates(request.user),
        "may_urge": may_urge(request.user),
        "crumbs": crumbs(request.user),
    }
    if asked.view == board.BY_UNIT:
        counters = board.unit_counts(found, units)
        page = Paginator(counters, UNITS_A_PAGE).get_page(request.GET.get("page"))
        context |= {"page_obj": page, "counters": [(one, _queries(asked, one)) for one in page]}
    else:
        counters = board.unit_counts(every, units)
        ordered = board.in_order(found, asked.view, at)
        page = Paginator(ordered, board.PAGE).get_page(request.GET.get("page"))
        shown = list(page)
        for line in shown:
            line.asked_kindly = bool(line.doers) and all(is_of_the_front(u, tree) for u in line.doers)
        few = len(counters) <= FEW_UNITS
        context |= {
            "page_obj": page,
            "lines": shown,
            "lanes": _lanes(shown, asked.view, at, lanes, states),
            "counters": [(one, _queries(asked, one)) for one in counters] if few else [],
        }
    return render(request, "plan/tasks/board.html", context)


def _views():
    return [
        (board.BY_TIME, _("By due date")),
        (board.BY_STATE, _("By state")),
        (board.TABLE, pgettext("plan", "Table")),
        (board.BY_UNIT, _("By unit")),
    ]


def _lanes(shown, view, at, lanes, states):
    if view == board.TABLE:
        return []
    if view == board.BY_STATE:
        found = {state.value: Lane(state.value, state.label, states[state.value]) for state in TaskState}
        for line in shown:
            found[line.task.state].lines.append(line)
    else:
        found = {code: Lane(code, LANE_LABELS[code], lanes[code]) for code in timing.LANES}
        for line in shown:
            found[board.lane_of(line, at)].lines.append(line)
    return [lane for lane in found.values() if lane.lines]


def _queries(asked, one):
    """Addresses behind a unit's numbers, as the list by due date."""
    base = {"view": "", "unit": one.unit.code, "text": "", "group": "", "part": ""}
    return {
        "all": asked.query(**base, state=""),
        "late": asked.query(**base, state=board.LATE),
        "done": asked.query(**base, state="done"),
        "is_here": asked.unit == one.unit.code,
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
