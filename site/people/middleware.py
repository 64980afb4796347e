"""What stands between signing in and working."""

from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import sync_only_middleware

_ALWAYS_OPEN = ("/co-chu/", "/ngon-ngu/", "/healthz")
_FOR_NOBODY_IN_PARTICULAR = "/du-lieu-mo/v1/"  # open data: not even asked who it is, so no session is read


@sync_only_middleware
def new_password_first(get_response):
    """A one-time password opens only the page where a lasting one is chosen. Samples are exempt."""

    def middleware(request):
        if request.path.startswith(_FOR_NOBODY_IN_PARTICULAR):
            return get_response(request)
        user = request.user
        if user.is_authenticated and user.must_change_password and not user.is_sample:
            page = reverse("account_change_password")
            open_paths = (*_ALWAYS_OPEN, settings.STATIC_URL, page, reverse("account_logout"))
            if not request.path.startswith(open_paths):
                return redirect(page)
        return get_response(request)

    return middleware
