"""The worker's clock: jobs that run every so many seconds.

A job looks at rows and does what is due, so an hour of downtime loses nothing, and two workers may run
the same job at once: each job locks what it takes.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from trust.audit.context import running
from trust.audit.failures import note_failure

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    name: str
    period: timedelta
    run: Callable[[datetime], object]


_jobs: dict[str, Job] = {}
_last_start: dict[str, datetime] = {}


def every(*, seconds, name):
    """Registers `job(now)` to run every `seconds`, first as soon as the worker starts. Names are unique."""

    def register(job):
        if name in _jobs:
            raise ValueError(f"job {name!r} is registered twice")
        _jobs[name] = Job(name, timedelta(seconds=seconds), job)
        return job

    return register


def jobs() -> list[Job]:
    return list(_jobs.values())


def run_due(now=None, *, all_jobs=False) -> dict[str, Exception | None]:
    """Runs each job that is due at `now` (`all_jobs`: every one) and says how each went.

    A job that fails is logged and tried again after its period; the others run all the same.
    """
    moment = now or timezone.now()
    outcome = {}
    for job in jobs():
        last = _last_start.get(job.name)
        # Set back, the clock makes the last start lie ahead: then the job runs at once.
        if not all_jobs and last is not None and timedelta(0) <= moment - last < job.period:
            continue
        _last_start[job.name] = moment
        outcome[job.name] = _run(job, now or timezone.now())
    return outcome


def _run(job, now):
    with running("worker", job.name):
        try:
            job.run(now)
        except Exception as error:
            log.exception("job %s failed", job.name)
            note_failure("worker.failed", error, job=job.name)
            return error
    return None
