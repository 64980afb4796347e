"""Verification codes: 8 characters of 32 = 40 random bits."""

import re

from trust.codes import ALPHABET, random_code, without_blanks

__all__ = ["ALPHABET", "CODE_LENGTH", "new_code", "shown", "typed"]
CODE_LENGTH = 8
_CODE = re.compile(f"[{ALPHABET}]{{{CODE_LENGTH}}}")


def new_code():
    return random_code(CODE_LENGTH)


def shown(code):
    """As printed: K7QM-4TXD."""
    return f"{code[:4]}-{code[4:]}"


def typed(text):
    """The code in what a person typed, in any case, with any spaces and dashes; "" when it can't be one."""
    code = without_blanks(text, 40)
    return code if _CODE.fullmatch(code) else ""
