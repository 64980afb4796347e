"""Files of a dossier: taken in, shown with whether they are intact, handed out after the access check."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ideas.access import attachments_visible_to
from ideas.drafts import lock_for_editing, mark_edited
from ideas.files import attach_file, is_intact, take_away
from ideas.models import AttachmentKind, Initiative
from trust.names import clean_name
from trust.storage import serve_private
from trust.uploads import UploadRefused

from .doors import for_writers, step_url

_STEP_OF_KIND = {AttachmentKind.CONFIRMATION: 2, AttachmentKind.PAPER_APPLICATION: 7}


def store_files(request, initiative, form):
    """Takes in what was chosen in step 6, each file by itself. Returns the sentences of those refused."""
    kind = form.cleaned_data["files_kind"]
    is_confidential = form.cleaned_data["files_confidential"]
    refused, taken = [], 0
    for file in request.FILES.getlist("files"):
        try:
            with transaction.atomic():
                locked = lock_for_editing(initiative, request.user)
                attach_file(locked, file, kind, request.user, is_confidential=is_confidential)
                mark_edited(locked, request.user)
            taken += 1
        except UploadRefused as refusal:
            refused.append(
                _("%(name)s was not taken. %(why)s")
                % {"name": clean_name(file.name) or _("A file"), "why": refusal.message}
            )
    if taken:
        messages.success(request, _("Files taken in: %(count)s.") % {"count": taken})
    return refused


def intact_files(initiative, kinds=None):
    """The dossier's files in force, with their address and whether the bytes are those that came in."""
    return [
        {
            "attachment": attachment,
            "url": reverse("ideas:form_file", args=[initiative.code, attachment.pk]),
            "is_intact": is_intact(attachment),
        }
        for attachment in initiative.attachments.all()
        if attachment.removed_at is None and (kinds is None or attachment.kind in kinds)
    ]


@require_safe
@login_required
def download(request, code, pk):
    """Out of sight is 404: the dossier, somebody else's file, a confidential file for who may not read it."""
    initiative = get_object_or_404(Initiative.objects.visible_to(request.user), code=code)
    attachment = get_object_or_404(attachments_visible_to(request.user, initiative), pk=pk)
    try:
        return serve_private(attachment.file, attachment.name, attachment.content_type)
    except FileNotFoundError:
        raise Http404 from None


@for_writers
def remove(request, initiative, pk):
    """Asks, then takes a file off the dossier."""
    attachment = get_object_or_404(initiative.attachments.filter(removed_at__isnull=True), pk=pk)
    back = step_url(initiative, _STEP_OF_KIND.get(attachment.kind, 6))
    if request.method == "POST":
        with transaction.atomic():
            locked = lock_for_editing(initiative, request.user)
            take_away(attachment)
            mark_edited(locked, request.user)
        messages.success(request, _("%(name)s was removed.") % {"name": attachment.name})
        return redirect(back)
    context = {
        "question": _("Remove %(name)s?") % {"name": attachment.name},
        "explanation": _("The file leaves the dossier. A version that was submitted with it keeps it."),
        "action_label": _("Remove the file"),
        "danger": True,
        "back_url": back,
    }
    return render(request, "confirm.html", context)
