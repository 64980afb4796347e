"""How a view lets its answer be kept for everybody (`portal.front_cache`)."""

from functools import wraps

HEADER = "X-Public"


def public_page(*query_names):
    """Decorates a view whose answer is the same for everybody who brings no cookie, depends on nothing but
    the address and these names of its query, and holds no form with a token."""

    def decorate(view):
        @wraps(view)
        def marked(request, *args, **kwargs):
            return mark(request, view(request, *args, **kwargs), *query_names)

        return marked

    return decorate


def mark(request, response, *query_names):
    """Marks a response at hand, unless it is somebody's own or an editor's preview."""
    if not request.user.is_authenticated and not getattr(request, "is_preview", False):
        response[HEADER] = ",".join(query_names)
    return response
