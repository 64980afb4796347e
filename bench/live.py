"""Live notifications: how fast, how many, and that nothing is lost. `python -m bench.live` prints JSON.

Everything runs on a database file, a port and (where redis-server is installed) a Redis of its own.
"""

import asyncio
import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

from .server import ROOT, Daphne, free_port

SOCKETS = 500
ROUNDS = 200
PEOPLE_IN_TROUBLE = 20
CAUSES_IN_TROUBLE = 60


def run() -> dict:
    """Measures in a child process, so that the caller's settings and database are left alone."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "REDIS_URL": "",
            "SECRET_KEY": "only-for-the-bench-" + "0123456789abcdef" * 4,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
        }
        done = subprocess.run(
            [sys.executable, "-m", "bench.live", "--inside"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            check=True,
        )
    return json.loads(done.stdout)


def measure():
    """The measurements themselves, with Django set up on the bench's database."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    people = make_people(SOCKETS)
    figures = {}
    with Daphne({}) as server:
        figures["commit_to_socket_ms"] = asyncio.run(latency(server, people))
        figures["sockets"] = asyncio.run(crowd(server, people))
    some = people[:PEOPLE_IN_TROUBLE]
    with Daphne({}) as server:
        figures["restart"] = asyncio.run(trouble(server, some, restart(server)))
        figures["dropped_network"] = asyncio.run(trouble(server, some, drop_lines()))
    figures["killed_redis"] = with_own_redis(some)
    return figures


