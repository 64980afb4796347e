"""HTTP by Django behind the front cache, sockets by Channels, static files straight from here."""

import os

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
django_application = get_asgi_application()

from django.conf import settings  # noqa: E402

from config.checks import refuse_samples  # noqa: E402
from config.logs import journal  # noqa: E402
from config.metrics.door import MetricsDoor  # noqa: E402
from config.outage_gate import OutageGate  # noqa: E402
from config.socket_origin import AllowedHostsOriginValidator  # noqa: E402
from notifications.hub import open_sockets  # noqa: E402
from notifications.room import Room  # noqa: E402
from notifications.routing import websocket_urlpatterns  # noqa: E402
from portal.front_cache import FrontCache  # noqa: E402
from portal.stamp import current_in_a_thread  # noqa: E402

refuse_samples()
if settings.LOGS_FOR_MACHINES:
    journal.take_over()


def _with_static(app):
    """Files from the apps while developing and testing; the collected, compressed ones in production."""
    if settings.STATIC_FROM_FINDERS:
        from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler

        return ASGIStaticFilesHandler(app)
    from servestatic import ServeStaticASGI

    return ServeStaticASGI(
        app,
        root=settings.STATIC_ROOT,
        prefix=settings.STATIC_URL,
        allow_all_origins=False,
        add_headers_function=_guard_file,
    )


def _guard_file(headers, path, url):
    """Files never pass Django's middleware: taken for what they are, and by our own pages alone."""
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Referrer-Policy"] = settings.SECURE_REFERRER_POLICY
    headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    if settings.SECURE_HSTS_SECONDS:
        seconds = settings.SECURE_HSTS_SECONDS
        headers["Strict-Transport-Security"] = f"max-age={seconds}; includeSubDomains; preload"


def _at_the_root(app):
    """Daphne believes any client that says (Daphne-Root-Path) below which path or host the portal is mounted;
    every address of a page would begin with it. The portal is mounted at the root."""

    async def rooted(scope, receive, send):
        await app({**scope, "root_path": ""}, receive, send)

    return rooted


application = _at_the_root(
    OutageGate(
        ProtocolTypeRouter(
            {
                "http": MetricsDoor(
                    _with_static(FrontCache(django_application, current_in_a_thread)), open_sockets
                ),
                "websocket": Room(
                    AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(websocket_urlpatterns)))
                ),
            }
        )
    )
)
