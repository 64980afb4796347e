"""Which tables there are, at which state of the schema, and which of them are carried.

Every table is either a model's, or derived from others and made anew, or Django's list of migrations: one
that is none of these stops the backup, so that nothing is left out in silence.
"""

from dataclasses import dataclass
from functools import cached_property

from django.apps import apps as current_apps
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from .columns import Column, column_of
from .problems import Refused

# Made anew from other tables after loading; which of them there are differs between databases.
DERIVED = frozenset({"wagtailsearch_indexentry", "wagtailsearch_indexentry_fts"})
# Worth nothing once the moment is over: who is signed in. Old ones would let a closed session in again.
PASSING = frozenset({"django_session"})
MIGRATIONS = "django_migrations"


@dataclass(frozen=True)
class Table:
    name: str
    columns: tuple[Column, ...]
    key: str  # the column rows are ordered by

    @cached_property
    def key_is_text(self):
        return next(column.kind for column in self.columns if column.name == self.key) == "text"

    @property
    def names(self):
        return [column.name for column in self.columns]


class Schema:
    """The state of a database: the migrations it has had, and the tables of just that state."""

    def __init__(self, connection):
        self.connection = connection
        self.loader = MigrationLoader(None)  # of the code alone: Django's would ask the database by its alias

    @cached_property
    def recorded(self):
        """Read in the transaction of this very connection."""
        if MIGRATIONS not in self.connection.introspection.table_names():
            return []
        with self.connection.cursor() as cursor:
            cursor.execute(f"SELECT app, name FROM {MIGRATIONS}")  # nosec B608 # noqa: S608
            return [tuple(row) for row in cursor.fetchall()]

    @cached_property
    def applied(self):
        return nodes_of(self.loader, self.recorded)

    @property
    def is_empty(self):
        return not self.applied

    def check_known(self):
        """Refused where the database has had migrations this code does not know."""
        unknown = unknown_to(self.loader, self.recorded)
        if unknown:
            raise Refused(
                _(
                    "The database is of a newer portal than this one (%(migrations)s). Use the commands of "
                    "that version."
                )
                % {"migrations": in_words(unknown)}
            )

    def tables(self, *, with_passing=False):
        """Those that are carried, by name. Refused where the database has one that nobody knows."""
        leave_out = frozenset() if with_passing else PASSING
        found = tables_at(self.loader, self.applied)
        self._check_complete(set(found))
        return {name: table for name, table in sorted(found.items()) if name not in leave_out}

    def _check_complete(self, modelled):
        there = set(self.connection.introspection.table_names()) - made_by_the_database(self.connection)
        unknown = sorted(there - modelled - DERIVED - {MIGRATIONS})
        if unknown:
            raise Refused(
                _("The database has tables no part of the portal knows: %(tables)s. Remove or rename them.")
                % {"tables": ", ".join(unknown)}
            )


def made_by_the_database(connection):
    """Virtual tables of SQLite (full text), those that stand behind them, and what ANALYZE found out."""
    if connection.vendor != "sqlite":
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        rows = cursor.fetchall()
    virtual = {name for name, sql in rows if sql.upper().startswith("CREATE VIRTUAL")}
    behind = {name for name, _sql in rows if any(name.startswith(f"{base}_") for base in virtual)}
    own = {name for name, _sql in rows if name.startswith("sqlite_")}  # no other table may be called so
    return virtual | behind | own


def nodes_of(loader, migrations):
    """These migrations as the code of today names them: several that were made into one count as the one."""
    named = set(migrations)
    named |= {key for key, one in loader.replacements.items() if set(one.replaces) <= named}
    return sorted(named & loader.graph.nodes.keys())


def unknown_to(loader, migrations):
    known = set(loader.graph.nodes) | loader.replacements.keys()
    known.update(old for one in loader.replacements.values() for old in one.replaces)
    return sorted(set(migrations) - known)


def tables_at(loader, applied):
    """{name: Table} of the models as they were when just `applied` had been applied; none that is derived."""
    found = {}
    for model in _models_at(loader, applied):
        meta = model._meta
        if not meta.managed or meta.proxy or meta.swapped or meta.db_table in DERIVED:
            continue
        fields = [field for field in meta.local_concrete_fields if not getattr(field, "generated", False)]
        found[meta.db_table] = Table(meta.db_table, tuple(map(column_of, fields)), meta.pk.column)
    return found


def _models_at(loader, applied):
    if loader.graph.nodes.keys() <= set(applied):
        return current_apps.get_models(include_auto_created=True)
    return loader.project_state(ends(loader, applied)).apps.get_models(include_auto_created=True)


def ends(loader, applied):
    """Of these migrations the ones nothing else of them rests on: where to migrate to."""
    wanted = set(applied) & set(loader.graph.nodes)
    return sorted(
        node
        for node in wanted
        if not any(child.key in wanted for child in loader.graph.node_map[node].children)
    )


def in_words(migrations, most=3):
    named = [".".join(key) for key in migrations[:most]]
    return ", ".join(named) + (" …" if len(migrations) > most else "")
