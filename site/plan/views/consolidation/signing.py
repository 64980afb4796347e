"""Who signs the ward's report."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ...consolidation import signing
from ...consolidation.access import FORM, for_writers
from ...consolidation.refusing import Refused
from ...forms.consolidation import SignerForm
from .found import address, begun, crumbs


@for_writers(methods=FORM)
def signer(request, code):
    report = begun(code)
    if report.is_issued:
        raise PermissionDenied(Refused("consolidation_issued").sentence)
    data = request.POST if request.method == "POST" else request.kept_post or None
    form = SignerForm(signing.candidates(), data, initial={"signer": signing.key_of(report)})
    if request.method == "POST" and form.is_valid():
        try:
            signing.choose(request.user, report, form.cleaned_data["signer"])
        except Refused as refused:
            form.add_error("signer", refused.sentence)
        else:
            messages.success(request, _("Saved. Word and PDF name who signs."))
            return redirect(f"{address(report.period)}#van-ban")
    context = {
        "period": report.period,
        "form": form,
        "back": f"{address(report.period)}#van-ban",
        "crumbs": crumbs(report.period, _("Who signs")),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "plan/consolidation/signer.html", context, status=status)
