"""Moves the database to another one by one command: SQLite to PostgreSQL, and back.

The rows go over as they are written down in a backup, sessions included, and are compared on both sides. The
portal stays out of service for processes on the old database, so that nothing written there is lost; those
started on the new one serve at once.
"""

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
from .problems import Refused
from .restoring import alone, new_mark, out_of_service, prove, said_in_words
from .snapshot import Counting, connection_to, reading

_ROWS_AT_ONCE = 5000


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
        target.drop_leftovers(COMING)
        try:
            with said_in_words():
                counts = _carry(target)
                target.swap()
        except BaseException:
            target.drop_new()
            raise
        outage.switch_on(_end(), cause="move", moved_to=outage.database_mark(database))
        target.drop_old()
    return Moved(len(counts), sum(count.rows for count in counts.values()), time.monotonic() - began)


def _end():
    kept = outage.stored()
    return kept.until if kept else None


def _target(url):
    try:
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


def _carry(target):
    connection = connection_to(settings.DATABASES["default"])
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
