"""The worker's part of the outbox: claim, send, keep the outcome; no transaction is open meanwhile.

A claim is a lease: a worker killed while sending loses it after `LEASE` and another takes the mail over.
Between the server's "accepted" and our note of it a kill sends the mail again; both copies carry one
Message-ID, by which mail programs show them once.
"""

import logging
import socket
import time
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from .bounded_smtp import BoundedBackend
from .models import MailState, OutboxMail

log = logging.getLogger(__name__)

RETRY_AFTER = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 360)]
MAX_ATTEMPTS = 1 + len(RETRY_AFTER)
LEASE = timedelta(minutes=10)
BATCH = 20
BUDGET = 30.0  # seconds of one run: the clock has other work, its heartbeat among it
SERVER_PATIENCE = 15  # seconds one answer of the mail server may take
ENDED_WHILE_SENDING = "the worker ended while sending"


def send_due(now=None, worker=None):
    """Sends what is due until nothing is left or the budget is spent; returns (sent, failed)."""
    worker = worker or uuid4().hex
    began = time.monotonic()
    sent = failed = 0
    while time.monotonic() - began < BUDGET:
        mails = claim(worker, now or timezone.now())
        if not mails:
            break
        ok, wrong = _send_all(mails, worker, began)
        sent, failed = sent + ok, failed + wrong
    return sent, failed


def claim(worker, now, limit=BATCH):
    """Up to `limit` due mails, now this worker's for the time of the lease; no two workers get the same."""
    with transaction.atomic():
        due = OutboxMail.objects.filter(
            _is_free(now),
            _is_due(now),
            state__in=[MailState.QUEUED, MailState.FAILED],
            digest=False,
        )
        rows = list(due.order_by("next_attempt_at", "id").select_for_update(skip_locked=True)[:limit])
        spent = [mail.pk for mail in rows if mail.attempts >= MAX_ATTEMPTS]
        if spent:
            _settle(spent, state=MailState.DEAD, last_error=ENDED_WHILE_SENDING)
        mine = [mail for mail in rows if mail.attempts < MAX_ATTEMPTS]
        OutboxMail.objects.filter(pk__in=[mail.pk for mail in mine]).update(
            claimed_by=worker, claimed_until=now + LEASE, attempts=F("attempts") + 1
        )
    for mail in mine:
        mail.attempts += 1
    return mine


def _is_free(now):
    # A lease that ends so far ahead was given before the clock was set back. Twice the lease: another
    # worker's may well have begun after our `now`, while we waited for our turn.
    set_back = Q(claimed_until__gt=now + 2 * LEASE)
    return Q(claimed_until__isnull=True) | Q(claimed_until__lte=now) | set_back


def _is_due(now):
    # Likewise a mail written in what is the future now, or that would wait longer than the longest pause.
    ahead = Q(created_at__gt=now) | Q(next_attempt_at__gt=now + RETRY_AFTER[-1])
    return Q(next_attempt_at__lte=now) | ahead


def _connection():
    """To the mail server of the settings, for a bounded time."""
    connection = get_connection(timeout=SERVER_PATIENCE)
    return BoundedBackend(timeout=SERVER_PATIENCE) if type(connection) is EmailBackend else connection


def _send_all(mails, worker, began):
    sent = failed = 0
    connection = _connection()
    try:
        for position, mail in enumerate(mails):
            if time.monotonic() - began >= BUDGET:
                _give_back(mails[position:], worker)
                break
            error = _send(mail, connection)
            _note(mail, worker, error)
            sent, failed = sent + (not error), failed + bool(error)
    finally:
        _close(connection)
    return sent, failed


def _send(mail, connection):
    """Sends one mail; returns what went wrong, in the server's words, or "". Outside any transaction."""
    message = EmailMessage(
        mail.subject,
        mail.body,
        to=[mail.to],
        connection=connection,
        headers={"Message-ID": message_id(mail), "Auto-Submitted": "auto-generated"},
    )
    try:
        message.send()
    except Exception as error:  # whatever a server or an address does wrong is kept, not raised
        log.warning("mail %s was not sent: %s", mail.pk, type(error).__name__)
        _close(connection)  # the next mail begins a fresh conversation
        return _in_words(error)
    return ""


def message_id(mail):
    """The same at every attempt."""
    host = urlsplit(settings.SITE_URL).hostname or socket.getfqdn()
    return f"<outbox-{mail.pk}-{mail.created_at:%Y%m%d%H%M%S}@{host}>"


def _note(mail, worker, error):
    """Writes the outcome, unless the lease was lost meanwhile and the mail is another worker's."""
    now = timezone.now()
    if not error:
        change = {"state": MailState.SENT, "sent_at": now, "last_error": ""}
    elif mail.attempts >= MAX_ATTEMPTS:
        change = {"state": MailState.DEAD, "last_error": error}
    else:
        change = {
            "state": MailState.FAILED,
            "last_error": error,
            "next_attempt_at": now + RETRY_AFTER[mail.attempts - 1],
        }
    with transaction.atomic():
        _settle([mail.pk], worker=worker, **change)


def _settle(keys, worker=None, **change):
    own = OutboxMail.objects.filter(pk__in=keys)
    if worker:
        own = own.filter(claimed_by=worker)
    changed = own.update(claimed_by="", claimed_until=None, **change)
    if changed and change["state"] in (MailState.SENT, MailState.DEAD):
        OutboxMail.objects.filter(part_of__in=keys).update(
            state=change["state"], sent_at=change.get("sent_at"), last_error=change["last_error"]
        )


def _give_back(mails, worker):
    """The budget is spent: the rest is free for the next run, as if never claimed."""
    keys = [mail.pk for mail in mails]
    OutboxMail.objects.filter(pk__in=keys, claimed_by=worker).update(
        claimed_by="", claimed_until=None, attempts=F("attempts") - 1
    )


def send_again(mail_id):
    """An administrator's "try again" for a mail that was given up; returns whether there was one."""
    with transaction.atomic():
        dead = OutboxMail.objects.filter(pk=mail_id, state=MailState.DEAD, part_of__isnull=True)
        changed = dead.update(state=MailState.QUEUED, attempts=0, next_attempt_at=timezone.now())
        if changed:
            OutboxMail.objects.filter(part_of=mail_id).update(state=MailState.QUEUED)
    return bool(changed)


def _in_words(error):
    if isinstance(error, SMTPRecipientsRefused):  # the one recipient; Python's words would repeat the address
        [(code, said)] = error.recipients.values()
        error = SMTPResponseException(code, said)
    code = getattr(error, "smtp_code", None)
    said = getattr(error, "smtp_error", b"")
    if code:
        text = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
        return f"{code} {text}"[:500]
    return (str(error) or type(error).__name__)[:500]


def _close(connection):
    try:
        connection.close()
    except Exception:
        log.info("the mail server's connection did not close", exc_info=True)
