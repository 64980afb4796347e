"""A signed-in person's own data: copies, requests, consents in one place."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from .. import codes, copies
from ..models import RightsRequest
from ..refusing import Refused
from .public import hand_out, way_to

COPIES_SHOWN = 5
REQUESTS_SHOWN = 20


@require_safe
@login_required
@never_cache
def mine(request):
    own = list(copies.of_account(request.user)[:COPIES_SHOWN])
    requests = RightsRequest.objects.filter(user=request.user).order_by("-received_at")[:REQUESTS_SHOWN]
    context = {
        "copies": [(copy, copies.is_there(copy)) for copy in own],
        "may_ask": not any(copy.state in copies.LIVING for copy in own),
        "days": copies.KEPT.days,
        "requests": [(row, codes.address(row.code)) for row in requests],
        "crumbs": way_to((_("My data"), "")),
    }
    return render(request, "rights/mine.html", context)


@require_POST
@login_required
@never_cache
def ask_copy(request):
    try:
        copies.ask(request.user)
    except Refused as refused:
        messages.warning(request, refused.sentence)
    else:
        messages.success(request, _("The copy is being made. You are told when it is ready."))
    return redirect("rights:mine")


@require_safe
@login_required
@never_cache
def take_copy(request, pk):
    """One's own alone; an expired one is not found any more."""
    copy = get_object_or_404(copies.of_account(request.user), pk=pk)
    if not copies.is_there(copy):
        messages.warning(request, _("This copy has expired. Ask for a new one."))
        return redirect("rights:mine")
    return hand_out(copy, request.user)
