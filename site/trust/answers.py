"""How pages opened by a code answer: never kept, never found."""

from django.shortcuts import render


def by_code(request, template, context, status=200):
    """Not for search engines: a code in their index would be a code for everybody."""
    response = render(request, template, context, status=status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    # The address is the key: no other site hears it. Ours must, or a form here would come back from nowhere.
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def too_many(request, limit):
    response = by_code(request, "errors/429.html", {"minutes": limit.minutes}, status=429)
    response.headers["Retry-After"] = str(limit.seconds)
    return response
