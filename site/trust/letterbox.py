"""The guard of a letter box against programs, without a service elsewhere and without a riddle for people.

A field nobody sees must stay empty; a page must stand open for some seconds; one connection sends a few
letters an hour; the same words are taken once. Whatever is refused is drawn again with all that was typed.
"""

import hashlib
import secrets
import time
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext_lazy as _

from .limits import WrongTries

MIN_SECONDS = 4  # nobody reads and fills in three fields faster
MAX_SECONDS = 24 * 3600
TRAP = "website"  # the field nobody sees

SENTENCES = {
    "trap": _(
        "Something filled in a field that people do not see. It is empty again: check the text, then send "
        "once more."
    ),
    "too_fast": _("The form came back at once, as from a program. Read the text over, then send again."),
    "page_old": _("The page stood open for more than a day. Nothing was lost: send again."),
}


@dataclass(frozen=True)
class LetterBox:
    """`name` keeps the stamps of one box from being any other's; `sent_by_one` counts every letter taken."""

    name: str
    sent_by_one: WrongTries

    def new_stamp(self, now=None):
        """What a page carries: when it was drawn, and a key of its own."""
        return self._signer.sign_object({"at": int(now or time.time()), "key": secrets.token_hex(12)})

    def read_stamp(self, stamp, now=None):
        """(key, seconds since it was drawn); (None, 0) for one that is not ours."""
        try:
            value = self._signer.unsign_object(stamp or "")
            return value["key"], int(now or time.time()) - value["at"]
        except (BadSignature, ValueError, KeyError, TypeError):
            return None, 0

    def refusal_of(self, stamp, trap, now=None):
        """Why a form is not taken, as a code of `SENTENCES`; "" where it is."""
        key, age = self.read_stamp(stamp, now)
        if trap:
            return "trap"
        if key is None or age > MAX_SECONDS:
            return "page_old"
        return "too_fast" if age < MIN_SECONDS else ""

    def fit_to_send_again(self, data):
        """What was posted, so that whoever meant it well sends it again as it is: the trap is empty, a page
        that is too old has a fresh stamp."""
        data = data.copy()
        data[TRAP] = ""
        key, age = self.read_stamp(data.get("stamp"))
        if key is None or age > MAX_SECONDS:
            data["stamp"] = self.new_stamp()
        return data

    @property
    def _signer(self):
        return Signer(salt=self.name)


def key_of_words(*texts):
    """The same for the same texts; fold them first, so that accents, case and blanks make no difference."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def key_of_form(stamp_key, words_key):
    """A page sends one letter however often its button is pressed; other words are another letter."""
    return hashlib.sha256(f"{stamp_key}:{words_key}".encode()).hexdigest()
