"""The shared cache, which may die: Redis while it answers, a memory of this process while it does not.

What is kept in the cache can be reckoned anew, except the counts of rate limits: without Redis each process
counts for itself, from nothing. So a limit is at most as many times wider as there are processes, never off.
"""

import logging
import time

import redis
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger(__name__)

PATIENCE = 1.0  # seconds one answer of Redis may take
PAUSE = 3.0  # seconds before a Redis that failed is asked again: requests do not each wait for it
MOST_KEPT = 10_000  # beyond it the memory forgets some, counts of limits among them
GONE = (redis.ConnectionError, redis.TimeoutError)


class _Spare:
    """What one process keeps while Redis is gone; shared by its threads."""

    def __init__(self):
        self.memory = LocMemCache("without-redis", {"OPTIONS": {"MAX_ENTRIES": MOST_KEPT}})
        self.is_in_use, self.ask_again_at = False, 0.0

    def rests(self):
        return time.monotonic() < self.ask_again_at

    def take_over(self):
        if not self.is_in_use:
            log.warning("Redis does not answer: this process keeps its own cache and counts meanwhile")
            self.memory.clear()  # what an earlier outage left is old by now
        self.is_in_use, self.ask_again_at = True, time.monotonic() + PAUSE

    def hand_back(self):
        if self.is_in_use:
            log.warning("Redis answers again")
        self.is_in_use, self.ask_again_at = False, 0.0


_spares: dict[str, _Spare] = {}
_lines: dict[str, dict] = {}  # under ASGI each request has a client of its own: the lines are the process's


class SteadyClient(RedisCacheClient):
    def __init__(self, servers, **options):
        # One try more: a connection kept from before a restart of Redis is dead, a fresh one is not.
        steady = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
        super().__init__(servers, **steady, retry=Retry(NoBackoff(), 1), **options)
        self._spare = _spares.setdefault(";".join(servers), _Spare())
        self._pools = _lines.setdefault(";".join(servers), self._pools)

    def ping(self):
        self.get_client(None).ping()


def _steadily(name):
    of_redis, of_memory = getattr(RedisCacheClient, name), getattr(LocMemCache, name)

    def ask(self, *args):
        spare = self._spare
        if not spare.rests():
            try:
                found = of_redis(self, *args)
            except GONE:
                spare.take_over()
            else:
                spare.hand_back()
                return found
        return of_memory(spare.memory, *args)

    return ask


_ASKED = "add get set touch delete get_many has_key incr set_many delete_many clear"
for _name in _ASKED.split():
    setattr(SteadyClient, _name, _steadily(_name))


class SteadyRedisCache(RedisCache):
    """Never raises because Redis is gone. `ping` does: whoever must know whether it is, asks that."""

    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = SteadyClient

    def ping(self):
        self._cache.ping()
