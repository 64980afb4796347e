"""A measurement on SQLite, and on PostgreSQL where one answers: at BENCH_DATABASE_URL, else at the usual
local address; there in a database of its own, dropped afterwards."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
LOCAL_POSTGRESQL = "postgres://postgres@127.0.0.1:5432/postgres"


def on_both(module, folder, sqlite=None):
    """{database: figures} of `python -m module`, which prints them as the last line, in JSON."""
    figures = {"sqlite": _measured(module, f"sqlite:///{sqlite or f'{folder}/bench.sqlite3'}", folder)}
    with postgresql_of(module) as url:
        if url:
            figures["postgresql"] = _measured(module, url, folder)
    return figures


def _measured(module, url, folder):
    """The figures of one database, taken in a process of its own."""
    environment = os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "MEDIA_ROOT": f"{folder}/media",
        "REDIS_URL": "",
        "SAMPLE_PASSWORD": "only-for-the-bench",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
    }
    return printed_by(module, environment)


def printed_by(module, environment):
    """The figures that `python -m module` prints as its last line, in JSON."""
    done = subprocess.run(
        [sys.executable, "-m", module],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.strip().splitlines()[-1])


@contextmanager
def postgresql_of(module):
    """The address of an empty database, or None where no server answers."""
    import psycopg

    server = os.environ.get("BENCH_DATABASE_URL", LOCAL_POSTGRESQL)
    name = f"{module.replace('.', '_')}_{os.getpid()}"
    try:
        connection = psycopg.connect(server, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        yield None
        return
    with connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
