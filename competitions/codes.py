"""One-time codes by mail: six digits, ten minutes, five tries, used once; kept as a keyed hash.

A code proves that somebody reads the mailbox now. Which mailboxes are known stays hidden: the answer is the
same for every address.
"""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from notifications.outbox import Letter, post_many

from .addresses import email_key
from .models import EmailCode

DIGITS = 6
LIFE = timedelta(minutes=10)
MOST_TRIES = 5
MOST_AN_HOUR = 5  # codes sent to one mailbox


def send_code(email, purpose, now=None) -> bool:
    """Sends a fresh code to `email`; an older one for the same purpose is dead from then on. False where the
    mailbox had its number of codes for this hour: then nothing is sent."""
    now = now or timezone.now()
    key = email_key(email)
    with transaction.atomic():
        made = EmailCode.objects.select_for_update().filter(
            email_key=key, made_at__gt=now - timedelta(hours=1)
        )
        if len(made) >= MOST_AN_HOUR:
            return False
        EmailCode.objects.filter(email_key=key, purpose=purpose, used_at=None, expires_at__gt=now).update(
            expires_at=now
        )
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
        EmailCode.objects.create(
            email=email,
            email_key=key,
            code_hash=_hash(key, purpose, code),
            purpose=purpose,
            made_at=now,
            expires_at=now + LIFE,
        )
        text = _("%(code)s is the code for the competitions of the ward. It is good for 10 minutes.") % {
            "code": code
        }
        post_many([Letter(email, text, "/cuoc-thi/")], now)
    return True


def use_code(email, purpose, typed, now=None) -> bool:
    """Whether `typed` is the good code that was sent to this mailbox for this purpose; that uses it up.
    A wrong one counts as a try, committed before anything is answered."""
    now = now or timezone.now()
    key, typed = email_key(email), "".join(c for c in (typed or "") if c.isdecimal() and c.isascii())
    with transaction.atomic():
        rows = EmailCode.objects.select_for_update().filter(email_key=key, purpose=purpose, used_at=None)
        code = rows.filter(expires_at__gt=now, made_at__lte=now, tries__lt=MOST_TRIES).first()
        if code is None:
            return False
        if not constant_time_compare(code.code_hash, _hash(key, purpose, typed)):
            EmailCode.objects.filter(pk=code.pk).update(tries=F("tries") + 1)
            return False
        code.used_at = now
        code.save(update_fields=["used_at"])
    return True


def _hash(key, purpose, code):
    return salted_hmac("competitions.codes", f"{key}\n{purpose}\n{code}", algorithm="sha256").hexdigest()
