"""Pages for what went wrong, in words a person can act on."""

import sys

from django.contrib import messages
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

DATABASE_BACK_AFTER = 30  # seconds


def csrf_failure(request, reason=""):
    """A form came back without its token: the session ended or the browser blocks cookies."""
    from people.kept_post import keep_refused

    kept = keep_refused(request)
    if kept is not None:
        return kept
    return render(request, "errors/csrf.html", status=403)


def bad_request(request, exception=None):
    # Plain: a request with a wrong host or a broken query can be asked for nothing.
    return HttpResponseBadRequest(render_to_string("errors/400.html"))


def permission_denied(request, exception=None):
    return render(request, "errors/403.html", {"reason": str(exception or "")}, status=403)


def not_found(request, exception=None):
    return render(request, "errors/404.html", status=404)


def server_error(request):
    from trust import full_disk

    if full_disk.is_full(sys.exc_info()[1]):
        return _no_room(request)
    # Plain: nothing here may need the database, which may be what failed.
    if _database_is_gone():
        response = HttpResponse(render_to_string("errors/503.html"), status=503)
        response["Retry-After"] = str(DATABASE_BACK_AFTER)
        return response
    return HttpResponseServerError(render_to_string("errors/500.html"))


def _no_room(request):
    """The disk is full: what was typed is kept in the session where that can still be written, and the form
    comes back with it; else the browser has it."""
    from people.kept_post import keep_refused
    from trust import full_disk

    if not getattr(request, "found_no_room", False):  # the second time it was the session that found none
        request.found_no_room = True
        kept = keep_refused(request)
        if kept is not None:
            messages.error(request, full_disk.refusal().message)
            return kept
    elif hasattr(request, "session"):
        request.session.modified = False
    return HttpResponse(render_to_string("errors/507.html"), status=507)


def _database_is_gone():
    """Whether what is being handled is a database that went away, does not take us, or stays locked."""
    error = sys.exc_info()[1]
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError):
            return True
        error = error.__cause__ or error.__context__
    return False


def too_many(request, minutes=5):
    """More tries than a limit allows: when to come back, and nothing about what was tried."""
    response = render(request, "errors/429.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(minutes * 60)
    return response
