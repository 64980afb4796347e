"""Uploads are looked through for viruses by ClamAV's daemon, where the office runs one (setting CLAMAV).

It is asked over its own socket on this machine and gets the bytes, never a name. Where it is set and does not
answer, nothing is taken: a wall that falls silent is no wall.
"""

import logging
from urllib.parse import urlsplit

from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings

log = logging.getLogger(__name__)
SECONDS = 30  # of patience with one file


class ScannerDown(Exception):
    """The daemon is set but did not say whether the file is clean."""


def is_on():
    return bool(settings.CLAMAV)


def virus_in(stream):
    """The name of what was found in `stream`, "" for a clean file; rewound. Raises `ScannerDown`."""
    stream.seek(0)
    try:
        answer = _daemon().instream(stream)
    except (ClamdError, OSError) as failure:  # a daemon that hangs up while it is told is an OSError
        log.error("the virus scanner does not answer: %s", failure)
        raise ScannerDown from failure
    finally:
        stream.seek(0)
    status, name = answer.get("stream", ("", None))
    if status == "FOUND":
        return name or "?"
    if status == "OK":
        return ""
    log.error("the virus scanner gave no verdict: %s", status or "nothing")
    raise ScannerDown


def _daemon():
    """`unix:///run/clamav/clamd.ctl` or `tcp://127.0.0.1:3310`."""
    address = urlsplit(settings.CLAMAV)
    if address.scheme == "unix":
        return ClamdUnixSocket(address.path, timeout=SECONDS)
    return ClamdNetworkSocket(address.hostname, address.port or 3310, timeout=SECONDS)
