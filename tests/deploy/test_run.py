"""`make run`'s launcher with real processes: what it prepares, what it serves, and that it ends whole.

No test database here: each launch has its own database, files and port in a folder of its own.
"""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240  # seconds; a first start migrates and loads samples, on a busy machine too

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's parent-death signal is Linux's")


class Launch:
    """One `python -m deploy.run`, waited for until its page answers."""

    def __init__(self, environment, port):
        self.port = port
        self.process = subprocess.Popen(
            [sys.executable, "-m", "deploy.run", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.printed = ""

    def wait_until_served(self):
        for line in self.process.stdout:
            self.printed += line
            if line.startswith("http://"):
                break
        assert self.process.poll() is None, f"it ended by itself:\n{self.printed}"
        _until(lambda: self.answers("/"))
        return self

    def answers(self, path):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
                return answer.read().decode()
        except OSError:
            return ""

    @property
    def worker(self):
        """The process id of the worker, found by who started it."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        (worker,) = [
            pid for pid in children if "work" in Path(f"/proc/{pid}/cmdline").read_text().split("\0")
        ]
        return int(worker)

    def end(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
        self.process.wait(PATIENCE)
        self.process.stdout.close()


def _until(condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.1)


def _alive(pid):
    """Whether the process still runs; one that only waits to be reaped does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """`(environment, port)` of one install; nothing of the tests' own settings comes along."""
    folder = tmp_path_factory.mktemp("install")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3",
        "MEDIA_ROOT": str(folder / "media"),
        "REDIS_URL": "",
        "SAMPLE_PASSWORD_FILE": str(folder / "sample_password"),
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "SECRET_KEY": "only-for-tests-" + "0123456789abcdef" * 4,
        "PYTHONPATH": "",
    }
    environment.pop("SAMPLE_PASSWORD", None)
    return environment, port


def _password(printed):
    return re.search(r"([a-z2-9]{5}-){3}[a-z2-9]{5}", printed).group()


@pytest.mark.once
def test_the_portal_starts_keeps_its_data_and_leaves_no_process_behind(world):
    environment, port = world
    first = Launch(environment, port)
    try:
        first.wait_until_served()
        for username in ("tacgia", "hoidong7", "lanhdao", "baove"):
            assert username in first.printed
        _until(lambda: json.loads(first.answers("/healthz") or "{}").get("worker") == "ok")
        taken = subprocess.run(
            [sys.executable, "-m", "deploy.run", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert (taken.returncode, f"Port {port} is in use" in taken.stderr) == (1, True)
        worker = first.worker
    finally:
        first.end(signal.SIGTERM)
    _until(lambda: not _alive(worker))
    assert not first.answers("/")

    second = Launch(environment, port)
    try:
        second.wait_until_served()
        assert _password(second.printed) == _password(first.printed)
        assert "0 units made" in second.printed or "tạo 0" in second.printed
        worker = second.worker
    finally:
        second.end(signal.SIGKILL)
    _until(lambda: not _alive(worker))
