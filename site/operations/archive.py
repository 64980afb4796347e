"""The backup file: age around a tar, so that any two common programs open it without the portal.

    header.json                   format, version of the portal, migrations, columns of each table
    settings.env                  the environment the settings asked for, as an environment file
    tables/<name>/00001.jsonl.gz  rows in the order of their keys, some MB at a time
    media/<path>                  files, as they are
    lists/00001.jsonl             path, size and SHA-256 of the files before it, a thousand at a time
    manifest.json                 rows and SHA-256 of every table, number and size of files; the last of all

Nothing is held but one piece: memory stays the same whatever the size.
"""

import gzip
import hashlib
import io
import json
import tarfile
import time
import zlib
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from . import columns as writing
from .cipher import decrypting
from .columns import Column
from .problems import Damaged
from .snapshot import Count, Counting
from .tables import Table

FORMAT = 1
PIECE = 2 * 1024 * 1024  # bytes of rows before they are packed
FILES_A_LIST = 1000
_BLOCK = 1024 * 1024
_MOST_JSON = 16 * 1024 * 1024  # bytes of a header or manifest


@dataclass(frozen=True)
class Header:
    made_at: str
    portal: str
    database: str  # sqlite or postgresql
    migrations: tuple[tuple[str, str], ...]
    tables: dict[str, Table]

    def as_json(self):
        tables = {
            table.name: {
                "key": table.key,
                "columns": [[column.name, column.kind, column.places] for column in table.columns],
            }
            for table in self.tables.values()
        }
        return {
            "format": FORMAT,
            "made_at": self.made_at,
            "portal": self.portal,
            "database": self.database,
            "migrations": [list(key) for key in self.migrations],
            "schema": schema_mark(self.migrations, self.tables),
            "tables": tables,
        }


def schema_mark(migrations, tables):
    """One value for the state of a schema: its migrations and the columns of its tables."""
    said = [
        sorted(map(list, migrations)),
        [
            [name, [[c.name, c.kind, c.places] for c in table.columns]]
            for name, table in sorted(tables.items())
        ],
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def header_of(said):
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise Damaged(
            _("The backup has format %(found)s; this portal reads format %(known)s. Use a newer portal.")
            % {"found": said.get("format") if isinstance(said, dict) else "?", "known": FORMAT}
        )
    tables = {
        name: Table(name, tuple(Column(*column) for column in kept["columns"]), kept["key"])
        for name, kept in said["tables"].items()
    }
    migrations = tuple(tuple(key) for key in said["migrations"])
    return Header(said["made_at"], said["portal"], said["database"], migrations, tables)


@dataclass
class Manifest:
    tables: dict[str, Count] = field(default_factory=dict)
    files: int = 0
    file_bytes: int = 0
    lists_sha256: str = ""

    def as_json(self):
        return {
            "tables": {
                name: {"rows": count.rows, "sha256": count.sha256, "last_key": count.last_key}
                for name, count in self.tables.items()
            },
            "files": self.files,
            "file_bytes": self.file_bytes,
            "lists_sha256": self.lists_sha256,
        }


class Writer:
    """Puts one part after the other into `sink`, a file that only takes bytes."""

    def __init__(self, sink):
        self._tar = tarfile.open(fileobj=sink, mode="w|", format=tarfile.PAX_FORMAT, bufsize=_BLOCK)  # noqa: SIM115
        self.manifest = Manifest()
        self._listed, self._lists, self._lists_hash = [], 0, hashlib.sha256()

    def header(self, header):
        self._put("header.json", json.dumps(header.as_json(), ensure_ascii=False).encode())

    def settings(self, text):
        self._put("settings.env", text.encode())

    def table(self, table, rows, last_key):
        counting, lines, size, piece = Counting(table), [], 0, 0
        for row in rows:
            line = writing.line(row)
            counting.add(row, line)
            lines.append(line)
            size += len(line)
            if size >= PIECE:
                piece += 1
                self._rows(table, piece, lines)
                lines, size = [], 0
        if lines:
            self._rows(table, piece + 1, lines)
        self.manifest.tables[table.name] = counting.count(last_key)

    def _rows(self, table, piece, lines):
        packed = gzip.compress(b"".join(lines), 3, mtime=0)
        self._put(f"tables/{table.name}/{piece:05d}.jsonl.gz", packed)

    def file(self, path, opened, size):
        """`size` bytes of `opened`; an error of tarfile where it has fewer."""
        passing = _Hashing(opened)
        self._tar.addfile(_named(f"media/{path}", size), passing)
        self._listed.append({"path": path, "size": size, "sha256": passing.hexdigest()})
        self.manifest.files += 1
        self.manifest.file_bytes += size
        if len(self._listed) == FILES_A_LIST:
            self._list()

    def close(self):
        if self._listed:
            self._list()
        self.manifest.lists_sha256 = self._lists_hash.hexdigest()
        self._put("manifest.json", json.dumps(self.manifest.as_json(), ensure_ascii=False).encode())
        self._tar.close()

    def abandon(self):
        """Writes nothing more, not even when it is thrown away."""
        self._tar.fileobj.closed = True

    def _list(self):
        body = "".join(json.dumps(kept, ensure_ascii=False) + "\n" for kept in self._listed).encode()
        self._lists += 1
        self._lists_hash.update(body)
        self._put(f"lists/{self._lists:05d}.jsonl", body)
        self._listed = []

    def _put(self, name, body):
        self._tar.addfile(_named(name, len(body)), io.BytesIO(body))


def _named(name, size):
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = size, int(time.time()), 0o600
    return info


class _Hashing:
    def __init__(self, opened):
        self._opened, self._hash = opened, hashlib.sha256()

    def read(self, size=-1):
        piece = self._opened.read(size)
        self._hash.update(piece)
        return piece

    def hexdigest(self):
        return self._hash.hexdigest()


class Visitor:
    """What somebody does with the parts of a backup while it is read; by default nothing."""

    def header(self, header):
        pass

    def settings(self, text):
        pass

    def rows(self, table, rows):
        """Some rows of a table, as lists; those of one table follow each other."""

    def table_ends(self, table):
        pass

    def file(self, path, opened, size):
        """Reads `opened` to its end."""
        while opened.read(_BLOCK):
            pass


def read(file, identity, visitor) -> tuple[Header, Manifest]:
    """Reads a whole backup and checks all of it. Damaged where anything is not as it was written."""
    try:
        with (
            decrypting(file, identity) as source,
            tarfile.open(fileobj=source, mode="r|", bufsize=_BLOCK) as tar,
        ):
            reading = _Reading(visitor)
            for member in tar:
                reading.take(member, tar.extractfile(member))
            return reading.ended()
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile, json.JSONDecodeError) as error:
        raise Damaged(_("The backup is damaged inside: %(error)s") % {"error": error}) from error


