"""What the objects of events are called: each app says it for its own kinds in `AppConfig.ready`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.apps import apps


@dataclass(frozen=True)
class ObjectKind:
    """`codes(keys)`: {key: the code people know it by}, in one query. `find(code)`: its key, or None."""

    codes: Callable[[Iterable[str]], dict[str, str]]
    find: Callable[[str], str | None]


_kinds: dict[str, ObjectKind] = {}


def register_object(kind, *, codes, find):
    """`kind` as events have it ("people.user")."""
    _kinds[kind] = ObjectKind(codes, find)


def by_field(model, field) -> dict:
    """The two functions for a model whose rows are known by `field`, whatever its letters' case."""
    rows = model._base_manager

    def codes(keys):
        numbers = [int(key) for key in keys if key.isdecimal()]
        return {str(pk): str(code) for pk, code in rows.filter(pk__in=numbers).values_list("pk", field)}

    def find(code):
        key = rows.filter(**{f"{field}__iexact": code}).values_list("pk", flat=True).first()
        return None if key is None else str(key)

    return {"codes": codes, "find": find}


def codes_of(targets) -> dict[tuple[str, str], str]:
    """{(kind, key): code} for the objects of a page; one query for each kind among them."""
    by_kind = {}
    for kind, key in targets:
        by_kind.setdefault(kind, set()).add(key)
    return {
        (kind, key): code
        for kind, keys in by_kind.items()
        if kind in _kinds
        for key, code in _kinds[kind].codes(keys).items()
    }


def find(code) -> list[tuple[str, str]]:
    """(kind, key) of every object known by this code."""
    found = ((kind, registered.find(code)) for kind, registered in _kinds.items())
    return [(kind, key) for kind, key in found if key is not None]


def kind_in_words(kind):
    """The name of the model; the kind itself where it is none."""
    try:
        return apps.get_model(kind)._meta.verbose_name
    except (LookupError, ValueError):
        return kind
