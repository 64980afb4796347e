"""How the portal talks to a database, by its address."""

import environ

# WAL and IMMEDIATE: many readers beside one writer, and no transaction learns late that it may not write.
# The coverage of many people sorts and joins: on SQLite in memory instead of in files (16 MB of pages kept),
# on PostgreSQL by its indexes, which no disk of today reads slower than the table.
_SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
    "PRAGMA cache_size=-16384;PRAGMA temp_store=MEMORY;",
}
# A server that does not answer is a page in words after five seconds, not a browser that waits.
_POSTGRESQL = {"options": "-c jit=off -c random_page_cost=1.1", "connect_timeout": 5}


def database_at(url):
    """Django's settings of the database at `url`: sqlite:////path or postgres://user:password@host/name.
    ImproperlyConfigured or ValueError for an address that is none."""
    return with_options(environ.Env.db_url_config(url))


def with_options(database):
    """With ours; what the address itself says (`?sslmode=verify-full`) stays."""
    own = database.get("OPTIONS", {})
    if database["ENGINE"] == "django.db.backends.sqlite3":
        return database | {"OPTIONS": _SQLITE | own}
    return database | {"OPTIONS": _POSTGRESQL | own, "CONN_HEALTH_CHECKS": True}
