"""How a value is written down so that every database says the same.

A row is a JSON list in the order of the table's columns: whole numbers as numbers (yes and no as 1 and 0),
everything else as text. Moments are UTC with six decimals, decimals have the places of their column, JSON is
the text as it is kept (compared without its order and spaces), bytes are base64.
"""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, time
from decimal import Context, Decimal

from .problems import Failed

_KINDS = {  # Django's own names of fields: subclasses are looked up by what they descend from
    "AutoField": "int",
    "BigAutoField": "int",
    "SmallAutoField": "int",
    "IntegerField": "int",
    "BigIntegerField": "int",
    "SmallIntegerField": "int",
    "PositiveIntegerField": "int",
    "PositiveBigIntegerField": "int",
    "PositiveSmallIntegerField": "int",
    "BooleanField": "bool",
    "CharField": "text",
    "SlugField": "text",
    "TextField": "text",
    "FileField": "text",
    "FilePathField": "text",
    "DateTimeField": "moment",
    "DateField": "date",
    "TimeField": "time",
    "DecimalField": "decimal",
    "FloatField": "float",
    "UUIDField": "uuid",
    "JSONField": "json",
    "BinaryField": "bytes",
    "DurationField": "duration",
    "GenericIPAddressField": "address",
}


@dataclass(frozen=True)
class Column:
    """`places`: of a decimal."""

    name: str
    kind: str
    places: int = 0


def column_of(field) -> Column:
    """Failed for a field nobody has said yet how to write down."""
    target = field
    while target.remote_field and target.is_relation:
        target = target.target_field
    names = [target.get_internal_type(), *(parent.__name__ for parent in type(target).__mro__)]
    kind = next((_KINDS[name] for name in names if name in _KINDS), None)
    if kind is None:
        raise Failed(f"operations.columns: unknown kind of field: {field!r} ({type(target).__name__})")
    return Column(field.column, kind, getattr(target, "decimal_places", 0) or 0)


# ---- PostgreSQL: the server writes the text

_AS_TEXT = {
    "bool": "{0}::int",
    "moment": "to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
    "date": "to_char({0}, 'YYYY-MM-DD')",
    "time": "to_char(date '2000-01-01' + {0}, 'HH24:MI:SS.US')",
    "uuid": "replace({0}::text, '-', '')",
    "bytes": "translate(encode({0}, 'base64'), E'\\n', '')",
    "duration": "(extract(epoch FROM {0}) * 1000000)::bigint",
    "address": "host({0})",
}
_FROM_TEXT = {
    "int": int,
    "bool": int,
    "duration": int,
    "float": lambda text: repr(float(text)),
}
_TO_POSTGRESQL = {
    "moment": lambda text: text + "+00",
    "bytes": b64decode,
    "duration": lambda number: f"{number} microseconds",
}


def postgresql_expression(column, quoted):
    return _AS_TEXT.get(column.kind, "{0}").format(quoted)


# ---- SQLite: values as they lie in the file

_CONTEXT = Context(prec=15)  # what SQLite keeps of a decimal, as Django reads it


def _moment(value):
    if isinstance(value, str) and len(value) in (19, 26) and value[10] == " ":
        return value if len(value) == 26 else value + ".000000"
    found = datetime.fromisoformat(str(value))
    found = found.astimezone(UTC) if found.tzinfo else found
    return found.strftime("%Y-%m-%d %H:%M:%S.%f")


def _from_decimal(places):
    unit = Decimal(1).scaleb(-places)

    def written(value):
        exact = _CONTEXT.create_decimal_from_float(value) if isinstance(value, float) else Decimal(value)
        return format(exact.quantize(unit, context=_CONTEXT), "f")

    return written


def _without_zeros(text):
    return text.removesuffix(".000000")


_FROM_SQLITE = {
    "bool": int,
    "text": str,
    "moment": _moment,
    "date": str,
    "time": lambda value: time.fromisoformat(str(value)).isoformat("microseconds"),
    "float": lambda value: repr(float(value)),
    "uuid": str,
    "json": str,
    "bytes": lambda value: b64encode(value).decode(),
    "address": str,
}
_TO_SQLITE = {
    "moment": _without_zeros,
    "time": _without_zeros,
    "float": float,
    "bytes": b64decode,
}


# ---- rows


def reader(columns, vendor):
    """A function from a row as the database gave it to a list as it is written down."""
    table = _FROM_SQLITE if vendor == "sqlite" else _FROM_TEXT
    steps = []
    for place, column in enumerate(columns):
        if vendor == "sqlite" and column.kind == "decimal":
            steps.append((place, _from_decimal(column.places)))
        elif column.kind in table:
            steps.append((place, table[column.kind]))
    return _applied(steps)


def writer(columns, vendor):
    """The way back."""
    table = _TO_SQLITE if vendor == "sqlite" else _TO_POSTGRESQL
    return _applied(
        [(place, table[column.kind]) for place, column in enumerate(columns) if column.kind in table]
    )


def _applied(steps):
    def apply(row):
        row = list(row)
        for place, step in steps:
            value = row[place]
            if value is not None:
                row[place] = step(value)
        return row

    return apply


def line(row) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"


def _meaning(text):
    """PostgreSQL writes 1e+16 out: a whole number is compared as one, however it was written."""
    return json.loads(text, parse_float=_number)


def _number(text):
    found = float(text)
    return int(found) if found.is_integer() else found


def compared(columns):
    """A function from a row as written down to the bytes that are hashed, or None where these are its line.
    JSON is compared by what it says: PostgreSQL keeps neither order nor spaces."""
    places = [place for place, column in enumerate(columns) if column.kind == "json"]
    if not places:
        return None

    def by_meaning(row):
        row = list(row)
        for place in places:
            if row[place] is not None:
                row[place] = json.dumps(_meaning(row[place]), ensure_ascii=False, sort_keys=True)
        return line(row)

    return by_meaning
