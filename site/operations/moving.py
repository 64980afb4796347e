"""Moves the database to another one by one command: SQLite to PostgreSQL, and back.

The rows go over as they are written down in a backup, sessions included, and are compared on both sides. The
portal stays out of service for processes on the old database, so that nothing written there is lost; those
started on the new one serve at once.
"""

import json
import os
import subprocess  # its own program, arguments of its own
import sys
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from config import outage
from config.databases import database_at

from . import columns as writing
from .aside import COMING, aside
from .loading import loader
from .problems import Failed, Refused
from .restoring import alone, new_mark, out_of_service, prove, said_in_words
from .snapshot import Counting, connection_to, reading

_ROWS_AT_ONCE = 5000
_SCHEMES = ("sqlite", "postgres", "postgresql")


@dataclass(frozen=True)
class Moved:
    tables: int
    rows: int
    seconds: float


def move(url) -> Moved:
    """Refused for an address that is none, the same database, one that is not empty or is in use."""
    began, database = time.monotonic(), _target(url)
    with alone(), out_of_service("move"):
        target, source = (aside(where, new_mark()) for where in (database, settings.DATABASES["default"]))
        if target.contents() == "people":
            raise Refused(_("The database to move to is not empty. Empty it or name another one."))
        target.check_possible()
        source.wait_until_alone()
        target.wait_until_alone()
        tables, rows = _by_a_process_on(url, outage.database_mark(database))
        outage.switch_on(_end(), cause="move", moved_to=outage.database_mark(database))
    return Moved(tables, rows, time.monotonic() - began)


def _by_a_process_on(url, mark):
    """Which tables Wagtail has depends on the database a process was started on: the new one is filled by a
    process of its own."""
    said = json.dumps({"source": settings.DATABASES["default"], "mark": mark}, default=str)
    done = subprocess.run(  # noqa: S603 our own command; the address was read above
        [sys.executable, str(settings.ROOT / "manage.py"), "move_database", url, "--receive"],
        input=said,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"DATABASE_URL": url},
        check=False,
    )
    try:
        answer = json.loads(done.stdout.strip().splitlines()[-1])
    except (ValueError, IndexError):
        raise Failed(_("The new database could not be filled; the old one is as it was.")) from None
    if "reason" in answer:
        raise (Refused if done.returncode == 2 else Failed)(answer["reason"])
    return answer["tables"], answer["rows"]


def receive(source, mark) -> Moved:
    """Inside the process on the new database: fills it from `source`, Django's settings of the old one."""
    began = time.monotonic()
    if mark != outage.database_mark():
        raise Refused(_("The settings name another database than the one to move to."))
    target = aside(settings.DATABASES["default"], new_mark())
    target.drop_leftovers(COMING)
    try:
        with said_in_words():
            counts = _carry(source, target)
            target.swap()
    except BaseException:
        target.drop_new()
        raise
    target.drop_old()
    return Moved(len(counts), sum(count.rows for count in counts.values()), time.monotonic() - began)


def _end():
    kept = outage.stored()
    return kept.until if kept else None


def _target(url):
    try:
        if url.partition(":")[0] not in _SCHEMES:
            raise ValueError(url)
        database = database_at(url)
    except (ValueError, KeyError, ImproperlyConfigured) as error:
        raise Refused(_("This is no address of a database: %(url)s") % {"url": url.split("@")[-1]}) from error
    if not database.get("ENGINE", "").endswith((".sqlite3", ".postgresql")) or database.get("NAME") in (
        None,
        "",
        ":memory:",
    ):
        raise Refused(_("The portal runs on sqlite:////path or postgres://user:password@host/name."))
    if outage.database_mark(database) == outage.database_mark():
        raise Refused(_("This is the database the portal is on already."))
    return database


def _carry(source, target):
    connection = connection_to(source)
    try:
        with reading(connection) as taken:
            taken.schema.check_known()
            if taken.schema.is_empty:
                raise Refused(_("The database is empty: there is nothing to move."))
            tables = taken.schema.tables(with_passing=True)
            target.open()
            target.build(taken.schema.applied)
            loading = loader(target.connection, tables)
            loading.begin()
            counts = {name: _table(taken, table, loading) for name, table in tables.items()}
            loading.finish({name: count.last_key for name, count in counts.items()})
    finally:
        connection.close()
    prove(target, tables, counts)
    target.derive()
    target.seal()
    return counts


def _table(taken, table, loading):
    counting, rows = Counting(table), []
    for row in taken.rows(table):
        counting.add(row, writing.line(row))
        rows.append(row)
        if len(rows) == _ROWS_AT_ONCE:
            loading.rows(table, rows)
            rows = []
    if rows:
        loading.rows(table, rows)
    return counting.count(taken.last_key(table))
