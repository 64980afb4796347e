"""What stands between signing in and working, and how long a sign-in lasts."""

from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import sync_only_middleware

from . import kept_aside, kept_post
from .sign_in import activity as being_there
from .sign_in.first_things import First, first_thing
from .sign_in.oidc import PROVIDER_ID
from .sign_in.second_factor import WANTED

_ALWAYS_OPEN = ("/co-chu/", "/ngon-ngu/", "/healthz")
_FOR_NOBODY_IN_PARTICULAR = "/du-lieu-mo/v1/"  # open data: not even asked who it is, so no session is read
_OWN_PAGES = "/tai-khoan/"


@sync_only_middleware
def activity(get_response):
    """Notes that a signed-in person is there (people.sign_in.activity). What they see stays in no cache: the
    next person at the computer finds nothing by the back button."""

    def middleware(request):
        if request.path.startswith(_FOR_NOBODY_IN_PARTICULAR):
            return get_response(request)
        is_known = request.user.is_authenticated
        if is_known and being_there.is_by_a_person(request):
            being_there.note(request)
        response = get_response(request)
        if is_known:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return kept_aside.remember(request, response, seconds=kept_post.KEEP_SECONDS)

    return middleware


@sync_only_middleware
def first_things_first(get_response):
    """A one-time password, or an administrator's old one, opens only the page where a new one is chosen; an
    officer without a second factor gets no further than where it is set up."""

    def middleware(request):
        if request.path.startswith(_FOR_NOBODY_IN_PARTICULAR):
            return get_response(request)
        first = first_thing(request.user)
        if first and not request.path.startswith(_open_before(first)):
            if request.method == "GET" and being_there.is_by_a_person(request):
                request.session.setdefault(WANTED, request.get_full_path())
            return redirect(first.value)
        if not first and WANTED in request.session and not request.path.startswith(_OWN_PAGES):
            del request.session[WANTED]
        return get_response(request)

    return middleware


def _open_before(first):
    pages = {
        First.PASSWORD: [reverse("account_change_password")],
        First.FACTOR: [
            reverse("mfa_index"),  # and all of its folder
            reverse("account_reauthenticate"),
            reverse("own:oidc"),  # who is known by the city alone proves it there
            reverse("openid_connect_callback", args=[PROVIDER_ID]),
        ],
    }[first]
    return (*_ALWAYS_OPEN, settings.STATIC_URL, reverse("account_logout"), *pages)
