"""The steps of a report: drawing one, saving it, saving by itself, choosing between two versions, sending."""

import json
import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from editing.choosing import choice_context, empty_or, resolved, row
from people.kept_post import written_by_another

from ...forms.reports import SheetForm, SubmitForm
from ...models import TaskState
from ...reports import workflow
from ...reports.access import FORM, for_who_sees_it, report_for, writes
from ...reports.completeness import complete_steps, missing
from ...reports.reasons import sentence, who_can, words_of
from ...reports.sheet import CHECK, DIFFICULTIES, NEXT, RESULTS, TARGETS, TASKS, Sheet
from ...reports.showing import shown
from ...reports.writing import Conflict, NotEditable, add_row, base_of, save_step
from .listing import crumbs
from .reading import draft_payload, title_of

TITLES = {
    TARGETS: gettext_lazy("Targets"),
    TASKS: pgettext_lazy("plan", "Tasks"),
    RESULTS: gettext_lazy("Main results"),
    DIFFICULTIES: gettext_lazy("Difficulties and proposals"),
    NEXT: pgettext_lazy("report", "What comes next"),
    CHECK: gettext_lazy("Check and send"),
}
_TEMPLATES = {TARGETS: "step_targets", TASKS: "step_tasks", DIFFICULTIES: "step_difficulties"}
_THEN = re.compile(r"step-([1-6])")


def _door(request, report, step):
    """Who writes; a report that is not with the unit leads to its page, by way of what this returns."""
    if step not in TITLES:
        raise Http404
    if not writes(request.user, report):
        raise PermissionDenied(words_of("only_writers"))
    if not report.is_open:
        return _no_longer(request, report)
    return None


def _no_longer(request, report):
    if request.method == "POST" and report.state == "submitted":
        messages.info(request, _("The report was sent already. Nothing was sent twice."))
    else:
        state = report.get_state_display()
        messages.info(request, _("The report can't be changed now: %(state)s.") % {"state": state})
    return redirect(report)


@for_who_sees_it(methods=FORM)
def step(request, report, step):
    if (closed := _door(request, report, step)) is not None:
        return closed
    try:
        if step == CHECK:
            return _check(request, report)
        if request.method == "POST":
            return _save(request, report, step)
    except NotEditable:
        return _no_longer(request, report_for(request.user, report.pk))
    sheet = Sheet.of(report, report.tree)
    return _page(request, sheet, step, SheetForm(sheet, step, request.kept_post))


def _save(request, report, step):
    sheet = Sheet.of(report, report.tree)
    form = SheetForm(sheet, step, request.POST)
    if not form.is_valid():
        return _page(request, sheet, step, form, status=422)
    answers, base, unchosen = resolved(request.POST, form.answers(), form.base)
    try:
        saved = save_step(report, request.user, step, answers, base)
    except Conflict as conflict:
        return _conflict(request, sheet, step, form, conflict, unchosen)
    then = request.POST.get("then", "")
    if then in ("", "stay") and form.overlong():
        return _too_long(request, saved.report, step)
    return _go_on(request, saved.report, step, then)


def _too_long(request, report, step):
    """Kept as it is, and refused in words at its place."""
    sheet, data = Sheet.of(report), request.POST.copy()
    data["base"] = json.dumps(base_of(sheet, step))
    form = SheetForm(sheet, step, data)
    form.full_clean()
    for name, words in form.overlong().items():
        form.add_error(name, words)
    return _page(request, sheet, step, form, status=422)


def _go_on(request, report, step, then):
    """After saving: the next step, or where the pressed button leads. `da-luu` drops the browser's copy."""
    target = step + 1
    if then == "stay":
        messages.success(request, _("Saved at %(time)s.") % {"time": f"{timezone.localtime():%H:%M}"})
        target = step
    elif then == "add-row" and step == DIFFICULTIES:
        add_row(report, request.user)
        return redirect(f"{step_url(report, step)}?da-luu={step}#them")
    elif asked := _THEN.fullmatch(then):
        target = int(asked[1])
    return redirect(f"{step_url(report, target)}?da-luu={step}")


def step_url(report, step):
    return reverse("plan:report_step", args=[report.pk, step])


# ---- the page


def _page(request, sheet, step, form, *, status=200, lacks=None, **more):
    report = sheet.report
    context = {
        **_progress(sheet, step, lacks),
        "title": TITLES[step],
        "form": form,
        "sheet": sheet,
        "is_kept": request.method == "GET" and bool(request.kept_post),
        "autosave": reverse("plan:report_autosave", args=[report.pk, step]) if step != CHECK else "",
        "next": step + 1,
        "previous": step - 1,
        "is_late": workflow.is_late(report, timezone.now()),
        "crumbs": crumbs((title_of(report), report.get_absolute_url()), (TITLES[step], "")),
        **more,
    }
    name = "step_check" if step == CHECK else _TEMPLATES.get(step, "step")
    return render(request, f"plan/reports/{name}.html", context, status=status)


