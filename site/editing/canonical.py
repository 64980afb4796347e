"""Content as bytes that are the same for equal content. Pure."""

import hashlib
import json
import unicodedata
from datetime import date
from decimal import Decimal


def canonical(value):
    """`value` as JSON bytes that are the same for equal content: sorted keys, NFC text, exact decimals."""
    text = json.dumps(
        value, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return unicodedata.normalize("NFC", text).encode()


def _plain(value):
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical form")


def fingerprint(value):
    """Short and the same for equal values; enough to see that a field has changed."""
    return hashlib.sha256(canonical(value)).hexdigest()[:16]
