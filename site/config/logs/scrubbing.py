"""Keeps personal data and secrets out of a line of the log.

A name looks like any other word, so nothing is searched for: what is let through is what cannot be personal.
The text in the code is ours and stays; of what is filled in, numbers and codes stay, an address loses its
codes, everything else becomes "…".
"""

import re
import traceback
from http import HTTPStatus
from pathlib import Path

GONE = "…"
# Words and short numbers joined by dots and dashes: no blank, no @, nothing outside ASCII, no letters mixed
# with digits as in a token. Or a SHA-256.
_PART = r"([A-Za-z]+|\d{1,8})"
_CODE = re.compile(rf"(?=.{{0,40}}\Z){_PART}([_.:+\-]+{_PART})*|[0-9a-f]{{64}}|")
_STATIC_WORD = re.compile(r"[a-z]{1,14}(-[a-z]{1,8})*(\.[a-z]{2,5})?|\d{1,8}")
_PHRASES = frozenset(status.phrase for status in HTTPStatus)
_ROOT = str(Path(__file__).resolve().parents[3])
# In words put together by libraries, which give nothing to fill in: mail addresses, long numbers, queries,
# tokens, words with other than ASCII letters, what stands in quotation marks, addresses.
_SUSPECT = re.compile(r"\d{9,}|\?\S+|[A-Za-z0-9_\-]{25,}|'[^']*'|\"[^\"]*\"|(?<=\s)/\S*")
_WORD = re.compile(r"\S+")


def value(given):
    """`given` as it may stand in a line of the log."""
    if given is None or isinstance(given, bool | int | float):
        return given
    if isinstance(given, str):
        return text(given)
    if isinstance(given, type):
        return given.__name__
    if isinstance(given, dict):
        return {key: value(inner) for key, inner in given.items()}
    if isinstance(given, list | tuple):
        return type(given)(value(inner) for inner in given) if type(given) in (list, tuple) else GONE
    return type(given).__name__  # an exception, a request, a row: what it is, not what it says


def text(given):
    if given.startswith("/"):
        return path(given)
    return given if given in _PHRASES or _CODE.fullmatch(given) else GONE


def path(given):
    """An address without its query; words and short numbers stay, codes go."""
    parts = given.partition("?")[0].split("/")
    return "/".join(part if not part or _STATIC_WORD.fullmatch(part) else GONE for part in parts)


def words(template):
    """The first line of a text with nothing to fill in. Ours are literals, a library's may be composed."""
    line = _WORD.sub(lambda found: found[0] if _is_plain(found[0]) else GONE, template.partition("\n")[0])
    return _SUSPECT.sub(GONE, line)


def _is_plain(word):
    return word.isascii() and "@" not in word


def trace(error):
    """Where an error happened and of what kinds it is, its causes first; never what it says."""
    lines = []
    for one in reversed(list(_chain(error))):
        lines += [
            f"{_shown(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(one.__traceback__)
        ]
        lines.append(type(one).__name__)
    return lines


def _chain(error):
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _shown(file):
    """From the portal's folder on: where it stands is nobody's business."""
    for root in (f"{_ROOT}/", "site-packages/"):
        _before, found, after = file.rpartition(root)
        if found:
            return after
    return Path(file).name
