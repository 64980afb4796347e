"""The report as Word, PDF and Excel; its number, date and signed file."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from papers.documents.faces import FACES
from papers.documents.issuers import symbol_of
from papers.office import PaperChanged, PaperRefused, next_number
from trust.storage import serve_private
from trust.uploads import UploadRefused
from vietnamese.dates import short_date

from ...consolidation import issuing
from ...consolidation.access import FORM, for_readers, for_writers
from ...consolidation.refusing import SENTENCES, Refused
from ...forms.consolidation import IssueForm
from .found import address, begun, crumbs

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _handed_out(content, content_type, name):
    """A download that no cache between keeps."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@for_readers()
def paper(request, code, face):
    if face not in FACES:
        raise Http404
    report = begun(code)
    made = issuing.drawn(report, face)
    return _handed_out(made.content, made.content_type, f"{issuing.file_name(report.period)}.{face}")


@for_readers()
def annexes(request, code):
    report = begun(code)
    name = f"phu-luc-{issuing.file_name(report.period)}.xlsx"
    return _handed_out(issuing.annex_workbook(report), XLSX, name)


@for_readers()
def signed(request, code):
    kept = issuing.paper_of(begun(code))
    if kept is None or not kept.file:
        raise Http404
    return serve_private(kept.file, kept.file_name, "application/pdf")


@for_writers(methods=FORM)
def issue(request, code):
    """Number, date and signed file."""
    report = begun(code)
    kept = issuing.paper_of(report)
    symbol = symbol_of(issuing.KIND.issuer, issuing.KIND.series)
    proposed = next_number(issuing.KIND.code, symbol, timezone.localdate())
    if request.method != "POST":
        form = IssueForm(request.kept_post or None, paper=kept, proposed=proposed)
        return _page(request, report, kept, form)
    form = IssueForm(request.POST, request.FILES, paper=kept, proposed=proposed)
    status = 422
    if form.is_valid():
        try:
            _enter(request.user, report, form)
        except PaperChanged:
            form.add_error(
                None,
                _(
                    "Somebody entered something about this paper meanwhile. "
                    "Look at it again, then send once more."
                ),
            )
            status = 409
        except UploadRefused as refused:
            form.add_error("file", refused)
        except PaperRefused as refused:
            params = {name: _shown(value) for name, value in refused.params.items()}
            sentence = str(SENTENCES[refused.code]) % params
            form.add_error(refused.field if refused.field in form.fields else None, sentence)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("Saved: %(paper)s.") % {"paper": issuing.KIND.label})
            return redirect(f"{address(report.period)}#van-ban")
    return _page(request, report, kept, form, status)


def _shown(value):
    return short_date(value) if hasattr(value, "isoformat") else value


def _enter(user, report, form):
    """The file is stored before the transaction, as every upload is."""
    uploaded = form.cleaned_data.get("file")
    try:
        issuing.register_report(
            user, report, file=issuing.store_signed(uploaded) if uploaded else None, **form.typed()
        )
    except Refused as refused:
        if refused.code == "only_coordinator":
            raise PermissionDenied(refused.sentence) from refused
        raise


def _page(request, report, kept, form, status=200):
    context = {
        "period": report.period,
        "report": report,
        "paper": kept,
        "changes": list(kept.changes.all()) if kept else [],
        "form": form,
        "back": f"{address(report.period)}#van-ban",
        "crumbs": crumbs(report.period, _("Number, date and signed file")),
    }
    return render(request, "plan/consolidation/issue.html", context, status=status)
