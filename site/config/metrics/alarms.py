"""When somebody must look: the limits, each with the sentence that says what is wrong.

What to do for each code says docs/operations.md; deploy/prometheus/hungdao.rules.yml has the same limits.
"""

from dataclasses import dataclass
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from django.utils.translation import gettext as _

WORKER_SILENT = 60  # seconds
QUEUE_OLD = 15 * 60
MAIL_OLD = 30 * 60
BACKUP_OLD = 26 * 3600  # one each night, and two hours for it to finish
DISK_SHARE, DISK_LEAST = 0.10, 2 * 1024**3  # of all space, bytes
CONNECTIONS_SHARE = 0.80
WEB_PATIENCE = 5  # seconds


@dataclass(frozen=True)
class Alarm:
    """`code` is stable; `about` says which part, folder or process, or is empty."""

    code: str
    about: str
    text: str

    @property
    def key(self):
        return f"{self.code}:{self.about}" if self.about else self.code


def alarms(figures, web_ports=()):
    """What is wrong now, by the shared figures and the web processes on these ports of this machine."""
    known = {(figure.name, figure.labels): figure.value for figure in figures}
    found = [alarm for rule in _RULES for alarm in rule(known)]
    return found + [_silent(port) for port in web_ports if not _answers(port)]


def _parts(known):
    for (name, labels), value in known.items():
        if name == "part_up" and not value:
            part = dict(labels)["part"]
            yield Alarm("part_down", part, _("%(part)s does not answer.") % {"part": part})


def _worker(known):
    age = known.get(("worker_heartbeat_age_seconds", ()), 0)
    if age > WORKER_SILENT:
        text = _("The worker has been silent for %(minutes)d minutes: no mail, no reminders.")
        yield Alarm("worker_silent", "", text % {"minutes": age // 60})


def _queue(known):
    age = known.get(("queue_oldest_seconds", ()), 0)
    if age > QUEUE_OLD:
        text = _("The oldest task has waited %(minutes)d minutes for the worker.")
        yield Alarm("queue_old", "", text % {"minutes": age // 60})


def _mail(known):
    age = known.get(("outbox_oldest_due_seconds", ()), 0)
    if age > MAIL_OLD:
        text = _("A mail has been due for %(minutes)d minutes and is not sent.")
        yield Alarm("mail_old", "", text % {"minutes": age // 60})
    dead = known.get(("outbox_dead_lately", ()), 0)
    if dead:
        text = _("%(count)d mails of the last two days could not be delivered.")
        yield Alarm("mail_dead", "", text % {"count": dead})


def _disks(known):
    for (name, labels), free in known.items():
        if name != "disk_free_bytes":
            continue
        least = max(DISK_LEAST, DISK_SHARE * known["disk_bytes", labels])
        if free < least:
            folder = dict(labels)["folder"]
            text = _("Only %(free).1f GB are left on the disk of: %(folder)s.")
            yield Alarm("disk_full", folder, text % {"free": free / 1024**3, "folder": folder})


def _backup(known):
    age = known.get(("backup_age_seconds", ()), 0)
    if age > BACKUP_OLD:
        text = _("The newest backup is %(hours)d hours old.")
        yield Alarm("backup_old", "", text % {"hours": age // 3600})


def _connections(known):
    used, most = known.get(("database_connections", ())), known.get(("database_connections_most", ()))
    if most and used > CONNECTIONS_SHARE * most:
        text = _("%(used)d of %(most)d database connections are in use.")
        yield Alarm("connections", "", text % {"used": used, "most": most})


_RULES = (_parts, _worker, _queue, _mail, _disks, _backup, _connections)


def _silent(port):
    return Alarm(
        "web_silent", str(port), _("The web process on port %(port)s does not answer.") % {"port": port}
    )


def _answers(port):
    """Asked on the loopback address, whatever proxy the environment names."""
    opener = build_opener(ProxyHandler({}))
    try:
        with opener.open(f"http://127.0.0.1:{port}/metrics", timeout=WEB_PATIENCE) as answer:
            return answer.status == 200
    except (URLError, OSError):
        return False
