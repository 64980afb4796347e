"""What changed between two submitted versions, as one reader may see it: fields, authors, people of the first
use, files. Compared is what was frozen, never the row."""

import json
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from editing.canonical import canonical
from editing.differences import ADDED, REMOVED, SAME, Piece, abridged, merged
from vietnamese.numbers import format_percent
from vietnamese.text import name_key

from .models import AttachmentKind, Author, FirstUseParticipant, Initiative
from .reading import _fact as fact_text
from .storyline import short_hash
from .versions import FORM_FIELDS, content_of, digest

_TEXTS = (
    "title",
    "problem",
    "investor",
    "prior_state",
    "description",
    "novelty",
    "applicability",
    "confidential_part",
    "conditions",
    "difference",
    "benefit_by_author",
    "benefit_by_users",
    "public_summary",
)
_ORDER = (*FORM_FIELDS[:2], "field", *FORM_FIELDS[2:])
_SECRET = ("has_confidential_part", "confidential_part")
CHANGED, REPLACED = "changed", "replaced"


@dataclass(frozen=True)
class Line:
    """One thing that changed: its name, and what went and came, in words."""

    label: str
    pieces: tuple
    kind: str = CHANGED
    is_secret: bool = False
    only_blanks: bool = False  # nothing but blanks or line ends differ


@dataclass(frozen=True)
class Someone:
    """An author or a person of the first use: come, gone, or with these lines changed."""

    name: str
    kind: str
    lines: tuple = ()


@dataclass(frozen=True)
class File:
    """A file come, gone, replaced by another of its name, or described anew. Told apart by its hash."""

    name: str
    kind: str
    sha256: str
    lines: tuple = ()
    is_secret: bool = False
    url: str = ""  # where this reader opens it, if it is still kept

    @property
    def hash(self):
        return short_hash(self.sha256)


@dataclass(frozen=True)
class Changes:
    """Everything that differs, in the order of the form. `hidden`: something confidential differs as well."""

    fields: list = field(default_factory=list)
    authors: list = field(default_factory=list)
    participants: list = field(default_factory=list)
    files: list = field(default_factory=list)
    hidden: bool = False

    @property
    def count(self):
        return len(self.fields) + len(self.authors) + len(self.participants) + len(self.files)


def changes_between(older, newer, *, with_secret):
    """Of two `SubmittedVersion`s."""
    return compared(json.loads(older.payload), json.loads(newer.payload), with_secret=with_secret)


def changes_since(version, initiative):
    """What its authors changed since `version`, for them to see before they submit again."""
    return compared(
        json.loads(version.payload), json.loads(canonical(content_of(initiative))), with_secret=True
    )


def with_addresses(changes, attachments):
    """The same, its files leading to those of `attachments` that have their very content."""
    kept = {attachment.sha256: attachment.pk for attachment in attachments}
    files = [
        replace(file, url=f"tep/{kept[file.sha256]}/") if file.sha256 in kept else file
        for file in changes.files
    ]
    return replace(changes, files=files)


def intact(*versions):
    return all(digest(version.payload.encode()) == version.sha256 for version in versions)


def compared(old, new, *, with_secret):
    """Of two contents as `versions.content_of` freezes them."""
    old_files, new_files = old.get("attachments", []), new.get("attachments", [])
    secret_differs = any(old.get(name) != new.get(name) for name in _SECRET)
    if not with_secret:
        secret_differs |= _secret_hashes(old_files) != _secret_hashes(new_files)
        old_files, new_files = _open(old_files), _open(new_files)
    return Changes(
        fields=[
            _line(name, old.get(name), new.get(name))
            for name in _ORDER
            if old.get(name) != new.get(name) and (with_secret or name not in _SECRET)
        ],
        authors=_people(old.get("authors", []), new.get("authors", []), _author_lines),
        participants=_people(old.get("participants", []), new.get("participants", []), _participant_lines),
        files=_files(old_files, new_files),
        hidden=secret_differs and not with_secret,
    )


def _line(name, before, after):
    label = capfirst(Initiative._meta.get_field(name).verbose_name)
    if name in _TEXTS:
        pieces = abridged(merged(before or "", after or ""))
        only_blanks = all(piece.kind == SAME for piece in pieces)
        return Line(label, tuple(pieces), is_secret=name in _SECRET, only_blanks=only_blanks)
    return Line(label, _swapped(_fact(name, before), _fact(name, after)), is_secret=name in _SECRET)


def _fact(name, value):
    if name == "has_confidential_part":
        return "" if value is None else _("Yes") if value else _("No")
    return fact_text(name, value)


