"""Courses taken elsewhere: lists, handing in, reading, verifying and refusing, the certificate's file."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.kept_post import keep_post
from people.roles import Role, has_role
from trust.storage import serve_private

from .. import credits as rules
from ..access import is_training_officer
from ..claims import Refused, staff_of
from ..forms.claims import CreditForm, RefuseForm, VerifyForm
from ..models import TOPICS, OutsideCredit
from ..record import level_names
from .tabbed import Tab, tabbed

ASKS = ["GET", "HEAD", "POST"]
State = OutsideCredit.State


def _crumbs(*last):
    return [
        (_("My work"), "/viec-cua-toi/"),
        (_("Courses taken elsewhere"), "/dao-tao/tin-chi-ngoai/"),
        *last,
    ]


@require_safe
@keep_post
@never_cache
def credits(request):
    """`?xem=cho` those one can verify, `?xem=tat-ca` all one may see, otherwise one's own."""
    context = tabbed(request, _tabs(request.user), "staff", "requirement", "submitter")
    context["crumbs"] = [*_crumbs()[:1], (_("Courses taken elsewhere"), "")]
    return render(request, "training/credits/list.html", context)


def _tabs(user):
    day = timezone.localdate()
    staff = getattr(user, "staff", None)
    own = OutsideCredit.objects.filter(staff=staff) if staff else OutsideCredit.objects.none()
    mine = Tab("cua-toi", pgettext("courses", "Mine"), own)
    if not has_role(user, Role.TRAINING_OFFICER, Role.UNIT_HEAD):
        return [mine]
    waiting = Tab("cho", _("Waiting for me"), rules.waiting_for(user, day))
    return [waiting, mine, Tab("tat-ca", _("All I may see"), rules.visible_to(user, day))]


@require_http_methods(ASKS)
@keep_post
@never_cache
def submit(request):
    """One's own course; the training officer may name somebody else."""
    try:
        own = staff_of(request.user)
    except Refused as refused:
        raise PermissionDenied(refused.sentence) from refused
    for_others = is_training_officer(request.user)
    sent = request.method == "POST"
    form = CreditForm(
        request.POST if sent else request.kept_post or None,
        request.FILES if sent else None,
        for_others=for_others,
        initial={"staff_code": request.GET.get("ma", own.staff_code)},
    )
    if sent and form.is_valid():
        staff = form.cleaned_data.get("staff_code") or own
        try:
            credit = rules.submit(
                request.user, staff, form.handed(), rules.store_certificate(form.cleaned_data["file"])
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Handed in. It counts once somebody else has verified it."))
            return redirect(credit)
    context = {
        "form": form,
        "file_lost": form.is_bound,
        "title": _("Declare a course taken elsewhere"),
        "action": _("Hand in"),
        "back": "/dao-tao/tin-chi-ngoai/",
        "happens": _(
            "The unit head or the training officer compares it with the certificate and verifies it."
        ),
        "crumbs": _crumbs((_("Declare"), "")),
    }
    return render(request, "training/claim_form.html", context)


def _find(request, pk):
    rows = rules.visible_to(request.user).select_related("staff", "requirement", "submitter", "verifier")
    return get_object_or_404(rows, pk=pk)


@require_safe
@keep_post
@never_cache
def credit(request, pk):
    found = _find(request, pk)
    verifying = rules.refusal(found, request.user, State.VERIFIED)
    refusing = rules.refusal(found, request.user, State.REFUSED)
    context = {
        "credit": found,
        "topics": [TOPICS[number] for number in found.topics if number in TOPICS],
        "level": level_names().get(found.level, ""),
        "history": found.history.all(),
        "may_verify": verifying is None,
        "may_refuse": refusing is None,
        "why": verifying.sentence if found.state == State.SUBMITTED and verifying else "",
        "crumbs": _crumbs((found.title or found.certificate_number or found.issuer, "")),
    }
    return render(request, "training/credits/detail.html", context)


@require_safe
@keep_post
def file(request, pk):
    """The certificate, for whoever sees the credit."""
    found = _find(request, pk)
    if not found.file:
        return redirect(found)
    return serve_private(found.file, found.file_name, found.content_type, inline=True)


@require_http_methods(ASKS)
@keep_post
@never_cache
def verify(request, pk):
    words = {
        "title": _("Verify this course"),
        "action": _("Verify"),
        "happens": _("It counts from the day the course ended. The person is told."),
    }
    form = {"initial": lambda credit: {"topics": credit.topics, "level": credit.level}}
    return _decide(request, pk, State.VERIFIED, VerifyForm, words, _("Verified. It counts now."), **form)


@require_http_methods(ASKS)
@keep_post
@never_cache
def refuse(request, pk):
    words = {
        "title": _("Do not accept this course"),
        "action": _("Do not accept"),
        "is_danger": True,
        "happens": _(
            "It does not count, and what it had shown is withdrawn. The person is told and reads why."
        ),
    }
    return _decide(request, pk, State.REFUSED, RefuseForm, words, _("Not accepted. The person is told."))


def _decide(request, pk, to, form_class, words, done, initial=lambda credit: None):
    found = _find(request, pk)
    refused = rules.refusal(found, request.user, to)
    if refused is not None:
        if refused.code == "already_decided" and request.method == "POST":
            messages.warning(request, refused.sentence)
            return redirect(found)
        raise PermissionDenied(refused.sentence)
    sent = request.method == "POST"
    form = form_class(request.POST if sent else request.kept_post or None, initial=initial(found))
    if sent and form.is_valid():
        try:
            rules.decide(found, request.user, to, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, done)
            return redirect(found)
    context = {"form": form, "credit": found, "back": found.get_absolute_url(), **words}
    context["crumbs"] = _crumbs((found.title or found.issuer, found.get_absolute_url()), (words["title"], ""))
    return render(request, "training/claim_form.html", context)
