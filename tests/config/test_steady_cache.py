"""The cache without its server: a memory of the process takes over, and gives back."""

import threading

import pytest

from bench.server import OwnRedis, free_port
from config import steady_cache
from config.steady_cache import SteadyRedisCache


@pytest.fixture
def lonely():
    """A cache at whose address nobody listens."""
    return SteadyRedisCache(f"redis://127.0.0.1:{free_port()}/0", {})


def test_without_its_server_the_cache_keeps_counts_and_forgets_as_usual(lonely):
    assert lonely.get("a", "nothing") == "nothing"
    lonely.set("a", {"b": 1}, 60)
    assert (lonely.get("a"), lonely.has_key("a"), lonely.get_many(["a", "x"])) == (
        {"b": 1},
        True,
        {"a": {"b": 1}},
    )
    assert [lonely.add("count", 0, 60), lonely.add("count", 0, 60)] == [True, False]
    assert [lonely.incr("count"), lonely.incr("count")] == [1, 2]
    assert lonely.get_or_set("made", lambda: 7, 60) == 7
    assert (lonely.delete("a"), lonely.get("a")) == (True, None)
    with pytest.raises(ValueError):
        lonely.incr("never-set")


def test_who_must_know_whether_the_server_answers_is_told(lonely):
    with pytest.raises(steady_cache.GONE):
        lonely.ping()


def test_a_dead_server_is_asked_once_in_a_pause_and_not_by_every_request(lonely, monkeypatch):
    asked = []
    real = steady_cache.RedisCacheClient.get_client
    monkeypatch.setattr(
        steady_cache.RedisCacheClient, "get_client", lambda *a, **k: asked.append(1) or real(*a, **k)
    )
    for _ in range(20):
        lonely.get("a")
    assert len(asked) == 1
    lonely._cache._spare.ask_again_at = 0
    lonely.get("a")
    assert len(asked) == 2


def test_what_an_earlier_outage_left_is_not_taken_for_new(lonely):
    lonely.set("figure", "old", 600)
    spare = lonely._cache._spare
    spare.hand_back()  # the server answered meanwhile
    assert lonely.get("figure") is None


def test_requests_share_the_lines_of_the_process():
    with OwnRedis() as server:

        def request():
            SteadyRedisCache(server.address, {}).set("a", 1)

        for _ in range(20):
            thread = threading.Thread(target=request)
            thread.start()
            thread.join()
        client = SteadyRedisCache(server.address, {})._cache.get_client()
        assert client.info("stats")["total_connections_received"] <= 2
        for pool in steady_cache._pools.pop(server.address).values():
            pool.disconnect()
