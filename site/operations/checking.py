"""Reads a whole backup without writing anything, and says whether this portal could restore it."""

from dataclasses import dataclass
from pathlib import Path

from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from . import archive
from .keys import identity
from .problems import Refused
from .tables import PASSING, in_words, nodes_of, tables_at, unknown_to


@dataclass(frozen=True)
class Checked:
    path: Path
    header: archive.Header
    manifest: archive.Manifest
    is_older: bool  # its schema has to be brought forward by `migrate` after loading


def check(path) -> Checked:
    """Damaged where the file is not whole and unaltered; Refused where its schema is unknown to this code."""
    path, key = Path(path), identity()
    with opened(path) as file:
        header, manifest = archive.read(file, key, _SchemaFirst())
    return Checked(path, header, manifest, is_older(header))


def opened(path):
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise Refused(
            _("The backup %(path)s cannot be read: %(reason)s") % {"path": path, "reason": error.strerror}
        ) from error


def is_older(header):
    """Whether this code has migrations the backup has not had. Refused where it is the other way round, or
    the same migrations made other columns."""
    loader = MigrationLoader(None)
    unknown = unknown_to(loader, header.migrations)
    if unknown:
        raise Refused(
            _(
                "The backup was made by a newer portal (%(version)s; unknown here: %(migrations)s). Install "
                "that version and restore with it. Nothing was written."
            )
            % {"version": header.portal, "migrations": in_words(unknown)}
        )
    applied = nodes_of(loader, header.migrations)
    expected = tables_at(loader, applied)
    carried = expected.keys() - PASSING
    named = carried | header.tables.keys()
    other = sorted(name for name in named if expected.get(name) != header.tables.get(name))
    if other:
        raise Refused(
            _(
                "The backup names the same migrations, but its tables differ from those here (%(tables)s). "
                "Restore it with the version it was made with (%(version)s). Nothing was written."
            )
            % {"tables": ", ".join(other[:3]), "version": header.portal}
        )
    return bool(set(loader.graph.nodes) - set(applied))


class _SchemaFirst(archive.Visitor):
    """A backup of a newer portal is refused before gigabytes are read."""

    def header(self, header):
        is_older(header)
