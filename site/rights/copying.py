"""A copy of everything the portal keeps about a person: a ZIP with the data for machines (JSON), a paper
to read (PDF) and the files the person handed in. Drawn from `trust.holdings` and `trust.processing`
alone.

Whoever is copied reads their own data, data about their health included; officers never open a copy.
"""

import hashlib
import json
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from pathlib import PurePosixPath
from uuid import UUID

from django.conf import settings
from django.db.models import FileField
from django.utils import timezone, translation
from django.utils.text import capfirst

from papers.documents import Clause, Dash, Document, Paragraph, Section, draw, freeze, ward_head
from trust.holdings import holdings
from trust.names import clean_name
from trust.parts import parts
from trust.processing import activities

from .words import column_words

JSON_NAME, PDF_NAME, FILES = "du-lieu.json", "du-lieu.pdf", "tep"
ROWS_ON_PAPER = 200  # of one table; the JSON holds all
MOST_BYTES = 500 * 1024 * 1024  # of files handed in


@dataclass(frozen=True)
class Table:
    """The rows of one table: `columns` {name: words}, `rows` lists of (value for machines, value to read)."""

    code: str
    heading: str
    columns: dict
    rows: list


@dataclass(frozen=True)
class Copied:
    activity: object
    tables: list


def collect(person) -> tuple[list[Copied], list]:
    """([what each activity keeps of the person], files); one query a table."""
    found, files = {}, []
    for holding in holdings():
        if holding.is_copied and (table := _table_of(holding, person, files)):
            found.setdefault(holding.activity, []).append(table)
    for part in parts():
        if rows := part.rows(person):
            columns = {name: str(words) for name, words in part.columns.items()}
            shown = [[(_plain(row[name]), _read(row[name])) for name in columns] for row in rows]
            found.setdefault(part.activity, []).append(Table(part.code, str(part.heading), columns, shown))
    copied = [Copied(activity, found[activity.code]) for activity in activities() if activity.code in found]
    return copied, files


def _table_of(holding, person, files):
    fields = [holding.table._meta.get_field(name) for name in holding.copied_fields]
    links = [f.name for f in fields if f.is_relation]
    rows = list(holding.rows(person).select_related(*links))
    if not rows:
        return None
    for row in rows:
        files += [getattr(row, f.name) for f in fields if isinstance(f, FileField) and getattr(row, f.name)]
    columns = {f.name: column_words(f) for f in fields}
    heading = str(capfirst(holding.heading))
    return Table(holding.model, heading, columns, [[_cell(row, f) for f in fields] for row in rows])


def _cell(row, field):
    value = getattr(row, field.name)
    if field.is_relation:
        words = str(value) if value is not None else ""
        return words, words
    if isinstance(field, FileField):
        name = PurePosixPath(value.name).name if value else ""
        return name, name
    if field.choices:
        return _plain(value), str(dict(field.flatchoices).get(value, value if value is not None else ""))
    return _plain(value), _read(value)


def _plain(value):
    """As JSON keeps it."""
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat() if timezone.is_aware(value) else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value


def _read(value):
    """As a person reads it; "" for nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return f"{local:%H:%M, %d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


# ---- the archive


def archive(person, now) -> bytes:
    """The ZIP. Outside any transaction: it draws a paper and reads files."""
    with translation.override(settings.LANGUAGE_CODE):
        copied, files = collect(person)
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            data = json.dumps(as_data(copied, now), ensure_ascii=False, indent=1)
            _write(packed, JSON_NAME, data.encode(), now)
            _write(packed, PDF_NAME, as_paper(copied, now), now)
            _write_files(packed, files, now)
    return out.getvalue()


def as_data(copied, now):
    return {
        "format": 1,
        "made_at": timezone.localtime(now).isoformat(timespec="seconds"),
        "kept_by": settings.PAPERS_BODY_NAME,
        "activities": [
            {
                "code": one.activity.code,
                "name": str(one.activity.name),
                "purpose": str(one.activity.purpose),
                "basis": one.activity.basis.value,
                "law": str(one.activity.law),
                "readers": str(one.activity.readers),
                "kept": str(one.activity.kept),
                "tables": [
                    {
                        "table": table.code,
                        "name": table.heading,
                        "columns": table.columns,
                        "rows": [
                            dict(zip(table.columns, [plain for plain, _words in row], strict=True))
                            for row in table.rows
                        ],
                    }
                    for table in one.tables
                ],
            }
            for one in copied
        ],
    }


def as_paper(copied, now) -> bytes:
    document = Document(
        head=ward_head("", dated=False),
        name="BẢN SAO DỮ LIỆU CÁ NHÂN",
        subject=f"Lấy từ cổng lúc {timezone.localtime(now):%H:%M ngày %d/%m/%Y}",
        blocks=tuple(_blocks(copied)),
        signers=(),
        running="Bản sao dữ liệu cá nhân",
    )
    return draw(freeze(document).data, "pdf").content


def _blocks(copied):
    if not copied:
        yield Paragraph("Cổng không giữ dữ liệu nào về người yêu cầu.")
    for one in copied:
        about = one.activity
        yield Section(str(about.name))
        yield Paragraph(f"Để làm gì: {about.purpose} Ai đọc: {about.readers} Giữ bao lâu: {about.kept}")
        for table in one.tables:
            yield Clause(f"{table.heading} ({len(table.rows)})", titled=True)
            for row in table.rows[:ROWS_ON_PAPER]:
                yield Dash(_line(table.columns.values(), [words for _plain, words in row]))
            if len(table.rows) > ROWS_ON_PAPER:
                yield Paragraph(f"Còn {len(table.rows) - ROWS_ON_PAPER} dòng nữa trong tệp {JSON_NAME}.")


def _line(columns, values):
    """ "Họ và tên: An; Ngày sinh: 01/02/1980": what is empty is left out."""
    told = [f"{words}: {value}" for words, value in zip(columns, values, strict=True) if value]
    return " ".join("; ".join(told).split()) or "(trống)"


def _write_files(packed, files, now):
    taken, size = set(), 0
    for number, stored in enumerate(files, start=1):
        if stored.name in taken:
            continue
        taken.add(stored.name)
        try:
            with stored.open("rb") as opened:
                content = opened.read()
        except OSError:  # lost on disk: its name stands in the data all the same
            continue
        size += len(content)
        if size > MOST_BYTES:
            break
        name = clean_name(PurePosixPath(stored.name).name) or "tep"
        _write(packed, f"{FILES}/{number:03d}-{name}", content, now)


def _write(packed, name, content, now):
    info = zipfile.ZipInfo(name, timezone.localtime(now).timetuple()[:6])
    info.external_attr = 0o600 << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    packed.writestr(info, content)


def digest_of(content):
    return hashlib.sha256(content).hexdigest()
