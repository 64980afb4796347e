"""Files of an entry: taken in, described, taken off, handed out after the access check."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from trust.names import clean_name
from trust.storage import serve_private
from trust.uploads import UploadRefused

from ...entering import files
from ...entering.reading import file_of
from ...forms.content import FilesForm
from .doors import for_entrants, for_leaders, go_on, own_entry, step_page


@for_leaders(step="files")
def entry_files(request, entry):
    """The button "take in" stays here; going on takes in what was chosen as well, so that nothing is lost."""
    posted = request.POST if request.method == "POST" else request.kept_post
    form = FilesForm(entry, posted)
    if request.method != "POST":
        return step_page(request, entry, "files", {"form": form})
    if form.is_valid():
        files.caption(entry, request.participant, form.captions())
        refused = _take_in(request, entry)
        if not refused:
            return _after(request, entry)
        entry = own_entry(request.participant, entry.pk)
        form = FilesForm(entry, request.POST)
        form.is_valid()
        for sentence in refused:
            form.add_error("files", sentence)
    return step_page(request, entry, "files", {"form": form}, status=422)


def _after(request, entry):
    return redirect(request.path) if request.POST.get("then") == "stay" else go_on(request, entry, "files")


def _take_in(request, entry):
    """Each file by itself; the sentences of those refused."""
    refused, taken = [], 0
    for file in request.FILES.getlist("files"):
        try:
            files.attach(entry, request.participant, file)
            taken += 1
        except UploadRefused as refusal:
            name = clean_name(file.name) or _("A file")
            refused.append(_("%(name)s was not taken. %(why)s") % {"name": name, "why": refusal.message})
    if taken:
        messages.success(request, _("Files taken in: %(count)s.") % {"count": taken})
    return refused


@for_leaders
def entry_file_remove(request, entry, file):
    """Asks, then takes a file off the entry."""
    row = file_of(entry, file)
    back = reverse("competitions:entry_files", args=[entry.pk])
    if row is None or row.removed_at:
        raise Http404
    if request.method == "POST":
        files.remove(entry, request.participant, file)
        messages.success(request, _("%(name)s was removed.") % {"name": row.name})
        return redirect(back)
    context = {
        "question": _("Remove %(name)s?") % {"name": row.name},
        "explanation": _("The file leaves the entry. A version that was handed in with it keeps it."),
        "action_label": _("Remove the file"),
        "danger": True,
        "back_url": back,
    }
    return render(request, "confirm.html", context)


@for_entrants(methods=("GET", "HEAD"))
def entry_file(request, entry, file):
    row = file_of(entry, file)
    if row is None:
        raise Http404
    return serve_private(row.file, row.name, row.content_type, inline=row.is_picture)


@for_entrants(methods=("GET", "HEAD"))
def entry_preview(request, entry, file):
    """A picture, small enough for lists."""
    row = file_of(entry, file)
    if row is None or not row.preview:
        raise Http404
    return serve_private(row.preview, row.name, "image/jpeg", inline=True)
