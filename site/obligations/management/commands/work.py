"""`manage.py work`: the worker. The clock in a thread, queued tasks in the main one."""

import logging
import threading
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError, close_old_connections, connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker

from config import outage
from config.checks import refuse_samples
from config.logs import journal
from obligations.clock import run_due
from obligations.rescue import WORKER_ID, say_alive

log = logging.getLogger(__name__)

TICK = 1.0  # seconds between looks at the clock
PATIENCE = 30.0  # seconds a job in progress gets to finish after TERM
DATABASE_PAUSE = 5.0  # seconds before the database is tried again


class Command(BaseCommand):
    help = "Runs what is due (mail, reminders, terms) and the queued tasks, until TERM."

    def add_arguments(self, parser):
        parser.add_argument(
            "--once", action="store_true", help="run every job and waiting task once, then exit"
        )

    def handle(self, *, once, **options):
        refuse_samples()
        if settings.LOGS_FOR_MACHINES:
            journal.take_over()
        logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
        if once:
            self._run_once()
        else:
            self._run_until_stopped()

    def _run_once(self):
        outcome = run_due(all_jobs=True)
        _worker(batch=True).run()
        failed = [name for name, error in outcome.items() if error]
        for name, error in outcome.items():
            self.stdout.write(f"{name}: {f'failed, {error}' if error else 'done'}")
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}", returncode=1)

    def _run_until_stopped(self):
        stop = threading.Event()
        clock = threading.Thread(target=_clock, args=(stop,), name="clock", daemon=True)
        clock.start()
        worker = _worker(batch=True)  # comes back when nothing waits: between two looks it may have to rest
        worker.configure_signals()  # TERM ends the loop below after the task in progress
        try:
            _serve(worker)
        finally:
            stop.set()
            clock.join(PATIENCE)


def _worker(*, batch):
    return Worker(
        queue_names=["*"],
        interval=1,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=WORKER_ID,
        excluded_queue_names=[],
    )


def _serve(worker):
    """The task loop; a database that goes away for a while doesn't end the worker, an outage rests it."""
    is_known = False
    while worker.running:
        try:
            outage.rest_while_on()
            if not is_known:  # before the first task is taken: it would be nobody's (obligations.rescue)
                say_alive(timezone.now())
                is_known = True
            worker.run()
            time.sleep(worker.interval)
        except (OperationalError, InterfaceError):
            log.exception("worker: the database does not answer")
            connections.close_all()
            time.sleep(DATABASE_PAUSE)


def _clock(stop):
    while not stop.is_set():
        try:
            if outage.current() is None:
                close_old_connections()
                run_due()
            else:
                connections.close_all()
        except Exception:  # a clock that stops would stop mail and reminders, and nobody sees a thread end
            log.exception("worker: the clock stumbled and goes on")
            connections.close_all()
        stop.wait(TICK)
    connections.close_all()
