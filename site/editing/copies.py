"""The key that seals what a browser keeps of a form (static/js/local-copy.js).

It is derived, never stored: the same for one owner on every page, another for everybody else, and only on
pages that owner has opened. So a copy left behind on a computer several people share opens for nobody but its
writer. A new SECRET_KEY makes old copies unreadable; they go by their age.
"""

import base64

from django.utils.crypto import salted_hmac


def copy_key(owner):
    """32 bytes for AES-256-GCM, in base64. `owner`: whose forms these are, for example "ho-so:7"."""
    return base64.b64encode(salted_hmac("editing.copies", owner, algorithm="sha256").digest()).decode()
