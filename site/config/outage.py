"""The planned outage: one small file that every process of the portal sees, whatever becomes of the database.

While it is there the web answers 503 (`config.outage_gate`) and the worker rests. `manage.py outage on|off`
writes and removes it; restoring and moving the database do so themselves.
"""

import json
import os
import time
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.utils import timezone


@dataclass(frozen=True)
class Outage:
    """`until`: when the portal works again, None where nobody said. `moved_to`: the mark of the database that
    took over; a process already on it is not concerned. `cause`: planned, restore or move."""

    since: datetime
    until: datetime | None = None
    cause: str = "planned"
    moved_to: str = ""

    def seconds_left(self, now):
        """Until it ends, at least a minute; five minutes where nobody said when."""
        return 300 if self.until is None else max(60, round((self.until - now).total_seconds()))


def current() -> Outage | None:
    """The outage this process is in, None when the portal serves."""
    found = stored()
    return None if found is None or (found.moved_to and found.moved_to == database_mark()) else found


def stored() -> Outage | None:
    """What the file says. A file that cannot be read is an outage all the same: somebody meant one."""
    path = Path(settings.OUTAGE_FILE)
    try:
        return _read(path.read_text())
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        return Outage(since=timezone.now())


def _read(text):
    kept = json.loads(text)
    until = kept.get("until")
    return Outage(
        since=datetime.fromisoformat(kept["since"]),
        until=datetime.fromisoformat(until) if until else None,
        cause=kept.get("cause", "planned"),
        moved_to=kept.get("moved_to", ""),
    )


def switch_on(until=None, cause="planned", moved_to=""):
    """Whole or not at all: no process reads half a file. OSError where it cannot be written."""
    path = Path(settings.OUTAGE_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {
        "since": timezone.now().isoformat(),
        "until": until.isoformat() if until else None,
        "cause": cause,
        "moved_to": moved_to,
    }
    new = path.with_name(f"{path.name}.{os.getpid()}")
    new.write_text(json.dumps(kept))
    new.replace(path)


def switch_off():
    Path(settings.OUTAGE_FILE).unlink(missing_ok=True)


def database_mark(database=None):
    """Which database a process works on, without naming it: of its settings, by default those in force."""
    database = database or settings.DATABASES["default"]
    named = (str(database.get(part, "") or "") for part in ("ENGINE", "HOST", "PORT", "NAME"))
    return sha256("\n".join(named).encode()).hexdigest()[:16]


def rest_while_on(pause=1.0, sleep=time.sleep):
    """For a program that runs on its own: comes back when the portal serves, holds no database till then."""
    while current() is not None:
        connections.close_all()
        sleep(pause)
