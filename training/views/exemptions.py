"""Exemptions: lists, asking, reading, approving and refusing. The reason is read by personnel alone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.kept_post import keep_post
from people.roles import Role, has_role

from .. import exemptions as rules
from ..access import may_see_reasons
from ..claims import Refused, staff_of
from ..forms.claims import ApproveForm, AskForm, RefuseExemptionForm
from ..models import Exemption
from .tabbed import Tab, tabbed

ASKS = ["GET", "HEAD", "POST"]
State = Exemption.State


def _crumbs(*last):
    return [(_("My work"), "/viec-cua-toi/"), (_("Exemptions"), "/dao-tao/mien/"), *last]


@require_safe
@keep_post
@never_cache
def exemptions(request):
    """`?xem=cho` those one can answer (personnel), otherwise all one may see."""
    tabs = [Tab("tat-ca", _("All I may see"), rules.visible_to(request.user))]
    if has_role(request.user, Role.PERSONNEL_OFFICER):
        tabs.insert(0, Tab("cho", _("Waiting for me"), rules.waiting_for(request.user)))
    context = tabbed(request, tabs, "staff", "requirement")
    context["crumbs"] = [*_crumbs()[:1], (_("Exemptions"), "")]
    return render(request, "training/exemptions/list.html", context)


@require_http_methods(ASKS)
@keep_post
@never_cache
def ask(request):
    try:
        own = staff_of(request.user)
    except Refused as refused:
        raise PermissionDenied(refused.sentence) from refused
    sent = request.method == "POST"
    form = AskForm(
        request.POST if sent else request.kept_post or None,
        for_others=rules.may_ask_for_others(request.user),
        initial={"staff_code": request.GET.get("ma", "")},
    )
    if sent and form.is_valid():
        try:
            asked = rules.ask(request.user, form.cleaned_data.get("staff_code") or own, form.asked())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Asked. A personnel officer answers."))
            return redirect(asked)
    context = {
        "form": form,
        "title": _("Ask for an exemption"),
        "action": _("Ask"),
        "back": "/dao-tao/mien/",
        "happens": _(
            "A personnel officer answers. Until then, and without approval, the requirement stays in force."
        ),
        "crumbs": _crumbs((_("Ask"), "")),
    }
    return render(request, "training/claim_form.html", context)


def _find(request, pk):
    rows = rules.visible_to(request.user).select_related("staff", "requirement", "requester", "approver")
    return get_object_or_404(rows, pk=pk)


@require_safe
@keep_post
@never_cache
def exemption(request, pk):
    found = _find(request, pk)
    approving = rules.refusal(found, request.user, State.APPROVED)
    context = {
        "exemption": found,
        "reads_reason": may_see_reasons(request.user),
        "reason": rules.reason_for(request.user, found),
        "history": found.history.all(),
        "may_approve": approving is None,
        "may_refuse": rules.refusal(found, request.user, State.REFUSED) is None,
        "why": approving.sentence if found.state == State.REQUESTED and approving else "",
        "crumbs": _crumbs((found.staff.full_name, "")),
    }
    return render(request, "training/exemptions/detail.html", context)


@require_http_methods(ASKS)
@keep_post
@never_cache
def approve(request, pk):
    words = {
        "title": _("Approve the exemption"),
        "action": _("Approve"),
        "happens": _("On these days the person need not be trained. The person and whoever asked are told."),
    }
    done = _("Approved. The person is told.")
    return _decide(request, pk, State.APPROVED, ApproveForm, words, done)


@require_http_methods(ASKS)
@keep_post
@never_cache
def refuse(request, pk):
    words = {
        "title": _("Do not approve the exemption"),
        "action": _("Do not approve"),
        "is_danger": True,
        "happens": _("The requirement stays in force. The person and whoever asked are told and read why."),
    }
    done = _("Not approved. The person is told.")
    return _decide(request, pk, State.REFUSED, RefuseExemptionForm, words, done)


def _decide(request, pk, to, form_class, words, done):
    found = _find(request, pk)
    refused = rules.refusal(found, request.user, to)
    if refused is not None:
        if refused.code == "already_decided" and request.method == "POST":
            messages.warning(request, refused.sentence)
            return redirect(found)
        raise PermissionDenied(refused.sentence)
    sent = request.method == "POST"
    form = form_class(
        request.POST if sent else request.kept_post or None,
        initial={"decision_number": found.decision_number},
    )
    if sent and form.is_valid():
        try:
            rules.decide(found, request.user, to, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, done)
            return redirect(found)
    context = {"form": form, "exemption": found, "back": found.get_absolute_url(), **words}
    context["crumbs"] = _crumbs((found.staff.full_name, found.get_absolute_url()), (words["title"], ""))
    return render(request, "training/claim_form.html", context)
