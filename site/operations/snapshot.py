"""One moment of a database, read while people go on writing: a read transaction of SQLite in WAL mode, a
repeatable-read one of PostgreSQL. No copy is made, so none lies about unencrypted."""

import contextlib
import hashlib
import json
from dataclasses import dataclass

from django.conf import settings
from django.db.utils import ConnectionHandler

from . import columns as writing
from .tables import Schema

_ROWS_AT_ONCE = 2000


@dataclass(frozen=True)
class Count:
    """What a table holds: rows, SHA-256 over them in the order of their keys, the last key given out."""

    rows: int
    sha256: str
    last_key: int = 0


class Counting:
    """Counts and hashes the rows that pass."""

    def __init__(self, table):
        self.rows, self._hash = 0, hashlib.sha256()
        self._compared = writing.compared(table.columns)

    def add(self, row, line):
        self.rows += 1
        self._hash.update(self._compared(row) if self._compared else line)

    def count(self, last_key=0):
        return Count(self.rows, self._hash.hexdigest(), last_key)


def connection_to(database):
    """A connection with these settings of Django's that nobody else uses."""
    return ConnectionHandler({"default": database}).create_connection("default")


class Snapshot:
    """`rows(table)` as lists as they are written down, in the order of the key."""

    def __init__(self, connection):
        self.connection = connection
        self.schema = Schema(connection)

    def rows(self, table):
        read = writing.reader(table.columns, self.connection.vendor)
        source = self._sqlite if self.connection.vendor == "sqlite" else self._postgresql
        for row in source(table):
            yield read(row)

    def last_key(self, table):
        """The last number the database gave out for the key, which may be above the last row's."""
        quoted = self.connection.ops.quote_name
        with self.connection.cursor() as cursor:
            if self.connection.vendor == "sqlite":
                cursor.execute("SELECT name FROM sqlite_master WHERE name = 'sqlite_sequence'")
                if cursor.fetchone() is None:
                    return 0
                cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table.name])
                found = cursor.fetchone()
                return found[0] if found else 0
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [quoted(table.name), table.key])
            (sequence,) = cursor.fetchone()
            if sequence is None:
                return 0
            cursor.execute(f"SELECT last_value, is_called FROM {sequence}")  # nosec B608 # noqa: S608 named by the server
            last, is_called = cursor.fetchone()
            return last if is_called else last - 1

    def count(self, table):
        counting = Counting(table)
        for row in self.rows(table):
            counting.add(row, writing.line(row))
        return counting.count(self.last_key(table))

    def _sqlite(self, table):
        quoted = self.connection.ops.quote_name
        # The plus takes the declared type away: no converter of Django's, the value as it lies in the file.
        # Without the name of its table SQLite would take a column that is not there for a text.
        named = ", ".join(f"+{quoted(table.name)}.{quoted(name)}" for name in table.names)
        with contextlib.closing(self.connection.connection.cursor()) as cursor:
            cursor.execute(f"SELECT {named} FROM {quoted(table.name)} ORDER BY {quoted(table.key)}")  # nosec B608 # noqa: S608
            while rows := cursor.fetchmany(_ROWS_AT_ONCE):
                yield from rows

    def _postgresql(self, table):
        quoted = self.connection.ops.quote_name
        named = ", ".join(
            writing.postgresql_expression(column, quoted(column.name)) for column in table.columns
        )
        order = quoted(table.key) + (' COLLATE "C"' if table.key_is_text else "")
        query = f"SELECT {named} FROM {quoted(table.name)} ORDER BY {order}"  # nosec B608 # noqa: S608
        with self.connection.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT") as copy:
            yield from copy.rows()


@contextlib.contextmanager
def snapshot():
    """A connection of its own to the portal's database, in one transaction that only reads."""
    connection = connection_to(settings.DATABASES["default"])
    try:
        with reading(connection) as taken:
            yield taken
    finally:
        connection.close()


@contextlib.contextmanager
def reading(connection):
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(
            "BEGIN" if is_sqlite else "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
        )
        # The first read fixes the moment.
        cursor.execute("SELECT count(*) FROM sqlite_master" if is_sqlite else "SELECT count(*) FROM pg_class")
        cursor.fetchone()
    try:
        yield Snapshot(connection)
    finally:
        if connection.connection is not None and not connection.errors_occurred:
            with contextlib.suppress(Exception), connection.cursor() as cursor:
                cursor.execute("ROLLBACK")


def unpacked(lines):
    """Rows of lines as they are written down."""
    return map(json.loads, lines)
