"""A data set as CSV that a spreadsheet opens as it is: UTF-8 with its mark, and no cell that is a formula."""

import csv
import hashlib
import io
from collections.abc import Iterator
from itertools import islice
from tempfile import SpooledTemporaryFile

from django.db.models import QuerySet

BATCH = 500
IN_MEMORY = 1024 * 1024
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write(dataset) -> tuple[SpooledTemporaryFile, str]:
    """The whole file, wound back, and the SHA-256 of what it holds. However many rows there are, a batch of
    them is in memory, and the database is left before the first byte goes to a reader who may be slow."""
    file, digest = SpooledTemporaryFile(IN_MEMORY), hashlib.sha256()  # noqa: SIM115 the response closes it
    for piece in _pieces(dataset):
        digest.update(piece)
        file.write(piece)
    file.seek(0)
    return file, digest.hexdigest()


def _pieces(dataset) -> Iterator[bytes]:
    names = list(dataset.serializer().fields)
    yield "\ufeff".encode() + _lines([names])
    for rows in _batches(dataset.rows()):
        yield _lines([cell(record[name]) for name in names] for record in dataset.published(rows))


def _batches(rows):
    rest = rows.iterator(chunk_size=BATCH) if isinstance(rows, QuerySet) else iter(rows)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _lines(rows):
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def cell(value):
    """Numbers stay numbers, a list of things becomes one text, a text that a spreadsheet would take for a
    formula begins with an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    text = _one_text(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _one_text(value):
    """Things apart by "; ", what is known of one by " – "."""
    if isinstance(value, dict):
        return " – ".join(filter(None, map(_one_text, value.values())))
    if isinstance(value, list):
        return "; ".join(map(_one_text, value))
    return "" if value is None else str(value)
