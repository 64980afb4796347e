"""The databases of the test processes: one is migrated, the others are copies of it.

`python -m tests.databases 2` makes those of pytest-xdist's gw0 and gw1 where they are not of today's
migrations; `pytest --reuse-db` then finds them.
"""

import os
import shutil
import sys
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main(processes):
    url = os.environ.get("DATABASE_URL", "sqlite")
    mark = ROOT / "var" / f"test-databases-{sha256(url.encode()).hexdigest()[:12]}"
    made_of = f"{processes} {_fingerprint()}"
    if mark.exists() and mark.read_text() == made_of:
        return
    mark.parent.mkdir(exist_ok=True)
    mark.unlink(missing_ok=True)
    _make(processes)
    mark.write_text(made_of)


def _fingerprint():
    """Of all that decides what a migrated database looks like."""
    files = [path for path in ROOT.glob("**/migrations/*.py") if ".venv" not in path.parts]
    return sha256(
        b"".join(path.read_bytes() for path in [*sorted(files), ROOT / "constraints.txt"])
    ).hexdigest()


def _make(processes):
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    import django

    django.setup()
    from django.db import connection

    first, *others = [f"{connection.settings_dict['TEST']['NAME']}_gw{number}" for number in range(processes)]
    on_file = connection.vendor == "sqlite"
    if on_file:
        for name in (first, *others):
            for suffix in ("", "-wal", "-shm"):
                Path(name + suffix).unlink(missing_ok=True)
    connection.settings_dict["TEST"]["NAME"] = first
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    for name in others:
        if on_file:
            shutil.copy(first, name)
        else:
            _copy_on_the_server(connection, first, name)


def _copy_on_the_server(connection, source, name):
    quoted = connection.ops.quote_name
    with connection._nodb_cursor() as cursor:  # nobody may be connected to what is copied
        cursor.execute(f"DROP DATABASE IF EXISTS {quoted(name)}")
        cursor.execute(f"CREATE DATABASE {quoted(name)} TEMPLATE {quoted(source)}")


if __name__ == "__main__":
    main(int(sys.argv[1]))
