"""The coordinator confirms the proposed units of everything the board shows, in one step."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.kept_post import keep_post

from ...access import coordinates
from ...targets import owners
from ...targets.refusing import Refused
from .board import board_asked, query_of
from .finding import ASKS, crumbs, forbid, typed

CHOSEN = "chon"


@require_http_methods(ASKS)
@keep_post
@never_cache
def confirm_shown(request):
    """Lists once more what the filter shows with proposed units, ticked; what is sent ticked is confirmed as
    it was seen. Its boxes say `A1:state`."""
    forbid(None if coordinates(request.user) else Refused("only_coordinator"))
    found = board_asked(request)
    given = typed(request)
    chosen = (
        dict(one.rsplit(":", 1) for one in given.getlist(CHOSEN) if ":" in one) if given is not None else None
    )
    there = f"{reverse('plan:targets')}?{query_of(found.asked)}"
    refused = None
    if request.method == "POST":
        try:
            confirmed, left = owners.confirm_many(chosen or {}, request.user)
        except Refused as error:
            refused = error
        else:
            _say(request, confirmed, left)
            return redirect(there)
    rows = [
        {
            "row": row,
            "value": f"{row.line.code}:{owners.state_of(row.line.parts)}",
            "is_chosen": chosen is None or row.line.code in chosen,
        }
        for row in found.rows
        if any(part.is_suggested for part in row.line.parts)
    ]
    context = {
        "rows": rows,
        "refused": refused,
        "back": there,
        "name": CHOSEN,
        "crumbs": crumbs(None, _("Confirm the units")),
    }
    return render(request, "plan/targets/confirm_shown.html", context, status=422 if refused else 200)


def _say(request, confirmed, left):
    if confirmed:
        words = ngettext(
            "The units of %(count)s target are confirmed.",
            "The units of %(count)s targets are confirmed.",
            len(confirmed),
        )
        messages.success(request, words % {"count": len(confirmed)})
    if left:
        words = _("Not confirmed, since somebody changed or confirmed them meanwhile: %(codes)s.")
        messages.warning(request, words % {"codes": ", ".join(left)})
