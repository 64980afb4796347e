"""The cache on a Redis that goes away and comes back."""

import shutil
import subprocess
import threading
import time

import pytest

from bench.server import free_port
from config import cache as config_cache

REDIS = shutil.which("redis-server")
pytestmark = pytest.mark.skipif(not REDIS, reason="needs redis-server")


class Server:
    def __init__(self, folder):
        self.port, self.folder, self.process = free_port(), folder, None

    def start(self):
        arguments = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen([REDIS, *arguments], stdout=subprocess.DEVNULL, cwd=self.folder)
        client = self.cache()._cache.get_client()
        deadline = time.monotonic() + 20
        while True:
            try:
                return client.ping()
            except config_cache.ConnectionError:
                assert time.monotonic() < deadline, "redis-server did not start"
                time.sleep(0.05)

    def stop(self):
        self.process.kill()
        self.process.wait()

    def cache(self):
        """As a request gets one: a new object."""
        return config_cache.RedisOrHere(f"redis://127.0.0.1:{self.port}/0", {"KEY_PREFIX": "test"})


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path)
    server.start()
    yield server
    if server.process.poll() is None:
        server.stop()
    for pool in config_cache._pools.pop(server.cache().key, {}).values():
        pool.disconnect()


def test_requests_share_the_lines_of_the_process(server):
    def request():
        server.cache().set("a", 1)

    for _ in range(20):
        thread = threading.Thread(target=request)
        thread.start()
        thread.join()
    info = server.cache()._cache.get_client().info("stats")
    assert info["total_connections_received"] <= 2


def test_while_redis_is_away_the_process_counts_for_itself(server, monkeypatch):
    monkeypatch.setattr(config_cache, "TRIED_AGAIN_AFTER", 0.5)
    server.cache().set("tries", 7)
    server.stop()
    cache = server.cache()
    assert cache.get("tries") is None
    assert [cache.add("tries", 1, 60), cache.incr("tries"), cache.get("tries")] == [True, 2, 2]
    assert server.cache().get("tries") == 2, "another request of this process"
    assert cache.get_or_set("figure", lambda: 5) == 5
    cache.set_many({"x": 1, "y": 2})
    assert cache.get_many(["x", "y"]) == {"x": 1, "y": 2}
    assert [cache.has_key("x"), cache.delete("x"), cache.has_key("x")] == [True, True, False]
    assert cache.touch("y", 60) is True
    server.start()
    time.sleep(0.6)
    assert cache.get("tries") is None, "Redis came back empty and is asked again"


def test_a_redis_that_is_away_is_not_waited_for_over_and_over(server, monkeypatch):
    asked = []
    server.stop()
    cache = server.cache()
    cache.get("x")
    monkeypatch.setattr(config_cache.RedisCache, "get", lambda *args: asked.append(args))
    began = time.monotonic()
    for _ in range(100):
        cache.get("x")
    assert (asked, time.monotonic() - began < 1) == ([], True)
