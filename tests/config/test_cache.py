"""The cache under many requests, and on a Redis that goes away."""

import threading

import pytest

from bench.server import OwnRedis
from config import steady_cache
from config.metrics import shared


@pytest.fixture
def redis():
    with OwnRedis() as server:
        yield server


def cache_of(server):
    """As a request gets one: a new object."""
    return steady_cache.SteadyRedisCache(server.address, {"KEY_PREFIX": "test"})


def test_requests_share_the_lines_of_the_process(redis):
    def request():
        cache_of(redis).set("a", 1)

    for _ in range(20):
        thread = threading.Thread(target=request)
        thread.start()
        thread.join()
    info = cache_of(redis)._cache.get_client().info("stats")
    assert info["total_connections_received"] <= 3  # one looked whether it is there


def test_a_redis_that_is_away_is_seen_though_the_cache_goes_on(redis, monkeypatch):
    cache = cache_of(redis)
    monkeypatch.setattr(shared, "cache", cache)
    assert list(shared._cache()) == []
    redis.__exit__()
    cache.set("tries", 1)
    assert cache.incr("tries") == 2
    with pytest.raises(steady_cache.GONE):
        shared._cache()
