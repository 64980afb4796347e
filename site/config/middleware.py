"""What every answer passes through."""

from csp.middleware import CSPMiddleware
from django.http import Http404
from django.utils.decorators import sync_only_middleware

# Wagtail's editor needs inline script and style; nobody but editors reaches these addresses.
_EDITOR_POLICY = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
}


class PolicyByPath(CSPMiddleware):
    """The strict policy everywhere, a looser one under /quan-tri/."""

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if request.path.startswith("/quan-tri/") and not report_only:
            parts.replace = {**_EDITOR_POLICY, **(parts.replace or {})}
        return parts


def permissions_policy(get_response):
    """The portal asks a browser for nothing; say so."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        return response

    return middleware


def no_nul(get_response):
    """No address of ours holds a NUL; PostgreSQL answers a text with one with an error."""

    def middleware(request):
        if "\0" in request.path:
            raise Http404
        return get_response(request)

    return middleware


@sync_only_middleware
def stay_sync(get_response):
    """Last in the chain: keeps it in one thread, which doubles the requests served (traps §8)."""
    return get_response
