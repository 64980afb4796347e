"""The log of production: JSON lines, and nothing personal in them, whoever writes.

Every test has data in it that could leak: names, mail addresses, phone numbers, codes in addresses and
queries, tokens, what was posted, what errors say.
"""

import io
import json
import logging
import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path
from django.views.debug import ExceptionReporter

from config.logs import journal, scrubbing
from config.logs.reports import NothingTyped
from trust.audit.context import running
from trust.audit.middleware import HEADER

ROOT = Path(__file__).resolve().parents[2]
SECRETS = (
    "Nguyễn Văn An",
    "Nguyen Van An",
    "an.nguyen@hungdao.example",
    "0912345678",
    "031088001234",
    "K7QM-4TXD-9PLW",
    "bi-mat-trong-form",
    "tok3nvYq0aVdJr8ZkLmNpQ2sTuWxEy",
)
TYPED = " ".join(SECRETS)


@pytest.fixture
def lines():
    """What a logger of its own wrote, line by line, in production's format."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(journal.JournalFormatter())
    log = logging.getLogger("tests.log")
    log.setLevel(logging.INFO)
    log.propagate = False
    log.handlers = [handler]

    def read():
        return [json.loads(line) for line in out.getvalue().splitlines()]

    read.log, read.out, read.handler = log, out, handler
    yield read
    log.handlers, log.propagate = [], True


def nothing_leaked(text):
    leaked = [secret for secret in SECRETS if secret.casefold() in text.casefold()]
    assert leaked == []


def test_a_line_is_one_json_object_with_time_level_logger_and_message(lines):
    lines.log.info("%d of %s done", 3, "people.jobs")
    (line,) = lines()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line.pop("time"))
    assert line == {"level": "INFO", "logger": "tests.log", "message": "3 of people.jobs done"}


def test_what_is_filled_in_stays_out_unless_it_is_a_number_or_a_code(lines):
    # Small letters and dashes look like a code: nothing a person typed is ever filled in by the portal.
    for secret in (*SECRETS[:-2], SECRETS[-1], TYPED):
        lines.log.info("somebody wrote %s", secret)
        lines.log.info("somebody wrote %r", {"typed": secret, "all": [secret]})
        lines.log.info("somebody wrote", extra={"typed": secret, "more": [secret]})
        lines.log.info("somebody wrote %(what)s", {"what": secret})
    nothing_leaked(lines.out.getvalue())
    assert lines()[0]["message"] == "somebody wrote …"


def test_an_address_keeps_its_words_and_loses_its_codes_and_query(lines):
    lines.log.info("%s", "/y-tuong/theo-doi/K7QM-4TXD-9PLW/?ma=an.nguyen@hungdao.example")
    lines.log.info("%s", "/lich/tok3nvYq0aVdJr8ZkLmNpQ2sTuWxEy.ics")
    lines.log.info("%s", "/nhan-su/can-bo/12/")
    assert [line["message"] for line in lines()] == [
        "/y-tuong/theo-doi/…/",
        "/lich/…",
        "/nhan-su/can-bo/12/",
    ]


def test_words_a_library_put_together_lose_what_could_be_personal(lines):
    lines.log.error(
        "Task failed for an.nguyen@hungdao.example 0912345678 'Nguyen Van An' Nguyễn "
        "/theo-doi/K7QM-4TXD-9PLW/ ?x=bi-mat-trong-form tok3nvYq0aVdJr8ZkLmNpQ2sTuWxEy\n" + TYPED
    )
    (line,) = lines()
    nothing_leaked(line["message"])
    assert line["message"].startswith("Task failed for …")


def test_an_error_says_where_and_of_what_kind_and_not_what_it_says(lines):
    def inner():
        raise ValueError(f"duplicate key: {TYPED}")

    try:
        try:
            inner()
        except ValueError as error:
            raise LookupError(TYPED) from error
    except LookupError:
        lines.log.exception("it broke for %s", "Nguyễn Văn An")
    (line,) = lines()
    nothing_leaked(json.dumps(line, ensure_ascii=False))
    assert line["error"] == "LookupError"
    assert [entry for entry in line["trace"] if ":" not in entry] == ["ValueError", "LookupError"]
    assert any(re.fullmatch(r"tests/config/test_logs\.py:\d+ inner", entry) for entry in line["trace"])


def test_a_place_for_a_number_that_got_a_text_breaks_no_line():
    record = logging.LogRecord("x", logging.INFO, "", 1, "%d of them", ("Nguyễn Văn An",), None)
    assert json.loads(journal.JournalFormatter().format(record))["message"] == "%d of them"


def test_other_handlers_see_the_record_as_it_came(lines):
    seen = []

    class Keeps(logging.Handler):
        def emit(self, record):
            seen.append(record.getMessage())

    lines.log.addHandler(Keeps())
    lines.log.info("hello %s", "two words")
    assert seen == ["hello two words"]


def test_a_digest_of_the_audit_trail_is_written_whole(lines):
    digest = "a1" * 32
    lines.log.info("audit anchor %d %s", 7, digest, extra={"number": 7, "hash": digest})
    (line,) = lines()
    assert (line["message"], line["number"], line["hash"]) == (f"audit anchor 7 {digest}", 7, digest)


def test_a_job_is_named(lines):
    with running("worker", "mail"):
        lines.log.info("sent")
    assert lines()[0]["place"] == "worker mail"


# ---- a whole request


def broken(request, code):
    request.POST.get("x")
    raise LookupError(TYPED)


urlpatterns = [path("theo-doi/<str:code>/", broken), path("tot/", lambda request: HttpResponse("well"))]


@pytest.mark.django_db
@pytest.mark.urls("tests.config.test_logs")
def test_a_page_that_breaks_tells_its_number_and_pattern_and_nothing_of_what_was_sent(client, lines):
    client.raise_request_exception = False
    django = logging.getLogger("django.request")
    django.addHandler(lines.handler)
    try:
        answer = client.post(
            "/theo-doi/K7QM-4TXD-9PLW/?email=an.nguyen@hungdao.example",
            {"x": TYPED, "password": "bi-mat-trong-form"},
            headers={"cookie": "sessionid=tok3nvYq0aVdJr8ZkLmNpQ2sTuWxEy", "x-real-name": "Nguyen Van An"},
        )
    finally:
        django.removeHandler(lines.handler)
    (line,) = lines()
    nothing_leaked(lines.out.getvalue())
    assert line["message"] == "Internal Server Error: /theo-doi/…/"
    assert line["request_id"] == answer.headers[HEADER]
    assert line["place"] == "POST /theo-doi/<str:code>/"
    assert (line["status_code"], line["error"]) == (500, "LookupError")


def test_an_error_report_of_django_hides_what_was_typed_the_settings_and_the_variables(settings):
    settings.DEFAULT_EXCEPTION_REPORTER_FILTER = "config.logs.reports.NothingTyped"
    request = RequestFactory().post(
        "/x/", {"x": TYPED}, headers={"cookie": f"sessionid={SECRETS[-1]}", "x-name": "Nguyen Van An"}
    )
    try:
        typed = TYPED
        raise LookupError(len(typed))
    except LookupError:
        reporter = ExceptionReporter(request, *sys.exc_info())
    assert isinstance(reporter.filter, NothingTyped)
    nothing_leaked(re.sub(r"(?s)Traceback.*", "", reporter.get_traceback_text()))
    assert settings.SECRET_KEY not in reporter.get_traceback_text()


def test_daphne_s_requests_and_sockets_are_told_without_address_query_and_codes(lines, monkeypatch):
    monkeypatch.setattr(journal, "_access", lines.log)
    details = {
        "path": "/theo-doi/K7QM-4TXD-9PLW/?email=an.nguyen@hungdao.example",
        "status": 200,
        "method": "GET",
        "client": "203.0.113.7:4711",
        "time_taken": 0.0123,
        "size": 512,
    }
    journal.tell_access(None, "http", "complete", details)
    journal.tell_access(
        None, "websocket", "connected", {"path": "/ws/notifications/", "client": "203.0.113.7:1"}
    )
    first, second = lines()
    assert (first["message"], first["status"], first["ms"], first["bytes"]) == (
        "GET /theo-doi/…/",
        200,
        12,
        512,
    )
    assert second["message"] == "socket connected /ws/notifications/"
    nothing_leaked(lines.out.getvalue())
    assert "203.0.113.7" not in lines.out.getvalue()


def test_an_error_nobody_caught_becomes_a_line_too(lines, monkeypatch):
    log = logging.getLogger("portal")
    log.addHandler(lines.handler)
    monkeypatch.setattr(threading, "excepthook", lambda caught: journal._uncaught(*caught[:3]))

    def fails():
        raise LookupError(TYPED)

    try:
        thread = threading.Thread(target=fails)
        thread.start()
        thread.join()
    finally:
        log.removeHandler(lines.handler)
    (line,) = lines()
    assert (line["level"], line["message"], line["error"]) == (
        "CRITICAL",
        "an error nobody caught",
        "LookupError",
    )
    nothing_leaked(lines.out.getvalue())


def test_production_mails_no_report_and_writes_through_one_handler():
    named = journal.LOGGING["loggers"]
    assert named["django"]["handlers"] == named["django.server"]["handlers"] == []
    assert journal.LOGGING["root"]["handlers"] == ["stderr"]
    assert list(journal.LOGGING["handlers"]) == ["stderr"]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (None, None),
        (7, 7),
        (ValueError("Nguyễn"), "ValueError"),
        (ValueError, "ValueError"),
        ("Not Found", "Not Found"),
        ("two words", "…"),
        ("mail.sent", "mail.sent"),
        ("/tin-tuc/ra-mat/?q=An", "/tin-tuc/ra-mat/"),
        ("/static/portal.3fa9c1b2.css", "/static/…"),
        (["a", "b c"], ["a", "…"]),
        ({"a": "b c"}, {"a": "…"}),
        ({1, 2}, "set"),
    ],
)
def test_what_is_let_through(given, shown):
    assert scrubbing.value(given) == shown


# ---- the server as it is really started


def _free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _ask(port, address):
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{address}",
        headers={"Host": "portal.example", "X-Forwarded-Proto": "https", "Cookie": f"a={SECRETS[-1]}"},
    )
    for _try in range(150):
        try:
            return urllib.request.urlopen(request, timeout=10).status
        except urllib.error.HTTPError as answer:
            return answer.code
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not come up")


def test_a_server_in_production_writes_json_alone_and_leaks_nothing(tmp_path):
    """Daphne with production's settings on a database without tables: every page breaks, nothing is told."""
    port = _free_port()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "PYTHONPATH": str(ROOT / "site"),
        "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "ALLOWED_HOSTS": "portal.example",
        "SITE_URL": "https://portal.example",
        "EMAIL_URL": "smtp://localhost:25",
        "DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3",
        "MEDIA_ROOT": str(tmp_path / "media"),
        "STATIC_ROOT": str(tmp_path / "static"),
        "REDIS_URL": "",
    }
    (tmp_path / "static").mkdir()
    server = subprocess.Popen(
        [sys.executable, "-m", "daphne", "-b", "127.0.0.1", "-p", str(port), "config.asgi:application"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        status = _ask(port, "/xac-minh/K7QM-4TXD-9PLW/?email=an.nguyen@hungdao.example")
    finally:
        server.terminate()
        out, err = server.communicate(timeout=30)
    assert status == 503
    assert out == ""
    written = [json.loads(line) for line in err.splitlines()]
    assert {line["logger"] for line in written} >= {"daphne.server", "django.request", "portal.access"}
    (asked,) = [line for line in written if line["logger"] == "portal.access"]
    assert (asked["message"], asked["status"]) == ("GET /xac-minh/…/", 503)
    (page,) = [line for line in written if line["logger"] == "django.request"]
    assert page["place"] == "GET /xac-minh/<str:code>/"
    nothing_leaked(err)


def test_a_line_cannot_be_forged_by_what_is_filled_in(lines):
    lines.log.info("asked for %s", 'x\n{"level": "INFO", "message": "all is well"}')
    lines.log.info('x\n{"level": "INFO", "message": "all is well"}')
    assert [line["message"] for line in lines()] == ["asked for …", "x"]