def _swapped(before, after):
    """A value as a whole: the old one gone, the new one come."""
    pieces = [Piece(REMOVED, before)] if before else []
    pieces += [Piece(SAME, " ")] if before and after else []
    return (*pieces, *([Piece(ADDED, after)] if after else []))


# ---- people

_SAME_PERSON = (  # how a row is found again, surest first; the last one where a given name was put right
    lambda row: (name_key(row["full_name"]), row.get("birth_date")),
    lambda row: name_key(row["full_name"]),
    lambda row: row.get("birth_date") and (row["birth_date"], name_key(row["full_name"]).split(" ")[0]),
)


def _people(old, new, lines_of):
    pairs, gone, come = _paired(old, new, _SAME_PERSON)
    found = [
        Someone(after["full_name"], CHANGED, lines)
        for before, after in pairs
        if (lines := tuple(lines_of(before, after)))
    ]
    found += [Someone(row["full_name"], ADDED, tuple(lines_of({}, row))) for row in come]
    return found + [Someone(row["full_name"], REMOVED, tuple(lines_of(row, {}))) for row in gone]


def _paired(old, new, keys):
    """(pairs in the order of `new`, old rows without a new one, new rows without an old one)."""
    gone, partner = list(old), {}
    for key in keys:
        for at, row in enumerate(new):
            if at in partner or not key(row):
                continue
            before = next((other for other in gone if key(other) == key(row)), None)
            if before is not None:
                partner[at] = before
                gone.remove(before)
    pairs = [(partner[at], row) for at, row in enumerate(new) if at in partner]
    return pairs, gone, [row for at, row in enumerate(new) if at not in partner]


def _author_lines(before, after):
    yield from _named(Author, before, after, ("full_name",) if before and after else ())
    if before.get("share") != after.get("share"):
        yield Line(_("Share"), _swapped(_percent(before.get("share")), _percent(after.get("share"))))
    if before and after and before["is_main"] != after["is_main"]:
        yield Line(_("Main author"), _swapped(_yes(before["is_main"]), _yes(after["is_main"])))
    yield from _named(Author, before, after, ("workplace", "job_title"))
    yield from _personal(Author, before, after)


def _participant_lines(before, after):
    yield from _named(FirstUseParticipant, before, after, ("full_name",) if before and after else ())
    yield from _named(FirstUseParticipant, before, after, ("workplace", "job_title", "support"))
    yield from _personal(FirstUseParticipant, before, after)


def _named(model, before, after, names):
    for name in names:
        one, other = before.get(name) or "", after.get(name) or ""
        if one != other:
            yield Line(capfirst(model._meta.get_field(name).verbose_name), _swapped(one, other))


def _personal(model, before, after):
    """Personal data no page of the dossier shows: that they were put right, not how."""
    for name in ("birth_date", "qualification"):
        if before and after and (before.get(name) or "") != (after.get(name) or ""):
            label = capfirst(model._meta.get_field(name).verbose_name)
            yield Line(label, (Piece(SAME, _("corrected")),))


def _percent(share):
    return format_percent(Decimal(share), 2) if share not in (None, "") else ""


def _yes(value):
    return _("Yes") if value else _("No")


# ---- files


def _files(old, new):
    same, gone, come = _paired(old, new, (lambda file: file["sha256"],))
    pairs, gone, come = _paired(gone, come, (lambda file: (file["name"], file["kind"]),))
    found = [_file(after, CHANGED, lines) for before, after in same if (lines := _file_lines(before, after))]
    for before, after in pairs:
        hashes = _swapped(short_hash(before["sha256"]), short_hash(after["sha256"]))
        line = Line(_("Check code"), hashes)
        found.append(_file(after, REPLACED, (line, *_file_lines(before, after))))
    found += [_file(file, ADDED) for file in come]
    return found + [_file(file, REMOVED) for file in gone]


def _file(file, kind, lines=()):
    return File(file["name"], kind, file["sha256"], tuple(lines), file["is_confidential"])


def _file_lines(before, after):
    lines = []
    if before["name"] != after["name"]:
        lines.append(Line(_("File name"), _swapped(before["name"], after["name"])))
    if before["kind"] != after["kind"]:
        lines.append(Line(_("What it is"), _swapped(_kind(before), _kind(after))))
    if before["is_confidential"] != after["is_confidential"]:
        words = _swapped(_yes(before["is_confidential"]), _yes(after["is_confidential"]))
        lines.append(Line(_("Confidential"), words))
    return lines


def _kind(file):
    return capfirst(AttachmentKind(file["kind"]).label)


def _open(files):
    return [file for file in files if not file["is_confidential"]]


def _secret_hashes(files):
    return sorted((file["sha256"], file["name"]) for file in files if file["is_confidential"])
