"""Accounts nobody uses: warned, closed after IDLE_ACCOUNT_DAYS, opened again by their owner through a letter.

Disuse counts from the last sign-in (a sign-in ends with minutes of disuse, so every day of work has one),
from the day the account was made, or from when it was last opened again. Samples stay. Of the administrators
the one who signed in last stays open: somebody must be able to open accounts when no mail goes out.

The letter's link holds until it was used, at most LETTER_HOURS; it shows a page with a button, since mail
programs open links by themselves. Asking for a letter says the same whatever was typed, and does the same
work.
"""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from notifications import outbox
from trust import audit

from .. import events
from ..models import AccountChange, User
from ..roles import Role

LETTER_HOURS = 24
_SALT = "people.sign_in.sleeping"


def unused_since(people):
    """The accounts of a query with `used_at`: when they were last used."""
    made = "date_joined"
    return people.annotate(
        used_at=Greatest(Coalesce("last_login", made), Coalesce("awake_since", made), made),
    )


def look_after(now=None):
    """From the worker, daily: warns, then closes. Returns (how many were warned, how many closed)."""
    now = now or timezone.now()
    limit = timedelta(days=settings.IDLE_ACCOUNT_DAYS)
    warning = timedelta(days=settings.IDLE_ACCOUNT_WARNING_DAYS)
    with transaction.atomic():
        stays = _last_administrator()
        people = unused_since(User.objects.filter(is_active=True, is_sample=False).exclude(pk=stays))
        locked = people.select_for_update(of=("self",)).order_by("pk")
        unused = list(locked.filter(used_at__lte=now - limit + warning).select_related(None))
        to_close = [
            user for user in unused if user.used_at <= now - limit and _was_warned(user, now, warning)
        ]
        to_warn = [user for user in unused if user.idle_warned_at is None]
        _warn(to_warn, now, limit, warning)
        _close(to_close, now)
    return len(to_warn), len(to_close)


def _was_warned(user, now, warning):
    """A week ago: also where the worker stood still, or the clock leapt, nobody is closed unwarned."""
    return user.idle_warned_at is not None and user.idle_warned_at <= now - warning


def _warn(people, now, limit, warning):
    for user in people:
        day = max(user.used_at + limit, now + warning)
        events.announce_account(events.SLEEPS_SOON, [user], day=f"{timezone.localdate(day):%d/%m/%Y}")
    User.objects.filter(pk__in=[user.pk for user in people]).update(idle_warned_at=now)


def _close(people, now):
    from ..accounts import log_values
    from . import sessions

    if not people:
        return
    events.announce_account(events.ASLEEP, people)
    keys = [user.pk for user in people]
    User.objects.filter(pk__in=keys).update(is_active=False, asleep_since=now, idle_warned_at=None)
    with translation.override(settings.LANGUAGE_CODE):
        source = _("the portal's clock")
    for user in people:
        AccountChange.objects.create(**log_values(None, user, now, source), change=AccountChange.Kind.ASLEEP)
        audit.record("account.asleep", target=user)
        sessions.end(user, why="asleep")


def _last_administrator():
    """The key of the administrator who signed in last, of those with an open account."""
    people = unused_since(User.objects.filter(is_active=True, is_sample=False))
    holders = people.filter(groups__name=Role.ADMINISTRATOR.value)
    return holders.order_by("-used_at", "pk").values_list("pk", flat=True).first()


# ---- waking


def send_letter(user, now=None):
    """Posts the letter to the owner of a sleeping account; nothing where it has no address."""
    if not user.email:
        return
    with translation.override(settings.LANGUAGE_CODE):
        text = _("Open your account on the portal again: the link works once, within %(hours)s hours") % {
            "hours": LETTER_HOURS
        }
    with transaction.atomic():
        letter = outbox.Letter(to=user.email, text=text, link=reverse("own:wake", args=[_token(user)]))
        outbox.post_many([letter], now or timezone.now())
        audit.record("account.letter", target=user)


def ask_for_letter(name):
    """Of a typed name or address. The same for everybody who looks on: for a name nobody has the same is
    written and taken back."""
    from .backend import account_of

    user = account_of(name)
    if user is not None and user.asleep_since and user.email:
        send_letter(user)
        return
    nobody = User(username="-", email="-@-.invalid", pk=0, asleep_since=timezone.now())
    with transaction.atomic():
        point = transaction.savepoint()
        outbox.post_many([outbox.Letter(to="", text="-", link=_token(nobody))], timezone.now())
        audit.record("account.letter", target=None, outcome="refused")
        transaction.savepoint_rollback(point)


def _token(user):
    return signing.dumps([user.pk, user.asleep_since.isoformat()], salt=_SALT)


def sleeper(token):
    """The account a link opens; None where it was used, is too old or malformed."""
    try:
        key, since = signing.loads(token, salt=_SALT, max_age=timedelta(hours=LETTER_HOURS))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(pk=key, asleep_since__isnull=False, is_active=False).first()
    return user if user is not None and user.asleep_since.isoformat() == since else None


def wake(token, now=None):
    """Opens the account of a link; returns it, or None where the link opens nothing (any more)."""
    from ..accounts import log_values

    now = now or timezone.now()
    with transaction.atomic():
        found = sleeper(token)
        if found is None:
            return None
        user = User.objects.select_for_update().get(pk=found.pk)
        if user.asleep_since is None:
            return None
        user.is_active, user.asleep_since, user.awake_since = True, None, now
        user.save(update_fields=["is_active", "asleep_since", "awake_since"])
        AccountChange.objects.create(**log_values(user, user, now), change=AccountChange.Kind.AWAKE)
        audit.record("account.awake", actor=user, target=user)
    return user
