"""`python -m deploy.migrations`: new migrations that would disturb a release that still serves (exit 1).

An upgrade migrates while the processes of the old release go on (docs/operations.md, "Upgrading"), so what it
does to the database must leave the old release working, and must not hold a lock for long. Looked at are the
migrations that are not in `deploy/released.txt`, the list of the newest release; `--release` writes it anew
when a release is made. Before the first one the list is empty: there is no old release to disturb.

What is allowed, and how the rest is done in two releases: docs/decisions.md, "Migrations while it serves".
"""

import argparse
import os
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RELEASED = ROOT / "deploy" / "released.txt"
OURS = (
    "safe_while_serving"  # on a Migration: a sentence that says why it is, for what cannot be seen from here
)
HEAD = "# Migrations of the newest release, written by `python -m deploy.migrations --release`.\n"


def released():
    """{(app, name)} of the newest release."""
    lines = RELEASED.read_text().splitlines() if RELEASED.exists() else []
    return {tuple(line.split(".", 1)) for line in lines if line and not line.startswith("#")}


def our_migrations():
    """{(app, name): Migration} of the portal's own apps."""
    from django.apps import apps
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None, ignore_no_migrations=True)
    ours = {config.label for config in apps.get_app_configs() if _is_ours(config)}
    return loader, {key: one for key, one in loader.disk_migrations.items() if key[0] in ours}


def _is_ours(config):
    path = Path(config.path)
    return ROOT in path.parents and ".venv" not in path.parts


def findings(loader, migrations, known):
    """Sentences about the migrations that are not `known`."""
    return [
        f"{app}.{name}: {finding}"
        for (app, name), migration in sorted(migrations.items())
        if (app, name) not in known
        for finding in disturbances(migration, loader.project_state((app, name), at_end=False))
    ]


def disturbances(migration, state):
    """What of one migration the old release would feel; `state` is that before it. Nothing where the
    migration says itself why it is safe."""
    if getattr(migration, OURS, ""):
        return []
    state, found, new_models = state.clone(), [], set()
    for operation in migration.operations:
        found += _of(operation, migration.app_label, state, new_models)
        operation.state_forwards(migration.app_label, state)
    return found


def _of(operation, app, state, new_models):
    from django.db.migrations import operations as known

    if isinstance(operation, known.SeparateDatabaseAndState):
        return [each for one in operation.database_operations for each in _of(one, app, state, new_models)]
    name = getattr(operation, "model_name", getattr(operation, "name", "")) or ""
    if isinstance(operation, known.CreateModel):
        new_models.add(operation.name.lower())
        return []
    if name.lower() in new_models:
        return []  # the old release does not know the table
    ask = _questions().get(type(operation))
    if ask is None:
        return [f"{type(operation).__name__} cannot be judged: say in `{OURS}` why it is safe"]
    answer = ask(operation, app, state)
    return [answer] if answer else []


def _fine(operation, app, state):
    return ""


def _added(operation, app, state):
    field = operation.field
    if field.many_to_many or field.null or field.has_db_default() or field.generated:
        return ""
    return (
        f"{operation.model_name}.{operation.name} is new and required: rows of the old release would be "
        "refused. Give it null=True or db_default="
    )


def _altered(operation, app, state):
    old = state.models[app, operation.model_name.lower()].fields[operation.name]
    new = operation.field
    where = f"{operation.model_name}.{operation.name}"
    if old.many_to_many or new.many_to_many:
        return ""
    if type(old) is not type(new):
        return f"{where} changes its kind: the table is rewritten under a lock. Add a second field instead"
    if old.null and not new.null:
        return f"{where} becomes required: the old release still writes nothing there"
    if _narrower(old, new):
        return f"{where} becomes narrower: the old release still writes longer values"
    if (new.unique and not old.unique) or (
        getattr(new, "db_column", None) != getattr(old, "db_column", None)
    ):
        return f"{where} becomes unique or changes its column"
    return ""


def _narrower(old, new):
    return any(
        getattr(new, limit, None) is not None
        and (getattr(old, limit, None) is None or getattr(new, limit) < getattr(old, limit))
        for limit in ("max_length", "max_digits", "decimal_places")
    )


def _gone(operation, app, state):
    return "takes away or renames what the old release still reads"


def _constrained(operation, app, state):
    return (
        f"{operation.model_name}.{operation.constraint.name} reads the whole table under a lock and refuses "
        "rows the old release may still write"
    )


def _code(operation, app, state):
    return f"runs code or SQL that cannot be judged: say in `{OURS}` why it is safe"


@cache
def _questions():
    """By kind of operation. Asked late: Django's operations cannot be named before Django is there."""
    from django.db.migrations import operations as known

    return {
        known.AddField: _added,
        known.AlterField: _altered,
        known.AddConstraint: _constrained,
        known.RunPython: _code,
        known.RunSQL: _code,
        **dict.fromkeys(
            [
                known.DeleteModel,
                known.RemoveField,
                known.RenameField,
                known.RenameModel,
                known.AlterModelTable,
                known.AlterUniqueTogether,
                known.AlterOrderWithRespectTo,
            ],
            _gone,
        ),
        **dict.fromkeys(
            [
                # An index is built in well under a second on a ward's rows; reading goes on meanwhile.
                known.AddIndex,
                known.RemoveIndex,
                known.RenameIndex,
                known.RemoveConstraint,
                known.AlterModelOptions,
                known.AlterModelManagers,
                known.AlterModelTableComment,
                known.AlterIndexTogether,
            ],
            _fine,
        ),
    }


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--release", action="store_true", help="write the list of this release")
    asked = parser.parse_args(arguments)
    loader, migrations = our_migrations()
    if asked.release:
        RELEASED.write_text(HEAD + "".join(f"{app}.{name}\n" for app, name in sorted(migrations)))
        return 0
    known = released()
    found = findings(loader, migrations, known) if known else []
    print("\n".join(found) or "No new migration disturbs the release that serves.")  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django

    django.setup()
    sys.exit(main())
