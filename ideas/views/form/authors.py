"""Step 2's own pages: adding a co-author from the roster or from outside, details, taking somebody off."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ideas import authorship
from ideas.drafts import lock_for_editing, mark_edited
from ideas.files import attach_file
from ideas.forms.people import AuthorDetailsForm, OutsideAuthorForm, RosterAuthorForm, ScanForm
from ideas.models import AttachmentKind
from ideas.roster_search import SHORTEST, found_on_roster, person_in_service
from ideas.shares import missing_share
from trust.uploads import UploadRefused

from .doors import for_writers, step_url


@for_writers
def add(request, initiative):
    """Search, choose, type the share. The list comes by htmx while typing, by the button without it."""
    query = (request.POST if request.method == "POST" else request.GET).get("q", "").strip()
    found = found_on_roster(query, besides=initiative.author_staff_ids)
    if request.method == "POST":
        person = person_in_service(request.POST.get("staff", ""))
        form = RosterAuthorForm([person] if person else [], request.POST)
        if form.is_valid() and _join(
            request, initiative, form, staff=person, share=form.cleaned_data["share"]
        ):
            return redirect(step_url(initiative, 2))
        form.fields["staff"].choices = [(str(p.pk), p.full_name) for p, *_rest in found]
    else:
        form = RosterAuthorForm([p for p, *_rest in found], initial={"share": _suggested(initiative)})
    context = {
        "initiative": initiative,
        "form": form,
        "query": query,
        "found": found,
        "chosen": request.POST.get("staff", "") or (str(found[0][0].pk) if len(found) == 1 else ""),
        "is_first": not initiative.authors.all(),
        "too_short": 0 < len(query) < SHORTEST,
    }
    partial = request.method == "GET" and request.htmx
    return render(request, f"ideas/form/{'author_results' if partial else 'author_add'}.html", context)


@for_writers
def add_outside(request, initiative):
    """A co-author who is not on the roster; the signed scan may come now or later."""
    posted = request.POST if request.method == "POST" else request.kept_post
    form = OutsideAuthorForm(posted, initial={"share": _suggested(initiative)})
    if request.method == "POST" and form.is_valid():
        author = _join(request, initiative, form, share=form.cleaned_data["share"], **form.values())
        if author:
            return redirect(step_url(initiative, 2))
    context = {"initiative": initiative, "form": form}
    return render(request, "ideas/form/author_outside.html", context)


@for_writers
def details(request, initiative, pk):
    """How the application describes one author, and the signed confirmation of those who don't click."""
    author = get_object_or_404(initiative.authors.select_related("staff__user"), pk=pk)
    by_scan = authorship.confirms_by_scan(initiative, author)
    posted = request.POST if request.method == "POST" else request.kept_post
    form = AuthorDetailsForm(author, posted)
    scan = ScanForm(posted) if by_scan else None
    if request.method == "POST" and form.is_valid() and _keep(request, initiative, author, form, scan):
        return redirect(step_url(initiative, 2))
    context = {"initiative": initiative, "author": author, "form": form, "scan": scan}
    return render(request, "ideas/form/author.html", context)


@for_writers
def remove(request, initiative, pk):
    author = get_object_or_404(initiative.authors.filter(is_main=False), pk=pk)
    if request.method == "POST":
        with transaction.atomic():
            locked = lock_for_editing(initiative, request.user)
            author = get_object_or_404(locked.authors.filter(is_main=False), pk=pk)
            mark_edited(locked, request.user)
            authorship.leave_out(locked, author)
        messages.success(
            request, _("%(name)s is no longer an author of this dossier.") % {"name": author.full_name}
        )
        return redirect(step_url(initiative, 2))
    context = {
        "question": _("Take %(name)s off the authors?") % {"name": author.full_name},
        "explanation": _("The other co-authors are then asked to confirm their shares anew."),
        "action_label": _("Take off"),
        "danger": True,
        "back_url": step_url(initiative, 2),
    }
    return render(request, "confirm.html", context)


def _suggested(initiative):
    """What the shares still lack, as a proposal; nothing where they are whole."""
    lacking = missing_share(author.share for author in initiative.authors.all())
    return lacking if lacking > 0 else None


def _join(request, initiative, form, *, share, staff=None, **outside):
    """The new author, or None with the refusal on the form."""
    scan = request.FILES.get("scan") if staff is None else None
    try:
        with transaction.atomic():
            locked = lock_for_editing(initiative, request.user)
            mark_edited(locked, request.user)
            file = scan and attach_file(locked, scan, AttachmentKind.CONFIRMATION, request.user)
            author = authorship.join(locked, share=share, staff=staff, **outside)
            if file and not author.is_main:
                authorship.confirm_by_scan(author, file)
    except authorship.AlreadyAuthor:
        name = staff.full_name if staff else outside["full_name"]
        form.add_error(
            "staff" if staff else "full_name",
            _("%(name)s is an author of this dossier already. Change the share in the table instead.")
            % {"name": name},
        )
        return None
    except UploadRefused as refused:
        form.add_error("scan", refused.message)
        return None
    messages.success(request, _("%(name)s was added.") % {"name": author.full_name})
    return author


def _keep(request, initiative, author, form, scan):
    """Writes the details and the scan. False with the refusal on its form."""
    values = form.values()
    name = values.get("full_name", author.full_name)
    if authorship.is_author(initiative, None, name, values["birth_date"], besides=author.pk):
        form.add_error(
            "full_name" if "full_name" in form.fields else "birth_date",
            _("%(name)s is an author of this dossier already.") % {"name": name},
        )
        return False
    file = request.FILES.get("scan") if scan else None
    try:
        with transaction.atomic():
            locked = lock_for_editing(initiative, request.user)
            mark_edited(locked, request.user)
            kept = file and attach_file(locked, file, AttachmentKind.CONFIRMATION, request.user)
            authorship.describe(locked, author, values)
            if kept:
                author.refresh_from_db()
                authorship.confirm_by_scan(author, kept, timezone.now())
    except UploadRefused as refused:
        scan.add_error("scan", refused.message)
        return False
    messages.success(request, _("Saved: %(name)s.") % {"name": name})
    return True
