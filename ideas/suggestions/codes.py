"""Tracking codes: 16 characters of 32 = 80 random bits, as people write them YT-8WKD-3QMX-7TRB-5NHC.

Whoever has the code reads state and answer, nothing of the person. A code can be made void (`triage.renew`);
unknown, void and malformed ones get one and the same answer, and wrong ones are counted for each connection.
"""

import re
import secrets

from papers.codes import ALPHABET
from trust.limits import WrongTries

LENGTH = 16
_CODE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
WRONG_CODES = WrongTries("idea-code", most=30, seconds=600)


def new_code():
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(code):
    """As printed and as it stands in the address."""
    return "-".join(["YT", *(code[at : at + 4] for at in range(0, LENGTH, 4))])


def typed(text):
    """The code in what a person typed, in any case, with or without YT, with any blanks and dashes; "" when
    it can't be one."""
    plain = re.sub(r"[\s\-\u2010-\u2015.]", "", (text or "")[:60]).upper()
    code = plain.removeprefix("YT") if len(plain) == LENGTH + 2 else plain
    return code if _CODE.fullmatch(code) else ""


def address(code):
    return f"/y-tuong/{shown(code)}/"
