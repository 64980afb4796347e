"""Verification codes: 8 characters of 32 = 40 random bits; no 0/O, 1/I that a reader mistakes."""

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 8
_CODE = re.compile(f"[{ALPHABET}]{{{CODE_LENGTH}}}")


def new_code():
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def shown(code):
    """As printed: K7QM-4TXD."""
    return f"{code[:4]}-{code[4:]}"


def typed(text):
    """The code in what a person typed, in any case, with any spaces and dashes; "" when it can't be one."""
    code = re.sub(r"[\s\-\u2010-\u2015.]", "", (text or "")[:40]).upper()
    return code if _CODE.fullmatch(code) else ""