class _Reading:
    def __init__(self, visitor):
        self.visitor = visitor
        self.header = self._manifest = self._table = None
        self._counts, self._listed = {}, []
        self._files, self._bytes, self._lists_hash = 0, 0, hashlib.sha256()

    def take(self, member, opened):
        top, _slash, rest = member.name.partition("/")
        if self._manifest is not None or opened is None:
            raise Damaged(_("The backup goes on after its end: it was altered."))
        if self.header is None and member.name != "header.json":
            raise Damaged(_("This is not a backup of the portal."))
        if top == "tables":
            self._rows(rest.partition("/")[0], opened)
        elif top == "media":
            self._file(rest, opened, member.size)
        elif top == "lists":
            self._list(opened.read(_MOST_JSON))
        else:
            self._single(member.name, opened.read(_MOST_JSON))

    def _single(self, name, body):
        if name == "header.json":
            self.header = header_of(json.loads(body))
            self.visitor.header(self.header)
        elif name == "settings.env":
            self.visitor.settings(body.decode())
        elif name == "manifest.json":
            self._table_ends()
            self._manifest = json.loads(body)
        else:
            raise Damaged(_("The backup holds what this portal does not know: %(name)s") % {"name": name})

    def _rows(self, name, opened):
        table = self.header.tables[name]
        if self._table is not table:
            self._table_ends()
            self._table, self._counts[name] = table, Counting(table)
        counting, rows = self._counts[name], []
        with gzip.GzipFile(fileobj=opened) as lines:
            for line in lines:
                row = json.loads(line)
                counting.add(row, line)
                rows.append(row)
        self.visitor.rows(table, rows)

    def _table_ends(self):
        if self._table is not None:
            self.visitor.table_ends(self._table)
            self._table = None

    def _file(self, path, opened, size):
        pure = PurePosixPath(path)
        if pure.is_absolute() or ".." in pure.parts or not pure.parts:
            raise Damaged(_("The backup names a file outside its folder: %(path)s") % {"path": path})
        self._table_ends()
        passing = _Hashing(opened)
        self.visitor.file(path, passing, size)
        self._listed.append({"path": path, "size": size, "sha256": passing.hexdigest()})
        self._files += 1
        self._bytes += size

    def _list(self, body):
        if [json.loads(line) for line in body.splitlines()] != self._listed:
            raise Damaged(_("A file in the backup is not the one that was put in."))
        self._lists_hash.update(body)
        self._listed = []

    def ended(self):
        if self._manifest is None:
            raise Damaged(
                _(
                    "The backup is cut short or was altered. "
                    "Take another one: nothing of this one can be trusted."
                )
            )
        said = {
            name: Count(kept["rows"], kept["sha256"], kept["last_key"])
            for name, kept in self._manifest["tables"].items()
        }
        self._compare(said)
        return self.header, Manifest(said, self._files, self._bytes, self._lists_hash.hexdigest())

    def _compare(self, said):
        if said.keys() != self.header.tables.keys():
            raise Damaged(_("The backup does not hold the tables it names."))
        for name, table in self.header.tables.items():
            found = self._counts.get(name, Counting(table)).count(said[name].last_key)
            if found != said[name]:
                raise Damaged(
                    _("Table %(table)s: the backup says %(said)d rows, it holds %(found)d, or others.")
                    % {"table": name, "said": said[name].rows, "found": found.rows}
                )
        files = self._files, self._bytes, self._lists_hash.hexdigest()
        if self._listed or files != tuple(
            self._manifest[key] for key in ("files", "file_bytes", "lists_sha256")
        ):
            raise Damaged(_("The backup does not hold the files it names."))
