"""Proving a mailbox: an address, a letter with a code, the code. The same answer for every address."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from config.errors import too_many
from trust.answers import limited
from trust.limits import Requests, WrongTries

from ... import codes, visitors
from ...forms.code import AddressForm, CodeForm

PURPOSES = ("enter", "vote", "mine")
ASKED = Requests("entry-code", most=20, seconds=600)
WRONG = WrongTries("entry-code", most=30, seconds=600)
_SESSION = "competitions_code"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def code(request):
    """Which mailbox; whoever is known already goes on, or leaves first."""
    purpose, target = _asked(request)
    if request.method != "POST":
        participant = visitors.current(request)
        if participant and target:
            return redirect(target)
        form = AddressForm(initial={"email": request.session.get(_SESSION, {}).get("email", "")})
        return _page(request, "code", purpose, target, {"form": form, "participant": participant})
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _page(request, "code", purpose, target, {"form": form}, status=422)
    if not ASKED.take(request):
        return too_many(request, ASKED.minutes)
    email = form.cleaned_data["email"]
    codes.send_code(email, purpose)  # whether it was sent is not told: the answer is one and the same
    request.session[_SESSION] = {"email": email, "purpose": purpose}
    return redirect(_with(reverse("competitions:code_typed"), purpose, target))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def code_typed(request):
    """The code from the letter; then back to where the visitor came from."""
    purpose, target = _asked(request)
    asked = request.session.get(_SESSION)
    if asked is None or asked["purpose"] != purpose:
        return redirect(_with(reverse("competitions:code"), purpose, target))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if WRONG.used_up(request):
            return too_many(request, WRONG.minutes)
        if form.is_valid() and _is_proved(request, form, asked):
            return _known(request, asked["email"], target)
    status = 422 if form.errors else 200
    return _page(
        request, "code_typed", purpose, target, {"form": form, "email": asked["email"]}, status=status
    )


def _is_proved(request, form, asked):
    if codes.use_code(asked["email"], asked["purpose"], form.cleaned_data["code"]):
        return True
    WRONG.add(request)
    form.add_error(
        "code", _("This code is wrong or no longer good. Look at the latest letter, or have a new one sent.")
    )
    return False


def _known(request, email, target):
    request.session.pop(_SESSION, None)
    visitors.remember(request, visitors.of_mailbox(email))
    return redirect(target or reverse("competitions:my_entries"))


@limited(Requests("entrant-leaves", most=60, seconds=600))
@require_POST
def forget(request):
    """Leaves: this device knows the mailbox no longer."""
    visitors.forget(request)
    request.session.pop(_SESSION, None)
    messages.success(request, _("This device no longer knows who entered here."))
    return redirect(reverse("competitions:code"))


def _asked(request):
    """(purpose, safe target) of the address; anything else is passed over."""
    purpose, target = request.GET.get("viec", ""), request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    is_local = is_ours and target.startswith("/") and not target.startswith("//")
    return purpose if purpose in PURPOSES else "mine", target if is_local else ""


def _with(address, purpose, target):
    query = {"viec": purpose} | ({"next": target} if target else {})
    return f"{address}?{urlencode(query)}"


def _page(request, name, purpose, target, context, *, status=200):
    after = target or reverse("competitions:my_entries")
    shared = {
        "purpose": purpose,
        "after": after,
        "resend_url": _with(reverse("competitions:code"), purpose, target),
        "sign_in_url": f"{reverse('account_login')}?{urlencode({'next': after})}",
    }
    response = render(request, f"competitions/entering/{name}.html", shared | context, status=status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
