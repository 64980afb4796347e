"""The digest of 07:00: the day's mails of one person as one."""

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import MailState, OutboxMail, Preference, SkipReason, language_of
from .outbox import address_of, footer


def build_digests(now):
    """One mail for each person whose digest is due. Late is fine: a stopped worker catches up."""
    waiting = OutboxMail.objects.filter(
        digest=True, part_of__isnull=True, state=MailState.QUEUED, next_attempt_at__lte=now
    )
    people = waiting.order_by("recipient_id").values_list("recipient_id", flat=True).distinct()
    for recipient_id in list(people):
        with transaction.atomic():
            parts = waiting.filter(recipient_id=recipient_id).order_by("id")
            # Two workers: one locks the parts, the other finds none left.
            locked = list(parts.select_for_update(of=("self",)).select_related("recipient", "notification"))
            if locked:
                _bind(locked, now)


def _bind(parts, now):
    user = parts[0].recipient
    keys = [part.pk for part in parts]
    why = _why_not(user)
    if why:
        OutboxMail.objects.filter(pk__in=keys).update(state=MailState.SKIPPED, skipped_why=why)
        return
    language = language_of(Preference.objects.filter(user=user).first())
    subject, body = _compose(parts, language, now)
    mail = OutboxMail.objects.create(
        recipient=user, to=user.email, subject=subject, body=body, created_at=now, next_attempt_at=now
    )
    OutboxMail.objects.filter(pk__in=keys).update(part_of=mail)


def _why_not(user):
    """The account may have changed since the rows were written."""
    if not user.is_active:
        return SkipReason.INACTIVE
    return "" if user.email else SkipReason.NO_ADDRESS


def _compose(parts, language, now):
    with translation.override(language):
        subject = ngettext(
            "%(count)s notification, %(day)s", "%(count)s notifications, %(day)s", len(parts)
        ) % {
            "count": len(parts),
            "day": date_format(timezone.localtime(now), "d/m/Y"),
        }
        lines = []
        for part in parts:
            lines += [f"- {part.subject}", f"  {address_of(part.notification.link)}", ""]
        return subject, "\n".join([_("New on the portal:"), "", *lines, *footer()])
