"""Verification: whoever holds a paper may check it, and learns no more than the paper says."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from trust.limits import WrongTries

from .codes import shown, typed
from .forms import CodeForm
from .kinds import kind_of
from .models import Certificate

WRONG_CODES = WrongTries("certificate-code", most=30, seconds=600)


@require_safe
@never_cache
def verify_form(request):
    """Asks for a code; with one (`?ma=`), leads to its page."""
    if "ma" not in request.GET:
        return _page(request, "papers/verify_form.html", {"form": CodeForm(), "crumbs": _way()})
    given = request.GET["ma"]
    if code := typed(given):
        return redirect("papers:verify", code)
    if not given.strip():
        context = {"form": CodeForm(request.GET), "crumbs": _way()}
        return _page(request, "papers/verify_form.html", context)
    return _answer(request, given)


@require_safe
@never_cache
def verify(request, code):
    return _answer(request, code)


def _answer(request, given):
    """The certificate with this code; or one and the same page for whatever is no code of ours."""
    if WRONG_CODES.used_up(request):
        response = _page(request, "errors/429.html", {"minutes": WRONG_CODES.minutes}, status=429)
        response.headers["Retry-After"] = str(WRONG_CODES.seconds)
        return response
    code = typed(given)
    certificate = Certificate.objects.select_related("replaced_by").filter(code=code).first()
    if certificate is None:
        WRONG_CODES.add(request)
        read = shown(code) if code else given[:40]
        context = {"form": CodeForm(), "given": read, "crumbs": _way(read)}
        return _page(request, "papers/verify_unknown.html", context, status=404)
    context = {
        "form": CodeForm(),
        "certificate": certificate,
        "kind": kind_of(certificate.kind),
        "checked_at": timezone.localtime(),
        "crumbs": _way(certificate.code_shown),
    }
    return _page(request, "papers/verify.html", context)


def _way(*code):
    """The crumbs down to the form, or to what was found of a code."""
    here = _("Check a certificate")
    return [(here, "/xac-minh/"), (code[0], "")] if code else [(here, "")]


def _page(request, template, context, status=200):
    """Not for search engines: a code in their index would be a code for everybody."""
    response = render(request, template, context, status=status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
