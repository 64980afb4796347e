"""One's own sign-in: password, second step, where one is signed in; and the way in by the city's sign-in."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect.views import login as begin_oidc
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from ..sign_in import oidc, second_factor, sessions
from ..sign_in.session_store import ALLOWED


@require_safe
@never_cache
@login_required
def security(request):
    user = request.user
    kinds = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    context = {
        "has_app": Authenticator.Type.TOTP in kinds,
        "keys": kinds.count(Authenticator.Type.WEBAUTHN),
        "has_codes": Authenticator.Type.RECOVERY_CODES in kinds,
        "is_required": second_factor.is_required_of(user),
        "places": sessions.places_of(user, request.session.session_key),
        "idle_minutes": request.session.get(ALLOWED, settings.IDLE_MINUTES * 60) // 60,
        "other_sign_in": settings.OIDC_NAME if settings.OIDC_ISSUER else "",
        "is_linked": bool(settings.OIDC_ISSUER) and SocialAccount.objects.filter(user=user).exists(),
    }
    return render(request, "people/security.html", context)


@require_POST
@login_required
def sign_out_elsewhere(request):
    """`here`: this browser too."""
    if request.POST.get("here"):
        sessions.end(request.user, but=request.session.session_key, request=request, why="everywhere")
        logout(request)
        messages.success(request, _("You are signed out everywhere."))
        return redirect("account_login")
    ended = sessions.end(
        request.user, but=request.session.session_key, request=request, why="everywhere_else"
    )
    if ended:
        words = ngettext("%(count)s other sign-in is ended.", "%(count)s other sign-ins are ended.", ended)
        messages.success(request, words % {"count": ended})
    else:
        messages.info(request, _("You are signed in here alone; there was nothing to end."))
    return redirect("own:security")


@require_POST
@login_required
def sign_out_one(request, pk):
    """Pressed twice it says the same."""
    sessions.end(request.user, but=request.session.session_key, only=pk, request=request, why="one_elsewhere")
    messages.success(request, _("That sign-in is ended."))
    return redirect("own:security")


@require_safe
@never_cache
def other_sign_in(request):
    """To the provider. Of the address only a `next` of ours counts: nobody is talked into anything else by a
    link."""
    if not settings.OIDC_ISSUER:
        raise Http404
    wanted = QueryDict(mutable=True)
    target = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        wanted["next"] = target
    request.GET = wanted
    try:
        return begin_oidc(request, oidc.PROVIDER_ID)
    except RequestException:
        return unreachable(request)


def unreachable(request):
    return render(request, "account/oidc_unreachable.html", {"provider": settings.OIDC_NAME}, status=503)
