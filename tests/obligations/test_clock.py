"""The worker's clock and the worker itself."""

import os
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from obligations import clock
from obligations.models import Heartbeat
from obligations.rescue import WORKER_ID
from tests.notifications.builders import child_environment

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def empty_clock(monkeypatch):
    monkeypatch.setattr(clock, "_jobs", {})
    monkeypatch.setattr(clock, "_last_start", {})


def test_a_job_runs_at_once_and_then_once_per_period(empty_clock):
    ran = []
    clock.every(seconds=60, name="count")(ran.append)
    for seconds in (0, 1, 59, 60, 61, 119, 120):
        clock.run_due(NOON + timedelta(seconds=seconds))
    assert ran == [NOON + timedelta(seconds=s) for s in (0, 60, 120)]


@pytest.mark.django_db
def test_a_job_that_fails_does_not_stop_the_others_and_runs_again(empty_clock):
    ran = []

    @clock.every(seconds=10, name="broken")
    def broken(now):
        raise RuntimeError("no")

    clock.every(seconds=10, name="fine")(ran.append)
    first = clock.run_due(NOON)
    clock.run_due(NOON + timedelta(seconds=10))
    assert {name: str(error) for name, error in first.items()} == {"broken": "no", "fine": "None"}
    assert len(ran) == 2


def test_two_jobs_cannot_share_a_name(empty_clock):
    clock.every(seconds=1, name="same")(print)
    with pytest.raises(ValueError, match="registered twice"):
        clock.every(seconds=1, name="same")(print)


@pytest.mark.django_db(transaction=True)
def test_work_once_runs_every_job_beats_and_exits():
    call_command("work", "--once", stdout=StringIO())
    beats = Heartbeat.objects.values_list("name", flat=True)
    assert sorted(beats) == sorted(["worker", f"worker-{WORKER_ID}"])


@pytest.mark.django_db(transaction=True)
def test_work_once_says_which_job_failed(empty_clock):
    @clock.every(seconds=10, name="broken")
    def broken(now):
        raise RuntimeError("no")

    with pytest.raises(CommandError, match="Failed: broken") as failure:
        call_command("work", "--once", stdout=StringIO())
    assert failure.value.returncode == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_beats_and_goes_cleanly_on_term():
    worker = subprocess.Popen([sys.executable, "manage.py", "work"], env=os.environ | child_environment())
    try:
        deadline = time.monotonic() + 120
        while not Heartbeat.objects.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        assert Heartbeat.objects.exists()
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(60) == 0
    finally:
        worker.kill()
        worker.wait()
