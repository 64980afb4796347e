"""Anchors: number and hash of the newest seal, written where the database's writers do not reach.

A file on the server, and the log, which journald or another machine keeps: with them a cut-off end of
the trail is seen.
"""

import json
import logging
import os
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from .recording import record
from .sealing import end_of_chain, seal_new

log = logging.getLogger(__name__)


def anchor_file() -> Path:
    return Path(settings.AUDIT_ANCHOR_FILE)


def kept() -> list[tuple[int, str]]:
    """(number, hash) of every anchor in the file; ValueError for a line that is none."""
    try:
        lines = anchor_file().read_text().splitlines()
    except FileNotFoundError:
        return []
    try:
        return [(int(row["number"]), str(row["hash"])) for row in map(json.loads, lines)]
    except (ValueError, KeyError, TypeError):
        raise ValueError(f"{anchor_file()} holds a line that is no anchor") from None


def drop_anchor():
    """Notes the newest seal in the log and in the file. Returns (number, hash), or None without a seal."""
    number, digest = end_of_chain()
    if number == 0:
        return None
    log.info("audit anchor %d %s", number, digest, extra={"number": number, "hash": digest})
    path = anchor_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps({"at": timezone.now().isoformat(), "number": number, "hash": digest})
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640), "a") as file:
        file.write(line + "\n")
    return number, digest


def start_anew():
    """After an older backup was restored: the old anchors are put aside, the break is recorded, and the file
    begins with the chain as it stands. Returns the number anchors stood at."""
    stood_at = max((number for number, _digest in kept()), default=0)
    record("audit.reanchored", anchored=stood_at, standing=end_of_chain()[0])
    seal_new(thorough=True)
    path = anchor_file()
    with suppress(FileNotFoundError):
        path.rename(path.with_name(f"{path.name}.{timezone.now():%Y%m%d%H%M%S}"))
    drop_anchor()
    return stood_at
