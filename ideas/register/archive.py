"""A ZIP file written piece by piece to a temporary file: plain names, hashes, a bound on its size."""

import hashlib
import re
import tempfile
import zipfile
from io import BytesIO

from django.conf import settings
from django.utils import timezone

from vietnamese.text import fold

MANIFEST = "SHA256SUMS.txt"
_PIECE = 64 * 1024
_LONGEST_NAME = 60
_ENDINGS = frozenset({"pdf", "docx", "xlsx", "jpg", "jpeg", "png", "json", "txt"})
_PACKED_ALREADY = frozenset({"pdf", "docx", "xlsx", "jpg", "jpeg", "png"})


class TooLarge(Exception):
    """The package would hold more than `CITY_PACKAGE_MAX_BYTES`."""


class Altered(Exception):
    """A stored file is missing, or no longer has the hash it was kept with."""

    def __init__(self, name):
        super().__init__(name)
        self.name = name


def plain_name(text, ending=""):
    """Letters without marks, figures and dashes: no path and no surprise, whatever was typed."""
    stem = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:_LONGEST_NAME].strip("-") or "tep"
    return f"{stem}.{ending}" if ending in _ENDINGS else stem


def named_like(name):
    """A plain name for a file somebody called `name`; only a known ending is kept."""
    stem, _dot, ending = name.rpartition(".")
    ending = ending.lower()
    return plain_name(stem, ending) if stem and ending in _ENDINGS else plain_name(name)


class Archive:
    """Files are added in order; `finish` writes the manifest, which `sha256sum -c` reads."""

    def __init__(self):
        self.file = tempfile.TemporaryFile()  # noqa: SIM115  (whoever takes the archive closes it)
        self._zip = zipfile.ZipFile(self.file, "w", zipfile.ZIP_DEFLATED)
        self._sums, self._taken, self.size = [], set(), 0
        self.manifest_sha256 = ""

    @property
    def count(self):
        return len(self._sums)

    def add_bytes(self, folder, name, content):
        self._add(folder, name, BytesIO(content))

    def add_stored(self, folder, name, field_file, sha256):
        """A kept file, checked against its hash while it is copied. Raises Altered."""
        try:
            with field_file.open("rb") as stored:
                found = self._add(folder, name, stored)
        except OSError as error:
            raise Altered(name) from error
        if sha256 and found != sha256:
            raise Altered(name)

    def _add(self, folder, name, stream):
        path = self._free(f"{folder}/{name}" if folder else name)
        info = zipfile.ZipInfo(path, timezone.localtime().timetuple()[:6])
        info.external_attr = 0o600 << 16
        packed = path.rpartition(".")[2] in _PACKED_ALREADY
        info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        digest = hashlib.sha256()
        with self._zip.open(info, "w", force_zip64=True) as out:
            while piece := stream.read(_PIECE):
                self.size += len(piece)
                if self.size > settings.CITY_PACKAGE_MAX_BYTES:
                    raise TooLarge
                digest.update(piece)
                out.write(piece)
        self._sums.append((digest.hexdigest(), path))
        return digest.hexdigest()

    def _free(self, path):
        """`path`, with a number before its ending where it is taken."""
        stem, dot, ending = path.rpartition(".") if "." in path.rpartition("/")[2] else (path, "", "")
        number, free = 1, path
        while free in self._taken:
            number += 1
            free = f"{stem}-{number}{dot}{ending}"
        self._taken.add(free)
        return free

    def finish(self):
        """The open file with the manifest in it."""
        manifest = "".join(f"{digest}  {path}\n" for digest, path in self._sums).encode()
        self.manifest_sha256 = hashlib.sha256(manifest).hexdigest()
        self._zip.writestr(MANIFEST, manifest)
        self._zip.close()
        self.file.seek(0)
        return self.file

    def close(self):
        """Drops an archive that was not finished."""
        self._zip.fp = None  # what is half written is not worth a directory
        self.file.close()
