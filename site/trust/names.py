"""File names from outside: cleaned, never trusted. Pure functions."""

import unicodedata

MAX_LENGTH = 120
_UNSAFE = str.maketrans(dict.fromkeys('<>:"|?*', "-"))
_PROGRAM_ENDINGS = """
asp aspx bat cgi cmd cpl dll docm dotm exe hta htm html jar jse jsp jspx lnk
msi phar php phtml pif ps1 scr sh shtml svg vbe vbs wsf xhtml xlam xlsb xlsm xltm
"""
_PROGRAMS = frozenset(_PROGRAM_ENDINGS.split())


def clean_name(name):
    """`name` without path, control or direction-changing characters, composed (NFC), at most 120 characters.

    Invisible marks are dropped rather than refused: what is left shows the name's true ending. "" when
    nothing usable is left.
    """
    text = (name or "").replace("\\", "/").rsplit("/", 1)[-1]
    text = "".join(" " if unicodedata.category(c) in ("Zs", "Zl", "Zp") else c for c in text)
    text = "".join(c for c in text if unicodedata.category(c)[0] != "C")
    text = " ".join(unicodedata.normalize("NFC", text.translate(_UNSAFE)).split())
    stem, dot, ending = text.rpartition(".")
    if not dot:
        return text[:MAX_LENGTH].strip(" .")
    stem, ending = stem.strip(" ."), ending.strip()
    if not stem:
        return ""
    return f"{stem[: max(1, MAX_LENGTH - len(ending) - 1)].rstrip(' .')}.{ending}"[:MAX_LENGTH]


def extension_of(name):
    """The ending in small letters, jpeg as jpg; "" without one."""
    _stem, dot, ending = name.rpartition(".")
    ending = ending.lower() if dot else ""
    return "jpg" if ending == "jpeg" else ending


def hides_a_program(name):
    """Whether an inner ending is one of a program or page: `thu.exe.pdf`. `mau-1.9.docx` is no such name."""
    return any(part.strip().lower() in _PROGRAMS for part in name.split(".")[1:-1])
