"""Upload → preview → confirm, and the download. Nothing is written before the last step."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trust.audit import record

from .. import uploads
from ..access import may_see_leave_kind, require_role
from ..forms import RosterConfirmForm, RosterUploadForm
from ..models import RosterUpload
from ..roles import Role
from ..roster import export_roster
from ..workbook import WorkbookRefused

PAGE_SIZE = 100
FILTERS = ("todo", "new", "changed", "same", "all")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _crumbs(last):
    return [(_("Staff"), "/nhan-su/"), (last, "")]


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(Role.PERSONNEL_OFFICER)
def roster_import(request):
    form = RosterUploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            upload, _plan = uploads.keep_for_preview(request.user, form.cleaned_data["file"])
        except WorkbookRefused as refused:
            form.add_error("file", refused.message)
        else:
            return redirect("people:roster_preview", pk=upload.pk)
    recent = RosterUpload.objects.filter(state=RosterUpload.State.DONE)[:10]
    context = {"form": form, "recent": recent, "crumbs": _crumbs(_("Bring in the roster"))}
    return render(request, "people/roster_import.html", context)


def _own_upload(request, pk):
    return get_object_or_404(RosterUpload, pk=pk, by=request.user)


@require_safe
@never_cache
@require_role(Role.PERSONNEL_OFFICER)
def roster_preview(request, pk):
    upload = _own_upload(request, pk)
    if upload.state == RosterUpload.State.DROPPED:
        raise Http404
    if upload.state == RosterUpload.State.DONE:
        return render(request, "people/roster_done.html", {"upload": upload, "crumbs": _crumbs(_("Written"))})
    return _show(request, upload, uploads.preview(upload), RosterConfirmForm())


def _show(request, upload, plan, form):
    counts = {verdict: plan.count(verdict) for verdict in ("new", "changed", "same", "conflict", "error")}
    todo = counts["conflict"] + counts["error"]
    asked = request.GET.get("xem", "")
    chosen = asked if asked in FILTERS else "todo" if todo else "all"
    wanted = {"todo": ("error", "conflict"), "all": ("new", "changed", "same", "error", "conflict")}
    rows = [row for row in plan.rows if row.verdict in wanted.get(chosen, (chosen,))]
    to_write = counts["new"] + counts["changed"]
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "upload": upload,
        "form": form,
        "counts": counts,
        "todo": todo,
        "to_write": to_write,
        "chosen": chosen,
        "page_obj": page,
        "lines": [_line(row) for row in page],
        "total": len(plan.rows),
        "file_errors": plan.file_errors,
        "warnings": plan.warnings[:PAGE_SIZE],
        "more_warnings": max(0, len(plan.warnings) - PAGE_SIZE),
        "may_write": bool(to_write) and not counts["conflict"],
        "crumbs": _crumbs(_("Preview")),
    }
    return render(request, "people/roster_preview.html", context)


def _line(row):
    """A row as the preview draws it: what would change, from what to what."""
    before = row.before or {}
    changes = []
    if row.verdict == "changed":
        for name in row.spec.value_names:
            if before[name] != row.after[name]:
                heading = row.spec.column(name).heading
                changes.append((heading, _shown(before[name]), _shown(row.after[name])))
    return {
        "sheet": row.spec.title,
        "number": row.number,
        "verdict": row.verdict,
        "key": " · ".join(row.shown.get(name, "") for name in row.spec.key_names),
        "what": row.shown.get("full_name") or row.shown.get("name") or "",
        "changes": changes,
        "issues": row.errors + row.conflicts,
    }


def _shown(value):
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return value or _("empty")


@require_POST
@require_role(Role.PERSONNEL_OFFICER)
def roster_confirm(request, pk):
    upload = _own_upload(request, pk)
    form = RosterConfirmForm(request.POST)
    form.is_valid()
    plan = uploads.confirm(request.user, upload, skip_errors=form.cleaned_data["skip_errors"])
    if plan is not None and plan.refused(form.cleaned_data["skip_errors"]):
        messages.warning(request, _("Nothing was written: some rows still need a look."))
    return redirect("people:roster_preview", pk=pk)


@require_POST
@require_role(Role.PERSONNEL_OFFICER)
def roster_drop(request, pk):
    uploads.drop(request.user, _own_upload(request, pk))
    messages.success(request, _("The preview was dropped. Nothing was written."))
    return redirect("people:roster_import")


@require_safe
@never_cache
@require_role(Role.PERSONNEL_OFFICER)
def roster_export(request):
    with_leave_kind = may_see_leave_kind(request.user)
    content = export_roster(with_leave_kind=with_leave_kind)
    if with_leave_kind:
        record("health.read", request=request, target=("people.staff", "all"))
    name = f"so-nhan-su-{timezone.localdate():%Y-%m-%d}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=XLSX, headers=headers)
