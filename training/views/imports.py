"""Upload → preview → write → perhaps take back. Nothing is decided here: `training.imports` is asked."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from people.access import require_role
from people.kept_post import keep_post
from people.roles import Role
from people.workbook import WorkbookRefused

from .. import imports
from ..imports.error_list import error_list
from ..imports.forms import TrainingFileForm, WriteForm, answers
from ..imports.lines import lines
from ..models import ImportBatch, ImportRow
from ..workbook import export_training

ROWS_ON_A_PAGE, BATCHES_ON_A_PAGE = 50, 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Verdict, State = ImportRow.Verdict, ImportBatch.State
UNSETTLED = (Verdict.AMBIGUOUS, Verdict.UNKNOWN, Verdict.INVALID)
officer_only = require_role(Role.TRAINING_OFFICER)


def _crumbs(*last):
    return [(_("Training"), "/dao-tao/"), *last]


def _batch_crumbs(last):
    return _crumbs((_("Bring in data"), reverse("training:imports")), (last, ""))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officer_only
def import_list(request):
    form = TrainingFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        batch = _begin(request, form)
        if batch is not None:
            return redirect("training:import_batch", pk=batch.pk)
    found = ImportBatch.objects.exclude(state=State.DROPPED)
    page = Paginator(found, BATCHES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page_obj": page, "crumbs": _crumbs((_("Bring in data"), ""))}
    return render(request, "training/imports/list.html", context)


def _page(request, pk):
    """Where a batch is looked at: filter and number of the page come with the form."""
    query = request.GET.urlencode()
    address = reverse("training:import_batch", args=[pk])
    return f"{address}?{query}" if query else address


def _begin(request, form):
    """The batch of the uploaded file, a short one read already; None when it is no workbook."""
    file = form.cleaned_data["file"]
    try:
        batch = imports.begin(request.user, file, file.clean_name)
    except WorkbookRefused as refused:
        form.add_error("file", refused.message)
        return None
    if not imports.is_short(batch):
        imports.read_in_background.enqueue(str(batch.pk))
        return batch
    imports.read(batch.pk)
    batch.refresh_from_db()
    if batch.state == State.FAILED:
        form.add_error("file", batch.problem)
        batch.delete()
        return None
    return batch


@require_safe
@never_cache
@keep_post(page=_page)
@officer_only
def import_batch(request, pk):
    batch = get_object_or_404(ImportBatch, pk=pk)
    if batch.state == State.READING:
        template = "training/imports/progress.html" if request.htmx else "training/imports/reading.html"
        return render(request, template, {"batch": batch, "crumbs": _batch_crumbs(_("Being read"))})
    if request.htmx:
        return HttpResponseClientRefresh()
    if batch.state in (State.FAILED, State.DROPPED):
        return render(request, "training/imports/closed.html", _of_batch(batch))
    return _show(request, batch)


def _of_batch(batch):
    return {"batch": batch, "crumbs": _batch_crumbs(batch.file_name)}


def _show(request, batch, wrong=(), not_reverted=()):
    counts = {str(verdict): batch.counts.get(verdict, 0) for verdict in Verdict}
    todo = sum(counts[verdict] for verdict in UNSETTLED)
    filters = {"todo": UNSETTLED, **{verdict: (verdict,) for verdict in counts}, "all": tuple(counts)}
    asked = request.GET.get("xem", "")
    default = "todo" if todo and batch.state == State.PREVIEW else "all"
    chosen = asked if asked in filters else default
    found = batch.rows.filter(verdict__in=filters[chosen])
    page = Paginator(found, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    kept = getattr(request, "kept_post", None)
    context = _of_batch(batch) | {
        "counts": counts,
        "todo": todo,
        "total": sum(counts.values()),
        "chosen": chosen,
        "page_obj": page,
        "lines": lines(list(page), answers(kept) if kept else {}),
        "kept": kept,
        "standing": imports.standing(batch),
        "file_errors": [issue for issue in batch.file_issues if issue["kind"] == "error"],
        "remarks": [issue for issue in batch.file_issues if issue["kind"] == "warning"],
        "has_issues": bool(batch.file_issues) or batch.rows.exclude(issues=[]).exists(),
        "wrong": wrong,
        "not_reverted": not_reverted,
        "is_preview": batch.state == State.PREVIEW,
    }
    return render(request, "training/imports/batch.html", context)


def _decide(request, pk):
    """Keeps the choices that came along; whether they could be kept."""
    wrong = imports.decide(pk, answers(request.POST))
    for reason in wrong:
        messages.warning(request, reason)
    return not wrong


@require_POST
@keep_post(page=_page)
@officer_only
def import_decide(request, pk):
    get_object_or_404(ImportBatch, pk=pk)
    verdict, act = request.POST.get("verdict", ""), request.POST.get("all", "")
    try:
        if act in ("leave", "write") and verdict in Verdict.values:
            imports.decide_all(pk, verdict, leave=act == "leave")
        elif _decide(request, pk):
            messages.success(request, _("The choices are kept. Nothing is written yet."))
    except imports.NotInPreview:
        messages.warning(request, _("Nothing was changed: this file is no longer in preview."))
    return redirect(_page(request, pk))


@require_POST
@keep_post(page=_page)
@officer_only
def import_write(request, pk):
    get_object_or_404(ImportBatch, pk=pk)
    form = WriteForm(request.POST)
    form.is_valid()
    try:
        if not _decide(request, pk):
            return redirect(_page(request, pk))
    except imports.NotInPreview:
        return redirect("training:import_batch", pk=pk)  # which says when and by whom it was done
    result = imports.apply(request.user, pk, leave_errors=form.cleaned_data["leave_errors"])
    if result.code in ("written", "over"):
        return redirect("training:import_batch", pk=pk)
    messages.warning(request, _why_not_written(result))
    return redirect(_page(request, pk))


def _why_not_written(result):
    if result.code == "changed":
        return ngettext(
            "Nothing was written: %(count)s row means something else now than the preview said. Look again.",
            "Nothing was written: %(count)s rows mean something else now than the preview said. Look again.",
            result.rows,
        ) % {"count": result.rows}
    return {
        "undecided": _(
            "Nothing was written: some rows are unclear. Choose the person, or leave the row out."
        ),
        "errors": _(
            "Nothing was written: some rows are wrong. Correct the file, or leave them out knowingly."
        ),
        "nothing": _("Nothing to write: the portal already says the same."),
    }[result.code]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officer_only
def import_drop(request, pk):
    batch = get_object_or_404(ImportBatch, pk=pk)
    if request.method == "POST":
        if imports.drop(pk):
            messages.success(request, _("The preview was dropped. Nothing was written."))
            return redirect("training:imports")
        return redirect("training:import_batch", pk=pk)
    context = {
        "question": _("Drop this preview?"),
        "explanation": _("The file and its preview are deleted here. Nothing was written."),
        "action_label": _("Drop this preview"),
        "danger": True,
        "back_url": reverse("training:import_batch", args=[batch.pk]),
    }
    return render(request, "confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officer_only
def import_revert(request, pk):
    batch = get_object_or_404(ImportBatch, pk=pk)
    if request.method == "POST":
        result = imports.revert(request.user, pk)
        if result.code == "changed":
            return _show(request, batch, not_reverted=result.rows)
        return redirect("training:import_batch", pk=pk)
    context = {
        "question": _("Take this import back?"),
        "explanation": _(
            "What stood there before stands there again: new rows go, changed ones are as they were. "
            "The list of imports keeps a line of it."
        ),
        "action_label": _("Take it back"),
        "danger": True,
        "back_url": reverse("training:import_batch", args=[batch.pk]),
    }
    return render(request, "confirm.html", context)


@require_safe
@never_cache
@officer_only
def import_errors(request, pk):
    batch = get_object_or_404(ImportBatch, pk=pk)
    return _download(error_list(batch), f"loi-{timezone.localtime(batch.at):%Y-%m-%d-%H%M}.xlsx")


@require_safe
@never_cache
@officer_only
def import_export(request):
    return _download(export_training(), f"so-dao-tao-{timezone.localdate():%Y-%m-%d}.xlsx")


def _download(content, name):
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=XLSX, headers=headers)
