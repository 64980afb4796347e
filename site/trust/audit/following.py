"""Histories that apps keep of their objects go into the trail by themselves.

Every step of a dossier, a session, a report … writes a row of history behind the app's one door. An app names
its histories in `AppConfig.ready`; each new row then makes an event in the same transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.contrib.auth import get_user_model
from django.db.models import Model
from django.db.models.signals import post_save
from django.utils.functional import Promise

from trust.append_only import rows_written

from .actions import Kind, register_action
from .context import current_request, is_untold
from .models import AuditEvent
from .recording import prepared


@dataclass(frozen=True)
class Followed:
    """`target`: the field with the object, or a function of the row. `actor`: the field with the account.
    `step`: the field with the code of what happened, or a function of the row; `words`: what it is called."""

    action: str
    target: str | Callable
    actor: str
    step: str | Callable
    words: Callable[[str], str | Promise | None]


_followed: dict[str, Followed] = {}


def follow(model: type[Model], action, label, *, target, actor="user", step="", words=None, kind=None):
    """From now on each new row of `model` is an event `action`, of the kind "application" unless said."""
    register_action(action, kind or Kind.APPLICATION, label)
    followed = _followed[action] = Followed(action, target, actor, step, words or str)
    uid = f"audit-follows-{model._meta.label}"
    saved, written = partial(_saved, followed), partial(_written, followed)
    post_save.connect(saved, sender=model, weak=False, dispatch_uid=uid)
    rows_written.connect(written, sender=model, weak=False, dispatch_uid=uid)


def step_in_words(action, code):
    """What the step of a followed history is called; its code where nobody gave it a name."""
    followed = _followed.get(action)
    return (followed.words(code) if followed else None) or code


def _saved(followed, sender, instance, created, raw=False, **kwargs):
    if created and not raw:
        _written(followed, sender, [instance])


def _written(followed, sender, rows, **kwargs):
    if is_untold() or not rows:
        return
    people = _accounts(followed, rows)
    AuditEvent.objects.bulk_create(
        prepared(
            followed.action,
            actor=people.get(getattr(row, f"{followed.actor}_id")),
            target=_target(followed, row),
            **_step(followed, row),
        )
        for row in rows
    )


def _step(followed, row):
    if not followed.step:
        return {}
    code = followed.step(row) if callable(followed.step) else getattr(row, followed.step)
    return {"step": str(code)}


def _target(followed, row):
    if callable(followed.target):
        return followed.target(row)
    relation = row._meta.get_field(followed.target)
    return relation.related_model._meta.label_lower, getattr(row, relation.attname)


def _accounts(followed, rows):
    """{key: account} of those who acted, mostly without asking the database."""
    found, wanted = {}, set()
    asking = getattr(current_request(), "user", None)
    for row in rows:
        key = getattr(row, f"{followed.actor}_id")
        if key is None or key in found:
            continue
        if row._meta.get_field(followed.actor).is_cached(row):
            found[key] = getattr(row, followed.actor)
        elif asking is not None and asking.pk == key:
            found[key] = asking
        else:
            wanted.add(key)
    return found | get_user_model()._default_manager.in_bulk(wanted) if wanted else found
