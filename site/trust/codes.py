"""Codes that open a page without a sign-in: characters nobody mistakes, random, written in fours.

Whoever has a tracking code reads state and answer, nothing of the person. Unknown, void and malformed ones
get one and the same answer, and wrong ones are counted for each connection (`limits.WrongTries`).
"""

import re
import secrets
from dataclasses import dataclass

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 of them; no 0/O, 1/I that a reader mistakes
TRACKING_LENGTH = 16  # 80 random bits
_BLANKS_AND_DASHES = re.compile(r"[\s\-\u2010-\u2015.]")
_TRACKING = re.compile(f"[{ALPHABET}]{{{TRACKING_LENGTH}}}")


def random_code(length):
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def without_blanks(text, longest):
    """What a person typed, in capitals, without any blanks and dashes."""
    return _BLANKS_AND_DASHES.sub("", (text or "")[:longest]).upper()


@dataclass(frozen=True)
class TrackingCodes:
    """Those of one letter box, as people write them: YT-8WKD-3QMX-7TRB-5NHC. `folder` is where they open."""

    prefix: str
    folder: str

    def new_code(self):
        return random_code(TRACKING_LENGTH)

    def shown(self, code):
        """As printed and as it stands in the address."""
        return "-".join([self.prefix, *(code[at : at + 4] for at in range(0, TRACKING_LENGTH, 4))])

    def typed(self, text):
        """The code in what a person typed, in any case, with or without the prefix, with any blanks and
        dashes; "" when it can't be one."""
        plain = without_blanks(text, 60)
        whole = len(plain) == TRACKING_LENGTH + len(self.prefix)
        code = plain.removeprefix(self.prefix) if whole else plain
        return code if _TRACKING.fullmatch(code) else ""

    def address(self, code):
        return f"{self.folder}{self.shown(code)}/"
