"""Tasks whose worker died: back into the queue, given up in the end, left alone while their worker lives."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from obligations import rescue
from obligations.models import Heartbeat

pytestmark = pytest.mark.django_db


@pytest.fixture
def running():
    """`running("a", "b")`: a task that worker a began and lost, and b has now."""

    def make(*workers):
        return DBTaskResult.objects.create(
            status=TaskResultStatus.RUNNING,
            started_at=timezone.now(),
            args_kwargs={"args": [], "kwargs": {}},
            task_path="portal.picture_making.make_for_page",
            backend_name="default",
            run_after=get_date_max(),
            worker_ids=list(workers),
            exception_class_path="",
            traceback="",
        )

    return make


def status(task):
    task.refresh_from_db()
    return task.status


def alive(worker, at=None):
    Heartbeat.objects.update_or_create(name=f"worker-{worker}", defaults={"at": at or timezone.now()})


def test_a_task_of_a_living_worker_is_left_alone_and_one_of_a_silent_worker_taken_over(running):
    mine, lost = running("alive"), running("dead")
    now = timezone.now()
    alive("alive"), alive("dead", now - rescue.SILENT_AFTER - timedelta(seconds=1))
    assert rescue.take_over(now) == 1
    assert (status(mine), status(lost)) == (TaskResultStatus.RUNNING, TaskResultStatus.READY)


def test_the_worker_that_has_it_counts_not_one_that_had_it_before(running):
    task = running("dead", "alive")
    alive("alive")
    assert (rescue.take_over(timezone.now()), status(task)) == (0, TaskResultStatus.RUNNING)


def test_a_task_that_ends_every_worker_is_given_up_and_says_so(running):
    task = running("one", "two", "three")
    rescue.take_over(timezone.now())
    assert status(task) == TaskResultStatus.FAILED
    assert "3 times" in task.traceback


def test_a_beat_from_before_the_clock_was_set_back_does_not_keep_a_dead_worker_alive(running):
    task = running("dead")
    alive("dead", timezone.now() + timedelta(hours=1))
    rescue.take_over(timezone.now())
    assert status(task) == TaskResultStatus.READY


def test_beats_of_workers_long_gone_are_forgotten():
    now = timezone.now()
    alive("old", now - timedelta(days=2))
    rescue.say_alive(now)
    rescue.take_over(now)
    assert list(Heartbeat.objects.values_list("name", flat=True)) == [f"worker-{rescue.WORKER_ID}"]
