"""Signing in again beside a form that stands open: who this browser is now, and the page after it."""

from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def who(request):
    """Who is signed in here, and the form token of now: a form asks before it sends what one person typed.

    `writer` is "" for nobody. Other sites can't read it: the answer carries no permission for them.
    """
    user = request.user
    if not user.is_authenticated:
        return JsonResponse({"writer": "", "name": "", "token": ""})
    return JsonResponse({"writer": str(user.pk), "name": user.display_name, "token": get_token(request)})


@require_safe
@never_cache
@login_required
def signed_in(request):
    """Where the sign-in of a form's second tab ends."""
    return render(request, "people/signed_in.html")
