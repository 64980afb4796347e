"""The key of backups: an age identity (age-encryption.org, X25519), kept outside the portal's own data.

The same key writes and reads. Any program that speaks age opens a backup with it, this portal or not.
"""

import pyrage
from django.conf import settings
from django.utils.translation import gettext as _

from .problems import Refused

PREFIX = "AGE-SECRET-KEY-1"


def new_key() -> str:
    return str(pyrage.x25519.Identity.generate())


def is_key(text) -> bool:
    try:
        pyrage.x25519.Identity.from_str(text.strip())
    except pyrage.IdentityError:
        return False
    return True


def identity():
    """The key in force. Refused where there is none or it is no key."""
    text = settings.BACKUP_KEY.strip()
    if not text:
        raise Refused(
            _(
                "BACKUP_KEY is not set, so no backup can be written or read. Make a key with "
                "“manage.py backup --make-key”, put it into the environment file and keep a copy of it "
                "in the safe, away from the backups."
            )
        )
    if not is_key(text):
        raise Refused(
            _(
                "BACKUP_KEY is not a key: it must be the whole line that begins with AGE-SECRET-KEY-1. "
                "Copy it again."
            )
        )
    return pyrage.x25519.Identity.from_str(text)
