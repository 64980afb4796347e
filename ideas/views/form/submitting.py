"""Step 7: everything as the reader will see it, the pledge, and the step through the workflow's door."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ideas import reasons, workflow
from ideas.application.faces import draft_application
from ideas.changes import changes_since
from ideas.drafts import lock_for_editing
from ideas.files import attach_file
from ideas.forms.form import SubmitForm
from ideas.models import AttachmentKind
from trust.uploads import UploadRefused
from vietnamese.dates import short_date

from .doors import no_longer_editable, own_dossier
from .files import intact_files


def submit_step(request, initiative, step_page):
    asks_receipt = initiative.keyed_from_paper and initiative.state == "draft"
    posted = request.POST if request.method == "POST" else request.kept_post
    form = SubmitForm(initiative, 7, posted, asks_receipt=asks_receipt)
    if request.method != "POST":
        return step_page(request, initiative, 7, form)
    attached = _attach_scan(request, initiative, form)
    if request.POST.get("then") == "upload":
        return redirect(request.path) if attached else step_page(request, initiative, 7, form)
    if form.is_valid():
        try:
            return _submitted(request, _move(request, initiative, form))
        except workflow.Refused as refused:
            if refused.answer.reason == "wrong_state":
                return no_longer_editable(request, own_dossier(request.user, initiative.code))
            field = refused.answer.field
            form.add_error(field if field in form.fields else None, reasons.sentence(refused.answer))
    return step_page(request, own_dossier(request.user, initiative.code), 7, form)


def transition_of(initiative):
    return "submit" if initiative.state == "draft" else "resubmit"


def _move(request, initiative, form):
    received_on = form.cleaned_data.get("received_on")
    data = {"received_on": received_on} if received_on else {}
    return workflow.move(initiative, transition_of(initiative), request.user, **data)


def _submitted(request, initiative):
    if initiative.state == "submitted":
        words = _("%(code)s was submitted. Receipt number %(number)s, answer due %(due)s.") % {
            "code": initiative.code,
            "number": initiative.receipt_number,
            "due": short_date(initiative.formality_due_on),
        }
    else:
        words = _("%(code)s was completed and is back with the council.") % {"code": initiative.code}
    messages.success(request, words)
    return redirect(initiative.get_absolute_url())


def _attach_scan(request, initiative, form):
    """Keeps the signed paper even where the rest is refused; its own refusal stands at its field."""
    scan = request.FILES.get("scan") if initiative.keyed_from_paper else None
    if scan is None:
        return False
    try:
        with transaction.atomic():
            locked = lock_for_editing(initiative, request.user)
            attach_file(locked, scan, AttachmentKind.PAPER_APPLICATION, request.user)
    except UploadRefused as refused:
        form.add_error("scan", refused.message)
        return False
    return True


def submitting_context(request, initiative, form):
    """Whether it can be submitted now; the blocked button says why, who can and until when."""
    answer = workflow.may(initiative, transition_of(initiative), request.user)
    scan_comes_along = answer.reason == "paper_scan_missing"
    return {
        "answer": answer,
        "blocked": not answer.allowed and not scan_comes_along,
        "reason": reasons.sentence(answer),
        "who_can": reasons.who_can(answer),
        "files": intact_files(initiative),
        "items": draft_application(initiative).items,
        "is_resubmit": initiative.state != "draft",
        "changes": _since_last(initiative),
    }


def _since_last(initiative):
    """What differs from the version last submitted; None for a dossier that never was."""
    last = initiative.versions.order_by("-number").first()
    return changes_since(last, initiative) if last else None
