"""The outermost door: in a planned outage every page answers 503 in calm words and no socket stays.

In front of everything that asks the database; /healthz and static files go on.
"""

import asyncio
import contextlib

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from . import outage

LOOK_EVERY = 1.0  # seconds between looks while sockets are open
GOING_AWAY = 1012  # "service restart": the page comes back by itself, later
TRY_LATER = 1013
_OPEN = ("/healthz", "/metrics")
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class OutageGate:
    """ASGI around the whole portal."""

    def __init__(self, app):
        self.app = app
        self._sockets, self._begins, self._watch = 0, None, None

    async def __call__(self, scope, receive, send):
        if scope["type"] == "websocket":
            return await self._socket(scope, receive, send)
        found = None if scope["type"] != "http" or _goes_on(scope["path"]) else outage.current()
        if found is None:
            return await self.app(scope, receive, send)
        await _answer(scope, send, found)

    async def _socket(self, scope, receive, send):
        if outage.current() is not None:
            await receive()  # the handshake; closed before it is accepted it is a plain refusal
            return await send({"type": "websocket.close", "code": TRY_LATER})
        self._sockets += 1
        if self._watch is None:
            self._begins = asyncio.Event()  # of the loop that runs
            self._watch = asyncio.create_task(self._look())
        try:
            await self.app(scope, _Listening(receive, send, self._begins), send)
        finally:
            self._sockets -= 1
            if not self._sockets:
                await self._stop_watching()

    async def _look(self):
        while True:
            await asyncio.sleep(LOOK_EVERY)
            if outage.current() is not None:
                begins, self._begins = self._begins, asyncio.Event()
                begins.set()

    async def _stop_watching(self):
        watch, self._watch = self._watch, None
        if watch is not None:
            watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watch


class _Listening:
    """`receive` of one socket; when an outage begins it tells the browser and hangs up."""

    def __init__(self, receive, send, begins):
        self.receive, self.send, self.begins = receive, send, begins
        self.accepted = False

    async def __call__(self):
        message = asyncio.ensure_future(self.receive())
        ended = asyncio.ensure_future(self.begins.wait())
        try:
            await asyncio.wait({message, ended}, return_when=asyncio.FIRST_COMPLETED)
            if message.done():
                return message.result()
        finally:
            for waiting in (message, ended):
                if not waiting.done():
                    waiting.cancel()
        await self.send({"type": "websocket.close", "code": GOING_AWAY})
        return {"type": "websocket.disconnect", "code": GOING_AWAY}


def _goes_on(path):
    return path in _OPEN or path.startswith(settings.STATIC_URL)


async def _answer(scope, send, found):
    now = timezone.now()
    until = found.until if found.until and found.until > now else None
    page = render_to_string(
        "errors/outage.html", {"until": until, "was_sent": scope["method"] not in ("GET", "HEAD")}
    ).encode()
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(page)),
        "Retry-After": str(found.seconds_left(now)),
        "Cache-Control": "no-store",
        "Content-Security-Policy": _POLICY,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "X-Robots-Tag": "noindex",
    }
    if settings.SECURE_HSTS_SECONDS:
        headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": 503, "headers": raw})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else page})
