"""The seven steps: drawing one, saving it, going on; autosave; choosing between two versions."""

import json
import re

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from editing.choosing import resolved
from ideas import authorship, progress
from ideas.access import EDITABLE
from ideas.completeness import STEPS
from ideas.drafts import Conflict, NotEditable, base_of, save_step
from ideas.forms.form import FORMS
from ideas.models import AttachmentKind
from ideas.queries import open_round
from ideas.similarity.showing import hint_for_draft
from people.kept_post import written_by_another

from .conflicts import conflict_page
from .doors import for_writers, own_dossier, step_url
from .files import intact_files, store_files
from .submitting import submit_step, submitting_context

LAST = 7
AUTOSAVED = (1, 3, 4, 5, 6)  # shares are saved on purpose only: each change asks people to confirm anew


@for_writers
def step(request, initiative, step):
    if step not in STEPS:
        raise Http404
    if step == LAST:
        return submit_step(request, initiative, step_page)
    if request.method == "POST":
        return _save(request, initiative, step)
    form = FORMS[step](initiative, step, request.kept_post)
    return step_page(request, initiative, step, form)


def _save(request, initiative, step):
    form = FORMS[step](initiative, step, request.POST)
    if not form.is_valid():
        return step_page(request, initiative, step, form)
    answers, base, unchosen = resolved(request.POST, form.answers(), form.base)
    try:
        save_step(initiative, request.user, step, answers, base)
    except Conflict as conflict:
        return conflict_page(request, initiative, step, form, conflict, unchosen)
    if step == 6 and request.FILES.getlist("files"):
        refused = store_files(request, initiative, form)
        if refused:
            for message in refused:
                form.add_error("files", message)
            return step_page(request, own_dossier(request.user, initiative.code), step, form)
    then = request.POST.get("then", "")
    if then in ("", "stay") and form.overlong():
        return _too_long(request, initiative, step)
    return _go_on(request, initiative, step, then)


def _too_long(request, initiative, step):
    """Kept as it is, and refused in words at its place: the step again, drawn from what is stored now."""
    current = own_dossier(request.user, initiative.code)
    data = request.POST.copy()
    data["base"] = json.dumps(base_of(current, step))
    form = FORMS[step](current, step, data)
    form.full_clean()
    for name, words in form.overlong().items():
        form.add_error(name, words)
    return step_page(request, current, step, form)


# What stands after "then": a page of its own, reached after saving so that nothing typed is lost.
_PAGES = {
    "add-author": "ideas:form_author_add",
    "add-outside": "ideas:form_author_outside",
    "author": "ideas:form_author",
    "remove-author": "ideas:form_author_remove",
    "add-participant": "ideas:form_participant_add",
    "participant": "ideas:form_participant",
    "remove-participant": "ideas:form_participant_remove",
    "remove-file": "ideas:form_file_remove",
}
_THEN = re.compile(r"([a-z]+(?:-[a-z]+)*?)(?:-([0-9]{1,12}))?")


def _go_on(request, initiative, step, then):
    """After saving: the next step, or where the pressed button leads. `da-luu` drops the browser's copy."""
    saved = f"?da-luu={step}"
    asked = _THEN.fullmatch(then)
    what, number = asked.groups() if asked else ("", None)
    if what in _PAGES:
        args = [initiative.code, *([number] if number else [])]
        return redirect(reverse(_PAGES[what], args=args) + saved)
    if what == "remind" and number:
        _remind(request, initiative, int(number))
        return redirect(step_url(initiative, step) + saved)
    if what == "stay":
        messages.success(request, _("Saved at %(time)s.") % {"time": f"{timezone.localtime():%H:%M}"})
        return redirect(step_url(initiative, step) + saved)
    target = int(number) if what == "step" and number and int(number) in STEPS else step + 1
    return redirect(step_url(initiative, target) + saved)


def _remind(request, initiative, author_pk):
    author = next((a for a in initiative.authors.all() if a.pk == author_pk), None)
    if author is not None and authorship.remind(initiative, author):
        messages.success(request, _("%(name)s was asked again to confirm.") % {"name": author.full_name})


# ---- the page


