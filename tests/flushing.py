"""How tests with real transactions leave an empty database behind.

`flush` truncates every table, which PostgreSQL pays for with new files for some three hundred tables: seconds
a test, where few of them hold anything. There only those are emptied, with triggers and foreign keys at rest;
on SQLite the trail's triggers are lifted for the moment. Whatever else changes the trail does not pass.

Kinds of content and permissions stay: they follow from the code, and making them anew takes long.
"""

from django.db import transaction
from django.db.backends.base.operations import BaseDatabaseOperations

from tests.trust.audit_guards import lifted

KEPT = {"django_content_type", "auth_permission"}


def make_flushing_cheap():
    flush = BaseDatabaseOperations.execute_sql_flush

    def execute_sql_flush(self, sql_list):
        if self.connection.vendor == "postgresql":
            _empty_what_is_filled(self.connection)
            return
        kept = {self.quote_name(table) for table in KEPT}
        with lifted(self.connection):
            flush(self, [sql for sql in sql_list if kept.isdisjoint(sql.rstrip(";").split())])

    BaseDatabaseOperations.execute_sql_flush = execute_sql_flush


def _empty_what_is_filled(connection):
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    quoted = [connection.ops.quote_name(table) for table in tables if table not in KEPT]
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in quoted)
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {table}")
