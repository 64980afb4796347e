"""A new database beside the one in use, put in its place when it is whole.

SQLite: a file beside the file, swapped by renaming. PostgreSQL: a schema of the same database, swapped by
renaming two schemas in one transaction. Either way whoever looks sees the old or the new one, whole.
"""

import contextlib
import os
import sqlite3
import time
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from .problems import Failed, Refused
from .snapshot import connection_to
from .tables import MIGRATIONS, Schema, ends, nodes_of

PATIENCE = 15.0  # seconds the others get to finish once the outage is on
COMING, GONE = "restoring_", "before_"


def exists(database):
    """Asked before connecting: SQLite would make a file that is not there."""
    return "sqlite" not in database["ENGINE"] or Path(database["NAME"]).exists()


@contextlib.contextmanager
def standing_as_default(connection):
    """Inside, whatever asks for the database gets this one: migrations and the search index ask by name."""
    usual = connections["default"]
    connections["default"] = connection
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        connections["default"] = usual
        ContentType.objects.clear_cache()


def aside(database, mark):
    return (SQLiteAside if "sqlite" in database["ENGINE"] else PostgreSQLAside)(database, mark)


class Aside:
    """`database`: Django's settings of the one in use. `connection` is to the new one."""

    def __init__(self, database, mark):
        self.database, self.mark = database, mark
        self.connection = None

    def contents(self):
        """ "nothing", "no people" (a schema that somebody has migrated), or "people"."""
        if not exists(self.database):
            return "nothing"
        connection = connection_to(self.database)
        try:
            tables = set(connection.introspection.table_names())
            if not tables:
                return "nothing"
            if MIGRATIONS not in tables or get_user_model()._meta.db_table not in tables:
                raise Refused(
                    _("The database belongs to another program: it has tables, but none of the portal.")
                )
            with connection.cursor() as cursor:
                quoted = connection.ops.quote_name(get_user_model()._meta.db_table)
                cursor.execute(f"SELECT 1 FROM {quoted} LIMIT 1")  # nosec B608 # noqa: S608
                return "people" if cursor.fetchone() else "no people"
        except DatabaseError as error:
            raise Refused(
                _("The database does not answer: %(reason)s") % {"reason": str(error).strip().splitlines()[0]}
            ) from error
        finally:
            connection.close()

    def wait_until_alone(self, patience=PATIENCE, pause=0.5):
        """Refused where somebody still uses the database after `patience` seconds."""
        connections.close_all()
        until = time.monotonic() + patience
        while others := self.others():
            if time.monotonic() >= until:
                raise Refused(
                    _(
                        "The database is in use by %(count)d other connections. Stop the portal (systemctl "
                        "stop hungdao-web hungdao-worker) and what else has it open, then try again."
                    )
                    % {"count": others}
                )
            time.sleep(pause)

    def build(self, migrations):
        """The schema as it was after just these migrations, and nothing in it but what they put there."""
        with standing_as_default(self.connection):
            executor = MigrationExecutor(self.connection)
            wanted = nodes_of(executor.loader, migrations)
            executor.migrate(ends(executor.loader, wanted))
            applied = Schema(self.connection).applied
        if applied != wanted:
            raise Failed(_("The schema could not be built as the backup has it."))

    def bring_forward(self):
        """The migrations this code has beyond those, and what is made from other tables."""
        with standing_as_default(self.connection):
            call_command("migrate", verbosity=0, interactive=False)

    def derive(self):
        with standing_as_default(self.connection), open(os.devnull, "w") as nowhere:  # noqa: PTH123
            call_command("update_index", verbosity=0, stdout=nowhere)


class SQLiteAside(Aside):
    def __init__(self, database, mark):
        super().__init__(database, mark)
        self.path = Path(database["NAME"])
        self.coming = self.path.with_name(f"{self.path.name}.{COMING}{mark}")
        self.gone = self.path.with_name(f"{self.path.name}.{GONE}{mark}")

    def check_possible(self):
        if not os.access(self.path.parent, os.W_OK):
            raise Refused(_("The folder %(folder)s cannot be written to.") % {"folder": self.path.parent})

    def others(self):
        with contextlib.closing(_exclusively(self.path)) as alone:
            return 0 if alone.usable else 1

    def open(self):
        options = self.database["OPTIONS"] | {
            # Nothing is kept safe before it is whole: it is synced once, at the end.
            "init_command": "PRAGMA journal_mode=MEMORY;PRAGMA synchronous=OFF;PRAGMA cache_size=-65536;"
            "PRAGMA temp_store=MEMORY;",
        }
        self.connection = connection_to(self.database | {"NAME": str(self.coming), "OPTIONS": options})
        self.coming.touch(mode=0o600, exist_ok=False)

    def seal(self):
        self.connection.close()
        _fsync(self.coming)

    def swap(self):
        had_one = self.path.exists()
        with contextlib.closing(_exclusively(self.path)) as alone:
            if not alone.usable:
                raise Failed(
                    _("Somebody opened the database again: nothing was changed. Stop the portal first.")
                )
            if had_one:
                self.coming.chmod(self.path.stat().st_mode & 0o777)
                self.path.rename(self.gone)
            try:
                self.coming.rename(self.path)
            except OSError:
                if had_one:
                    self.gone.rename(self.path)
                raise
        _fsync(self.path.parent)

    def drop_new(self):
        if self.connection is not None:
            self.connection.close()
        for ending in ("", "-journal", "-wal", "-shm"):
            self.coming.with_name(self.coming.name + ending).unlink(missing_ok=True)

    def drop_old(self):
        self.gone.unlink(missing_ok=True)

    def leftovers(self, beginning):
        return sorted(self.path.parent.glob(f"{self.path.name}.{beginning}*"))

    def drop_leftovers(self, beginning):
        found = self.leftovers(beginning)
        for path in found:
            path.unlink()
        return [path.name for path in found]


