"""Examining and writing a training workbook: one import at a time."""

from django.db import connection
from django.utils import timezone

from people.workbook import FileRows, Plan

from .compare import Importer, compare
from .files import read_training
from .stored import stored_for
from .writing import Context, event_prefix, write

_LOCK = 0x7472616E  # PostgreSQL's advisory lock; SQLite has one writer anyway


def examine(file, importer=None) -> Plan:
    """What an import of `file` would do now. Writes nothing. Raises WorkbookRefused."""
    return examine_rows(read_training(file), importer)


def examine_rows(read: FileRows, importer=None) -> Plan:
    """`examine` for a file that was read already; a reading is compared once."""
    return compare(read, stored_for(read), importer or Importer(), timezone.localdate())


def write_plan(plan, importer, batch_pk):
    """Writes a plan nobody refuses; `{(sheet, row number): Outcome}`. Inside atomic(), after
    `one_at_a_time`. `batch_pk` makes the keys of what is written."""
    context = Context(importer, timezone.now(), event_prefix(batch_pk)).load()
    return write(plan, context)


def one_at_a_time():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
