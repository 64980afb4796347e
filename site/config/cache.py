"""Django's Redis cache, made for web processes: connections outlive the request, and without Redis each
process remembers for itself.

Under ASGI every request has a cache object of its own; Django's makes a new line to Redis for each, ours
share those of the process. And what the cache holds is worth less than the page that asks: limits of tries,
figures kept for half a minute. While Redis is away each process counts for itself, which is stricter than not
at all, and nobody gets an error page for it.
"""

import functools
import logging
import time

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import ConnectionError, TimeoutError

log = logging.getLogger(__name__)
TRIED_AGAIN_AFTER = 5.0  # seconds; until then nobody waits for a Redis that is away

_pools: dict[tuple, dict] = {}  # by servers
_away_until: dict[tuple, float] = {}  # by servers; of the monotonic clock


class _SharedLines(RedisCacheClient):
    def __init__(self, servers, **options):
        super().__init__(servers, **options)
        self._pools = _pools.setdefault(tuple(servers), self._pools)


def _or_here(name):
    """The method of Redis, or the same of this process where Redis does not answer."""
    of_redis = getattr(RedisCache, name)

    @functools.wraps(of_redis)
    def method(self, *args, **kwargs):
        if time.monotonic() >= _away_until.get(self.key, 0):
            try:
                return of_redis(self, *args, **kwargs)
            except (ConnectionError, TimeoutError) as error:
                _away_until[self.key] = time.monotonic() + TRIED_AGAIN_AFTER
                log.warning("cache: Redis does not answer, this process remembers for itself: %s", error)
        return getattr(self.here, name)(*args, **kwargs)

    return method


class RedisOrHere(RedisCache):
    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = _SharedLines
        self.key = tuple(self._servers)
        self.here = LocMemCache(f"instead of {self.key}", {**params, "OPTIONS": {}})

    add = _or_here("add")
    get = _or_here("get")
    set = _or_here("set")
    touch = _or_here("touch")
    delete = _or_here("delete")
    get_many = _or_here("get_many")
    has_key = _or_here("has_key")
    incr = _or_here("incr")
    set_many = _or_here("set_many")
    delete_many = _or_here("delete_many")
    clear = _or_here("clear")
