"""The letter box's guard against programs, without a service elsewhere and without a riddle for people.

A field nobody sees must stay empty; a page must stand open for some seconds; one connection sends a few ideas
an hour; the same words are taken once. Whatever is refused is drawn again with all that was typed.
"""

import hashlib
import secrets
import time

from django.core.signing import BadSignature, Signer

from trust.limits import WrongTries
from vietnamese.text import fold

MIN_SECONDS = 4  # nobody reads and fills in three fields faster
MAX_SECONDS = 24 * 3600
SENT_BY_ONE = WrongTries("idea-sent", most=10, seconds=3600)  # every idea taken counts, none is wrong
_SIGNER = Signer(salt="ideas.suggestions")


def new_stamp(now=None):
    """What a page carries: when it was drawn, and a key of its own."""
    return _SIGNER.sign_object({"at": int(now or time.time()), "key": secrets.token_hex(12)})


def read_stamp(stamp, now=None):
    """(key, seconds since it was drawn); (None, 0) for one that is not ours."""
    try:
        value = _SIGNER.unsign_object(stamp or "")
        return value["key"], int(now or time.time()) - value["at"]
    except (BadSignature, ValueError, KeyError, TypeError):
        return None, 0


def refusal_of(stamp, trap, now=None):
    """Why a form is not taken, as a reason code; "" where it is."""
    key, age = read_stamp(stamp, now)
    if trap:
        return "idea_trap"
    if key is None or age > MAX_SECONDS:
        return "idea_page_old"
    return "idea_too_fast" if age < MIN_SECONDS else ""


def key_of_words(*texts):
    """The same for texts that differ only in accents, case and blanks."""
    return hashlib.sha256("\n".join(fold(text) for text in texts).encode()).hexdigest()


def key_of_form(stamp_key, words_key):
    """A page sends one idea however often its button is pressed; other words are another idea."""
    return hashlib.sha256(f"{stamp_key}:{words_key}".encode()).hexdigest()
