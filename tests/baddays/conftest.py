"""Each bad day has a portal of its own: database, processes, files. The tests' database is left alone."""

import subprocess
from itertools import count

import pytest
from django.conf import settings as django_settings

from .machines import PostgreSQL, Redis, manage, migrated, program
from .portal import Portal, asked_here, copy_sqlite

_numbers = count(1)


def _migrate(url, folder):
    manage(
        {
            "DJANGO_SETTINGS_MODULE": "tests.baddays.settings",
            "DATABASE_URL": url,
            "REDIS_URL": "",
            "SECRET_KEY": django_settings.SECRET_KEY,
            "MEDIA_ROOT": str(folder / "media"),
            "HALT_FOLDER": str(folder),
        },
        "migrate",
        "--verbosity=0",
    )


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory):
    """A migrated database file to copy."""

    def fill(folder):
        _migrate(f"sqlite:///{folder}/made.sqlite3", folder)
        return folder / "made.sqlite3"

    return migrated(tmp_path_factory.mktemp("sqlite"), "sqlite", fill)


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory):
    """A server of this test process, with a migrated database `kept` to copy."""
    server = PostgreSQL()

    def fill(folder):
        server.ask("CREATE DATABASE made")
        _migrate(server.url("made"), folder)
        made = folder / "made.sql"
        with made.open("w") as out:
            subprocess.run([program("pg_dump"), server.url("made")], check=True, stdout=out)
        return made

    try:
        kept = migrated(tmp_path_factory.mktemp("postgresql"), "postgresql", fill)
        server.ask("CREATE DATABASE kept")
        subprocess.run(
            [program("psql"), "-q", "-v", "ON_ERROR_STOP=1", "-f", kept, server.url("kept")],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        yield server
    finally:
        server.remove()


@pytest.fixture
def redis_server():
    server = Redis()
    yield server
    server.kill()


@pytest.fixture
def open_portal(request, tmp_path, django_db_blocker):
    """`open_portal("postgresql", REDIS_URL=…)`: a portal on a database of its own, not yet started. The ORM
    of the test asks the same database."""
    closing = []

    def open_one(kind, **more):
        url = _database(request, kind, tmp_path, closing)
        opened = asked_here(url)
        opened.__enter__()
        closing.append(lambda: opened.__exit__(None, None, None))
        portal = Portal(url, tmp_path, **more)
        closing.append(portal.stop)
        return portal

    with django_db_blocker.unblock():
        yield open_one
        for close in reversed(closing):
            close()
    if getattr(request.node, "failed_call", False):
        for log in ("web.log", "worker.log"):
            if (tmp_path / log).exists():
                print(f"---- {log}\n{(tmp_path / log).read_text()[-6000:]}")  # noqa: T201


def _database(request, kind, folder, closing):
    if kind == "sqlite":
        return copy_sqlite(request.getfixturevalue("sqlite_file"), folder)
    server = request.getfixturevalue("postgresql")
    name = f"day{next(_numbers)}"
    server.ask(f"CREATE DATABASE {name} TEMPLATE kept")
    closing.append(lambda: server.ask(f"DROP DATABASE {name} WITH (FORCE)"))
    return server.url(name)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    if call.when == "call":
        item.failed_call = outcome.get_result().failed
