"""What was typed survives a session that ended.

A form's POST that arrives signed out is kept on the server, in the visitor's anonymous session, and the
person is sent to sign in. After that the same view is asked by GET with `request.kept_post`, a QueryDict to
bind its form to:

    @keep_post
    def edit(request, code):
        if request.method == "POST": …
        form = DossierForm(request.kept_post or None)        # {% include "components/kept.html" %}

Use it instead of `login_required`. A view that answers POST alone says where its form stands:
`@keep_post(page=lambda request, code: reverse("ideas:edit", args=[code]))`. Pages for people who are known in
another way than by an account name their own `Door`.

Kept: at most KEEP_BYTES of fields, for KEEP_SECONDS, KEEP_PAGES pages a visitor; never passwords, tokens or
files. Given back only to whoever typed it, where the browser still knows who that was (a signed cookie names
the account that last opened such a form); else to whoever signs in from this same browser session. Nothing is
sent by itself. It is gone with the next POST to that page, or by "drop it".

A form that names its writer in a hidden field WRITER_FIELD is taken from that person alone: sent while
somebody else is signed in here, its text is set aside for its writer (people.kept_aside), nothing is saved.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from config.cookies import cookie_name
from trust.answers import too_many
from trust.limits import Requests

from . import kept_aside

KEEP_BYTES = 500_000
KEEP_SECONDS = 12 * 3600
KEEP_PAGES = 5
KEPT = Requests("kept-post", most=120, seconds=600)  # each writes up to KEEP_BYTES into a session, signed out
SESSION_ENTRY = "kept_posts"
WRITER_COOKIE = "nguoi_viet"
WRITER_FIELD = "writer"
_SALT = "people.kept_post"
_NEVER_KEPT = re.compile(r"passw|mat_khau|csrf|token|secret|otp", re.IGNORECASE)


@dataclass(frozen=True)
class Door:
    """`who(request)`: a key of the person, "" for somebody unknown; `way_in(request, address)`: where they
    make themselves known and from where they come back to `address`."""

    who: Callable
    way_in: Callable


def _account(request):
    return str(request.user.pk) if request.user.is_authenticated else ""


SIGN_IN = Door(_account, lambda request, address: redirect_to_login(address).url)


def keep_post(view=None, *, page=None, door=SIGN_IN):
    """Sign-in needed, and a POST that comes signed out is not lost. `page(request, …)` gives the address of
    the form where it is not the posted one."""
    if view is None:
        return lambda decorated: keep_post(decorated, page=page, door=door)

    @wraps(view)
    def keeping(request, *args, **kwargs):
        request.kept_post = None
        address = page(request, *args, **kwargs) if page else request.path
        who = door.who(request)
        if not who:
            return _lead_in_keeping(request, address, door)
        if request.method == "POST":
            if written_by_another(request, who):
                return _refuse_other(request, address)
            response = view(request, *args, **kwargs)
            drop(request, address, who)
            return response
        request.kept_post = _given_back(request, address, who)
        response = kept_aside.remember(request, view(request, *args, **kwargs), seconds=KEEP_SECONDS)
        return _remember_writer(request, response, who)

    keeping.kept_page = page or (lambda request, *args, **kwargs: request.path)
    keeping.kept_door = door
    return keeping


def keep_refused(request):
    """For the CSRF failure page: keeps a form that came from our own page with a stale or missing token
    (signed in anew in another tab, cookies gone) and answers where to; None when there is nothing to keep."""
    match = request.resolver_match
    page = getattr(match.func, "kept_page", None) if match else None
    if page is None or request.method != "POST" or not _from_our_own_page(request):
        return None
    address = page(request, *match.args, **match.kwargs)
    door = match.func.kept_door
    who = door.who(request)
    if not who:
        return _lead_in_keeping(request, address, door)
    if written_by_another(request, who):
        return _refuse_other(request, address)
    return _go(request, address) if _keep(request, address, writer=who) else None


def written_by_another(request, who):
    """Whether the posted form says that somebody else was writing in it."""
    writer = request.POST.get(WRITER_FIELD, "")
    return bool(writer) and writer != who


def _refuse_other(request, address):
    kept = _packed(request, request.POST[WRITER_FIELD])
    if kept:
        kept_aside.set_aside(request, address, kept, most=KEEP_PAGES, seconds=KEEP_SECONDS)
    response = render(request, "people/other_writer.html", {"is_kept": bool(kept)}, status=409)
    return kept_aside.remember(request, response, seconds=KEEP_SECONDS)


def drop(request, address, who=None):
    """Forgets what was kept for a page."""
    kept_aside.drop(request, address, str(request.user.pk) if who is None else who)
    _forget(request, address)


def set_all_aside(request, who):
    """What this session keeps moves to where it outlives the session: of its writer, or of `who` is signing
    in."""
    for address, kept in request.session.pop(SESSION_ENTRY, {}).items():
        mine = kept | {"writer": kept["writer"] or who}
        kept_aside.set_aside(request, address, mine, most=KEEP_PAGES, seconds=KEEP_SECONDS)


def _forget(request, address):
    kept = request.session.get(SESSION_ENTRY)
    if kept and kept.pop(address, None) is not None:
        request.session[SESSION_ENTRY] = kept


def _lead_in_keeping(request, address, door):
    if request.method == "POST":
        if request.POST and not KEPT.take(request):
            return too_many(request, KEPT)
        named = request.POST.get(WRITER_FIELD, "")
        _keep(
            request,
            address,
            writer=named or request.get_signed_cookie(cookie_name(WRITER_COOKIE), "", salt=_SALT),
        )
        target = address
    elif getattr(request, "htmx", None):
        # A part of a page that fetches itself leads nowhere: the page stays, with the words typed in it,
        # until whoever writes sends or saves and is asked to sign in.
        return HttpResponse(status=204)
    else:
        target = request.get_full_path()
    return _go(request, door.way_in(request, target))


def _go(request, url):
    if getattr(request, "htmx", None):  # a redirect would be followed inside the page
        return HttpResponse(headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def _packed(request, writer):
    """What is kept of a POST, or None where there is nothing or too much."""
    fields = QueryDict(mutable=True)
    for name, values in request.POST.lists():
        if not _NEVER_KEPT.search(name):
            fields.setlist(name, values)
    text = fields.urlencode()
    if not text or len(text) > KEEP_BYTES:
        return None
    return {"fields": text, "at": time.time(), "writer": writer}


def _keep(request, address, writer):
    packed = _packed(request, writer)
    if packed is None:
        return False
    now = packed["at"]
    kept = {a: k for a, k in request.session.get(SESSION_ENTRY, {}).items() if _fresh(k, now)}
    kept[address] = packed
    latest = sorted(kept, key=lambda a: kept[a]["at"])[-KEEP_PAGES:]
    request.session[SESSION_ENTRY] = {a: kept[a] for a in latest}
    return True


def _given_back(request, address, who):
    kept = request.session.get(SESSION_ENTRY, {}).get(address)
    if kept and kept["writer"] not in ("", who):
        kept_aside.set_aside(request, address, kept, most=KEEP_PAGES, seconds=KEEP_SECONDS)
        _forget(request, address)
        kept = None
    kept = kept or kept_aside.find(request, address, who)
    if not kept:
        return None
    if not _fresh(kept, time.time()):
        drop(request, address, who)
        return None
    return QueryDict(kept["fields"])


def _fresh(kept, now):
    return now - kept["at"] < KEEP_SECONDS


def _remember_writer(request, response, writer):
    if request.get_signed_cookie(cookie_name(WRITER_COOKIE), "", salt=_SALT) != writer:
        response.set_signed_cookie(
            cookie_name(WRITER_COOKIE),
            writer,
            salt=_SALT,
            max_age=settings.SESSION_COOKIE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def _from_our_own_page(request):
    """Whether the browser vouches that one of our pages sent this: nobody else may plant text here."""
    origin = request.headers.get("Origin", "")
    if origin and origin != "null":
        return url_has_allowed_host_and_scheme(origin, {request.get_host()}, request.is_secure()) and bool(
            urlsplit(origin).netloc
        )
    return request.headers.get("Sec-Fetch-Site") == "same-origin"
