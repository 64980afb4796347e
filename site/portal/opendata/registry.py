"""The data sets: each app registers its own in `AppConfig.ready`. What nobody registers is absent."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

VERSION = "v1"  # a field taken out or given another meaning makes a v2 beside it; a new field does not
_KINDS = (
    (serializers.BooleanField, _("yes or no")),
    (serializers.IntegerField, _("whole number")),
    (serializers.FloatField, _("number")),
    (serializers.DateField, _("date (yyyy-mm-dd)")),
    (serializers.BaseSerializer, _("list")),
)


@dataclass(frozen=True)
class Column:
    name: str
    kind: str | Promise
    text: str | Promise


@dataclass(frozen=True)
class Dataset:
    """`rows()` gives what everybody may read now, in a lasting order: a queryset or a sequence.
    `records(rows)` gives the values of some of them for `serializer`, in a constant number of queries; the
    fields of `serializer` with their `help_text` are the columns. Only what a field names goes out.
    """

    slug: str
    title: str | Promise
    text: str | Promise  # what it holds, and what it leaves out
    frequency: str | Promise
    serializer: type[serializers.Serializer]
    rows: Callable[[], QuerySet | Sequence] = field(compare=False)
    records: Callable[[Sequence], list] = field(compare=False)
    last_change: Callable[[], date | None] = field(compare=False)

    @property
    def json_url(self):
        return f"/du-lieu-mo/{VERSION}/{self.slug}/"

    @property
    def csv_url(self):
        return f"/du-lieu-mo/{VERSION}/{self.slug}.csv"

    @property
    def schema_name(self):
        return "".join(word.capitalize() for word in self.slug.split("-"))

    def columns(self) -> list[Column]:
        return [_column(name, one) for name, one in self.serializer().fields.items()]

    def published(self, rows: Sequence) -> list[dict]:
        """`rows` as they go out, their text in NFC."""
        return _composed(self.serializer(self.records(rows), many=True).data)


def _column(name, one):
    kind = next((words for base, words in _KINDS if isinstance(one, base)), _("text"))
    return Column(name, kind, one.help_text or "")


def _composed(value):
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {name: _composed(inner) for name, inner in value.items()}
    return [_composed(inner) for inner in value] if isinstance(value, list) else value


_datasets: dict[str, Dataset] = {}


def register_dataset(dataset: Dataset):
    """Raises ValueError for a slug no address can hold, or one that another data set has."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", dataset.slug):
        raise ValueError(f"{dataset.slug!r} is no slug")
    if _datasets.setdefault(dataset.slug, dataset) != dataset:
        raise ValueError(f"Two data sets are called {dataset.slug}")


def all_datasets() -> list[Dataset]:
    """In the order they were registered."""
    return list(_datasets.values())