class _exclusively:
    """The file locked against everybody, with its log folded in; `usable` False while another has it open."""

    def __init__(self, path):
        self.connection, self.usable = None, True
        if not path.exists():
            return
        self.connection = sqlite3.connect(path, timeout=0.2, isolation_level=None)
        try:
            # Only the last one connected can leave WAL mode.
            (mode,) = self.connection.execute("PRAGMA journal_mode=DELETE").fetchone()
            self.usable = mode == "delete"
            if self.usable:
                self.connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            self.usable = False

    def close(self):
        if self.connection is not None:
            self.connection.close()


class PostgreSQLAside(Aside):
    def __init__(self, database, mark):
        super().__init__(database, mark)
        self.coming, self.gone = f"{COMING}{mark}", f"{GONE}{mark}"
        self.schema = self._one("SELECT current_schema()") or "public"

    def _one(self, statement, params=None):
        connection = connection_to(self.database)
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement, params)
                return cursor.fetchone()[0]
        except DatabaseError as error:
            raise Refused(
                _("The database does not answer: %(reason)s") % {"reason": str(error).strip().splitlines()[0]}
            ) from error
        finally:
            connection.close()

    def check_possible(self):
        may = self._one(
            "SELECT has_database_privilege(current_database(), 'CREATE') AND "
            "pg_has_role((SELECT nspowner FROM pg_namespace WHERE nspname = current_schema()), 'USAGE')"
        )
        if not may:
            raise Refused(
                _(
                    "The portal's account of the database must own it. As the administrator of PostgreSQL: "
                    "ALTER DATABASE %(name)s OWNER TO %(account)s; "
                    "ALTER SCHEMA %(schema)s OWNER TO %(account)s;"
                )
                % {"name": self.database["NAME"], "account": self.database["USER"], "schema": self.schema}
            )

    def others(self):
        return self._one(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )

    def open(self):
        self._do(f'CREATE SCHEMA "{self.coming}"')
        options = self.database["OPTIONS"]
        searched = f"{options.get('options', '')} -c search_path={self.coming}".strip()
        self.connection = connection_to(self.database | {"OPTIONS": options | {"options": searched}})

    def _do(self, *statements):
        connection = connection_to(self.database)
        try:
            with connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
        finally:
            connection.close()

    def seal(self):
        self.connection.close()

    def swap(self):
        extensions = self._extensions()
        self._do(
            "BEGIN",
            f'ALTER SCHEMA "{self.schema}" RENAME TO "{self.gone}"',
            f'ALTER SCHEMA "{self.coming}" RENAME TO "{self.schema}"',
            *(f'ALTER EXTENSION "{name}" SET SCHEMA "{self.schema}"' for name in extensions),
            "COMMIT",
        )

    def _extensions(self):
        """What the administrator of the database installed beside our tables stays with those in use."""
        found = self._one(
            "SELECT coalesce(string_agg(extname, ','), '') FROM pg_extension "
            "WHERE extnamespace = current_schema()::regnamespace"
        )
        return [name for name in found.split(",") if name]

    def drop_new(self):
        if self.connection is not None:
            self.connection.close()
        self._drop(self.coming)

    def drop_old(self):
        self._drop(self.gone)

    def _drop(self, schema):
        """Table by table: a lock on all of them at once is more than a server allows."""
        tables = self._one(
            "SELECT coalesce(json_agg(relname), '[]') FROM pg_class WHERE relkind = 'r' AND relnamespace = "
            "(SELECT oid FROM pg_namespace WHERE nspname = %s)",
            [schema],
        )
        self._do(*(f'DROP TABLE IF EXISTS "{schema}"."{table}" CASCADE' for table in tables))
        self._do(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')

    def leftovers(self, beginning):
        return self._one(
            "SELECT coalesce(json_agg(nspname ORDER BY nspname), '[]') FROM pg_namespace WHERE nspname ~ %s",
            [f"^{beginning}[0-9a-f_]+$"],
        )

    def drop_leftovers(self, beginning):
        found = self.leftovers(beginning)
        for schema in found:
            self._drop(schema)
        return found


def _fsync(path):
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
