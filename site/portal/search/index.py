"""Keeps the rows of the index what the sources say."""

from django.db import transaction

from vietnamese.text import name_key, nfc

from ..models import SearchEntry
from . import registry
from .words import words_of

LONGEST_TEXT = 60_000  # letters of a text that are searched: the plan itself has 45,000
_WRITTEN = [field.name for field in SearchEntry._meta.fields if field.name not in ("id", "kind", "object_id")]


@transaction.atomic(savepoint=False)
def refresh(code, ids=None):
    """Asks the source `code` anew for the things `ids`, or for all it has; joins the caller's transaction."""
    ids = None if ids is None else [str(pk) for pk in ids]
    rows = [row_of(code, found) for found in registry.source(code).published(ids)]
    kept = SearchEntry.objects.filter(kind=code)
    if ids is not None:
        kept = kept.filter(object_id__in=ids)
    standing = {row.object_id for row in rows}
    gone = [pk for pk, object_id in kept.values_list("pk", "object_id") if object_id not in standing]
    SearchEntry.objects.filter(pk__in=gone).delete()
    SearchEntry.objects.bulk_create(
        rows,
        batch_size=200,
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=_WRITTEN,
    )


def rebuild():
    """Asks every source for all it has."""
    for source in registry.sources():
        refresh(source.code)


def row_of(code, found):
    """The row of one thing, not yet kept."""
    title, text = nfc(found.title), " ".join(nfc(found.text)[:LONGEST_TEXT].split())
    return SearchEntry(
        kind=code,
        object_id=found.object_id,
        title=title,
        text=text,
        detail=found.detail,
        url=found.url,
        day=found.day,
        year=found.day.year if found.day else None,
        exact=name_key(f"{title} {found.detail} {text}"),
        folded_title=" ".join(words_of(f"{title} {found.detail}")),
        folded_text=" ".join(words_of(text)),
    )
