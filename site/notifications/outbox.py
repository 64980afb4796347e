"""Mail: written with its cause, sent later by the worker, its fate kept."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from .events import Mail
from .models import MailState, MailWish, OutboxMail, Preference, SkipReason, language_of

DIGEST_AT = time(7, 0)


def queue(groups, now):
    """One row per notification in two queries; a row also says why nothing will be sent.

    `groups` are (event, notifications with the same text).
    """
    people = [row.recipient_id for _event, rows in groups for row in rows]
    if not people:
        return
    wishes = {wish.user_id: wish for wish in Preference.objects.filter(user_id__in=people)}
    mails = []
    for event, rows in groups:
        texts = {}
        mails += [_mail_for(event, row, wishes.get(row.recipient_id), now, texts) for row in rows]
    OutboxMail.objects.bulk_create(mails)


def _mail_for(event, row, wish, now, texts):
    language = language_of(wish)
    if language not in texts:
        texts[language] = compose(event, row, language)
    subject, body = texts[language]
    user = row.recipient
    mail = OutboxMail(
        notification=row,
        recipient=user,
        to=user.email or "",
        subject=subject,
        body=body,
        created_at=now,
        next_attempt_at=now,
    )
    wanted = MailWish.NOW if event.mail is Mail.ALWAYS or wish is None else wish.wish_for(event.category)
    why = _why_not(user, wanted)
    if why:
        mail.state, mail.skipped_why = MailState.SKIPPED, why
    elif wanted == MailWish.DIGEST:
        mail.digest, mail.next_attempt_at = True, next_digest(now)
    return mail


def _why_not(user, wanted):
    if getattr(user, "is_sample", False):
        return SkipReason.SAMPLE
    if not user.email:
        return SkipReason.NO_ADDRESS
    if wanted == MailWish.NONE:
        return SkipReason.PREFERENCE
    return ""


def compose(event, row, language):
    """(subject, body) in `language`: what to do and the code; the details stay behind the access check."""
    with translation.override(language):
        text = " ".join(event.render(row.subject, row.params).split())
        body = "\n".join(
            [
                text,
                "",
                _("Open on the portal: %(address)s") % {"address": address_of(row.link)},
                "",
                *footer(),
            ]
        )
    return text[:200], body


def footer():
    """The last lines of every mail, in the language active now."""
    address = address_of(reverse("notifications:preferences"))
    return [
        _("This mail is sent automatically. Choose which mail to get: %(address)s") % {"address": address},
        "",
    ]


def address_of(link):
    return f"{settings.SITE_URL.rstrip('/')}{link}"


def next_digest(now):
    """The next 07:00 of the local day strictly after `now`."""
    local = timezone.localtime(now)
    day = local.date() + timedelta(days=0 if local.time() < DIGEST_AT else 1)
    return timezone.make_aware(datetime.combine(day, DIGEST_AT))


# ---- to people without an account


@dataclass(frozen=True)
class Letter:
    """A mail to an address that belongs to no account: `text` one sentence, what to do and the code, no name,
    title or score; `link` where the details are read."""

    to: str
    text: str
    link: str
    language: str = settings.LANGUAGE_CODE


def post_many(letters, now):
    """Queues letters inside the transaction of their cause; the worker sends them. One query for all."""
    OutboxMail.objects.bulk_create(
        OutboxMail(
            to=letter.to,
            subject=" ".join(letter.text.split())[:200],
            body=_letter_body(letter),
            created_at=now,
            next_attempt_at=now,
        )
        for letter in letters
    )


def post_plain(to, subject, body):
    """Queues one mail as it was written elsewhere (allauth's about a forgotten password)."""
    OutboxMail.objects.create(to=to, subject=" ".join(subject.split())[:200], body=body)


def _letter_body(letter):
    with translation.override(letter.language):
        opened = _("Open on the portal: %(address)s") % {"address": address_of(letter.link)}
        return "\n".join(
            [" ".join(letter.text.split()), "", opened, "", _("This mail is sent automatically."), ""]
        )


def forget_address(address):
    """Takes an address that belongs to no account out of the outbox: what waits is not sent any more. Inside
    the caller's transaction."""
    if not address:
        return
    letters = OutboxMail.objects.filter(to=address, recipient=None, notification=None)
    waiting = letters.filter(state__in=(MailState.QUEUED, MailState.FAILED))
    waiting.update(state=MailState.SKIPPED, skipped_why=SkipReason.NO_ADDRESS)
    letters.update(to="")