def make_people(count):
    """[(user id, cookie)]: accounts with a session each."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from people.models import User

    users = User.objects.bulk_create(User(username=f"bench{number}", password="!") for number in range(count))
    people = []
    for user in users:
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        people.append((user.pk, f"{settings.SESSION_COOKIE_NAME}={session.session_key}"))
    return people


class Page:
    """A page as static/js/live.js keeps it: goes on from its last row, comes back after any close."""

    def __init__(self, server, person, last=0):
        self.server, (self.user_id, self.cookie) = server, person
        self.last = last
        self.taken = []  # (row id, moment)
        self.line = None
        self.ready = asyncio.Event()
        self.news = asyncio.Event()
        self.reconnects = -1
        self._task = asyncio.create_task(self._stay())

    async def _stay(self):
        from websockets.asyncio.client import connect

        while True:
            try:
                async with connect(
                    self.server.socket_address,
                    origin=self.server.origin,
                    additional_headers={"Cookie": self.cookie},
                    compression=None,
                    ping_interval=None,
                    open_timeout=60,
                ) as self.line:
                    self.reconnects += 1
                    await self.line.send(json.dumps({"last": self.last}))
                    async for message in self.line:
                        self._take(json.loads(message))
            except Exception:  # any end of the line is a reason to come back
                self.line = None
            await asyncio.sleep(random.uniform(0.2, 1))

    def _take(self, message):
        self.ready.set()
        for row in message.get("rows", []):
            self.taken.append((row["id"], time.time()))
            self.last = max(self.last, row["id"])
            self.news.set()

    async def leave(self):
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


def post_tell(server, user_ids):
    data = urllib.parse.urlencode({"to": ",".join(map(str, user_ids))}).encode()
    with urllib.request.urlopen(f"{server.origin}/bench/tell/", data, timeout=60) as answer:
        return json.load(answer)


async def latency(server, people):
    """From commit to another person's socket, by announcements of the server's own requests; ms."""
    page = Page(server, people[0])
    await page.ready.wait()
    await asyncio.to_thread(post_tell, server, [people[1][0]])  # the first request imports
    spent = []
    for _ in range(ROUNDS):
        page.news.clear()
        told = await asyncio.to_thread(post_tell, server, [people[0][0]])
        await asyncio.wait_for(page.news.wait(), 10)
        spent.append((page.taken[-1][1] - told["committed"]) * 1000)
    await page.leave()
    cuts = statistics.quantiles(spent, n=20)
    return {
        "rounds": ROUNDS,
        "p50": round(cuts[9], 1),
        "p95": round(cuts[18], 1),
        "max": round(max(spent), 1),
    }


async def crowd(server, people):
    """500 sockets on one process: opening, memory, fan-out by the server and by another process."""
    last = await asyncio.to_thread(last_row)
    before, began = server.memory(), time.time()
    pages = [Page(server, person, last) for person in people]
    await asyncio.gather(*(page.ready.wait() for page in pages))
    opened, connected = time.time() - began, server.memory()
    everybody = [person[0] for person in people]
    by_request = []
    for _ in range(3):
        by_request.append(await fan_out(pages, asyncio.to_thread(post_tell, server, everybody)))
    by_other = await fan_out(pages, asyncio.to_thread(tell_here, everybody))
    figures = {
        "count": len(pages),
        "opened_s": round(opened, 2),
        "memory_per_socket_kb": round((connected - before) / len(pages) / 1024, 1),
        "memory_before_mb": round(before / 2**20, 1),
        "memory_after_use_mb": round(server.memory() / 2**20, 1),
        "fan_out_s": [round(seconds, 2) for seconds in by_request],
        "fan_out_from_another_process_s": round(by_other, 2),
        "reached": sum(len(page.taken) == 4 for page in pages),
    }
    await asyncio.gather(*(page.leave() for page in pages))
    return figures


async def fan_out(pages, telling):
    """Seconds from commit until the last page has its row."""
    for page in pages:
        page.news.clear()
    told = await telling
    await asyncio.wait_for(asyncio.gather(*(page.news.wait() for page in pages)), 60)
    return max(page.taken[-1][1] for page in pages) - told["committed"]


def last_row():
    from notifications.models import Notification

    return Notification.objects.order_by("-id").values_list("id", flat=True).first() or 0


def tell_here(user_ids):
    """An announcement of this process: the server hears of it by its watcher alone (or by Redis)."""
    from django.db import transaction

    from notifications.events import announce

    from .urls import TOLD

    with transaction.atomic():
        announce(TOLD, user_ids, link="/", subject="SK-2026-HD15")
    return {"committed": time.time()}


async def trouble(server, people, disaster):
    """Rows are told one after another while something breaks; counts what pages lost or got twice."""
    last = await asyncio.to_thread(last_row)
    pages = [Page(server, person, last) for person in people]
    await asyncio.gather(*(page.ready.wait() for page in pages))
    breaking = asyncio.create_task(disaster(pages))
    for _ in range(CAUSES_IN_TROUBLE):
        some = random.sample(people, random.randint(1, len(people)))
        await asyncio.to_thread(tell_here, [user_id for user_id, _ in some])
        await asyncio.sleep(0.1)
    await breaking
    written = await asyncio.to_thread(rows_after, last)
    deadline = time.time() + 30
    while time.time() < deadline and any(len(page.taken) < len(written[page.user_id]) for page in pages):
        await asyncio.sleep(0.1)
    lost = doubled = 0
    for page in pages:
        got = [row for row, _ in page.taken]
        doubled += len(got) - len(set(got))
        lost += len(set(written[page.user_id]) - set(got))
    for page in pages:
        await page.leave()
    return {
        "rows": sum(map(len, written.values())),
        "lost": lost,
        "doubled": doubled,
        "reconnects": sum(page.reconnects for page in pages),
    }


def rows_after(last):
    from collections import defaultdict

    from notifications.models import Notification

    written = defaultdict(list)
    for user_id, row in Notification.objects.filter(id__gt=last).values_list("recipient_id", "id"):
        written[user_id].append(row)
    return written


def restart(server):
    async def disaster(pages):
        for how in (signal.SIGTERM, signal.SIGKILL):
            await asyncio.sleep(1.5)
            await asyncio.to_thread(server.stop, how)
            await asyncio.sleep(0.5)
            await asyncio.to_thread(server.start)

    return disaster


def drop_lines():
    async def disaster(pages):
        for _ in range(20):
            await asyncio.sleep(0.3)
            for page in random.sample(pages, 5):
                if page.line:
                    page.line.transport.abort()  # as a cable pulled out: no close frame

    return disaster


def with_own_redis(people):
    """The same with Redis between, killed and started again with nothing in it."""
    program = shutil.which("redis-server")
    if not program:
        return "redis-server is not installed"
    port = free_port()

    def start():
        return subprocess.Popen(
            [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
            stdout=subprocess.DEVNULL,
            cwd=tempfile.gettempdir(),
        )

    redis = [start()]
    address = f"redis://127.0.0.1:{port}/0"

    async def disaster(pages):
        await asyncio.sleep(1.5)
        redis[0].kill()
        await asyncio.to_thread(redis[0].wait)
        await asyncio.sleep(2)
        redis[0] = start()

    try:
        with Daphne({"REDIS_URL": address}) as server:
            return asyncio.run(trouble(server, people, disaster))
    finally:
        redis[0].kill()
        redis[0].wait()


if __name__ == "__main__":
    if "--inside" in sys.argv:
        print(json.dumps(measure()))
    else:
        print(json.dumps(run(), indent=2))