def _progress(sheet, step, lacks=None):
    """The steps and what is still missing."""
    lacks = missing(sheet) if lacks is None else lacks
    complete = complete_steps(lacks)
    steps = [
        {
            "title": title,
            "url": step_url(sheet.report, number),
            "here": number == step,
            "state": "" if number == CHECK else "ok" if number in complete else "missing",
            "note": "" if number == CHECK else _("complete") if number in complete else _("lacks something"),
        }
        for number, title in TITLES.items()
    ]
    items = [
        {"url": f"{step_url(sheet.report, item.step)}#id_{item.name}", "text": item.words} for item in lacks
    ]
    return {
        "report": sheet.report,
        "number": step,
        "steps": steps,
        "missing": items,
        "parts_done": len(complete),
        "parts_all": len(TITLES) - 1,
    }


@for_who_sees_it
def standing(request, report, step):
    """The steps and what is still missing alone: fetched again after what is typed was saved."""
    if step not in TITLES or not (report.is_open and writes(request.user, report)):
        raise Http404
    return render(request, "plan/reports/_standing.html", _progress(Sheet.of(report, report.tree), step))


# ---- sending


def _check(request, report):
    """What is sent counts from when it arrived here, whatever the clock strikes before it is written."""
    now, sheet = timezone.now(), Sheet.of(report, report.tree)
    late, lacks = workflow.is_late(report, now), missing(sheet)
    posted = request.POST if request.method == "POST" else request.kept_post
    form, status = SubmitForm(report, posted, is_late=late), 200
    if request.method == "POST":
        then = _THEN.fullmatch(request.POST.get("then", ""))
        if then:
            return redirect(step_url(report, int(then[1])))
        status = 422
        if form.is_valid():
            try:
                sent = workflow.move(report, "submit", request.user, now=now, **form.cleaned_data)
            except workflow.Refused as refused:
                if refused.answer.reason == "wrong_state":
                    raise NotEditable(report.pk) from None
                where = refused.answer.field if refused.answer.field in form.fields else None
                form.add_error(where, sentence(refused.answer))
                status = 409
            else:
                messages.success(request, _("The report was sent. The coordinator was told."))
                return redirect(sent)
    answer = workflow.may(report, "submit", request.user, lacks=lacks)
    return _page(
        request,
        sheet,
        CHECK,
        form,
        status=status,
        lacks=lacks,
        shown=shown(draft_payload(sheet, request.user)),
        answer=answer,
        reason=sentence(answer),
        who_can=who_can(answer),
    )


# ---- two people at once


def _conflict(request, sheet, step, form, conflict, unchosen):
    rows = [
        row(request.POST, clash, form[clash.name].label, lambda value, name=clash.name: _shown(name, value))
        for clash in conflict.clashes
    ]
    report = sheet.report
    context = choice_context(request.POST, rows, unchosen) | {
        "report": report,
        "title": TITLES[step],
        "number": step,
        "by": conflict.by,
        "at": conflict.at,
        "now": timezone.now(),
        "crumbs": crumbs((title_of(report), report.get_absolute_url()), (TITLES[step], "")),
    }
    return render(request, "plan/reports/conflict.html", context, status=409)


def _shown(name, value):
    if name.endswith("met"):
        value = {"yes": _("Reached"), "no": _("Not reached yet")}.get(value, value)
    elif name.endswith("state") and value in TaskState.values:
        value = str(TaskState(value).label)
    elif re.fullmatch(r"t\d+u\d+[nd]", name):
        value = value.replace(".", ",")
    return empty_or(value)


# ---- autosave


@require_POST
@never_cache
def autosave(request, pk, step):
    """What is typed, saved without a click. 401 signed out, 403 typed by somebody else or not one's to write,
    404 out of sight, 409 two people, 410 sent meanwhile.

    Fields with a wrong value are named in `errors` and left as they were; the rest is saved.
    """
    if not request.user.is_authenticated:
        message = _("Your session ended. Sign in again to save.")
        link = reverse("plan:report_step", args=[pk, step])
        return JsonResponse({"message": message, "link": link}, status=401)
    if step not in TITLES or step == CHECK:
        raise Http404
    if written_by_another(request, str(request.user.pk)):
        message = _("Somebody else is signed in here now. Nothing was saved in their name.")
        return JsonResponse({"message": message}, status=403)
    report = report_for(request.user, pk)
    if not writes(request.user, report):
        return JsonResponse({"message": words_of("only_writers")}, status=403)
    if not report.is_open:
        return _closed(report)
    form = SheetForm(Sheet.of(report, report.tree), step, request.POST)
    try:
        saved = save_step(report, request.user, step, form.answers(), form.base)
    except Conflict as conflict:
        return JsonResponse({"message": _conflict_words(conflict)}, status=409)
    except NotEditable:
        return _closed(report)
    errors = {name: [words] for name, words in form.overlong().items()}
    errors |= {name: list(said) for name, said in form.errors.items()}
    return JsonResponse(
        {
            "message": _("Saved at %(time)s") % {"time": f"{timezone.localtime(saved.at):%H:%M}"},
            "edit_version": saved.report.edit_version,
            "base": saved.base,
            "changed": list(saved.changed),
            "errors": {form[name].id_for_label or name: said for name, said in errors.items()},
        }
    )


def _closed(report):
    message = _("The report can't be changed any more. What you typed stays on this computer.")
    return JsonResponse({"message": message, "link": report.get_absolute_url()}, status=410)


def _conflict_words(conflict):
    words = _("%(name)s changed this part at %(time)s while you were typing.")
    name = conflict.by or _("Somebody")
    return words % {"name": name, "time": f"{timezone.localtime(conflict.at):%H:%M}"}
