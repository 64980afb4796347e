"""Wrong tries to sign in: after MOST in a row a pause, longer with each further one.

Counted in the database, so that every process and a restarted one know. Two counts go up with a wrong try: of
the name as typed, whoever it names, and of the account it names. A paused name is told so, alike whether
there is such an account. An account can also be paused through its other name (user name and e-mail): then
the answer is that of a wrong password, which the same sentence explains, so that nobody learns that two names
are one person's. For a name nobody has a second count goes up too: the same work, the same time.

A try counts before the password is looked at, and is given back when it was right: tries sent at once all
count.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ..models import SignInTries

MOST = 5
PAUSES = (
    1,
    2,
    5,
    15,
    30,
    60,
)  # minutes: after the fifth wrong try, the sixth …; the last for all further ones
FORGOTTEN_AFTER = timedelta(hours=24)


@dataclass
class Try:
    """One try that was counted. `paused_minutes`: 0, or how long the name is paused; `is_void`: the account
    is paused, and the right password does not help."""

    paused_minutes: int = 0
    is_void: bool = False
    _before: dict = field(default_factory=dict)

    def give_back(self):
        """It was right: as if it had not been."""
        with transaction.atomic():
            for row in _locked(self._before):
                row.count, row.paused_until = max(0, row.count - 1), self._before[row.key]
                row.save(update_fields=["count", "paused_until"])


def take(name, account=None, now=None):
    """Counts a try with `name`, which names `account` or nobody."""
    now = now or timezone.now()
    typed, owned = _key("name", name.strip().lower()), _key_of(account, name)
    with transaction.atomic():
        wanted = [SignInTries(key=typed, last_at=now), SignInTries(key=owned, account=account, last_at=now)]
        wanted.sort(key=lambda row: row.key)  # in one order everywhere: two tries never wait for each other
        SignInTries.objects.bulk_create(wanted, ignore_conflicts=True)
        rows = {row.key: row for row in _locked([typed, owned])}
        for row in rows.values():
            if now - row.last_at > FORGOTTEN_AFTER:
                row.count, row.paused_until, row.told_at = 0, None, None
        if _is_paused(rows[typed], now):
            left = rows[typed].paused_until - now
            return Try(paused_minutes=max(1, -(-int(left.total_seconds()) // 60)))
        counted = [row for row in rows.values() if not _is_paused(row, now)]
        before = {row.key: row.paused_until for row in counted}
        for row in counted:
            row.count, row.last_at = min(row.count + 1, 9999), now
            row.paused_until = now + pause_after(row.count) if row.count >= MOST else None
        SignInTries.objects.bulk_update(rows.values(), ["count", "last_at", "paused_until", "told_at"])
    return Try(is_void=owned not in before, _before=before)


def pause_after(count):
    """How long the pause after `count` wrong tries lasts."""
    return timedelta(minutes=PAUSES[min(max(count - MOST, 0), len(PAUSES) - 1)])


def forget(account):
    """The owner signed in: nothing is held against them or their names."""
    names = {account.username, account.email} - {""}
    keys = [_key_of(account, ""), _key("name", second_step_name(account))]
    keys += [_key("name", name.strip().lower()) for name in names]
    SignInTries.objects.filter(key__in=keys).delete()


def second_step_name(account):
    """What codes of the second step count under, besides the account."""
    return f"second step of {account.pk}"


def drop_old(now):
    SignInTries.objects.filter(last_at__lt=now - FORGOTTEN_AFTER).delete()


def _is_paused(row, now):
    return row.paused_until is not None and row.paused_until > now


def _locked(keys):
    return SignInTries.objects.select_for_update().filter(key__in=list(keys)).order_by("key")


def _key_of(account, name):
    return _key("account", account.pk) if account else _key("nobody", name.strip().lower())


def _key(kind, value):
    return salted_hmac("people.sign_in.tries", f"{kind}:{value}", algorithm="sha256").hexdigest()
