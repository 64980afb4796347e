"""The front cache: pages that opted in (`portal.public_page`) are answered before Django is asked.

Kept are answers of 200 to a GET without any cookie, with no cookie set, asked by query names the view
allows; per scheme, host, path and query. A page is given out only under the content stamp it was made under,
and the stamp is read at most half a second ago: a change is seen everywhere within a second. Browsers must
ask each time (`no-cache`) and hear 304 where nothing changed: nobody can call a page back from them.
"""

import asyncio
import gzip
import hashlib
import logging
import time
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.conf import settings

from .public_page import HEADER, UNTIL

log = logging.getLogger(__name__)

MARK = HEADER.lower().encode()
END = UNTIL.lower().encode()
SECONDS = 60
STAMP_SECONDS = 0.5
MOST_BYTES = 32 * 1024 * 1024
LARGEST_PAGE = 1024 * 1024
LONGEST_QUERY = 300
HARMLESS_COOKIES = {settings.CSRF_COOKIE_NAME}  # changes nothing on a public page
_PARTICULAR = {b"authorization", b"hx-request", b"range"}  # who sends these may get another answer
_REPLACED = {MARK, END, b"content-length", b"cache-control", b"etag", b"vary"}


@dataclass(frozen=True)
class Kept:
    headers: list
    bodies: dict  # by content coding
    etag: bytes
    stamp: object
    until: float

    @property
    def size(self):
        return sum(map(len, self.bodies.values()))


class FrontCache:
    """ASGI around the HTTP application. `read_stamp()` is called in a thread of the cache's own."""

    def __init__(self, app, read_stamp, clock=time.monotonic, wall=time.time):
        self.app, self.read_stamp, self.clock, self.wall = app, read_stamp, clock, wall
        self.pages, self.size = OrderedDict(), 0
        self.stamp, self.stamp_read_at, self.reading = None, float("-inf"), None
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="content-stamp")

    async def __call__(self, scope, receive, send):
        asked = _headers(scope)
        cookies = _cookie_names(asked.get(b"cookie", b""))
        if cookies - HARMLESS_COOKIES or _is_particular(scope, asked):
            return await self.app(scope, receive, _unmarked(send))
        key, stamp = _key(scope, asked), await self._current_stamp()
        kept = self.pages.get(key)
        if kept and kept.stamp == stamp and self.clock() < kept.until:
            self.pages.move_to_end(key)
            return await _give(kept, scope, asked, send)
        self._forget(key)
        if stamp is None or cookies or scope["method"] == "HEAD":
            return await self.app(scope, receive, _unmarked(send))
        answer = _Answer(scope, send)
        await self.app(scope, receive, answer)
        if answer.is_whole:
            kept = _made(answer, stamp, self.clock() + _seconds(answer, self.wall()))
            self._keep(key, kept)
            await _give(kept, scope, asked, send)

    async def _current_stamp(self):
        """The stamp, at most half a second old; None where the database does not answer: then every page
        is asked of the application, which says so."""
        if self.clock() - self.stamp_read_at > STAMP_SECONDS:
            if self.reading is None:
                self.reading = asyncio.ensure_future(self._read())
            await asyncio.shield(self.reading)
        return self.stamp

    async def _read(self):
        began = self.clock()
        try:
            self.stamp = await asyncio.get_running_loop().run_in_executor(self.thread, self.read_stamp)
        except Exception:
            log.warning("the content stamp cannot be read: no public page is kept", exc_info=True)
            self.stamp = None
        finally:
            self.stamp_read_at, self.reading = began, None

    def _keep(self, key, kept):
        self._forget(key)
        self.pages[key] = kept
        self.size += kept.size
        while self.size > MOST_BYTES:
            self._forget(next(iter(self.pages)))

    def _forget(self, key):
        kept = self.pages.pop(key, None)
        if kept:
            self.size -= kept.size


