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


# What browsers can do for a page and none of ours needs. `publickey-credentials-*` are our security keys.
_UNUSED_FEATURES = [
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "captured-surface-control",
    "compute-pressure",
    "cross-origin-isolated",
    "display-capture",
    "encrypted-media",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "interest-cohort",
    "keyboard-map",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "otp-credentials",
    "payment",
    "picture-in-picture",
    "private-state-token-issuance",
    "private-state-token-redemption",
    "screen-wake-lock",
    "serial",
    "speaker-selection",
    "storage-access",
    "sync-xhr",
    "usb",
    "window-management",
    "xr-spatial-tracking",
]
PERMISSIONS_POLICY = ", ".join(
    [f"{feature}=()" for feature in _UNUSED_FEATURES]
    + [
        f"{feature}=(self)"
        for feature in (
            "clipboard-read",
            "clipboard-write",
            "fullscreen",
            "publickey-credentials-create",
            "publickey-credentials-get",
        )
    ]
)


class PolicyByPath(CSPMiddleware):
    """The strict policy everywhere, a looser one under /quan-tri/."""

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if request.path.startswith("/quan-tri/") and not report_only:
            parts.replace = {**_EDITOR_POLICY, **(parts.replace or {})}
        return parts


def permissions_policy(get_response):
    """The portal asks a browser for nothing but a security key at sign-in; say so."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware


def own_resources(get_response):
    """No page elsewhere draws our pages, pictures and files into itself; open data alone is for everybody."""

    def middleware(request):
        response = get_response(request)
        is_open = response.headers.get("Access-Control-Allow-Origin") == "*"
        response.headers.setdefault(
            "Cross-Origin-Resource-Policy", "cross-origin" if is_open else "same-origin"
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
