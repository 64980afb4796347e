"""How pages opened by a code answer: never kept, never found; and what a form sent too often answers."""

from functools import wraps

from django.shortcuts import render


def by_code(request, template, context, status=200):
    """Not for search engines: a code in their index would be a code for everybody."""
    response = render(request, template, context, status=status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    # The address is the key: no other site hears it. Ours must, or a form here would come back from nowhere.
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def found_by_code(request, find, wrong, template, context):
    """(what `find()` found, None), or (None, the answer).

    One page, `template` with 404, for unknown, void and malformed codes: whoever guesses learns nothing. Each
    counts in `wrong`, the `trust.limits.WrongTries` of these codes; once it is used up right ones are not
    looked for either.
    """
    if wrong.used_up(request):
        return None, too_many(request, wrong)
    found = find()
    if found is not None:
        return found, None
    wrong.add(request)
    return None, by_code(request, template, context, status=404)


def too_many(request, limit):
    response = by_code(request, "errors/429.html", {"minutes": limit.minutes}, status=429)
    response.headers["Retry-After"] = str(limit.seconds)
    return response


def sends(request):
    return request.method == "POST"


def asks_for_something(request):
    """A search or filter; the bare page is the same for everybody and kept in front."""
    return bool(request.GET)


def limited(limit, *, when=sends):
    """Decorator: one network is answered in words (429, Retry-After) once it asks more often than `limit`, a
    `trust.limits.Requests`, allows. Counted is what `when(request)` says, before all else."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if when(request) and not limit.take(request):
                return too_many(request, limit)
            return view(request, *args, **kwargs)

        return guarded

    return decorate
