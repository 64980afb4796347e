"""Fills a database whose schema is there with rows as they are written down.

What only slows a load or gets in its way (indexes, foreign keys, triggers) is taken off and put back; putting
it back proves that every key points somewhere. The triggers that feed SQLite's full text stay.
"""

from django.db import DataError, IntegrityError
from django.utils.translation import gettext as _

from . import columns as writing
from .problems import Failed
from .tables import made_by_the_database


def loader(connection, tables):
    return (SQLiteLoader if connection.vendor == "sqlite" else PostgreSQLLoader)(connection, tables)


class Loader:
    """`begin`, then `rows` for one table after the other, then `finish` with the last keys given out."""

    def __init__(self, connection, tables):
        self.connection, self.tables = connection, tables
        self.quoted = connection.ops.quote_name
        self._writers = {}

    def rows(self, table, rows):
        write = self._writers.get(table.name)
        if write is None:
            write = self._writers[table.name] = writing.writer(table.columns, self.connection.vendor)
        try:
            self._insert(table, map(write, rows))
        except (DataError, IntegrityError, ValueError) as error:
            raise Failed(
                _("Table %(table)s holds a value this database does not take: %(reason)s")
                % {"table": table.name, "reason": str(error).strip().splitlines()[0]}
            ) from error

    def run(self, statement, params=None):
        with self.connection.cursor() as cursor:
            cursor.execute(statement, params)
            return cursor.fetchall() if cursor.description else []


class SQLiteLoader(Loader):
    def begin(self):
        self.run("PRAGMA foreign_keys = OFF")
        self.run("BEGIN IMMEDIATE")
        everything = self.run("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        virtual = {
            name for _type, name, _table, sql in everything if sql.upper().startswith("CREATE VIRTUAL TABLE")
        }
        triggers = [row for row in everything if row[0] == "trigger"]
        self._indexes = [sql for kind, _name, _table, sql in everything if kind == "index"]
        for _type, name, _table, _sql in triggers:
            self.run(f"DROP TRIGGER {self.quoted(name)}")
        for kind, name, _table, _sql in everything:
            if kind == "index":
                self.run(f"DROP INDEX {self.quoted(name)}")
        for name in [*self.connection.introspection.table_names(), *virtual]:
            if name in virtual or (
                name != "django_migrations" and name not in made_by_the_database(self.connection)
            ):
                self.run(f"DELETE FROM {self.quoted(name)}")  # nosec B608 # noqa: S608 names of the schema
        self._later = []
        for _type, _name, _table, sql in triggers:
            if any(name in sql for name in virtual):
                self._plainly(sql)
            else:
                self._later.append(sql)

    def _plainly(self, sql):
        """A statement of the schema: a percent sign in it is no parameter."""
        self.connection.connection.execute(sql)

    def _insert(self, table, rows):
        named = ", ".join(map(self.quoted, table.names))
        places = ", ".join("?" * len(table.names))
        statement = f"INSERT INTO {self.quoted(table.name)} ({named}) VALUES ({places})"  # nosec B608 # noqa: S608
        with self.connection.wrap_database_errors:
            self.connection.connection.executemany(statement, rows)

    def finish(self, last_keys):
        for sql in (*self._indexes, *self._later):
            self._plainly(sql)
        for name, last in last_keys.items():
            self.run("DELETE FROM sqlite_sequence WHERE name = %s", [name])
            if last:
                self.run("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [name, last])
        broken = self.run("PRAGMA foreign_key_check")
        if broken:
            raise Failed(
                _("Table %(table)s names a row of %(parent)s that is not there.")
                % {"table": broken[0][0], "parent": broken[0][2]}
            )
        self.run("ANALYZE")
        self.run("COMMIT")
        self.run("PRAGMA foreign_keys = ON")


class PostgreSQLLoader(Loader):
    """Each statement is its own transaction: the schema is nobody's until it is swapped in; where something
    fails it is dropped whole."""

    def begin(self):
        self.run("SET synchronous_commit = off")
        self.run("SET maintenance_work_mem = '128MB'")
        self._foreign = self.run(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
        )
        self._indexes = self.run(
            "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i "
            "JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = current_schema()::regnamespace "
            "AND NOT i.indisprimary AND NOT EXISTS "
            "(SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))"
        )
        for table, name, _definition in self._foreign:
            self.run(f"ALTER TABLE {table} DROP CONSTRAINT {self.quoted(name)}")
        for name, _definition in self._indexes:
            self.run(f"DROP INDEX {name}")
        for name in self.connection.introspection.table_names():
            if name != "django_migrations":
                self.run(f"ALTER TABLE {self.quoted(name)} DISABLE TRIGGER USER")
                if self.run(f"SELECT 1 FROM {self.quoted(name)} LIMIT 1"):  # nosec B608 # noqa: S608
                    self.run(f"TRUNCATE {self.quoted(name)}")

    def _insert(self, table, rows):
        named = ", ".join(map(self.quoted, table.names))
        statement = f"COPY {self.quoted(table.name)} ({named}) FROM STDIN"
        with self.connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)

    def finish(self, last_keys):
        for _name, definition in self._indexes:
            self.run(definition.replace("%", "%%"))
        for table, name, definition in self._foreign:
            self.run(f"ALTER TABLE {table} ADD CONSTRAINT {self.quoted(name)} {definition}")
        for name in self.connection.introspection.table_names():
            if name != "django_migrations":
                self.run(f"ALTER TABLE {self.quoted(name)} ENABLE TRIGGER USER")
        for name, last in last_keys.items():
            table = self.tables[name]
            ((sequence,),) = self.run("SELECT pg_get_serial_sequence(%s, %s)", [self.quoted(name), table.key])
            if sequence:
                self.run("SELECT setval(%s, %s, %s)", [sequence, max(last, 1), last > 0])
        self.run("ANALYZE")
