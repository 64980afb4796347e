"""What the views of one target share: finding it, saying no, drawing a form again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ...access import reported_units
from ...targets.access import Rights, visible_to
from ...targets.refusing import Refused

ASKS = ["GET", "HEAD", "POST"]
# Another window was quicker: the page with what stands now, not an error by a field.
CONFLICTS = ("owners_changed", "definition_changed")


def find(request, code):
    """(the target, what this person may do with it); 404 where they may not read it."""
    own = reported_units(request.user)
    target = visible_to(request.user, own).select_related("group").filter(code=code).first()
    if target is None:
        raise Http404
    parts = list(target.parts.select_related("unit"))
    return target, Rights(target, request.user, parts, own_units=own)


def forbid(refused):
    if refused is not None:
        raise PermissionDenied(refused.sentence)


def typed(request):
    return request.POST if request.method == "POST" else request.kept_post or None


def crumbs(target=None, here=""):
    way = [(_("Plan work"), "/ke-hoach/dieu-hanh/"), (_("Targets"), reverse("plan:targets"))]
    if target is None:
        return [*way, (here, "")] if here else [way[0], (_("Targets"), "")]
    if not here:
        return [*way, (target.code, "")]
    return [*way, (target.code, reverse("plan:target", args=[target.code])), (here, "")]


def back(target):
    return redirect("plan:target", target.code)


def step_page(request, target, form, words, status=200, **more):
    """A form about one target on a page of its own."""
    context = {
        "target": target,
        "form": form,
        "step": words,
        "file_lost": request.method == "POST" and form.is_multipart(),
        "crumbs": crumbs(target, words["title"]),
        **more,
    }
    return render(request, "plan/targets/step.html", context, status=status)


def taken(request, target, form, take, done, draw):
    """POST: takes the step and goes back, or draws the form again with what is wrong."""
    if not form.is_valid():
        return draw(422)
    try:
        take()
    except Refused as refused:
        form.refuse(refused)
        return draw(409 if refused.code in CONFLICTS else 422)
    messages.success(request, done)
    return back(target)
