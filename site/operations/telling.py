"""What the commands of this app share: how a problem ends one, how an outcome is told."""

import contextlib
import json
import signal
import sys
import threading

from django.core.management.base import BaseCommand, CommandError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from trust.uploads import size_in_words

from .problems import Problem


class OperationsCommand(BaseCommand):
    """Exit 0 done, 1 tried and failed, 2 not begun. `--format json` tells the outcome to machines."""

    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args, format, **options):
        try:
            with _ending_by_exception():
                said, words = self.run(**options)
        except Problem as problem:
            if format == "json":
                self.stdout.write(json.dumps({"done": False, "reason": str(problem)}, ensure_ascii=False))
            raise CommandError(str(problem), returncode=problem.returncode) from problem
        if format == "json":
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=1))
        else:
            for sentence in words:
                self.stdout.write(sentence)

    def run(self, **options):
        """(outcome as JSON has it, sentences)."""
        raise NotImplementedError


@contextlib.contextmanager
def _ending_by_exception():
    """TERM undoes what was begun, as Ctrl-C does; left alone it would leave the portal closed."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    usual = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, usual)


def facts(header, manifest):
    """What a backup holds, for machines."""
    return {
        "made_at": header.made_at,
        "portal": header.portal,
        "database": header.database,
        "schema": header.as_json()["schema"],
        "tables": {
            name: {"rows": count.rows, "sha256": count.sha256} for name, count in manifest.tables.items()
        },
        "rows": sum(count.rows for count in manifest.tables.values()),
        "files": manifest.files,
        "file_bytes": manifest.file_bytes,
    }


def contents(header, manifest):
    return _(
        "%(tables)s tables, %(rows)s rows, %(files)s files (%(size)s), made %(made)s on %(database)s."
    ) % {
        "tables": number_format(len(manifest.tables)),
        "rows": number_format(sum(count.rows for count in manifest.tables.values()), force_grouping=True),
        "files": number_format(manifest.files, force_grouping=True),
        "size": size_in_words(manifest.file_bytes),
        "made": header.made_at,
        "database": {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[header.database],
    }


@contextlib.contextmanager
def recorded(record, action, **about):
    """Records `action` as ok when the block is left well, or as failed; what was not begun is no event."""
    try:
        yield about
    except Problem as problem:
        if problem.returncode == 1:
            record(action, outcome="failed", **about)
        raise
    record(action, **about)
