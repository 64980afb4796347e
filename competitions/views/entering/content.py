"""Title and text: drawn, saved, saved by themselves while typing; choosing between two versions."""

from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from editing.choosing import choice_context, empty_or, resolved, row

from ... import reasons, visitors
from ...completeness import word_count
from ...entering import steps
from ...entering.permits import NotEditable
from ...entering.writing import Conflict, save_content
from ...forms.content import ContentForm
from .doors import for_leaders, has_step, own_entry, step_page


@for_leaders(step="content")
def entry_content(request, entry):
    if request.method == "POST":
        return _save(request, entry)
    return _page(request, entry, ContentForm(entry, request.kept_post))


def _save(request, entry):
    form = ContentForm(entry, request.POST)
    if not form.is_valid():
        return _page(request, entry, form, status=422)
    answers, base, unchosen = resolved(request.POST, form.answers(), form.base)
    try:
        save_content(entry, request.participant, answers, base)
    except Conflict as conflict:
        return _conflict_page(request, entry, form, conflict, unchosen)
    target = steps.after(entry, request.participant, "content")
    if request.POST.get("then") == "later":
        target = entry.get_absolute_url()
    elif request.POST.get("then") == "stay":
        target = request.path
    return redirect(f"{target}?da-luu={steps.COPY_NUMBER['content']}")


def _page(request, entry, form, *, status=200):
    text = form["text"].value() or "" if "text" in form.fields else ""
    context = {
        "form": form,
        "words": word_count(text),
        "most": entry.competition.words_most,
        "autosave": reverse("competitions:entry_autosave", args=[entry.pk]),
        "copy_number": steps.COPY_NUMBER["content"],
        "way_in": visitors.way_in("enter", request, request.path),
    }
    return step_page(request, entry, "content", context, status=status)


def _conflict_page(request, entry, form, conflict, unchosen):
    rows = [row(request.POST, clash, form[clash.name].label, empty_or) for clash in conflict.clashes]
    context = choice_context(request.POST, rows, unchosen) | {
        "entry": entry,
        "competition": entry.competition,
        "participant": request.participant,
        "at": conflict.at,
        "now": timezone.now(),
        "me": _("This window"),
        "by": _("The other window"),
    }
    return render(request, "competitions/entering/conflict.html", context, status=409)


@require_POST
@never_cache
def entry_autosave(request, pk):
    """What is typed, saved without a click. 401 unknown, 404 not one's own, 409 two windows, 410 closed.

    Fields with a wrong value are named in `errors` and left as they were; the rest is saved.
    """
    participant = visitors.current(request)
    if participant is None:
        message = _("The time on this device is over. Prove the mailbox again.")
        return JsonResponse({"message": message}, status=401)
    entry = own_entry(participant, pk)
    has_step(entry, participant, "content")
    form = ContentForm(entry, request.POST)
    try:
        saved = save_content(entry, participant, form.answers(), form.base)
    except Conflict:
        message = _("Another window changed this part while you were typing.")
        return JsonResponse({"message": message}, status=409)
    except NotEditable as closed:
        return JsonResponse({"message": reasons.sentence(closed.refusal)}, status=410)
    return JsonResponse(
        {
            "message": _("Saved at %(time)s") % {"time": f"{timezone.localtime(saved.at):%H:%M}"},
            "edit_version": saved.entry.edit_version,
            "base": saved.base,
            "changed": list(saved.changed),
            "errors": {form[name].id_for_label: list(errors) for name, errors in form.errors.items()},
            "text": saved.entry.text,
            "words": word_count(saved.entry.text),
        }
    )
