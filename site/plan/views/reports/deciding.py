"""The coordinator's steps, each a page of its own with what follows from it and what it asks for."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from ...access import coordinates
from ...forms.reports import AcceptForm, AskAgainForm, ExcuseForm, ReturnForm
from ...reports import workflow
from ...reports.access import FORM, for_who_sees_it
from ...reports.reasons import sentence, words_of
from .listing import crumbs


@dataclass(frozen=True)
class Step:
    """One step as a page."""

    name: str
    slug: str
    title: str
    happens: str
    button: str
    form: type
    is_danger: bool = False


STEPS = {
    step.name: step
    for step in (
        Step(
            "accept",
            "tiep-nhan",
            _("Accept the report"),
            _("The report counts for the ward's report as it was sent. The unit is told."),
            _("Accept the report"),
            AcceptForm,
        ),
        Step(
            "send_back",
            "tra-lai",
            _("Return the report"),
            _("The unit gets its report back with the reason and sends it again; what was sent stays kept."),
            _("Return"),
            ReturnForm,
        ),
        Step(
            "reopen",
            "mo-lai",
            _("Reopen the accepted report"),
            _("The report no longer counts until it is sent and accepted again. The unit is told."),
            _("Reopen"),
            ReturnForm,
            True,
        ),
        Step(
            "excuse",
            "mien",
            _("No report is needed"),
            _("The unit owes no report in this period and is not reminded. Another unit may report instead."),
            _("Relieve the unit"),
            ExcuseForm,
            True,
        ),
        Step(
            "ask_again",
            "yeu-cau-lai",
            _("Ask for the report after all"),
            _("The unit owes its report again and is told."),
            _("Ask for it"),
            AskAgainForm,
        ),
    )
}
_BY_SLUG = {step.slug: step for step in STEPS.values()}
DONE = {
    "accept": _("The report is accepted."),
    "send_back": _("The report was returned to the unit."),
    "reopen": _("The report is open again."),
    "excuse": _("The unit owes no report in this period."),
    "ask_again": _("The unit owes its report again."),
}


@for_who_sees_it(methods=FORM)
def decide(request, report, step):
    """403 for who may not; a step the report has passed leads back to it with a word why."""
    if (page := _BY_SLUG.get(step)) is None:
        raise Http404
    if not coordinates(request.user):
        raise PermissionDenied(words_of("only_coordinators"))
    answer = workflow.may(report, page.name, request.user)
    if not answer.allowed:
        messages.info(request, sentence(answer))
        return redirect(report)
    posted = request.POST if request.method == "POST" else request.kept_post
    form = page.form(report, posted, request.GET.get("resend_by", ""))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                workflow.move(report, page.name, request.user, **form.brought())
            except workflow.Refused as refused:
                where = refused.answer.field if refused.answer.field in form.fields else None
                form.add_error(where, sentence(refused.answer))
                status = 409
            else:
                messages.success(request, DONE[page.name])
                return redirect(report)
    context = {
        "report": report,
        "step": page,
        "form": form,
        "version": report.versions.defer("payload").order_by("-number").first(),
        "crumbs": crumbs(
            (f"{report.period.title}: {report.name_now}", report.get_absolute_url()), (page.title, "")
        ),
    }
    return render(request, "plan/reports/decide.html", context, status=status)