def step_page(request, initiative, step, form, status=200, **more):
    """One step with its surroundings: the steps, what is still missing, how long the round is open."""
    context = {
        **progress.standing(initiative, step),
        "title": STEPS[step],
        "form": form,
        "round": open_round(),
        "is_kept": request.method == "GET" and bool(request.kept_post),
        "next": {"number": step + 1, "title": STEPS.get(step + 1)},
        "previous": step - 1,
        "autosave": reverse("ideas:form_autosave", args=[initiative.code, step]) if step in AUTOSAVED else "",
        **_SURROUNDINGS.get(step, lambda *_: {})(request, initiative, form),
        **more,
    }
    return render(request, f"ideas/form/step_{step}.html", context, status=status)


def _authors(request, initiative, form):
    total, lacking, sentence, whole = progress.total_line(form.typed_shares())
    objections = authorship.objections(initiative)
    rows = [
        {
            "author": author,
            "field": field,
            "objection": objections.get(author.staff.staff_code) if author.staff else None,
            "can_be_asked": bool(author.staff and author.staff.user),
            "by_scan": authorship.confirms_by_scan(initiative, author),
        }
        for author, field in form.rows()
    ]
    return {"rows": rows, "total": total, "lacking": lacking, "sentence": sentence, "whole": whole}


def _participants(request, initiative, form):
    return {"participants": list(initiative.participants.all())}


def _files(request, initiative, form):
    kinds = (AttachmentKind.EVIDENCE, AttachmentKind.SUPERIOR_APPROVAL, AttachmentKind.MERGE_CONSENT)
    return {"files": intact_files(initiative, kinds)}


def _similar(request, initiative, form):
    return {"similar": hint_for_draft(initiative)}


_SURROUNDINGS = {1: _similar, 2: _authors, 3: _participants, 4: _similar, 6: _files, 7: submitting_context}


@require_safe
@for_writers
def standing(request, initiative, step):
    """The steps and what is still missing alone: fetched again after what is typed was saved."""
    if step not in STEPS:
        raise Http404
    return render(request, "ideas/form/standing.html", progress.standing(initiative, step))


# ---- autosave


@require_POST
@never_cache
def autosave(request, code, step):
    """What is typed, saved without a click. 401 signed out, 403 typed by somebody else than who is
    signed in now, 404 not one's own, 409 two editors, 410 closed.

    Fields with a wrong value are named in `errors` and left as they were; the rest is saved.
    """
    if not request.user.is_authenticated:
        message = _("Your session ended. Sign in again to save.")
        return JsonResponse({"message": message, "link": step_address(code, step)}, status=401)
    if step not in AUTOSAVED:
        raise Http404
    if written_by_another(request, str(request.user.pk)):
        message = _("Somebody else is signed in here now. Nothing was saved in their name.")
        return JsonResponse({"message": message}, status=403)
    initiative = own_dossier(request.user, code)
    if initiative.state not in EDITABLE:
        return _closed(initiative)
    form = FORMS[step](initiative, step, request.POST)
    try:
        saved = save_step(initiative, request.user, step, form.answers(), form.base)
    except Conflict as conflict:
        return JsonResponse({"message": conflict_words(conflict)}, status=409)
    except NotEditable:
        return _closed(initiative)
    return JsonResponse(
        {
            "message": _("Saved at %(time)s") % {"time": f"{timezone.localtime(saved.at):%H:%M}"},
            "edit_version": saved.initiative.edit_version,
            "base": saved.base,
            "changed": list(saved.changed),
            "errors": {form[name].id_for_label or name: errors for name, errors in _errors(form).items()},
        }
    )


def _errors(form):
    """{name: sentences}: what was left as it was, and what is kept but too long."""
    kept = {name: [words] for name, words in form.overlong().items()}
    return kept | {name: list(errors) for name, errors in form.errors.items()}


def _closed(initiative):
    message = _("%(code)s can't be edited any more. What you typed stays on this computer.")
    return JsonResponse(
        {"message": message % {"code": initiative.code}, "link": initiative.get_absolute_url()}, status=410
    )


def step_address(code, step):
    return reverse("ideas:form_step", args=[code, step])


def conflict_words(conflict):
    name = conflict.by.display_name if conflict.by else _("Somebody")
    return _("%(name)s changed this part at %(time)s while you were typing.") % {
        "name": name,
        "time": f"{timezone.localtime(conflict.at):%H:%M}",
    }
