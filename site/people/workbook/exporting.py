"""Stored records as the sheets they came from."""

from .writer import write_text, write_workbook


def export(sheets, stored, *, title, only=None) -> bytes:
    """`stored`: {sheet code: {key: {column: value}}}, rows by key. `only`: that sheet as text instead."""
    if only is not None:
        return write_text(_columns(only), _rows(only, stored[only.code]))
    return write_workbook(
        [(spec.title, _columns(spec), _rows(spec, stored[spec.code])) for spec in sheets], title=title
    )


def _columns(spec):
    return [(column.heading, column.width) for column in spec.columns]


def _rows(spec, stored):
    return (_row(spec, key, stored[key]) for key in sorted(stored))


def _row(spec, key, values):
    whole = dict(zip(spec.key_names, key, strict=True)) | values
    return [_shown(whole[column.name]) for column in spec.columns]


def _shown(value):
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, list | tuple):
        return ", ".join(str(part) for part in value)
    return value
