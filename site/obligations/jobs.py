"""What the worker's clock does for the portal itself."""

from datetime import timedelta

from django_tasks_db.models import DBTaskResult

from trust.audit import anchors, keeping, sealing

from .clock import every
from .figures import count_anew
from .models import Heartbeat
from .reminding import remind_due
from .rescue import say_alive, take_over
from .resting import note_what_rests
from .yearly import ensure_yearly

WORKER = "worker"
TASK_RESULTS_KEPT = timedelta(days=14)


@every(seconds=10, name="heartbeat")
def beat(now):
    """Says that the worker works; `/healthz` reads it. On the clock itself, so a stuck job shows."""
    Heartbeat.objects.update_or_create(name=WORKER, defaults={"at": now})


@every(seconds=10, name="task-rescue")
def rescue(now):
    """Tasks in whose middle a worker was killed go back into the queue."""
    say_alive(now)
    take_over(now)


@every(seconds=24 * 3600, name="prune-task-results")
def prune_task_results(now):
    """Finished tasks of the queue are kept two weeks for whoever looks into a failure."""
    DBTaskResult.objects.finished().filter(finished_at__lt=now - TASK_RESULTS_KEPT).delete()


@every(seconds=60, name="obligations.remind")
def remind(now):
    """Reminders of what is due in 7, 3 and 1 days, and of what is overdue."""
    remind_due(now)


@every(seconds=60, name="obligations.figures")
def figures(now):
    """How much waits for each person, for the head of every page."""
    count_anew(now)


@every(seconds=3600, name="obligations.resting")
def resting(now):
    """What the work page would have to ask at length is asked here (`Kind.asked_by_clock`)."""
    note_what_rests(now)


@every(seconds=3600, name="obligations.yearly")
def yearly_obligations(now):
    ensure_yearly(now)


@every(seconds=5, name="audit.seal")
def seal(now):
    """What was written since goes into the chain of the audit trail."""
    sealing.seal_new()


@every(seconds=3600, name="audit.anchor")
def anchor(now):
    """The newest seal, noted outside the database."""
    anchors.drop_anchor()


@every(seconds=24 * 3600, name="audit.keep")
def keep_the_trail(now):
    """Late rows get their seal; months older than what is kept go (so once a month)."""
    sealing.seal_new(thorough=True)
    keeping.remove_old(now)
