"""What is kept: one row per recipient and event, the mail that goes with it, how people want mail."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NotificationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A person's own rows and nobody else's, whatever the role; quiet rows are for pages, not people."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(recipient=user, quiet=False)

    def unread(self):
        return self.filter(read_at__isnull=True, quiet=False)


class Notification(models.Model):
    """One thing told to one person. The ids of one recipient's rows rise in commit order (see `announce`)."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    event = models.CharField(max_length=80)
    category = models.CharField(max_length=30)
    subject = models.CharField(max_length=60, blank=True)  # the code shown, e.g. SK-2026-HD15
    link = models.CharField(max_length=300)
    params = models.JSONField(default=dict)
    refresh = models.JSONField(default=list)  # keys of page parts that changed, e.g. "initiative:12"
    quiet = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["recipient", "id"], name="notif_recipient_idx"),
            models.Index(
                fields=["recipient"], condition=Q(read_at__isnull=True, quiet=False), name="notif_unread_idx"
            ),
            models.Index(fields=["created_at"], name="notif_created_idx"),  # the watcher's last minute
        ]

    def __str__(self):
        return f"{self.event} {self.subject}".strip()

    @property
    def text(self):
        """The sentence in the language active now."""
        from .events import text_of

        return text_of(self.event, self.subject, self.params)

    @property
    def icon(self):
        from .events import icon_of

        return icon_of(self.event)


class MailWish(models.TextChoices):
    """When a person wants the mail of a category."""

    NOW = "now", _("At once")
    DIGEST = "digest", _("Digest at 07:00")
    NONE = "none", pgettext_lazy("mail", "None")


class Preference(models.Model):
    """How one person wants mail. No row means: at once, in Vietnamese."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="mail_preference"
    )
    wishes = models.JSONField(default=dict)  # category code -> MailWish
    language = models.CharField(_("language of mail"), max_length=5, default="vi", choices=settings.LANGUAGES)

    class Meta:
        verbose_name = _("mail preference")

    def __str__(self):
        return f"{self.user_id}: {self.wishes}"

    def wish_for(self, category):
        wish = self.wishes.get(category, MailWish.NOW)
        return wish if wish in MailWish.values else MailWish.NOW


class MailState(models.TextChoices):
    QUEUED = "queued", pgettext_lazy("mail", "waiting to be sent")
    SENT = "sent", pgettext_lazy("mail", "sent")
    FAILED = "failed", pgettext_lazy("mail", "not sent yet, will be tried again")
    DEAD = "dead", pgettext_lazy("mail", "not sent, given up")
    SKIPPED = "skipped", pgettext_lazy("mail", "not sent")


class SkipReason(models.TextChoices):
    """Why a mail was never to be sent."""

    NO_ADDRESS = "no_address", _("the account has no e-mail address")
    PREFERENCE = "preference", _("switched off in the preferences")
    SAMPLE = "sample", _("sample accounts get no mail")
    INACTIVE = "inactive", _("the account is closed")


class OutboxMail(models.Model):
    """A mail to send, written in the transaction of its cause and sent later by the worker.

    A row of a digest (`digest`) is never sent by itself: at 07:00 it becomes part of one mail (`part_of`)
    and shares its fate.
    """

    notification = models.OneToOneField(
        Notification, models.CASCADE, null=True, blank=True, related_name="mail"
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="outbox_mails"
    )
    to = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(max_length=8, choices=MailState.choices, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    last_error = models.CharField(max_length=500, blank=True)
    skipped_why = models.CharField(max_length=12, choices=SkipReason.choices, blank=True)
    digest = models.BooleanField(default=False)
    part_of = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="parts")
    claimed_by = models.CharField(max_length=32, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(state__in=["queued", "failed"]),
                name="outbox_due_idx",
            ),
            models.Index(fields=["state", "-id"], name="outbox_state_idx"),
        ]

    def __str__(self):
        return f"{self.pk} {self.state}"

    @property
    def carrier(self):
        """The mail that really goes out: the digest, for a row that is part of one."""
        return self.part_of or self


def language_of(user_preference):
    """The language a person's mail is written in: `vi` unless they chose another."""
    language = user_preference.language if user_preference else settings.LANGUAGE_CODE
    return language if translation.check_for_language(language) else settings.LANGUAGE_CODE
