"""The planned outage: closed in calm words for everybody, whatever becomes of the database."""

import asyncio
import json
import threading
from datetime import timedelta
from io import StringIO

import pytest
from asgiref.sync import async_to_sync
from asgiref.testing import ApplicationCommunicator
from channels.testing import WebsocketCommunicator
from django.core.management import CommandError, call_command
from django.utils import timezone

from config import outage, outage_gate
from config.outage_gate import OutageGate
from operations import restoring
from portal.models import PlannedOutage
from tests.html import assert_sound


async def portal(scope, receive, send):
    """Stands for all that is behind the gate."""
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"portal"})
        return
    await receive()
    await send({"type": "websocket.accept"})
    while (await receive())["type"] != "websocket.disconnect":
        await send({"type": "websocket.send", "text": "still here"})


def ask(path="/", method="GET", app=None):
    async def asking():
        scope = {"type": "http", "method": method, "path": path, "headers": [], "query_string": b""}
        answer = ApplicationCommunicator(app or OutageGate(portal), scope)
        start = await answer.receive_output(10)
        body = await answer.receive_output(10)
        await answer.wait()
        return start["status"], dict(start["headers"]), body["body"].decode()

    return async_to_sync(asking)()


def test_without_an_outage_the_portal_answers():
    assert ask() == (200, {}, "portal")


def test_every_page_says_when_the_portal_works_again(settings):
    until = timezone.now() + timedelta(hours=2)
    outage.switch_on(until)
    status, headers, page = ask("/sang-kien/SK-2026-HD15/")
    assert status == 503
    assert 7100 < int(headers[b"retry-after"]) <= 7200
    assert headers[b"cache-control"] == b"no-store"
    assert headers[b"content-security-policy"].startswith(b"default-src 'none'; style-src 'self'")
    local = timezone.localtime(until)
    assert f"{local:%H:%M} ngày {local:%d/%m/%Y}" in page and "Cổng tạm ngừng để bảo trì" in page
    assert "chưa được lưu" not in page
    assert_sound(page)


def test_without_a_known_end_it_says_soon():
    outage.switch_on()
    status, headers, page = ask()
    assert (status, headers[b"retry-after"]) == (503, b"300")
    assert "trong ít phút nữa" in page


def test_an_end_that_has_passed_is_not_promised():
    outage.switch_on(timezone.now() - timedelta(hours=1))
    _status, headers, page = ask()
    assert headers[b"retry-after"] == b"60" and "trong ít phút nữa" in page


def test_who_sent_a_form_reads_that_it_is_still_in_the_browser():
    outage.switch_on()
    status, _headers, page = ask("/y-tuong/gui/", "POST")
    assert status == 503 and "chưa được lưu" in page and "Quay lại" in page
    assert ask(method="HEAD")[2] == ""


@pytest.mark.parametrize("path", ["/healthz", "/static/portal.css"])
def test_health_and_static_files_go_on(path):
    outage.switch_on()
    assert ask(path)[0] == 200


@pytest.mark.parametrize("path", ["/healthz/x", "/staticky", "/metrics/../"])
def test_nothing_else_slips_through(path):
    outage.switch_on()
    assert ask(path)[0] == 503


def test_the_whole_application_stands_behind_the_gate():
    """No database mark: nothing in front of the answer may ask one."""
    from config.asgi import application

    outage.switch_on()
    assert ask("/", app=application)[0] == 503


def test_a_new_socket_is_refused_and_an_open_one_is_told(monkeypatch):
    monkeypatch.setattr(outage_gate, "LOOK_EVERY", 0.02)

    async def sockets():
        gate = OutageGate(portal)
        first, quiet = (WebsocketCommunicator(gate, "/ws/notifications/") for _socket in range(2))
        assert (await first.connect())[0] and (await quiet.connect())[0]
        await first.send_to(text_data="?")
        assert await first.receive_from() == "still here"
        outage.switch_on()
        told = [await socket.receive_output(5) for socket in (first, quiet)]
        await asyncio.gather(first.wait(5), quiet.wait(5))
        late = WebsocketCommunicator(gate, "/ws/notifications/")
        refused = await late.connect()
        outage.switch_off()
        back = WebsocketCommunicator(gate, "/ws/notifications/")
        opened = await back.connect()
        await back.disconnect()
        return told, refused, opened[0], gate._watch

    told, refused, opened, watch = async_to_sync(sockets)()
    assert told == [{"type": "websocket.close", "code": 1012}] * 2
    assert refused == (False, 1013)
    assert opened and watch is None