class _Answer:
    """Collects an answer that may be kept; passes any other on as it comes."""

    def __init__(self, scope, send):
        self.scope, self.pass_on = scope, _unmarked(send)
        self.start, self.body, self.is_whole = None, [], False

    async def __call__(self, message):
        if message["type"] == "http.response.start" and _may_be_kept(self.scope, message):
            self.start = message
        elif self.start is None:
            await self.pass_on(message)
        else:
            self.body.append(message.get("body", b""))
            self.is_whole = not message.get("more_body", False)
            if sum(map(len, self.body)) > LARGEST_PAGE:
                await self._give_up(message)

    async def _give_up(self, message):
        start, self.start, self.is_whole = self.start, None, False
        await self.pass_on(start)
        more = message.get("more_body", False)
        await self.pass_on({"type": "http.response.body", "body": b"".join(self.body), "more_body": more})


def _is_particular(scope, asked):
    is_read = scope["method"] in ("GET", "HEAD")
    return not is_read or bool(_PARTICULAR & asked.keys()) or len(scope["query_string"]) > LONGEST_QUERY


def _may_be_kept(scope, start):
    headers = {name.lower(): value for name, value in start["headers"]}
    if start["status"] != 200 or MARK not in headers:
        return False
    if headers.keys() & {b"set-cookie", b"content-encoding"}:
        return False
    allowed = set(headers[MARK].decode().split(","))
    query = scope["query_string"].decode("latin-1")
    return {name for name, _value in parse_qsl(query, keep_blank_values=True)} <= allowed


def _seconds(answer, now):
    """How long it may be kept: not past the moment the page itself names."""
    named = {name.lower(): value for name, value in answer.start["headers"]}.get(END)
    return min(SECONDS, float(named) - now) if named else SECONDS


def _made(answer, stamp, until):
    body = b"".join(answer.body)
    headers = [pair for pair in answer.start["headers"] if pair[0].lower() not in _REPLACED]
    bodies = {b"": body}
    packed = gzip.compress(body, 6, mtime=0)
    if len(packed) < len(body):
        bodies[b"gzip"] = packed
    return Kept(headers, bodies, hashlib.sha256(body).hexdigest()[:32].encode(), stamp, until)


async def _give(kept, scope, asked, send):
    coding = b"gzip" if b"gzip" in kept.bodies and _takes_gzip(asked.get(b"accept-encoding", b"")) else b""
    etag = b'"' + kept.etag + (b"-gz" if coding else b"") + b'"'
    headers = [(b"cache-control", b"no-cache"), (b"etag", etag), (b"vary", b"Accept-Encoding, Cookie")]
    if etag in (tag.strip() for tag in asked.get(b"if-none-match", b"").replace(b"W/", b"").split(b",")):
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        return await send({"type": "http.response.body", "body": b""})
    body = kept.bodies[coding]
    headers += [*kept.headers, (b"content-length", str(len(body)).encode())]
    if coding:
        headers.append((b"content-encoding", coding))
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def _unmarked(send):
    """`send` without the mark, which is nobody's business outside."""

    async def sending(message):
        if message["type"] == "http.response.start":
            headers = [pair for pair in message["headers"] if pair[0].lower() not in (MARK, END)]
            message = {**message, "headers": headers}
        await send(message)

    return sending


def _headers(scope):
    """By name; one that came several times as Django reads it, so that both see the same cookies."""
    found = {}
    for name, value in scope["headers"]:
        found[name] = b",".join((found[name], value)) if name in found else value
    return found


def _key(scope, asked):
    """What Django lets an answer depend on; it does not believe X-Forwarded-Host."""
    named = (b"host", b"x-forwarded-proto")
    return scope["scheme"], *map(asked.get, named), scope["path"], scope["query_string"]


def _cookie_names(header):
    return {part.partition(b"=")[0].strip().decode("latin-1") for part in header.split(b";") if part.strip()}


def _takes_gzip(header):
    for part in header.decode("latin-1").lower().split(","):
        coding, _semicolon, weight = part.strip().partition(";")
        if coding.strip() in ("gzip", "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
