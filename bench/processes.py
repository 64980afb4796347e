"""Several web processes: what a request costs them, what one weighs after many, and what becomes of a
thousand sockets when one of two is killed. On PostgreSQL where one answers, else SQLite; a Redis of its own.

`python -m bench.processes` prints JSON; BENCH_REQUESTS and BENCH_SOCKETS make it shorter.
"""

import asyncio
import http.client
import itertools
import json
import os
import random
import signal
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

from .databases import postgresql_of, printed_by
from .live import Page, last_row, make_people, rows_after, tell_here
from .server import ROOT, Daphne, OwnRedis

BUDGETS = {
    "cpu.two_against_one": ("<=", 1.10),
    "memory.after_mb": ("<=", 250),
    "killed.slowest_back_s": ("<=", 10),
    "killed.lost": ("==", 0),
    "killed.doubled": ("==", 0),
}
REQUESTS = int(os.environ.get("BENCH_REQUESTS", "20000"))
SOCKETS = int(os.environ.get("BENCH_SOCKETS", "1000"))
BLOCK = 240  # requests between two changes from one process to two and back
BLOCKS = 5
CLIENTS = 4
# With a session, so that the front cache keeps none of them.
PATHS = ["/viec-cua-toi/", "/thong-bao/", "/sang-kien/", "/dao-tao/", "/ke-hoach/tien-do/", "/xac-minh/"]


def run():
    with (
        tempfile.TemporaryDirectory() as folder,
        postgresql_of("bench.processes") as url,
        OwnRedis() as redis,
    ):
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "bench.processes_settings",
            "DATABASE_URL": url or f"sqlite:///{folder}/bench.sqlite3",
            "REDIS_URL": redis.address,
            "MEDIA_ROOT": f"{folder}/media",
            "SECRET_KEY": "only-for-the-bench-" + "0123456789abcdef" * 4,
            "SAMPLE_PASSWORD": "only-for-the-bench",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
        }
        return printed_by("bench.processes", environment | {"BENCH_INSIDE": "1"})


# ---- inside a process of its own


def measure():
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    call_command("load_plan", verbosity=0, stdout=sys.stderr)
    people = make_people(SOCKETS)
    with Daphne({}) as first, Daphne({}) as second:
        cookies = [cookie for _user, cookie in people[:20]]
        for server in (first, second):
            ask(itertools.repeat(server, 200), cookies)  # imports, templates, first plans
        figures = {"database": connection.vendor, "cpu": cpu(first, second, cookies)}
        figures["memory"] = memory(first, cookies)
    figures["killed"] = killed(people)
    return figures


def ask(servers, cookies):
    """One request to each of `servers`, a few at a time; each must succeed."""
    turns = zip(servers, itertools.cycle(PATHS), itertools.cycle(cookies), strict=False)
    with ThreadPoolExecutor(CLIENTS) as pool:
        statuses = set(pool.map(lambda turn: _one(*turn), turns))
    assert statuses == {200}, statuses


def _one(server, path, cookie):
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        line.request("GET", path, headers={"Cookie": cookie})
        answer = line.getresponse()
        answer.read()
        return answer.status
    finally:
        line.close()


def cpu(first, second, cookies):
    """Milliseconds of processor time of the web processes per request; one and two take turns, so that what
    else the machine does falls on both alike."""
    spent = {1: [], 2: []}
    for _ in range(BLOCKS):
        for servers in ([first], [first, second]):
            before = sum(server.cpu() for server in (first, second))
            ask(itertools.islice(itertools.cycle(servers), BLOCK), cookies)
            after = sum(server.cpu() for server in (first, second))
            spent[len(servers)].append((after - before) * 1000 / BLOCK)
    one, two = (sorted(spent[number])[BLOCKS // 2] for number in (1, 2))
    return {"one_ms": round(one, 2), "two_ms": round(two, 2), "two_against_one": round(two / one, 3)}


def memory(server, cookies):
    """Of one process, as it serves more and more."""
    begun, grown, rest = server.memory(), [], REQUESTS
    while rest > 0:
        ask(itertools.repeat(server, min(rest, 2500)), cookies)
        rest -= 2500
        grown.append(round(server.memory() / 2**20, 1))
    return {
        "requests": REQUESTS,
        "before_mb": round(begun / 2**20, 1),
        "by_2500_mb": grown,
        "after_mb": grown[-1],
    }


def killed(people):
    """Half of the pages on each of two processes; one is killed while rows are told all the time."""
    with Daphne({}) as first, Daphne({}) as second:
        return asyncio.run(_killed(first, second, people))


class Front:
    """Stands for nginx: a page connects to whichever process accepts, one after the other."""

    def __init__(self, servers):
        self._turns = itertools.cycle(servers)
        self.servers = servers

    def _next(self):
        for server in itertools.islice(self._turns, len(self.servers)):
            if server.process.poll() is None:
                return server
        raise ConnectionRefusedError

    @property
    def socket_address(self):
        return self._next().socket_address

    @property
    def origin(self):
        return self.servers[0].origin


async def _killed(first, second, people):
    last = await asyncio.to_thread(last_row)
    front = Front([first, second])
    pages = []
    for person in people:
        pages.append(Page(front, person, last))
        await asyncio.sleep(0.005)
    await asyncio.gather(*(page.ready.wait() for page in pages))
    stop = asyncio.Event()
    telling = asyncio.create_task(_tell_on(people, stop))
    await asyncio.sleep(2)
    on_first = [page for page in pages if page.line and page.line.remote_address[1] == first.port]
    lines = {page: page.reconnects for page in on_first}
    began = time.monotonic()
    await asyncio.to_thread(first.stop, signal.SIGKILL)
    while any(page.reconnects == before for page, before in lines.items()):
        await asyncio.sleep(0.05)
    back = time.monotonic() - began
    stop.set()
    await telling
    written = await asyncio.to_thread(rows_after, last)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and any(len(page.taken) < len(written[page.user_id]) for page in pages):
        await asyncio.sleep(0.1)
    lost = doubled = 0
    for page in pages:
        got = [row for row, _moment in page.taken]
        doubled += len(got) - len(set(got))
        lost += len(set(written[page.user_id]) - set(got))
    await asyncio.gather(*(page.leave() for page in pages))
    return {
        "sockets": len(pages),
        "on_the_killed": len(on_first),
        "slowest_back_s": round(back, 2),
        "rows": sum(map(len, written.values())),
        "lost": lost,
        "doubled": doubled,
    }


async def _tell_on(people, stop):
    while not stop.is_set():
        some = random.sample(people, min(100, len(people)))
        await asyncio.to_thread(tell_here, [user_id for user_id, _cookie in some])
        await asyncio.sleep(0.2)


if __name__ == "__main__":
    print(json.dumps(measure() if "BENCH_INSIDE" in os.environ else run()))
