"""The formality check, item by item, and the documents of the procedure."""

from django.contrib import messages
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from people.kept_post import keep_post
from trust.uploads import UploadRefused

from ... import formality
from ...forms.complaints import AttachForm
from ...moves import Refused
from ...reading import reading_of
from .found import crumbs, deny, find, too_late

BELONGS = {  # which item of the list is read off which part of the dossier
    "form": "?phan=ho-so",
    "authors": "?phan=tac-gia",
    "first_use": "?phan=ho-so",
    "kind": "?phan=ho-so",
    "evidence": "?phan=tep",
    "confidential": "?phan=ho-so",
}


def _page_of(request, code):
    return reverse("ideas:formality", args=[code])


@require_http_methods(["GET", "HEAD", "POST"])
@keep_post
@never_cache
def check(request, code):
    """Each item is a form of its own: one press keeps one answer. Whoever keeps the dossier may also attach
    documents of the procedure here as long as it is undecided."""
    initiative = find(request, code)
    answer = formality.may_check(initiative, request.user)
    if not answer.acting_as:
        deny(answer)
    if request.method == "POST":
        return _tick(request, initiative)
    return _page(request, initiative, AttachForm(), answer)


def _tick(request, initiative):
    item, done = request.POST.get("item", ""), request.POST.get("done") == "1"
    if item not in formality.CHECKLIST:
        return HttpResponseBadRequest(_("There is no such item."))
    try:
        kept = formality.tick(initiative, request.user, item, done)
    except Refused:
        return too_late(request, initiative)
    if done and not formality.open_items(kept):
        messages.success(request, _("The check is complete. The dossier can be accepted."))
    return redirect(f"{_page_of(request, initiative.code)}#muc-{item}")


@require_POST
@keep_post(page=_page_of)
def attach(request, code):
    """A signed document of the procedure: the superior body's approval, the authors' consent to a merger."""
    initiative = find(request, code)
    answer = formality.may_attach(initiative, request.user)
    if not answer.allowed:
        deny(answer)
    form = AttachForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        try:
            formality.attach_document(initiative, request.user, given["kind"], given["file"])
        except Refused:
            return too_late(request, initiative)
        except UploadRefused as refused:
            form.add_error("file", refused)
        else:
            messages.success(request, _("The document was attached."))
            return redirect(_page_of(request, code))
    return _page(request, initiative, form, formality.may_check(initiative, request.user))


def _page(request, initiative, form, answer):
    ticked = initiative.formality_checklist or {}
    items = [
        {"code": code, "label": label, "done": bool(ticked.get(code)), "part": BELONGS.get(code, "")}
        for code, label in formality.CHECKLIST.items()
    ]
    context = {
        "initiative": initiative,
        "reading": reading_of(initiative),
        "items": items,
        "done": sum(item["done"] for item in items),
        "answer": answer,
        "form": form,
        "may_attach": formality.may_attach(initiative, request.user).allowed,
        "documents": [
            a for a in initiative.attachments.all() if a.removed_at is None and a.kind != "evidence"
        ],
        "crumbs": crumbs(initiative, _("Formality check")),
    }
    return render(request, "ideas/dossier/checklist.html", context)
