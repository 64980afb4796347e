"""An entry as voters see it: what was handed in, without anybody's name. Two queries, however many."""

import json
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from ..models import EntryFile, EntryVersion


@dataclass(frozen=True)
class Picture:
    """`pk` of the file it is made from; `alt` is what the entrant says it shows."""

    pk: int
    alt: str


@dataclass(frozen=True)
class Card:
    """`code` names the entry in addresses; title, text and pictures are those of the version that counts."""

    pk: int
    code: str
    title: str
    text: str
    pictures: tuple[Picture, ...]


def cards(entries):
    """[Card] of a queryset of entries that were handed in, in its order."""
    latest = EntryVersion.objects.filter(entry=OuterRef("pk")).order_by("-number").values("payload")[:1]
    rows = list(entries.annotate(handed_in=Subquery(latest)).values_list("pk", "code", "handed_in"))
    files = {}
    pictures = EntryFile.objects.filter(
        entry__in=[pk for pk, *_rest in rows], content_type__startswith="image/"
    )
    for file in pictures.only("pk", "entry_id", "sha256"):
        files[file.entry_id, file.sha256] = file.pk
    return [_card(pk, code, json.loads(payload), files) for pk, code, payload in rows]


def title_in(payload):
    """The title of a version that was handed in."""
    return json.loads(payload)["title"]


def _card(pk, code, handed_in, files):
    """Files are named by their hash in what was handed in: one added since is not of it."""
    shown = {}
    for file in handed_in["files"]:
        if key := files.get((pk, file["sha256"])):
            shown[key] = Picture(key, file["caption"].strip())
    return Card(pk, code, handed_in["title"], handed_in["text"], tuple(shown.values()))
