"""The letter box: a short form without an account, without script, at 360 px."""

from django.conf import settings
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.sharing import shared
from trust import letterbox

from ...forms.idea import LookUpForm, SendForm
from ...refusing import SENTENCES, Refused
from ...suggestions import codes, sending
from ...suggestions.guard import BOX
from ...suggestions.published import LABEL, cards, published

LATEST = 3


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def send(request):
    """GET draws the form; a good POST leads to the paper with the tracking code."""
    if request.method != "POST":
        return _page(request, SendForm(initial={"stamp": BOX.new_stamp()}))
    form = SendForm(request.POST)
    stamp = request.POST.get("stamp", "")
    if BOX.sent_by_one.used_up(request):
        form.add_error(None, SENTENCES["idea_too_many"])
        response = _page(request, form, status=429)
        response.headers["Retry-After"] = str(BOX.sent_by_one.seconds)
        return response
    if not form.is_valid():
        return _page(request, form, status=422)
    if why := BOX.refusal_of(stamp, request.POST.get(letterbox.TRAP)):
        form.add_error(None, letterbox.SENTENCES[why])
        return _page(request, form, status=422)
    try:
        idea, is_new = sending.send(form.sent(), BOX.read_stamp(stamp)[0])
    except Refused as refused:
        form.refuse(refused)
        return _page(request, form, status=422)
    if is_new:
        BOX.sent_by_one.add(request)
    return redirect("suggestions:receipt", codes.shown(idea.code))


def _page(request, form, status=200):
    if form.is_bound:
        form.data = BOX.fit_to_send_again(form.data)
    title, text = (
        str(LABEL),
        _("What could be done better in the ward: write it down, follow it by its code."),
    )
    context = {
        "form": form,
        "look_up": LookUpForm(),
        "days": settings.IDEA_ANSWER_WORKING_DAYS,
        "latest": cards(published()[:LATEST]),
        "crumbs": [(title, "")],
    } | shared("/y-tuong/", title, text)
    return render(request, "ideas/suggestions/send.html", context, status=status)
