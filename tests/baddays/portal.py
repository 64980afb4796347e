"""One portal as real processes on one database, and the people in front of it."""

import contextlib
import http.client
import json
import os
import shutil
import signal
import time
import urllib.parse
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone
from websockets.sync.client import connect

from bench.server import ROOT, Daphne
from tests.notifications.builders import session_cookie

from .machines import Worker, until

TOKEN = "a" * 32  # any secret of this length is a CSRF cookie's value and, in the form, its answer


class Portal:
    """`web` and `worker` on `database_url`, with files in `folder`; `more` is added to their environment."""

    def __init__(self, database_url, folder, **more):
        self.folder = Path(folder)
        self.halts = self.folder / "halts"
        self.halts.mkdir()
        self.environment = {
            "DJANGO_SETTINGS_MODULE": "tests.baddays.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
            "DATABASE_URL": database_url,
            "REDIS_URL": "",
            "SECRET_KEY": settings.SECRET_KEY,
            "MEDIA_ROOT": str(settings.MEDIA_ROOT),
            "HALT_FOLDER": str(self.halts),
            "EMAIL_URL": "dummymail://",
            **more,
        }
        self.web_log, self.worker_log = self.folder / "web.log", self.folder / "worker.log"
        self.web = Daphne(self.environment, log=self.web_log)
        self.worker = Worker(self.environment, self.worker_log)

    def stop(self):
        for halt in self.halts.iterdir():
            halt.unlink()
        self.web.stop(signal.SIGKILL)
        self.worker.kill()

    def own_clock(self, monkeypatch):
        """From its next start on the portal's clock is ours: a `Clock`."""
        clock = Clock(self.folder / "clock", monkeypatch)
        for process in (self.web, self.worker):
            process.environment["CLOCK_FILE"] = str(clock.file)
        return clock

    # ---- places to stand still (halting.py)

    def halt(self, place):
        (self.halts / f"{place}.reached").unlink(missing_ok=True)
        (self.halts / place).touch()

    def wait_for(self, place):
        until((self.halts / f"{place}.reached").exists, f"nobody came to {place}")

    def go_on(self, place):
        (self.halts / place).unlink()

    # ---- people

    def visitor(self, user=None):
        return Visitor(self.web, session_cookie(user) if user else "")

    def health(self):
        """(status, what it says) of /healthz."""
        answer = self.visitor().get("/healthz")
        return answer.status, json.loads(answer.text)


class Clock:
    """The clock of the portal's processes (clock.py), and with it the one by which this test writes rows."""

    UNITS = {"m": 60, "h": 3600, "d": 24 * 3600}

    def __init__(self, file, monkeypatch):
        self.file, self.monkeypatch, self.now = file, monkeypatch, timezone.now
        self.file.write_text("0")

    def set(self, offset):
        """`set("-1h")`: an hour behind the real time."""
        seconds = int(offset[:-1]) * self.UNITS[offset[-1]]
        whole = self.file.with_suffix(".new")
        whole.write_text(str(seconds))
        whole.replace(self.file)
        self.monkeypatch.setattr(timezone, "now", lambda: self.now() + timedelta(seconds=seconds))
        time.sleep(0.5)


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self):
        return self.body.decode()

    @property
    def location(self):
        return self.headers.get("Location", "")


class Visitor:
    """A browser without script: one cookie jar, forms with their token."""

    def __init__(self, web, cookie="", patience=60):
        self.web, self.cookie, self.patience = web, cookie, patience

    def get(self, path):
        return self._ask("GET", path)

    def post(self, path, **fields):
        fields["csrfmiddlewaretoken"] = TOKEN
        return self._ask("POST", path, urllib.parse.urlencode(fields, doseq=True))

    def _ask(self, method, path, body=None):
        jar = "; ".join(filter(None, [self.cookie, f"csrftoken={TOKEN}"] if body else [self.cookie]))
        headers = {"Host": f"127.0.0.1:{self.web.port}", "Origin": self.web.origin}
        if jar:
            headers["Cookie"] = jar
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line = http.client.HTTPConnection("127.0.0.1", self.web.port, timeout=self.patience)
        with contextlib.closing(line):
            line.request(method, path, body, headers)
            answer = line.getresponse()
            self._keep_session(answer.headers)
            return Answer(answer.status, answer.headers, answer.read())

    def _keep_session(self, headers):
        for cookie in headers.get_all("Set-Cookie", []):
            pair = cookie.split(";")[0]
            if pair.startswith(f"{settings.SESSION_COOKIE_NAME}="):
                self.cookie = pair

    @contextmanager
    def socket(self, last=0):
        """An open page's line for news, from the row `last` on."""
        headers = {"Cookie": self.cookie}
        with connect(self.web.socket_address, origin=self.web.origin, additional_headers=headers) as line:
            line.send(json.dumps({"last": last}))
            yield line


def codes_on(line, count, patience=60):
    """The codes of the next `count` rows that come over a socket."""
    codes, deadline = [], time.monotonic() + patience
    while len(codes) < count:
        said = json.loads(line.recv(max(0.1, deadline - time.monotonic())))
        codes += [row["code"] for row in said.get("rows", [])]
    return codes


@contextmanager
def asked_here(database_url):
    """The ORM of this very process asks `database_url` meanwhile, whatever the other tests use."""
    import environ

    url = environ.Env.db_url_config(database_url)
    if "sqlite" in url["ENGINE"]:
        url["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20}
    before, own = connections.settings[DEFAULT_DB_ALIAS], connections[DEFAULT_DB_ALIAS]
    connections.settings[DEFAULT_DB_ALIAS] = connections.configure_settings({DEFAULT_DB_ALIAS: url})[
        DEFAULT_DB_ALIAS
    ]
    del connections[DEFAULT_DB_ALIAS]
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS].close()
        connections.settings[DEFAULT_DB_ALIAS], connections[DEFAULT_DB_ALIAS] = before, own
        ContentType.objects.clear_cache()


def copy_sqlite(kept, folder):
    path = Path(folder) / "portal.sqlite3"
    shutil.copy(kept, path)
    return f"sqlite:///{path}"
