"""Following an idea by its code: its state and answer, the paper with the code, the sender's consents."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from papers.qr import qr_code
from people.letter_forms import ChangeConsentsForm
from portal.sharing import address
from trust.answers import by_code, found_by_code, limited
from trust.consents import standing
from trust.limits import Requests

from ...forms.idea import LookUpForm
from ...suggestions import codes, following, published


@require_safe
@never_cache
def look_up(request):
    """Asks for a code; with one (`?ma=`), leads to its page."""
    if "ma" not in request.GET:
        return by_code(request, "ideas/suggestions/look_up.html", {"form": LookUpForm(), "crumbs": _way()})
    given = request.GET["ma"]
    if code := codes.typed(given):
        return redirect("suggestions:track", codes.shown(code))
    if not given.strip():
        context = {"form": LookUpForm(request.GET), "crumbs": _way()}
        return by_code(request, "ideas/suggestions/look_up.html", context)
    return _found_by(request, given)[1]


@require_safe
@never_cache
def track(request, code):
    idea, refused = _found_by(request, code)
    if refused:
        return refused
    twin = idea.duplicate_of
    context = {
        "idea": idea,
        "code": codes.shown(idea.code),
        "line": list(following.line_of(idea)),
        "initiative": following.initiative_of(idea),
        "public_url": published.address_of(idea.number) if idea.is_public else "",
        "twin_url": published.address_of(twin.number) if twin and twin.is_public else "",
        "consents": _consents_form(idea),
        "form": LookUpForm(),
        "crumbs": _way(codes.shown(idea.code)),
    }
    return by_code(request, "ideas/suggestions/track.html", context)


@require_safe
@never_cache
def receipt(request, code):
    """The paper to print or to write down: code, address, QR code, the day of the answer."""
    idea, refused = _found_by(request, code)
    if refused:
        return refused
    url = address(codes.address(idea.code))
    context = {
        "idea": idea,
        "code": codes.shown(idea.code),
        "url": url,
        "qr": qr_code(url),
        "crumbs": _way(codes.shown(idea.code)),
    }
    return by_code(request, "ideas/suggestions/receipt.html", context)


@limited(Requests("suggestion-consents", most=30, seconds=600))
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def change_consents(request, code):
    """Withdrawing is as easy as giving (Luật 91/2025 Đ.10): the same boxes, one button."""
    idea, refused = _found_by(request, code)
    if refused:
        return refused
    if request.method == "POST":
        form = _consents_form(idea, request.POST)
        form.full_clean()
        if following.change_consents(idea, form.agreed):
            messages.success(request, _("Saved. What is no longer agreed to was erased."))
        return redirect("suggestions:track", codes.shown(idea.code))
    context = {
        "idea": idea,
        "code": codes.shown(idea.code),
        "consents": _consents_form(idea),
        "crumbs": [*_way(codes.shown(idea.code))[:-1], (_("What I agreed to"), "")],
    }
    return by_code(request, "ideas/suggestions/consents.html", context)


def _consents_form(idea, data=None):
    return ChangeConsentsForm(data, codes=following.askable(idea), standing=standing(idea.subject))


def _found_by(request, given):
    return found_by_code(
        request,
        lambda: following.by_code(codes.typed(given)),
        codes.WRONG_CODES,
        "ideas/suggestions/unknown.html",
        {"form": LookUpForm(), "crumbs": _way()},
    )


def _way(*code):
    way = [(str(published.LABEL), "/y-tuong/")]
    return [*way, (code[0], "")] if code else [*way, (_("Follow an idea"), "")]
