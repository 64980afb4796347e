"""How a view lets its answer be kept for everybody (`portal.front_cache`)."""

from functools import wraps

HEADER = "X-Public"
UNTIL = "X-Public-Until"


def public_page(*query_names):
    """Decorates a view whose answer is the same for everybody who brings no cookie, depends on nothing but
    the address and these names of its query, and holds no form with a token."""

    def decorate(view):
        @wraps(view)
        def marked(request, *args, **kwargs):
            return mark(request, view(request, *args, **kwargs), *query_names)

        return marked

    return decorate


def keep_until(request, moment):
    """What is shown is true until `moment` only (a window closes; None: for good): the page is
    kept no longer. Whoever draws a part of a page may say so; the earliest counts."""
    earlier = getattr(request, "_public_until", None)
    request._public_until = min(filter(None, (earlier, moment)), default=None)


def mark(request, response, *query_names):
    """Marks a response at hand, unless it is somebody's own or an editor's preview."""
    if not request.user.is_authenticated and not getattr(request, "is_preview", False):
        response[HEADER] = ",".join(query_names)
        if until := getattr(request, "_public_until", None):
            response[UNTIL] = f"{until.timestamp():.3f}"
    return response
