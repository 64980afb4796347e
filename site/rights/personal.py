"""What data rights themselves keep about people."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from trust.holdings import GOES, STAYS, Holding, acts, by, by_email, either, register_holdings
from trust.personal import ACT, RECORDS
from trust.processing import Activity, Basis, register_activity
from trust.retention import register as register_kind

REQUESTS = "rights.requests"
SENDERS_KEPT = timedelta(days=365)


def register():
    register_activity(
        Activity(
            REQUESTS,
            _("Data-rights requests and breaches"),
            _("Whoever asks about their data"),
            _(
                "What is asked; name, e-mail and telephone as far as given; how it was checked who "
                "the sender is."
            ),
            _("To answer and carry out requests, and to prove it."),
            Basis.DUTY,
            _("Law 91/2025, Articles 4, 19 and 23; Decree 356/2025, Article 5"),
            _("The data-protection officer."),
            _(
                "Name, address and words of the sender a year after the request is settled; its "
                "course as archived."
            ),
        )
    )
    register_holdings(
        Holding(
            "rights.RightsRequest",
            REQUESTS,
            dict.fromkeys(("user", "staff", "name", "email", "phone", "text", "identity_note"), STAYS),
            either(by(user="user", staff="staff"), by_email("email")),
            why=_(
                "It proves what was asked and done; name, address and words go a year after it is settled."
            ),
            shown=("number", "kind", "state", "received_at", "due_on", "answer"),
        ),
        Holding(
            "rights.DataCopy",
            REQUESTS,
            {"user": GOES, "asked_by_name": GOES, "file": GOES},
            by(user="user"),
            goes_whole=True,
            is_copied=False,
        ),
        *acts(
            RECORDS,
            ACT,
            """
            rights.RightsEntry user actor_name actor_code
            rights.Erasure user actor_name actor_code
            rights.BreachEntry user actor_name actor_code
            """,
        ),
    )
    _register_retention()


def _register_retention():
    from . import copies

    register_kind(
        "rights.copies",
        _("Copies of data that have expired"),
        timedelta(0),
        copies.drop_expired,
        due=lambda before: copies.expired(before).count(),
        basis=_("Copies can be taken for 7 days."),
    )
    register_kind(
        "rights.senders",
        _("Names, addresses and words of settled data-rights requests"),
        SENDERS_KEPT,
        _forget_senders,
        due=lambda before: _settled(before).count(),
        basis=_("A year is left to complain; the course of the request stays."),
    )


def _settled(before):
    from .models import RightsRequest
    from .models.request import SETTLED

    rows = RightsRequest.objects.filter(state__in=SETTLED, state_since__lt=before)
    return rows.exclude(name="", email="", phone="", text="", identity_note="", letter="")


def _forget_senders(before):
    gone = dict.fromkeys(("name", "email", "phone", "text", "identity_note", "letter"), "")
    return _settled(before).update(user=None, staff=None, **gone)
