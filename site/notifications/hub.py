"""The sockets of one web process and the tasks that serve them.

Sockets touch no database and no channel layer. One task pumps rows to whoever was woken; three others
wake: the channel layer (at once), the watcher (each second, for rows of the worker, of other processes
and whatever the layer lost) and the heartbeat. So a dead Redis costs a second, not a connection.
"""

import asyncio
import contextlib
import logging
import random
from collections import defaultdict
from datetime import timedelta
from importlib import import_module
from weakref import WeakKeyDictionary

from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, get_user_model
from django.db import connection
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from . import feed
from .live import GROUP
from .models import Notification

log = logging.getLogger(__name__)

WATCH_EVERY = 1.0  # seconds
BEAT_EVERY = 25.0  # seconds; a page takes 60 of silence for a dead connection
RENEW_EVERY = 10.0  # seconds between saying to the layer that we listen: a restarted Redis forgot it
OVERLAP = timedelta(seconds=60)  # how far back the watcher re-reads where ids may commit out of order
PEOPLE_AT_ONCE = 50  # served in one turn of the database thread

_hubs: WeakKeyDictionary = WeakKeyDictionary()


def hub_here():
    """The hub of the running event loop; a web process has one."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
    return _hubs[loop]


def open_sockets() -> int:
    """How many sockets this process serves."""
    return sum(len(sockets) for hub in list(_hubs.values()) for sockets in list(hub.sockets.values()))


class Hub:
    def __init__(self):
        self.sockets = defaultdict(set)  # user id -> sockets
        self._woken = {}  # user ids in the order they were woken
        self._bell = asyncio.Event()
        self._tasks = []

    # ---- who is here

    def join(self, socket):
        self.sockets[socket.user_id].add(socket)
        if not self._tasks:
            duties = (self._pump, self._watch, self._listen, self._beat)
            self._tasks = [asyncio.create_task(duty(), name=f"live{duty.__name__}") for duty in duties]

    def count_of(self, user_id):
        """Sockets of one person that are open here."""
        return len(self.sockets.get(user_id, ()))

    async def leave(self, socket):
        self.sockets[socket.user_id].discard(socket)
        if not self.sockets[socket.user_id]:
            del self.sockets[socket.user_id]
        if not self.sockets:
            await self._stop()

    async def _stop(self):
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def wake(self, user_ids):
        """Has the pump look for rows of these people, of those who are connected here."""
        here = [user_id for user_id in user_ids if user_id in self.sockets]
        if here:
            self._woken.update(dict.fromkeys(here))
            self._bell.set()

    # ---- the one task that sends, so that rows reach a socket in order and once

    async def _pump(self):
        while True:
            await self._bell.wait()
            self._bell.clear()
            while self._woken:
                people = list(self._woken)[:PEOPLE_AT_ONCE]
                for user_id in people:
                    del self._woken[user_id]
                try:
                    await self._serve(people)
                except Exception:
                    log.exception("live: rows could not be read")
                    self._woken.update(dict.fromkeys(people))
                    await asyncio.sleep(WATCH_EVERY)

    async def _serve(self, people):
        positions = {}
        for user_id in people:
            told = [socket.last for socket in self.sockets.get(user_id, ()) if socket.last is not None]
            if told:
                positions[user_id] = min(told)
        if not positions:
            return
        found, unread = await _read(positions)
        for user_id, rows in found.items():
            for socket in list(self.sockets.get(user_id, ())):
                await self._hand_over(socket, rows, unread.get(user_id, 0))
            if len(rows) == feed.PAGE:
                self.wake([user_id])

    async def _hand_over(self, socket, rows, unread):
        try:
            await socket.deliver(rows, unread)
        except Exception:  # a socket that broke must not stop the others; its page comes back by itself
            log.info("live: a socket went away", exc_info=True)
            self.sockets.get(socket.user_id, set()).discard(socket)

    # ---- those that wake

    async def _watch(self):
        watcher = Watcher()
        while True:
            try:
                self.wake(await watcher.look())
            except Exception:
                log.exception("live: the watcher could not read")
            await asyncio.sleep(WATCH_EVERY)

    async def _listen(self):
        """Waits for messages of the channel layer, for ever: a layer that fails is tried again."""
        while True:
            try:
                await self._listen_once()
            except Exception:
                log.warning("live: the channel layer failed, the watcher goes on", exc_info=True)
            await asyncio.sleep(random.uniform(1, 3))  # noqa: S311

    async def _listen_once(self):
        layer = get_channel_layer()
        channel = await layer.new_channel()
        renewal = asyncio.create_task(_stay_in_group(layer, channel))
        try:
            while True:
                message = await layer.receive(channel)
                if message.get("ended"):
                    await self._close_ended(self._sockets_of(message["users"]))
                else:
                    self.wake(message["users"])
        finally:
            renewal.cancel()
            with contextlib.suppress(Exception):
                await asyncio.wait_for(layer.group_discard(GROUP, channel), 1)

    async def _beat(self):
        """Tells pages that the line is alive, and closes those whose sign-in has ended meanwhile."""
        while True:
            await asyncio.sleep(BEAT_EVERY)
            everybody = self._sockets_of(self.sockets)
            ended = await self._close_ended(everybody)
            for socket in everybody:
                if socket not in ended:
                    with contextlib.suppress(Exception):
                        await socket.beat()

    def _sockets_of(self, user_ids):
        return [socket for user_id in user_ids for socket in self.sockets.get(user_id, ())]

    async def _close_ended(self, sockets):
        """Closes those of `sockets` whose sign-in has ended, and returns them."""
        if not sockets:
            return set()
        try:
            ended = await _whose_sign_in_ended({s: (s.user_id, s.session_key) for s in sockets})
        except Exception:
            log.exception("live: sign-ins could not be checked")
            return set()
        for socket in ended:
            with contextlib.suppress(Exception):
                await socket.sign_in_ended()
        return ended


async def _stay_in_group(layer, channel):
    while True:
        with contextlib.suppress(Exception):
            await layer.group_add(GROUP, channel)
        await asyncio.sleep(RENEW_EVERY)


class Watcher:
    """Finds rows that nobody told this process about.

    On SQLite ids commit in order, so "after the last" is enough. Elsewhere an id may appear after a higher
    one: the last minute is read again, by the index on `created_at`. Waking twice is harmless. A failed
    look changes nothing, so an outage of any length is caught up with.
    """

    def __init__(self):
        self._since = timezone.now() - OVERLAP
        self._seen = set()
        self._last = None

    async def look(self):
        """Ids of the people with new rows."""
        began = timezone.now()
        rows = await _recent(self._since, self._last)
        fresh = {recipient for row_id, recipient in rows if row_id not in self._seen}
        if connection.vendor == "sqlite":
            self._last = max((row_id for row_id, _ in rows), default=self._last)
        else:
            self._since, self._seen = began - OVERLAP, {row_id for row_id, _ in rows}
        return fresh


@database_sync_to_async
def _recent(since, last):
    new = {"created_at__gt": since} if last is None else {"id__gt": last}
    return list(Notification.objects.filter(**new).order_by().values_list("id", "recipient_id"))


@database_sync_to_async
def _read(positions):
    found = {user_id: feed.rows_after(user_id, last) for user_id, last in positions.items()}
    return found, feed.unread_of(list(positions))


@database_sync_to_async
def _whose_sign_in_ended(sockets):
    """The sockets whose account was closed, whose session is gone or was opened with a password that was
    changed since; two queries whatever their number."""
    people = {user_id for user_id, _ in sockets.values()}
    active = get_user_model().objects.filter(pk__in=people, is_active=True).in_bulk()
    sessions = import_module(settings.SESSION_ENGINE).SessionStore.get_model_class()
    keys = {key for _, key in sockets.values()}
    alive = sessions.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    hashes = {row.session_key: row.get_decoded().get(HASH_SESSION_KEY, "") for row in alive}
    return {
        socket
        for socket, (user_id, key) in sockets.items()
        if user_id not in active or not _is_of_this_password(active[user_id], hashes.get(key, ""))
    }


def _is_of_this_password(user, session_hash):
    """As `django.contrib.auth.get_user` asks for a request."""
    hashes = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    return any(constant_time_compare(session_hash, one) for one in hashes)
