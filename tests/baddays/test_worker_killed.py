"""The worker is killed with -9, in a task of the queue and over a due date: taken up again, told once."""

from datetime import timedelta

from django.utils import timezone
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from notifications.models import Notification
from obligations.models import Heartbeat, Obligation, Reminder
from obligations.rescue import SILENT_AFTER
from tests.ideas.builders import make_ward, submitted

from .machines import until
from .tasks import leave_a_mark


def test_a_task_whose_worker_was_killed_in_the_middle_is_begun_again_and_done(open_portal, tmp_path):
    portal = open_portal("postgresql")
    marks = tmp_path / "marks"
    DatabaseBackend("default", {}).enqueue(leave_a_mark, [str(marks)], {})
    mine = DBTaskResult.objects.filter(task_path__endswith="leave_a_mark")
    portal.halt("task")
    portal.worker.start()
    portal.wait_for("task")
    portal.worker.kill()
    portal.go_on("task")
    assert (marks.read_text(), mine.get().status) == ("begun\n", "RUNNING")
    # Two minutes later: nobody has heard of that worker.
    Heartbeat.objects.update(at=timezone.now() - SILENT_AFTER - timedelta(seconds=1))
    portal.worker.start()
    until(lambda: mine.filter(status="SUCCESSFUL").exists(), "the task was forgotten")
    assert marks.read_text() == "begun\nbegun\ndone\n"
    assert len(mine.get().worker_ids) == 2


def test_a_due_date_that_passes_while_the_worker_is_dead_is_told_once_when_it_is_back(
    open_portal, monkeypatch
):
    portal = open_portal("postgresql")
    clock = portal.own_clock(monkeypatch)
    ward = make_ward()
    submitted(ward)
    owed = Obligation.objects.get(kind="ideas.formality")
    told = Notification.objects.filter(recipient=ward.thuky)
    clock.set(f"+{(owed.due_on - timezone.localdate()).days - 1}d")
    portal.worker.start()
    until(lambda: owed.reminders.filter(outcome="sent").exists(), "nobody was reminded before the day")
    portal.worker.kill()
    before = told.count()
    clock.set("+70d")
    for _ in range(2):
        portal.worker.start()
        until(lambda: owed.reminders.filter(stage="overdue").exists(), "the passed day was forgotten")
        beats = Heartbeat.objects.get(name="worker").at
        until(lambda: Heartbeat.objects.get(name="worker").at > beats, "the worker stands")  # noqa: B023
        portal.worker.kill()
    assert list(owed.reminders.filter(stage="overdue").values_list("outcome", flat=True)) == ["sent"]
    about_it = told.filter(subject=owed.code).order_by("id")[before:]
    assert len(about_it) == 1, list(told.values_list("event", "subject"))
    assert Reminder.objects.filter(outcome="failed").count() == 0
