"""What all processes share, asked when somebody looks: queue, outbox, worker, database, cache, disks.

Each part is asked by itself: one that does not answer is reported as down and hides none of the others.
`figures()` is what `manage.py watch` reads too.
"""

import logging
import shutil
import threading
import time
import uuid
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Min, Q
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from prometheus_client.core import GaugeMetricFamily

from notifications.models import MailState, OutboxMail
from obligations.jobs import WORKER
from obligations.models import Heartbeat

log = logging.getLogger(__name__)
LATELY = timedelta(days=2)
KEPT_SECONDS = 5.0  # who asks more often gets the same figures


@dataclass(frozen=True)
class Figure:
    """One number; `name` without the prefix, with its unit; `labels` name → value."""

    name: str
    help: str
    value: float
    labels: tuple[tuple[str, str], ...] = ()


def figures() -> list[Figure]:
    """All of them, in the order of `_PARTS`."""
    found = []
    for part, ask in _PARTS.items():
        began = time.perf_counter()
        try:
            found += ask()
            up = 1
        except Exception:  # whatever broke, the answer is the same
            log.warning("metrics: %s does not answer", part, exc_info=True)
            up = 0
        found.append(Figure("part_up", "Whether a part answers.", up, (("part", part),)))
        spent = time.perf_counter() - began
        found.append(Figure("part_answer_seconds", "How long a part took.", spent, (("part", part),)))
    return found


class SharedCollector:
    """For a registry of prometheus_client; asked from several threads at once it asks once."""

    def __init__(self):
        self._lock = threading.Lock()
        self._kept, self._until = [], 0.0

    def collect(self):
        with self._lock:
            if time.monotonic() >= self._until:
                self._kept, self._until = _families(figures()), time.monotonic() + KEPT_SECONDS
            return list(self._kept)


def _families(found):
    families = {}
    for figure in found:
        names = [name for name, _value in figure.labels]
        family = families.setdefault(
            figure.name, GaugeMetricFamily(f"hungdao_{figure.name}", figure.help, labels=names)
        )
        family.add_metric([value for _name, value in figure.labels], figure.value)
    return list(families.values())


# ---- the parts


def _database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return [*(_postgresql(cursor) if connection.vendor == "postgresql" else _sqlite())]


def _postgresql(cursor):
    cursor.execute(
        "SELECT pg_database_size(current_database()), current_setting('max_connections')::int, "
        "(SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')"
    )
    size, most, used = cursor.fetchone()
    yield Figure("database_bytes", "Size of the database.", size)
    yield Figure("database_connections", "Connections to the server, of all programs.", used)
    yield Figure("database_connections_most", "Connections the server allows.", most)


def _sqlite():
    """The write-ahead log counts as well: one that only grows has a reader that never ends."""
    path = Path(connection.settings_dict["NAME"])
    files = [file for file in (path, path.with_name(path.name + "-wal")) if file.is_file()]
    yield Figure("database_bytes", "Size of the database.", sum(file.stat().st_size for file in files))


def _queue():
    ready = Q(status=TaskResultStatus.READY)
    found = DBTaskResult.objects.aggregate(
        waiting=Count("pk", ready),
        since=Min("enqueued_at", filter=ready),
        running=Count("pk", Q(status=TaskResultStatus.RUNNING)),
        failed=Count("pk", Q(status=TaskResultStatus.FAILED)),
    )
    for state in ("waiting", "running", "failed"):
        yield Figure("queue_tasks", "Tasks for the worker.", found[state], (("state", state),))
    yield Figure("queue_oldest_seconds", "How long the oldest task waits.", _age(found["since"]))


def _outbox():
    counted = dict(OutboxMail.objects.values_list("state").annotate(number=Count("pk")).order_by())
    for state in MailState.values:
        yield Figure("outbox_mails", "Mail by state.", counted.get(state, 0), (("state", state),))
    lately = OutboxMail.objects.filter(state=MailState.DEAD, created_at__gt=timezone.now() - LATELY)
    yield Figure("outbox_dead_lately", "Mail of the last two days given up.", lately.count())
    waiting = OutboxMail.objects.filter(state__in=(MailState.QUEUED, MailState.FAILED))
    due = waiting.filter(next_attempt_at__lte=timezone.now(), part_of=None)
    oldest = due.aggregate(since=Min("next_attempt_at"))["since"]
    yield Figure("outbox_oldest_due_seconds", "How long the oldest mail is due.", _age(oldest))


def _worker():
    beat = Heartbeat.objects.filter(name=WORKER).values_list("at", flat=True).first()
    if beat is None:
        raise LookupError("no worker has ever said that it works")
    yield Figure("worker_heartbeat_age_seconds", "Since the worker last said it works.", _age(beat))


def _cache():
    if hasattr(cache, "ping"):  # of Redis: the cache itself goes on without it
        cache.ping()
    token = uuid.uuid4().hex
    cache.set(f"metrics:{token}", token, 10)
    if cache.get(f"metrics:{token}") != token:
        raise LookupError("the cache forgets")
    return []


def _disk():
    for name, folder in _folders().items():
        space = shutil.disk_usage(folder)
        label = (("folder", name),)
        yield Figure("disk_free_bytes", "Free space where a folder lies.", space.free, label)
        yield Figure("disk_bytes", "All space where a folder lies.", space.total, label)


def _folders():
    """What of the portal lies on this machine and grows."""
    found = {"media": Path(settings.MEDIA_ROOT)}
    if connection.vendor == "sqlite":
        found["database"] = Path(connection.settings_dict["NAME"]).parent
    if settings.BACKUP_FOLDER:
        found["backup"] = Path(settings.BACKUP_FOLDER)
    return {name: _that_exists(folder) for name, folder in found.items()}


def _that_exists(folder):
    """Before the first upload the folder is not there, but the disk it will lie on is."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


def _backup():
    """By the files themselves: a backup nobody can find is none."""
    if not settings.BACKUP_FOLDER:
        return
    # One that is not whole yet has another name.
    times = [one.stat().st_mtime for one in Path(settings.BACKUP_FOLDER).glob("hungdao-*.age")]
    if not times:
        raise LookupError("there is no backup yet")
    yield Figure("backup_age_seconds", "Since the newest backup was written.", time.time() - max(times))


def _age(moment):
    """Seconds since; 0 where nothing waits or the clock was set back."""
    return max(0.0, (timezone.now() - moment).total_seconds()) if moment else 0.0


_PARTS = {
    "database": _database,
    "queue": _queue,
    "outbox": _outbox,
    "worker": _worker,
    "cache": _cache,
    "disk": _disk,
    "backup": _backup,
}
