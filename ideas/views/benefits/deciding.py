"""Verifying a figure, a measurement or a use, or returning it with a reason."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.kept_post import keep_post

from ...benefits import deciding
from ...forms.benefit import ReturnForm, VerifyForm
from ...models import Adoption, ClaimState
from .reading import find
from .writing import ASKS, back, page, taken, typed


@require_http_methods(ASKS)
@keep_post
@never_cache
def verify(request, code, kind, pk):
    initiative, claim, refused = _asked(request, code, kind, pk, ClaimState.VERIFIED)
    if refused:
        return refused
    is_use = isinstance(claim, Adoption)
    words = {
        "title": _("Confirm the use") if is_use else _("Verify the figure"),
        "action": _("Confirm") if is_use else _("Verify"),
        "happens": _("It stands on the public page from now on, with the name of your unit."),
    }
    return _decide(request, initiative, claim, ClaimState.VERIFIED, VerifyForm, words, _("Verified."))


@require_http_methods(ASKS)
@keep_post
@never_cache
def decide(request, code, kind, pk):
    initiative, claim, refused = _asked(request, code, kind, pk, ClaimState.RETURNED)
    if refused:
        return refused
    words = {
        "title": _("Return it"),
        "action": _("Return it"),
        "is_danger": True,
        "happens": _("It is not public, or no longer. The authors are told and read why."),
    }
    return _decide(request, initiative, claim, ClaimState.RETURNED, ReturnForm, words, _("Returned."))


def _asked(request, code, kind, pk, to):
    """(dossier, claim, None), or an answer where somebody was quicker; 403 with the sentence otherwise."""
    initiative, rights = find(request, code)
    claim = next((one for one in _claims(initiative, kind) if one.pk == pk), None)
    if claim is None:
        raise Http404
    refused = deciding.refusal(claim, rights, to)
    if refused is None:
        return initiative, claim, None
    if request.method == "POST" and refused.code in ("claim_is_verified", "claim_is_returned"):
        messages.warning(request, refused.sentence)
        return initiative, claim, back(initiative)
    raise PermissionDenied(refused.sentence)


def _claims(initiative, kind):
    """Those of this kind, each knowing its dossier; 404 for a kind there is not."""
    if kind not in deciding.KINDS:
        raise Http404
    if kind == "ap-dung":
        found = list(initiative.adoptions.all())
    else:
        found = list(initiative.indicators.all())
        if kind == "lan-do":
            return [_of(m, indicator) for indicator in found for m in indicator.measurements.all()]
    for one in found:
        one.initiative = initiative
    return found


def _of(measurement, indicator):
    measurement.indicator = indicator
    return measurement


def _decide(request, initiative, claim, to, form_class, words, done):
    form = form_class(typed(request), initial={"seen": claim.edit_version})

    def draw(status=200):
        return page(
            request, initiative, form, words, status, claim=claim, claim_is_use=isinstance(claim, Adoption)
        )

    if request.method != "POST":
        return draw()

    def take():
        reason = form.cleaned_data.get("reason", "")
        deciding.decide(claim, request.user, to, reason=reason, seen=form.seen_version)

    return taken(request, form, take, done, initiative, draw)
