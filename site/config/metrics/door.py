"""ASGI around the HTTP application: counts what goes out, and answers `/metrics` before Django is asked.

Before Django, because who collects asks by the address of the process, which is no host of the portal's, and
because a portal that fails must still be watched.
"""

import hmac

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connections
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from .requests import ANSWERS, SOCKETS, registry
from .shared import SharedCollector

PATH = "/metrics"
_LOOPBACK = ("127.", "::1")
registry.register(SharedCollector())


class MetricsDoor:
    """`sockets()` is asked for the number of open sockets of this process."""

    def __init__(self, app, sockets):
        self.app, self.sockets = app, sockets

    async def __call__(self, scope, receive, send):
        if scope["path"] == PATH and may_read(scope):
            return await self._answer(scope, send)
        await self.app(scope, receive, _counted(send))

    async def _answer(self, scope, send):
        SOCKETS.set(self.sockets())
        body = await sync_to_async(_text, thread_sensitive=False)()
        headers = [
            (b"content-type", CONTENT_TYPE_LATEST.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def may_read(scope):
    """Whoever asks from this very machine and past nginx, or knows METRICS_TOKEN. To everybody else there is
    no such page."""
    headers = dict(scope["headers"])
    if b"authorization" in headers:
        return _knows_the_token(headers[b"authorization"])
    client = scope.get("client")
    from_here = client is None or client[0].startswith(_LOOPBACK)
    return from_here and b"x-forwarded-for" not in headers and b"forwarded" not in headers


def _knows_the_token(header):
    token = settings.METRICS_TOKEN.encode()
    return bool(token) and hmac.compare_digest(header, b"Bearer " + token)


def _text():
    """In a thread that is no request's: what it opened it closes."""
    try:
        return generate_latest(registry)
    finally:
        connections.close_all()


def _counted(send):
    async def sending(message):
        if message["type"] == "http.response.start":
            ANSWERS.labels(message["status"]).inc()
        await send(message)

    return sending
