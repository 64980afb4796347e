"""`/metrics`: what is counted, what all processes share, and who may read it."""

import re
from datetime import timedelta

import pytest
from asgiref.sync import async_to_sync
from django.db import DatabaseError
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from config.metrics import door, requests, shared
from config.metrics.alarms import Alarm, alarms
from config.metrics.shared import Figure, figures
from notifications.models import MailState, OutboxMail
from obligations.models import Heartbeat

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def scope(client=("127.0.0.1", 5), path="/metrics", **headers):
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "method": "GET", "path": path, "headers": named, "client": client}


def ask(asked, app=None):
    """(status, text) of one request through the door; the application behind it says 404."""
    sent = []

    async def nothing(scope, receive, send):
        await send({"type": "http.response.start", "status": 404, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def keep(message):
        sent.append(message)

    async_to_sync(door.MetricsDoor(app or nothing, lambda: 7))(asked, None, keep)
    return sent[0]["status"], sent[1]["body"].decode()


def value(text, name):
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else None


def known():
    return {(one.name, *[text for _name, text in one.labels]): one.value for one in figures()}


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (scope(), 200),
        (scope(client=("::1", 5)), 200),
        (scope(client=None), 200),
        (scope(client=("10.0.0.9", 5)), 404),
        (scope(x_forwarded_for="127.0.0.1"), 404),
        (scope(forwarded="for=127.0.0.1"), 404),
        (scope(authorization="Bearer anything"), 404),
        (scope(path="/metrics/"), 404),
    ],
)
@pytest.mark.once
def test_only_this_machine_reads_it_and_not_through_the_front(monkeypatch, asked, status):
    monkeypatch.setattr(door, "_text", lambda: b"figures")
    assert ask(asked)[0] == status


@pytest.mark.once
def test_from_elsewhere_the_token_opens_it(monkeypatch, settings):
    monkeypatch.setattr(door, "_text", lambda: b"figures")
    settings.METRICS_TOKEN = "a-long-token"
    elsewhere = {"client": ("10.0.0.9", 5)}
    assert ask(scope(**elsewhere, authorization="Bearer a-long-token"))[0] == 200
    assert ask(scope(**elsewhere, authorization="Bearer a-long-tokem"))[0] == 404
    settings.METRICS_TOKEN = ""
    assert ask(scope(**elsewhere, authorization="Bearer "))[0] == 404


@pytest.mark.once
def test_requests_are_counted_by_view_and_status_and_never_by_address(client):
    def counted():
        text = "\n".join(door.generate_latest(requests.registry).decode().splitlines())
        return text, [
            value(text, 'hungdao_requests_total{method="GET",status="404",view="papers:verify"}') or 0,
            value(text, 'hungdao_requests_total{method="GET",status="404",view="none"}') or 0,
            value(text, 'hungdao_view_seconds_count{view="papers:verify"}') or 0,
            value(text, 'hungdao_queries_total{view="papers:verify"}') or 0,
        ]

    _text, before = counted()
    status = client.get("/xac-minh/SECRETCODE/").status_code
    text, after = counted()
    assert status == 404
    assert [new - old for new, old in zip(after, before, strict=True)][:3] == [1, 0, 1]
    assert after[3] > before[3]
    assert "SECRETCODE" not in text


@pytest.mark.once
def test_answers_that_no_view_gave_are_counted_too():
    before = (
        value(door.generate_latest(requests.registry).decode(), 'hungdao_answers_total{status="404"}') or 0
    )
    ask(scope(path="/somewhere/"))
    assert (
        value(door.generate_latest(requests.registry).decode(), 'hungdao_answers_total{status="404"}')
        == before + 1
    )


