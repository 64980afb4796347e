"""The trail's triggers stand in the way of a test that empties its tables: lifted for that moment."""

from contextlib import contextmanager

from django.db import connection

TABLES = ("trust_auditevent", "trust_auditseal", "trust_auditcheckpoint")


@contextmanager
def lifted(connection):
    """The database as it is without the triggers of the trail; they stand again afterwards."""
    names = set(connection.introspection.table_names())
    tables = [table for table in TABLES if table in names]
    on_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if on_sqlite:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'trust_audit%%'"
            )
            kept = cursor.fetchall()
            for name, _sql in kept:
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            if on_sqlite:
                for _name, sql in kept:
                    cursor.execute(sql)
            else:
                for table in tables:
                    cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def empty_trail():
    """For tests that count seals: the first data of a portal, made anew after each flush, has events."""
    with lifted(connection), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"DELETE FROM {table}")
