"""Private files: kept under random names outside every public address, handed out only by a view that asked
`access` first."""

import logging
import re
import secrets
from pathlib import Path
from urllib.parse import quote

from asgiref.sync import sync_to_async
from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.utils.deconstruct import deconstructible
from django.utils.http import content_disposition_header

from .audit import opened as audit_opened
from .full_disk import WholeFiles

logger = logging.getLogger(__name__)

# An inline PDF goes without `sandbox`: Chrome shows a blocked page instead of its viewer under it.
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# Internal locations of nginx: what a browser asks for below them does not exist.
PRIVATE_PREFIX = "/_rieng/"
PUBLIC_PREFIX = "/_tep/"
_SHOWN_INLINE = frozenset({"application/pdf", "image/jpeg", "image/png"})


class PrivateStorage(WholeFiles):
    """Files under settings.PRIVATE_ROOT, without an address, readable by the portal's account and its group.
    In it is nginx alone, which sends a file after the portal's yes."""

    def __init__(self):
        super().__init__(file_permissions_mode=0o640, directory_permissions_mode=0o750)

    @property
    def base_location(self):  # asked each time: the setting is the truth, in tests too
        return settings.PRIVATE_ROOT

    @property
    def location(self):
        return str(Path(self.base_location).resolve())

    @property
    def base_url(self):
        return None


def private_storage():
    """For `FileField(storage=private_storage)`: migrations name the function, not a folder."""
    return PrivateStorage()


@deconstructible
class private_upload_to:
    """`FileField(upload_to=private_upload_to("certificates"))`: a random name below that folder; of the given
    name only a plain ending is kept."""

    def __init__(self, folder):
        self.folder = folder

    def __call__(self, instance, filename):
        ending = Path(filename).suffix.lower()
        ending = ending if re.fullmatch(r"\.[a-z0-9]{1,5}", ending) else ""
        token = secrets.token_hex(16)
        return f"{self.folder}/{token[:2]}/{token}{ending}"


class FileInPieces(FileResponse):
    """A file in pieces, under ASGI too.

    Django reads a synchronous iterator to its end before an ASGI server gets the first byte, and warns of it.
    `__aiter__` is all the ASGI handler asks for; the test client and WSGI keep the plain iterator.
    """

    block_size = 64 * 1024

    async def __aiter__(self):
        read = sync_to_async(self.file_to_stream.read, thread_sensitive=False)
        while piece := await read(self.block_size):
            yield piece


def serve_private(field_file, name, content_type, *, inline=False, public=False):
    """`field_file` as a download called `name`. Ask `access` before. `inline` shows PDF and pictures in the
    browser; anything else is a download whatever was asked. A file lost on disk is a 404 and is logged.
    Who opened it goes into the audit trail, unless everybody may (`public`).

    With PRIVATE_FILES_BY_NGINX the answer names the file and nginx sends it, with these very headers.
    """
    inline = inline and content_type in _SHOWN_INLINE
    try:
        response = hand_out(field_file, name, content_type, inline=inline, prefix=PRIVATE_PREFIX)
    except FileNotFoundError:
        logger.error("A private file is missing: %s", field_file.name)
        raise Http404 from None
    if not public:
        audit_opened.note(field_file)
    sandbox = "" if inline and content_type == "application/pdf" else "sandbox; "
    response.headers["Content-Security-Policy"] = sandbox + _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.is_told = True  # the trail's middleware need not tell of it as an export
    return response


def hand_out(field_file, name, content_type, *, inline, prefix):
    """The bytes of `field_file`, or where PRIVATE_FILES_BY_NGINX is on their place below the internal
    location `prefix`. Raises FileNotFoundError."""
    if settings.PRIVATE_FILES_BY_NGINX:
        return _by_nginx(field_file, name, content_type, inline, prefix)
    opened = field_file.open("rb")
    return FileInPieces(opened, as_attachment=not inline, filename=name, content_type=content_type)


def _by_nginx(field_file, name, content_type, inline, prefix):
    path = Path(field_file.path)  # Django refuses one that leads out of the folder
    if not path.is_file():
        raise FileNotFoundError(path)
    response = HttpResponse(content_type=content_type)
    inside = path.resolve().relative_to(Path(field_file.storage.location).resolve()).as_posix()
    response.headers["X-Accel-Redirect"] = prefix + quote(inside)
    response.headers["Content-Disposition"] = content_disposition_header(not inline, name) or "inline"
    return response
