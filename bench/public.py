"""What a visitor gets: pages from the front cache against a bare Django view of the same bytes on the same
Daphne in the same run, the cost of a page not kept, and the bytes of a first visit. Settings of production,
as far as a loopback address allows."""

import asyncio
import gzip
import json
import os
import re
import statistics
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.parse import urljoin

from .databases import printed_by
from .server import ROOT, Daphne

CLIENTS, SECONDS, RUNS = 8, 4, 25
LINKED = r'<(?:link rel="(?:stylesheet|icon)"|script|img)[^>]*?(?:href|src)="([^"]+)"'
BUDGETS = {
    "kept_to_bare": (">=", 8),
    "home.queries": ("<=", 25),
    "home.cpu_ms": ("<=", 25),
    "article.queries": ("<=", 25),
    "article.cpu_ms": ("<=", 25),
    "first_visit.bytes": ("<=", 150_000),
    "first_visit.script_bytes": ("<=", 30_000),
}


def run():
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "bench.public_settings",
            "DATABASE_URL": f"sqlite:///{folder}/public.sqlite3",
            "MEDIA_ROOT": f"{folder}/media",
            "STATIC_ROOT": f"{folder}/static",
            "BENCH_PAGE": f"{folder}/home.html",
            "SAMPLE_PASSWORD": "only-for-the-bench",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
        }
        return printed_by("bench.public", environment)


# ---- inside a process of its own


def measure():
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    for command in ("migrate", "collectstatic"):
        call_command(command, interactive=False, verbosity=0)
    for command in ("load_plan", "load_samples"):
        call_command(command, stdout=sys.stderr)
    settings.SAMPLES_ALLOWED = False  # as in production, where no page asks whether people are samples
    figures = {"home": _page("/"), "article": _page(_an_article())}
    with Daphne({}) as server:
        home = _fetch(server.origin + "/")
        Path(os.environ["BENCH_PAGE"]).write_bytes(home.body)
        figures["first_visit"] = _first_visit(server.origin, home)
        figures["kept_per_s"] = asyncio.run(_crowd(server.port, "/"))
        figures["bare_per_s"] = asyncio.run(_crowd(server.port, "/bench/bare/"))
    return figures | {"kept_to_bare": round(figures["kept_per_s"] / figures["bare_per_s"], 1)}


def _an_article():
    from portal.models.news import public_articles

    return public_articles().first().url


def _page(address):
    """One page made by the application, the front cache not asked."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1"})
    for _ in range(3):
        assert client.get(address).status_code == 200, address
    with CaptureQueriesContext(connection) as caught:
        client.get(address)
        queries = len(caught)
    spent = []
    for _ in range(RUNS):
        began = time.process_time()
        client.get(address)
        spent.append((time.process_time() - began) * 1000)
    return {"queries": queries, "cpu_ms": round(statistics.median(spent), 1)}


class _Answer:
    def __init__(self, address, answer):
        self.address, raw = address, answer.read()
        packed = answer.headers.get("Content-Encoding") == "gzip"
        self.wire, self.body = len(raw) + len(str(answer.headers)), gzip.decompress(raw) if packed else raw


def _fetch(address):
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return _Answer(address, answer)


def _first_visit(origin, home):
    """Bytes over the wire, headers included: the page, styles, scripts and what they import, pictures."""
    html = home.body.decode()
    linked = re.findall(LINKED, html)
    waiting, got = [urljoin(origin, address) for address in linked], {}
    while waiting:
        address = waiting.pop()
        if address in got:
            continue
        got[address] = _fetch(address)
        text = got[address].body.decode("utf-8", "ignore")
        if address.endswith(".js"):
            waiting += [urljoin(address, found) for found in re.findall(r'from "([^"]+)"', text)]
        if address.endswith(".css"):
            found = re.findall(r'url\("?([^")]+\.woff2)"?\)', text)
            waiting += [urljoin(address, font) for font in found]
    scripts = sum(answer.wire for address, answer in got.items() if address.endswith(".js"))
    return {
        "requests": 1 + len(got),
        "bytes": home.wire + sum(answer.wire for answer in got.values()),
        "script_bytes": scripts,
        "largest": {
            address.rsplit("/", 1)[1]: answer.wire
            for address, answer in sorted(got.items(), key=lambda pair: -pair[1].wire)[:5]
        },
    }


class _Visitor(asyncio.Protocol):
    """Asks for one page again and again on one line; all answers have the length of the first."""

    def __init__(self, request, length, until):
        self.request, self.length, self.until = request, length, until
        self.answered, self.missing = 0, length
        self.gone = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data):
        self.missing -= len(data)
        if self.missing > 0:
            return
        assert self.missing == 0, "an answer of another length"
        self.answered, self.missing = self.answered + 1, self.length
        if time.monotonic() < self.until:
            self.transport.write(self.request)
        else:
            self.transport.close()
            self.gone.set_result(None)


async def _crowd(port, path):
    """Answers per second to `CLIENTS` visitors."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: identity\r\n\r\n".encode()
    length = await _length(port, request)
    loop, until = asyncio.get_running_loop(), time.monotonic() + SECONDS
    lines = [
        await loop.create_connection(lambda: _Visitor(request, length, until), "127.0.0.1", port)
        for _ in range(CLIENTS)
    ]
    await asyncio.gather(*(visitor.gone for _transport, visitor in lines))
    return round(sum(visitor.answered for _transport, visitor in lines) / SECONDS)


async def _length(port, request):
    for _ in range(3):  # the first makes and keeps the page
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head
        body = int(re.search(rb"content-length: (\d+)", head, re.IGNORECASE).group(1))
        await reader.readexactly(body)
        writer.close()
    return len(head) + body


if __name__ == "__main__":
    print(json.dumps(measure()))
