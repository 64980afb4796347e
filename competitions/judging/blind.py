"""What a judge sees of an entry: the frozen version without anything that says whose it is."""

import json
from dataclasses import dataclass

from django.utils.translation import gettext as _

from trust.names import extension_of

PICTURES = ("jpg", "png", "webp")


@dataclass(frozen=True)
class BlindFile:
    number: int
    name: str  # of our making: the entrant's own may hold a name
    size: int
    caption: str
    is_picture: bool


@dataclass(frozen=True)
class Blind:
    """`number` is the version's; names of people and of files are not here at all."""

    number: int
    title: str
    text: str
    files: tuple


def blind(version):
    """The content of an `EntryVersion` for its judges."""
    payload = json.loads(version.payload)
    files = tuple(_file(number, file) for number, file in enumerate(payload["files"], start=1))
    return Blind(version.number, payload["title"], payload["text"], files)


def stored_file(version, number):
    """(the row, name to serve it under) of the version's file with this number; None where there is none."""
    files = json.loads(version.payload)["files"]
    if not 0 < number <= len(files):
        return None
    named = files[number - 1]
    row = version.entry.files.filter(sha256=named["sha256"], name=named["name"]).first()
    return (row, _name(number, named)) if row else None


def _file(number, file):
    ending = extension_of(file["name"])
    return BlindFile(number, _name(number, file), file["size"], file["caption"], ending in PICTURES)


def _name(number, file):
    ending = extension_of(file["name"])
    name = _("File %(number)s") % {"number": number}
    return f"{name}.{ending}" if ending else name
