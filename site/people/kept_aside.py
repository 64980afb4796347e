"""Text kept for somebody else than whoever is signed in now, on a computer several people share.

Signing in or out as another person empties the login session, so this has a session record of its own, found
by a signed cookie of this browser. Each text is given back only to its writer.
"""

from importlib import import_module

from django.conf import settings

from config.cookies import cookie_name

COOKIE = "giu_ho"
_SALT = "people.kept_aside"
_ENTRY = "kept_aside"


def set_aside(request, address, kept, *, most, seconds):
    """Keeps `kept` (people.kept_post) for `kept["writer"]`; `remember` then gives the browser its cookie."""
    store = _store(request)
    posts = {**store.get(_ENTRY, {}), _key(kept["writer"], address): kept}
    latest = sorted(posts, key=lambda key: posts[key]["at"])[-most:]
    store[_ENTRY] = {key: posts[key] for key in latest}
    store.set_expiry(seconds)
    store.save()
    request.kept_aside = store.session_key


def find(request, address, who):
    return _store(request).get(_ENTRY, {}).get(_key(who, address)) if _has(request) else None


def drop(request, address, who):
    if not _has(request):
        return
    store = _store(request)
    posts = store.get(_ENTRY, {})
    if posts.pop(_key(who, address), None) is not None:
        store[_ENTRY] = posts
        store.save()


def remember(request, response, *, seconds):
    """`response`, with the cookie where something was set aside during this request."""
    if key := getattr(request, "kept_aside", None):
        response.set_signed_cookie(
            cookie_name(COOKIE),
            key,
            salt=_SALT,
            max_age=seconds,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def _has(request):
    return cookie_name(COOKIE) in request.COOKIES


def _store(request):
    key = getattr(request, "kept_aside", None) or request.get_signed_cookie(
        cookie_name(COOKIE), None, salt=_SALT
    )
    return import_module(settings.SESSION_ENGINE).SessionStore(key)


def _key(writer, address):
    return f"{writer} {address}"
