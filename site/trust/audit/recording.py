"""Writing a row of the trail, in the caller's transaction."""

import re
from datetime import date

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone

from .actions import action_of
from .context import current_process, current_request, is_untold

OUTCOMES = ("ok", "refused", "failed")
# Codes, counts, dates, versions: no blank, no @, nothing outside ASCII, so that no name, mail address or
# sentence gets in; no run of nine digits, so that no phone or identity number does.
_CODE_LIKE = re.compile(r"(?!.*\d{9})[A-Za-z0-9_.:/+\-]{0,80}")
_MOST = 20


class PersonalFact(ValueError):
    """A fact of the trail that could hold personal data or a secret: codes and counts only."""


def record(action, *, request=None, actor=None, target=None, outcome="ok", **facts):
    """Writes that `action` (a registered code) happened, and returns the row.

    `actor`: the account that did it; without one, whoever is signed in on `request`. Without `request`, the
    one being answered. `target`: a model instance, a (kind, key) pair or None. `outcome`: "ok", "refused" or
    "failed". `facts`: codes, counts, dates, truth values, or lists of up to 20 such; never a name, a mail
    address, a phone number or anything typed (PersonalFact). KeyError for an unregistered action.
    """
    event = prepared(action, request=request, actor=actor, target=target, outcome=outcome, **facts)
    if not is_untold():
        event.save(force_insert=True)
    return event


def prepared(action, *, request=None, actor=None, target=None, outcome="ok", **facts):
    """The row `record` would write, not written yet: for many at once."""
    registered = action_of(action)
    if outcome not in OUTCOMES:
        raise ValueError(f"{outcome!r} is no outcome: {', '.join(OUTCOMES)}")
    request = request if request is not None else current_request()
    target_kind, target_key = _target(target)
    event = apps.get_model("trust", "AuditEvent")(
        at=timezone.now(),
        action=registered.code,
        kind=registered.kind.value,
        outcome=outcome,
        target_kind=target_kind,
        target_key=target_key,
        facts={name: _fact(name, value) for name, value in facts.items()},
        **_whence(request),
    )
    actor = actor if actor is not None else getattr(request, "user", None)
    if actor is not None and actor.is_authenticated:
        event.actor_key, event.account = actor.pk, actor.get_username()
    return event


def address_of(request):
    """The client's address as sign-in sees it (trusted proxies are set there); "" where it cannot be told."""
    from allauth.account.adapter import get_adapter

    try:
        return str(get_adapter(request).get_client_ip(request) or "")[:45]
    except PermissionDenied:
        return ""


def _whence(request):
    if request is not None:
        return {
            "source": "web",
            "address": address_of(request),
            "place": route_of(request),
            "request_id": getattr(request, "request_id", ""),
        }
    source, place, account = current_process() or ("process", "", "")
    return {"source": source, "place": place[:200], "account": account[:150]}


def route_of(request):
    """Which page, by its pattern: an address itself may hold a tracking code."""
    match = getattr(request, "resolver_match", None)
    return f"{request.method} /{match.route}"[:200] if match else str(request.method or "")


def _target(target):
    if target is None:
        return "", ""
    if isinstance(target, models.Model):
        return target._meta.label_lower, str(target.pk)
    kind, key = target
    return str(kind), str(key)


def _fact(name, value):
    if isinstance(value, list | tuple | set | frozenset):
        if len(value) > _MOST:
            raise PersonalFact(f"{name}: up to {_MOST} values")
        return [_fact(name, one) for one in value]
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, date):  # datetimes are dates
        return value.isoformat()
    if isinstance(value, str) and _CODE_LIKE.fullmatch(value):
        return str(value)
    raise PersonalFact(f"{name}: a code, a count, a date or a truth value, no words typed by people")
