"""Databases and folders for a portal of its own, beside that of the tests."""

import contextlib
import sqlite3
from uuid import uuid4

from django.conf import settings as used
from django.db import connections

from config.databases import database_at
from operations.aside import SQLiteAside, standing_as_default
from operations.snapshot import connection_to


@contextlib.contextmanager
def portal_on(database, monkeypatch, media=None):
    """Inside, this process is a portal on `database` with its files in `media`."""
    with monkeypatch.context() as patch:
        patch.setitem(used.DATABASES, "default", database)
        if media is not None:
            patch.setattr(used, "MEDIA_ROOT", media)
            patch.setattr(used, "PRIVATE_ROOT", media / "private")
        connection = connection_to(database)
        with standing_as_default(connection):
            try:
                yield connection
            finally:
                connection.close()


def sqlite_at(path):
    return database_at(f"sqlite:///{path}") | {"NAME": str(path)}


@contextlib.contextmanager
def postgresql(template=None):
    """A database of its own on the server of the tests, empty or as `template`; dropped afterwards."""
    usual, name = connections["default"], f"hungdao_operations_{uuid4().hex[:8]}"
    connections.close_all()
    copied = f' TEMPLATE "{template}"' if template else ""
    with usual._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"{copied}')
    try:
        yield usual.settings_dict | {"NAME": name}
    finally:
        connections.close_all()
        with usual._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def as_url(database):
    if "sqlite" in database["ENGINE"]:
        return f"sqlite:///{database['NAME']}"
    account = database["USER"] + (f":{database['PASSWORD']}" if database["PASSWORD"] else "")
    return f"postgres://{account}@{database['HOST']}:{database['PORT']}/{database['NAME']}"


def build_from(template, monkeypatch):
    """The schema of a new SQLite file is copied from the file `template` instead of migrating for a minute;
    that migrating gives the same is seen on PostgreSQL, where nothing is replaced."""

    def build(self, migrations):
        with contextlib.closing(sqlite3.connect(template)) as source:
            made = source.execute(
                "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL "
                "ORDER BY type = 'trigger', rowid"
            ).fetchall()
            done = source.execute("SELECT id, app, name, applied FROM django_migrations").fetchall()
        virtual = [name for _type, name, sql in made if sql.upper().startswith("CREATE VIRTUAL")]
        with self.connection.cursor():
            pass
        raw = self.connection.connection
        for _type, name, sql in made:
            if not name.startswith(("sqlite_", *(f"{base}_" for base in virtual))) or _type != "table":
                raw.execute(sql)
        raw.executemany("INSERT INTO django_migrations VALUES (?, ?, ?, ?)", done)

    monkeypatch.setattr(SQLiteAside, "build", build)
