"""Text size and language: kept in a cookie, set by a plain form, no account needed."""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

TEXT_SIZES = {"normal": "", "large": "large", "larger": "larger"}
ONE_YEAR = 365 * 24 * 3600


def back_where_they_were(request):
    """The page the form stood on, if it is ours."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return HttpResponseRedirect(target if safe else "/")


@require_POST
def set_text_size(request):
    response = back_where_they_were(request)
    size = TEXT_SIZES.get(request.POST.get("size", ""), "")
    response.set_cookie(
        "co_chu", size, max_age=ONE_YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
    )
    return response