def test_processes_on_the_database_that_took_over_serve(settings):
    outage.switch_on(cause="move", moved_to=outage.database_mark())
    assert ask()[0] == 200
    outage.switch_on(cause="move", moved_to=outage.database_mark({"ENGINE": "x", "NAME": "old"}))
    assert ask()[0] == 503


def test_a_file_nobody_can_read_is_an_outage_all_the_same(settings):
    settings.OUTAGE_FILE.write_text("{")
    assert ask()[0] == 503


def test_the_worker_rests_and_goes_on():
    outage.switch_on()
    rested = []

    def sleep(_seconds):
        rested.append(1)
        if len(rested) == 3:
            outage.switch_off()

    outage.rest_while_on(sleep=sleep)
    assert len(rested) == 3


def test_the_worker_s_clock_runs_no_job_meanwhile(monkeypatch):
    from obligations.management.commands import work

    ran, stop = [], threading.Event()
    monkeypatch.setattr(work, "run_due", lambda: ran.append(1))
    monkeypatch.setattr(work, "TICK", 0.01)
    monkeypatch.setattr(work.connections, "close_all", lambda: None)
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    outage.switch_on()
    clock = threading.Thread(target=work._clock, args=(stop,))
    clock.start()
    stop.wait(0.1)
    assert ran == []
    outage.switch_off()
    stop.wait(0.1)
    stop.set()
    clock.join()
    assert ran


# ---- the command


def run(*arguments):
    out = StringIO()
    call_command("outage", *arguments, stdout=out)
    return out.getvalue()


def status():
    return json.loads(run("status", "--format", "json"))


@pytest.mark.django_db(transaction=True)
def test_the_end_comes_from_what_was_announced():
    now = timezone.now()
    PlannedOutage.objects.create(
        affected="Cổng", starts_at=now - timedelta(minutes=5), ends_at=now + timedelta(hours=3), urgency="gấp"
    )
    PlannedOutage.objects.create(
        affected="Cổng", starts_at=now + timedelta(days=5), ends_at=now + timedelta(days=6), urgency="gấp"
    )
    run("on")
    found = status()
    assert (found["outage"], found["until"]) == ("on", (now + timedelta(hours=3)).isoformat())
    assert run("off").strip() in ("The portal serves.", "Cổng đang hoạt động.")
    assert status()["outage"] == "off"


@pytest.mark.django_db(transaction=True)
def test_an_end_may_be_said(settings):
    run("on", "--until", "2099-01-02T03:04")
    assert status()["until"].startswith("2099-01-02T03:04:00")
    for wrong in ("tomorrow", "2020-01-01T00:00", "25:99"):
        with pytest.raises(CommandError) as refused:
            run("on", "--until", wrong)
        assert refused.value.returncode == 2
    assert status()["until"].startswith("2099-01-02T03:04:00")


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_command_left_on_goes_with_the_next_and_what_somebody_switched_on_stays():
    for cause, afterwards in (("restore", None), ("move", None), ("planned", "planned")):
        outage.switch_on(cause=cause)
        with restoring.out_of_service("restore"):
            assert outage.stored() is not None
        left = outage.stored()
        assert (left and left.cause) == afterwards
        outage.switch_off()


@pytest.mark.django_db(transaction=True)
def test_switching_is_in_the_audit_trail():
    from trust.audit.models import AuditEvent

    run("on")
    run("off")
    run("off")
    assert list(AuditEvent.objects.order_by("pk").values_list("action", flat=True)) == [
        "outage.on",
        "outage.off",
    ]
