"""What notifications keep about people."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trust.holdings import GOES, STAYS, Holding, by, by_email, either, register_holdings
from trust.processing import Activity, Basis, register_activity
from trust.retention import register as register_kind

MESSAGES = "notifications.messages"
MAIL_KEPT, ROWS_KEPT = timedelta(days=365), timedelta(days=730)
# Letters about a person's own rights prove that they were told; `retention` takes them with the others.
_ABOUT_RIGHTS = Q(body__contains="/quyen-du-lieu/")


def register():
    register_activity(
        Activity(
            MESSAGES,
            _("Notifications and mail"),
            _("People with an account; residents who left an address"),
            _("What somebody was told and when; the address it went to; how they want their mail."),
            _("To tell people what concerns them and by when."),
            Basis.DUTY,
            _("Law 91/2025, Article 19.1.c; for residents, their consent"),
            _("The person; the administrator, for mail that did not go."),
            _("Notifications 2 years, mail 1 year."),
        )
    )
    outbox = either(by(recipient="user"), _to_an_address)
    shown = ("subject", "state", "created_at", "sent_at")
    register_holdings(
        Holding(
            "notifications.Notification",
            MESSAGES,
            {"recipient": GOES},
            by(recipient="user"),
            goes_whole=True,
            shown=("event", "subject", "created_at", "read_at"),
        ),
        Holding(
            "notifications.Preference",
            MESSAGES,
            {"user": GOES},
            by(user="user"),
            goes_whole=True,
            shown=("wishes", "language"),
        ),
        Holding(
            "notifications.OutboxMail",
            MESSAGES,
            {"recipient": GOES, "to": GOES},
            outbox,
            only=lambda: ~_ABOUT_RIGHTS,
            goes_whole=True,
            shown=shown,
        ),
        Holding(
            "notifications.OutboxMail",
            MESSAGES,
            {"recipient": STAYS, "to": STAYS},
            outbox,
            only=lambda: _ABOUT_RIGHTS,
            why=_("It proves that you were told about your request; it goes after a year."),
            label=_("mail about data-rights requests"),
            shown=shown,
        ),
    )
    _register_retention()


def _to_an_address(person):
    """Letters to whoever has no account: an address of the office may be several people's."""
    found = by_email("to")(person)
    return found & Q(recipient__isnull=True) if found is not None else None


def _register_retention():
    """What waits to be sent stays however old it is."""
    register_kind(
        "notifications.mail",
        _("Mail that was sent, or was not to be sent"),
        MAIL_KEPT,
        lambda before: _old_mail(before).delete()[0],
        due=lambda before: _old_mail(before).count(),
        basis=_("Long enough to prove that somebody was told."),
    )
    register_kind(
        "notifications.rows",
        _("Notifications"),
        ROWS_KEPT,
        lambda before: _old_rows(before).delete()[0],
        due=lambda before: _old_rows(before).count(),
        basis=_("What they told of has its own page and history."),
    )


def _old_mail(before):
    from .models import MailState, OutboxMail

    return OutboxMail.objects.filter(created_at__lt=before).exclude(
        state__in=(MailState.QUEUED, MailState.FAILED)
    )


def _old_rows(before):
    from .models import Notification

    return Notification.objects.filter(created_at__lt=before)
