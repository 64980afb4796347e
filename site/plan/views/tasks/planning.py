"""What the coordinator decides: adding, dates, assigning, dropping, opening again; officials in charge."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.kept_post import keep_post
from people.models import Unit
from people.units import UnitTree
from plan.forms.tasks import AssignForm, LastDayForm, OfficerForm, PlannedForm, ReasonForm, ReopenForm
from plan.models import Part, Task
from plan.tasks import officers, planning
from plan.tasks.access import Rights
from plan.tasks.owing import address_of, day_off_notice
from plan.tasks.planning import Parts, Planned
from vietnamese.dates import short_date, spoken_date

from .asking import ASKS, Step, find, forbid, take, typed, version_of
from .board import door


def about_day(due_on):
    """What is to be said about a due date that is a day off: allowed; reminders name the day before."""
    last = day_off_notice(due_on)
    if last is None:
        return []
    return [
        _("%(due)s is a day off. The date stays; reminders name the working day before it: %(last)s.")
        % {"due": spoken_date(due_on), "last": spoken_date(last)}
    ]


def _planned(form, is_own):
    given = form.cleaned_data
    own = {"text": given["text"], "group": given["group"]} if is_own else {}
    return Planned(given["due_on"], given["starts_on"], given["is_yearly"], **own)


@require_http_methods(ASKS)
@keep_post
@never_cache
def add(request):
    """A task of the ward's own."""
    if refused := door(request):
        return refused
    forbid(Rights(Task(), request.user).coordinate_refusal())
    form = PlannedForm(typed(request), is_own=True)
    step = Step(
        _("Add a task of the ward"),
        _("Add the task"),
        _("It gets the next number of this year. On its page it is then assigned to units."),
        _("The task was added. Assign it to a unit now."),
    )

    def act():
        planned = _planned(form, is_own=True)
        step.done_task = planning.add(request.user, planned, key=form.key)
        return about_day(planned.due_on)

    response = take(request, step, form, act)
    if made := getattr(step, "done_task", None):
        response["Location"] = address_of(made)
    return response


@require_http_methods(ASKS)
@keep_post
@never_cache
def edit(request, code):
    task, rights = find(request, code)
    forbid(rights.change_refusal())
    is_own = not task.section
    initial = {name: getattr(task, name) for name in ("due_on", "starts_on", "is_yearly", "text", "group")}
    form = PlannedForm(typed(request), initial=initial | {"seen": task.edit_version}, is_own=is_own)
    step = Step(
        _("Dates of the task"),
        _("Save"),
        _("A new due date is told to the units that carry it out, and recalled 7, 3 and 1 days before."),
        _("Saved."),
        now=[(_("Due"), short_date(task.due_on) if task.due_on else "")],
    )

    def act():
        planned = _planned(form, is_own)
        planning.edit(task, request.user, planned, seen=form.seen_version)
        return about_day(planned.due_on)

    return take(request, step, form, act, task=task, version=version_of(task))


@require_http_methods(ASKS)
@keep_post
@never_cache
def assign(request, code):
    task, rights = find(request, code)
    forbid(rights.change_refusal())
    tree = UnitTree.load()
    ward = tree.by_code(settings.WARD_CODE)
    keys = tree.subtree(ward.pk) if ward else set(tree.by_key)
    units = Unit.objects.filter(pk__in=keys | {part.unit_id for part in rights.parts})
    standing = {part.unit_id: part.part for part in rights.parts}
    suggested = {part.unit_id for part in rights.parts if part.is_suggested}
    initial = {"seen": task.edit_version}
    form = AssignForm(typed(request), initial=initial, units=units, parts=standing, suggested=suggested)
    names = ", ".join(part.unit.name for part in rights.parts if not part.is_suggested)
    step = Step(
        _("Who carries it out"),
        _("Assign"),
        _(
            "Units that are new here are told. The Front and the organisations under it are asked to take "
            "part, not ordered. What is marked as suggested stands once it is sent."
        ),
        _("Assigned."),
        now=[(_("Units"), names)],
    )

    def act():
        parts = Parts(form.with_part(Part.LEAD), form.with_part(Part.COORDINATE))
        note = form.cleaned_data["note"]
        planning.assign(task, request.user, parts, seen=form.seen_version, note=note)

    return take(request, step, form, act, task=task, version=version_of(task))


@require_http_methods(ASKS)
@keep_post
@never_cache
def drop(request, code):
    task, rights = find(request, code)
    forbid(rights.change_refusal())
    form = ReasonForm(typed(request), initial={"seen": task.edit_version})
    step = Step(
        _("The task is no longer needed"),
        _("Take it out of work"),
        _("Nothing is owed any more; the units are told. The task stays in the list with the reason."),
        _("The task is marked as no longer needed."),
        is_danger=True,
        now=[(_("State"), task.get_state_display())],
    )

    def act():
        planning.drop(task, request.user, form.cleaned_data["reason"], seen=form.seen_version)

    return take(request, step, form, act, task=task, version=version_of(task))


@require_http_methods(ASKS)
@keep_post
@never_cache
def reopen(request, code):
    task, rights = find(request, code)
    forbid(rights.reopen_refusal())
    form = ReopenForm(typed(request), initial={"seen": task.edit_version})
    step = Step(
        _("Open the task again"),
        _("Open again"),
        _("It begins at 0 % anew: for its next year, or since it was closed by mistake. The units are told."),
        _("The task is open again."),
        now=[(_("State"), task.get_state_display())],
    )

    def act():
        due_on = form.cleaned_data["due_on"]
        reason = form.cleaned_data["reason"]
        planning.reopen(task, request.user, reason, due_on=due_on, seen=form.seen_version)
        return about_day(due_on)

    return take(request, step, form, act, task=task, version=version_of(task))


# ---- officials in charge


@require_http_methods(ASKS)
@keep_post
@never_cache
def officer(request, code):
    task, rights = find(request, code)
    forbid(rights.work_refusal())
    staff = officers.candidates(rights.doing_units, rights.day)
    form = OfficerForm(typed(request), initial={"start_on": rights.day}, staff=staff)
    step = Step(
        _("Official in charge"),
        _("Name this person"),
        _("The person is told, reads the task and its comments, and has it in the extract of the year."),
        _("Named."),
    )

    def act():
        given = form.cleaned_data
        officers.name_officer(task, request.user, given["staff"], given["start_on"])

    return take(request, step, form, act, task=task)


@require_http_methods(ASKS)
@keep_post
@never_cache
def end_officer(request, code, pk):
    task, rights = find(request, code)
    row = get_object_or_404(task.officers.select_related("staff"), pk=pk)
    forbid(rights.plan_refusal())
    if row.end_before is not None:
        raise Http404
    form = LastDayForm(typed(request))
    step = Step(
        _("No longer in charge"),
        _("Save"),
        _("%(name)s keeps the task in the extract of the years until that day.")
        % {"name": row.staff.full_name},
        _("Saved."),
    )

    def act():
        officers.end_officer(row, request.user, form.cleaned_data["last_day"])

    return take(request, step, form, act, task=task)