def test_queue_outbox_and_worker_are_what_the_rows_say():
    now = timezone.now()
    Heartbeat.objects.create(name="worker", at=now - 2 * HOUR)
    for state, due in [
        (MailState.QUEUED, now - HOUR),
        (MailState.QUEUED, now + HOUR),
        (MailState.FAILED, now - HOUR / 2),
        (MailState.SENT, now - 5 * HOUR),
        (MailState.DEAD, now - 5 * HOUR),
    ]:
        OutboxMail.objects.create(to="a@b.example", subject="s", body="b", state=state, next_attempt_at=due)
    for status, since in [
        (TaskResultStatus.READY, HOUR),
        (TaskResultStatus.READY, 3 * HOUR),
        (TaskResultStatus.FAILED, 9 * HOUR),
    ]:
        row = DBTaskResult.objects.create(
            status=status,
            args_kwargs={"args": [], "kwargs": {}},
            task_path="x.y",
            queue_name="default",
            backend_name="default",
            exception_class_path="",
            traceback="",
            run_after=None,
        )
        DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=now - since)
    found = known()
    assert [found["queue_tasks", state] for state in ("waiting", "running", "failed")] == [2, 0, 1]
    assert found["queue_oldest_seconds",] == pytest.approx(3 * 3600, abs=60)
    assert [found["outbox_mails", state] for state in MailState.values] == [2, 1, 1, 1, 0]
    assert found["outbox_dead_lately",] == 1
    assert found["outbox_oldest_due_seconds",] == pytest.approx(3600, abs=60)
    assert found["worker_heartbeat_age_seconds",] == pytest.approx(2 * 3600, abs=60)
    assert found["database_bytes",] > 0
    assert 0 < found["disk_free_bytes", "media"] <= found["disk_bytes", "media"]
    parts = ["database", "queue", "outbox", "worker", "cache", "disk", "backup"]
    assert [found["part_up", part] for part in parts] == [1] * 7


@pytest.mark.once
def test_a_part_that_fails_is_reported_and_hides_no_other(monkeypatch):
    def broken():
        raise DatabaseError("gone")

    monkeypatch.setitem(shared._PARTS, "database", broken)
    found = known()
    assert (found["part_up", "database"], found["part_up", "cache"]) == (0, 1)
    assert found["part_up", "worker"] == 0, "no worker has ever worked here"


@pytest.mark.once
def test_the_age_of_the_newest_backup_is_known(settings, tmp_path):
    settings.BACKUP_FOLDER = str(tmp_path)
    assert known()["part_up", "backup"] == 0, "a folder without a backup"
    (tmp_path / ".hungdao-20261130-013000.age.unfinished").write_bytes(b"1")
    assert known()["part_up", "backup"] == 0, "one that is being written is none yet"
    (tmp_path / "hungdao-20261130-013000.age").write_bytes(b"1")
    assert 0 <= known()["backup_age_seconds",] < 60


@pytest.mark.once
def test_two_collectors_at_once_ask_once(monkeypatch):
    asked = []
    monkeypatch.setattr(shared, "figures", lambda: asked.append(1) or [Figure("x", "", 1)])
    collector = shared.SharedCollector()
    assert [len(collector.collect()) for _ in range(3)] == [1, 1, 1]
    assert len(asked) == 1


GB = 1024**3
FOLDER = (("folder", "media"),)


@pytest.mark.parametrize(
    ("rows", "keys"),
    [
        ([], []),
        ([Figure("part_up", "", 1, (("part", "cache"),))], []),
        ([Figure("part_up", "", 0, (("part", "cache"),))], ["part_down:cache"]),
        ([Figure("worker_heartbeat_age_seconds", "", 60)], []),
        ([Figure("worker_heartbeat_age_seconds", "", 61)], ["worker_silent"]),
        ([Figure("queue_oldest_seconds", "", 901)], ["queue_old"]),
        ([Figure("outbox_oldest_due_seconds", "", 1801)], ["mail_old"]),
        ([Figure("outbox_dead_lately", "", 1)], ["mail_dead"]),
        ([Figure("backup_age_seconds", "", 26 * 3600)], []),
        ([Figure("backup_age_seconds", "", 26 * 3600 + 1)], ["backup_old"]),
        ([Figure("disk_free_bytes", "", 9 * GB, FOLDER), Figure("disk_bytes", "", 80 * GB, FOLDER)], []),
        (
            [Figure("disk_free_bytes", "", 7 * GB, FOLDER), Figure("disk_bytes", "", 80 * GB, FOLDER)],
            ["disk_full:media"],
        ),
        (
            [Figure("disk_free_bytes", "", 1 * GB, FOLDER), Figure("disk_bytes", "", 4 * GB, FOLDER)],
            ["disk_full:media"],
        ),
        ([Figure("database_connections", "", 80), Figure("database_connections_most", "", 100)], []),
        (
            [Figure("database_connections", "", 81), Figure("database_connections_most", "", 100)],
            ["connections"],
        ),
    ],
)
@pytest.mark.once
def test_an_alarm_says_what_passed_its_limit(rows, keys):
    assert [one.key for one in alarms(rows)] == keys


@pytest.mark.once
def test_a_web_process_that_does_not_answer_is_an_alarm():
    assert alarms([], [9]) == [Alarm("web_silent", "9", "Tiến trình web ở cổng mạng số 9 không trả lời.")]
