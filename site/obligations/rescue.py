"""Queued tasks whose worker died in the middle are begun again, by whichever worker sees it.

Every worker says that it lives, in a heartbeat under a name of its own; a running task whose worker has been
silent for `SILENT_AFTER` goes back into the queue. So a task runs at least once, and each of the portal's may
run twice: it looks at rows and does what is still to be done. One that ends every worker is given up.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils.crypto import get_random_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from .models import Heartbeat

log = logging.getLogger(__name__)

WORKER_ID = get_random_string(32)  # this process among the workers
SILENT_AFTER = timedelta(minutes=2)
FORGOTTEN_AFTER = timedelta(days=1)
MOST_STARTS = 3
_PREFIX = "worker-"


def say_alive(now):
    Heartbeat.objects.update_or_create(name=_PREFIX + WORKER_ID, defaults={"at": now})


def take_over(now):
    """Returns how many tasks of dead workers go back into the queue."""
    beats = Heartbeat.objects.filter(name__startswith=_PREFIX)
    # A beat ahead of now was written before the clock was set back; a living worker writes a new one soon.
    fresh = beats.filter(at__gt=now - SILENT_AFTER, at__lt=now + SILENT_AFTER)
    alive = {name.removeprefix(_PREFIX) for name in fresh.values_list("name", flat=True)}
    with transaction.atomic():
        running = DBTaskResult.objects.running().select_for_update(skip_locked=True)
        lost = [task for task in running if not alive.intersection(task.worker_ids[-1:])]
        for task in lost:
            _begin_again(task, now)
        beats.filter(at__lt=now - FORGOTTEN_AFTER).delete()
    return len(lost)


def _begin_again(task, now):
    if len(task.worker_ids) < MOST_STARTS:
        log.warning("task %s: its worker ended, it is begun again", task.task_path)
        task.status, task.started_at = TaskResultStatus.READY, None
    else:
        log.error("task %s: ended %d workers and is given up", task.task_path, MOST_STARTS)
        task.status, task.finished_at = TaskResultStatus.FAILED, now
        task.traceback = f"The worker ended in the middle of it, {MOST_STARTS} times."
    task.save(update_fields=["status", "started_at", "finished_at", "traceback"])
