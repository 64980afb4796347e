"""What the units do with a task: progress, steps, files, comments."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.kept_post import keep_post
from plan.forms.tasks import (
    CommentForm,
    ProgressForm,
    ReasonForm,
    StepDoneForm,
    StepForm,
    TaskFileForm,
    TaskStepForm,
)
from plan.models import Task
from plan.tasks import files, progress, talking
from plan.tasks.access import readers_of
from plan.tasks.progress import Reported
from vietnamese.dates import short_date

from .asking import ASKS, Step, find, forbid, take, typed


@require_http_methods(ASKS)
@keep_post
@never_cache
def report(request, code):
    """How far it is; `?don-doc=` answers an urging."""
    task, rights = find(request, code)
    forbid(rights.work_refusal())
    urge = _urge(request, task)
    last = task.notes.last()
    initial = {
        "state": "doing" if task.state == "todo" else task.state,
        "percent": task.percent,
        "next": last.next if last else "",
        "seen": task.edit_version,
        "don_doc": urge.pk if urge else None,
    }
    in_place = rights.acts_in_place and bool(rights.doing_units)
    form = ProgressForm(typed(request), initial=initial, in_place=in_place)
    title = _("Answer with how far it is") if urge else _("Report progress")
    step = Step(
        title,
        _("Send"),
        _("The note stays as it is written; what comes later stands in a new one."),
        _("The progress is written down."),
    )

    def act():
        given = form.cleaned_data
        said = Reported(
            given["state"], given["percent"], given["done"], given["next"], given.get("reason", "")
        )
        progress.report(
            task, request.user, said, seen=form.seen_version, answers=given["don_doc"], key=form.key
        )

    def version():
        now = Task.objects.get(pk=task.pk)
        step.now = [
            (_("State"), now.get_state_display()),
            (_("Progress, %"), now.percent),
            *[(_("What was done"), note.done) for note in now.notes.order_by("-pk")[:1]],
            *[(_("by"), note.by_name) for note in now.notes.order_by("-pk")[:1]],
        ]
        return now.edit_version

    return take(request, step, form, act, task=task, version=version, urge=urge)


def _urge(request, task):
    asked = request.POST.get("don_doc") if request.method == "POST" else request.GET.get("don-doc")
    if not asked:
        return None
    if not asked.isdigit():
        raise Http404
    return get_object_or_404(task.urges, pk=asked)


# ---- steps


def _step(task, pk):
    row = get_object_or_404(task.steps.filter(removed_at=None), pk=pk)
    row.task = task
    return row


@require_http_methods(ASKS)
@keep_post
@never_cache
def step_add(request, code):
    task, rights = find(request, code)
    forbid(rights.work_refusal())
    form = TaskStepForm(typed(request))
    step = Step(
        _("Add a step"), _("Add the step"), _("It stands at the end of the list."), _("The step was added.")
    )

    def act():
        given = form.cleaned_data
        progress.add_step(task, request.user, given["text"], due_on=given["due_on"], key=form.key)

    return take(request, step, form, act, task=task)


@require_http_methods(ASKS)
@keep_post
@never_cache
def step_edit(request, code, pk):
    task, rights = find(request, code)
    row = _step(task, pk)
    forbid(rights.work_refusal())
    order = [one.pk for one in task.steps.filter(removed_at=None)]
    place = order.index(row.pk) + 1
    initial = {"text": row.text, "due_on": row.due_on, "place": place, "seen": row.edit_version}
    form = TaskStepForm(typed(request), initial=initial, places=len(order))
    step = Step(_("Change the step"), _("Save"), _("The history keeps what changed."), _("Saved."))

    def act():
        given = form.cleaned_data
        progress.edit_step(
            row,
            request.user,
            given["text"],
            due_on=given["due_on"],
            place=given.get("place") or place,
            seen=form.seen_version,
        )

    return take(request, step, form, act, task=task, version=_version(task, row, step))


@require_http_methods(ASKS)
@keep_post
@never_cache
def step_done(request, code, pk):
    task, rights = find(request, code)
    row = _step(task, pk)
    forbid(rights.work_refusal())
    in_place = rights.acts_in_place and bool(rights.doing_units)
    initial = {"done_on": timezone.localdate(), "seen": row.edit_version}
    form = StepDoneForm(typed(request), initial=initial, in_place=in_place)
    step = Step(
        _("The step is done"),
        _("Mark as done"),
        _("The day and your name stand beside the step."),
        _("Marked as done."),
    )

    def act():
        given = form.cleaned_data
        reason = given.get("reason", "")
        progress.finish_step(row, request.user, given["done_on"], seen=form.seen_version, reason=reason)

    more = {"about": row.text}
    return take(request, step, form, act, task=task, version=_version(task, row, step), **more)


@require_http_methods(ASKS)
@keep_post
@never_cache
def step_open(request, code, pk):
    task, rights = find(request, code)
    row = _step(task, pk)
    forbid(rights.work_refusal())
    form = ReasonForm(typed(request), initial={"seen": row.edit_version})
    step = Step(
        _("The step is not done after all"),
        _("Mark as not done"),
        _("The reason stands in the history."),
        _("Saved."),
    )

    def act():
        progress.open_step(row, request.user, form.cleaned_data["reason"], seen=form.seen_version)

    more = {"about": row.text}
    return take(request, step, form, act, task=task, version=_version(task, row, step), **more)


@require_http_methods(ASKS)
@keep_post
@never_cache
def step_remove(request, code, pk):
    task, rights = find(request, code)
    row = _step(task, pk)
    forbid(rights.work_refusal())
    form = StepForm(typed(request), initial={"seen": row.edit_version})
    step = Step(
        _("Remove the step"),
        _("Remove"),
        _("It leaves the list; its words stay in the history."),
        _("The step was removed."),
        is_danger=True,
    )

    def act():
        progress.remove_step(row, request.user, seen=form.seen_version)

    more = {"about": row.text}
    return take(request, step, form, act, task=task, version=_version(task, row, step), **more)


def _version(task, row, step):
    """What stands now of a step, for the conflict page; None once it was removed."""

    def version():
        now = task.steps.filter(pk=row.pk, removed_at=None).first()
        if now is None:
            step.now = [(pgettext("task", "Step"), _("removed"))]
            return None
        due = short_date(now.due_on) if now.due_on else ""
        done = short_date(now.done_on) if now.done_on else ""
        step.now = [(pgettext("task", "Step"), now.text), (_("Due"), due), (_("Done on"), done)]
        return now.edit_version

    return version


# ---- files


@require_http_methods(ASKS)
@keep_post
@never_cache
def file_add(request, code):
    task, rights = find(request, code)
    forbid(rights.plan_refusal())
    sent = request.FILES if request.method == "POST" else None
    form = TaskFileForm(typed(request), sent)
    step = Step(
        _("Add a file"),
        _("Add the file"),
        _("Whoever may read the task may open it; it is not public."),
        _("The file was added."),
    )

    def act():
        files.attach(task, request.user, form.cleaned_data["file"], key=form.key)

    return take(request, step, form, act, task=task)


@require_http_methods(ASKS)
@keep_post
@never_cache
def file_remove(request, code, pk):
    task, rights = find(request, code)
    kept = get_object_or_404(task.files.filter(removed_at=None), pk=pk)
    kept.task = task
    forbid(rights.plan_refusal())
    step = Step(
        _("Remove the file"),
        _("Remove"),
        _("Nobody can open it any more; its name and check code stay in the history."),
        _("The file was removed."),
        is_danger=True,
    )
    form = StepForm(typed(request))
    return take(request, step, form, lambda: files.remove(kept, request.user), task=task, about=kept.name)


# ---- comments


@require_http_methods(ASKS)
@keep_post
@never_cache
def comment(request, code):
    task, rights = find(request, code)
    readers = [one for one in readers_of(task, rights.day) if one.pk != request.user.pk]
    form = CommentForm(typed(request), readers=readers)
    step = Step(
        _("Write a comment"),
        _("Send"),
        _("Everybody who may read the task reads it. It cannot be changed, only taken back."),
        _("The comment was sent."),
    )

    def act():
        mentioned = form.cleaned_data.get("mentions") or ()
        talking.comment(task, request.user, form.cleaned_data["text"], mentioned, key=form.key)

    return take(request, step, form, act, task=task)


@require_http_methods(ASKS)
@keep_post
@never_cache
def withdraw(request, code, pk):
    task, _rights = find(request, code)
    said = get_object_or_404(task.comments.filter(withdrawal=None), pk=pk)
    said.task = task
    if said.by_id != request.user.pk:
        forbid(talking.Refused("only_own_comment"))
    step = Step(
        _("Take the comment back"),
        pgettext("comment", "Take back"),
        _("Nobody reads its words any more; that there was a comment stays."),
        _("The comment was taken back."),
        is_danger=True,
    )
    form = StepForm(typed(request))
    about = said.text[:300]
    return take(request, step, form, lambda: talking.withdraw(said, request.user), task=task, about=about)
