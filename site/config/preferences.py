"""Text size and language: kept in a cookie, set by a plain form, no account needed.

Both forms stand on public pages that are cached and set no cookie, so they carry no token. Nothing is at
stake: a forged request could change how large the letters are, and the page it leads to is always ours.
"""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from .cookies import cookie_name

TEXT_SIZE_COOKIE = "co_chu"
TEXT_SIZES = {"normal": "", "large": "large", "larger": "larger"}
ONE_YEAR = 365 * 24 * 3600


def text_size_of(request):
    """The chosen size as `data-text` takes it; anything else in the cookie counts as normal."""
    chosen = request.COOKIES.get(cookie_name(TEXT_SIZE_COOKIE), "")
    return chosen if chosen in TEXT_SIZES.values() else ""


def language_of(request):
    """The chosen language; Vietnamese until a person chooses, whatever the browser prefers."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def chosen_language(get_response):
    """Middleware: the page is drawn in `language_of` the request.

    Django's own also follows Accept-Language: an office with an English browser would get English
    pages, and a cached page would have to vary by browser.
    """

    def middleware(request):
        request.LANGUAGE_CODE = language_of(request)
        with translation.override(request.LANGUAGE_CODE):
            response = get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response

    return middleware


@csrf_exempt
@require_POST
def set_text_size(request):
    """Keeps `size` (normal, large, larger; anything else is normal) and leads back."""
    return _remember(
        request, cookie_name(TEXT_SIZE_COOKIE), TEXT_SIZES.get(request.POST.get("size", ""), ""), ""
    )


@csrf_exempt
@require_POST
def set_language(request):
    """Keeps `language` if the portal speaks it, changes nothing otherwise; leads back either way."""
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return back_where_they_were(request)
    return _remember(request, settings.LANGUAGE_COOKIE_NAME, language, settings.LANGUAGE_CODE)


def back_where_they_were(request):
    """The page the form stood on, if it is ours."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return HttpResponseRedirect(target if safe else "/")


def _remember(request, cookie, value, default):
    """What is the default anyway leaves no cookie: such a visitor gets the cached pages again."""
    response = back_where_they_were(request)
    if value == default:
        response.delete_cookie(cookie, samesite="Lax")
        return response
    response.set_cookie(
        cookie, value, max_age=ONE_YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
    )
    return response
