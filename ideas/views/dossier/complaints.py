"""Complaints about a dossier: reading, filing, taking up, settling."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.kept_post import keep_post

from ... import complaints as rules
from ...access import may_read_complaints
from ...forms.complaints import FileComplaintForm, SettleForm, TakeUpForm
from ...moves import Refused
from ...reasons import sentence
from .found import crumbs, deny, find, too_late

ASKS = ["GET", "HEAD", "POST"]
# What somebody else has done meanwhile: the second browser gets a page, not an error by a field.
_MEANWHILE = {
    "complaint_already_open",
    "complaint_already_settled",
    "complaint_already_taken_up",
    "complaint_nothing_decided",
}


@require_safe
@keep_post
@never_cache
def complaints(request, code):
    initiative = find(request, code)
    if not may_read_complaints(request.user, initiative):
        raise PermissionDenied(_("Complaints are read by the authors, the council's officers and the head."))
    rows = []
    for complaint in initiative.complaints.all():
        complaint.initiative = initiative
        rows.append(
            {
                "complaint": complaint,
                "may_take_up": rules.may_take_up(complaint, request.user).allowed,
                "may_settle": rules.may_settle(complaint, request.user).allowed,
            }
        )
    context = {
        "initiative": initiative,
        "rows": rows,
        "filing": rules.may_file(initiative, request.user),
        "crumbs": crumbs(initiative, _("Complaints")),
    }
    return render(request, "ideas/dossier/complaints.html", context)


@require_http_methods(ASKS)
@keep_post
@never_cache
def file_complaint(request, code):
    initiative = find(request, code)
    answer = rules.may_file(initiative, request.user)
    if not answer.allowed:
        return _not_now(request, initiative, answer)
    for_author = answer.acting_as != "author"
    form = FileComplaintForm(
        *_posted(request), initiative=initiative, user=request.user, for_author=for_author
    )
    if request.method == "POST" and form.is_valid():
        try:
            rules.file_complaint(initiative, request.user, **{"text": "", **form.brought()})
        except Refused as refused:
            if refused.answer.reason in _MEANWHILE:
                return too_late(request, initiative, sentence=sentence(refused.answer))
            form.refuse(refused.answer.field, sentence(refused.answer))
        else:
            messages.success(request, _("The complaint was filed. It is to be taken up within 10 days."))
            return _back(initiative)
    words = {
        "title": _("Record a complaint") if for_author else _("File a complaint"),
        "happens": _(
            "The head of the ward takes it up within 10 days and answers within 30 days, 45 if complex."
        ),
        "action": _("File the complaint"),
    }
    return _page(request, initiative, form, words)


@require_http_methods(ASKS)
@keep_post
@never_cache
def take_up(request, code, pk):
    initiative, complaint = _complaint(request, code, pk)
    answer = rules.may_take_up(complaint, request.user)
    if not answer.allowed:
        return _not_now(request, initiative, answer)
    form = TakeUpForm(*_posted(request), initiative=initiative, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            rules.take_up(complaint, request.user, is_complex=form.cleaned_data["is_complex"])
        except Refused as refused:
            return _not_now(request, initiative, refused.answer)
        messages.success(request, _("The complaint was taken up."))
        return _back(initiative)
    words = {
        "title": _("Take the complaint up"),
        "happens": _("The term to settle starts today: 30 days, or 45 for a complex case."),
        "action": _("Take up"),
    }
    return _page(request, initiative, form, words, complaint)


@require_http_methods(ASKS)
@keep_post
@never_cache
def settle(request, code, pk):
    initiative, complaint = _complaint(request, code, pk)
    answer = rules.may_settle(complaint, request.user)
    if not answer.allowed:
        return _not_now(request, initiative, answer)
    form = SettleForm(*_posted(request), initiative=initiative, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            rules.settle(
                complaint,
                request.user,
                outcome=form.cleaned_data["outcome"],
                answer=form.cleaned_data["answer"],
            )
        except Refused as refused:
            return _not_now(request, initiative, refused.answer)
        messages.success(request, _("The complaint was settled. The authors are told."))
        return _back(initiative)
    words = {
        "title": _("Settle the complaint"),
        "happens": _(
            "The answer goes to the authors. If it is accepted, the dossier can be considered again."
        ),
        "action": _("Record the answer"),
    }
    return _page(request, initiative, form, words, complaint)


def _posted(request):
    data = request.POST if request.method == "POST" else request.kept_post
    return (data, None)


def _complaint(request, code, pk):
    """A complaint of this very dossier; 404 for another's and for who may not read complaints."""
    initiative = find(request, code)
    complaint = next((c for c in initiative.complaints.all() if c.pk == pk), None)
    if complaint is None or not may_read_complaints(request.user, initiative):
        raise Http404
    complaint.initiative = initiative
    return initiative, complaint


def _not_now(request, initiative, answer):
    if request.method == "POST" and answer.reason in _MEANWHILE:
        return too_late(request, initiative, sentence=sentence(answer))
    return deny(answer)


def _back(initiative):
    return redirect(reverse("ideas:complaints", args=[initiative.code]))


def _page(request, initiative, form, words, complaint=None):
    context = {
        "initiative": initiative,
        "step": {**words, "is_danger": False},
        "form": form,
        "complaint": complaint,
        "crumbs": crumbs(initiative, words["title"]),
    }
    return render(request, "ideas/dossier/step.html", context)
