"""How a page about one task begins and how a step is taken: what all of them share."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import pgettext

from plan.access import reported_units, works_with_the_plan
from plan.models import Task
from plan.navigation import work_area
from plan.tasks.access import Rights, tasks_visible_to
from plan.tasks.owing import address_of
from plan.tasks.refusing import CONFLICTS, Refused
from trust.uploads import UploadRefused

ASKS = ["GET", "HEAD", "POST"]
LIST = "/ke-hoach/dieu-hanh/nhiem-vu/"


def find(request, code):
    """(task, what this person may do); 404 for a task out of sight."""
    day = timezone.localdate()
    own = reported_units(request.user, day)
    visible = tasks_visible_to(request.user, day, own)
    task = visible.filter(code=code).select_related("group").first()
    if task is None:
        raise Http404
    return task, Rights(task, request.user, day, own)


def forbid(refused):
    """403 with the sentence for what is seen but not allowed."""
    if refused is not None:
        raise PermissionDenied(refused.sentence)


def crumbs(user, task=None, *here):
    """Whoever is in charge of one task without working with the plan has the list closed: no link there."""
    tasks = (pgettext("plan", "Tasks"), LIST if works_with_the_plan(user) and (task or here) else "")
    way = [work_area(user), tasks]
    if task is not None:
        way.append((task.code, address_of(task) if here else ""))
    return [*way, *((label, "") for label in here)]


def typed(request):
    return request.POST if request.method == "POST" else request.kept_post or None


@dataclass
class Step:
    """One page that asks for one thing. `now` are (label, value) of what stands, shown after a conflict."""

    title: str
    action: str
    happens: str
    done: str
    is_danger: bool = False
    back: str = ""
    now: list = field(default_factory=list)


def take(request, step, form, act, *, task=None, version=None, **more):
    """GET draws the form; POST acts and leads back, or draws it again with what is wrong: 422, and 409 with
    what stands now where somebody else was quicker. `version()` is the version that stands now."""
    back = step.back or (address_of(task) if task is not None else LIST)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                said = act()
            except (Refused, UploadRefused) as refused:
                status = _refuse(form, refused, version)
            else:
                messages.success(request, step.done)
                for words in said if isinstance(said, list) else ():
                    messages.warning(request, words)
                return redirect(back)
    context = {
        "task": task,
        "form": form,
        "step": step,
        "back": back,
        "is_conflict": status == 409,
        "file_lost": request.method == "POST" and form.is_multipart(),
        "crumbs": crumbs(request.user, task, step.title),
        **more,
    }
    return render(request, "plan/tasks/step.html", context, status=status)


def _refuse(form, refused, version):
    if isinstance(refused, UploadRefused):
        form.add_error("file", refused)
        return 422
    form.refuse(refused)
    if refused.code not in CONFLICTS:
        return 422
    if version is not None and (now := version()) is not None:
        form.show_version(now)
    return 409


def version_of(task):
    return lambda: Task.objects.values_list("edit_version", flat=True).get(pk=task.pk)
