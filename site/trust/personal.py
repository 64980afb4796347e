"""The activities every app shares, and the reasons why something stays, said once."""

from django.utils.translation import gettext_lazy as _

from .holdings import STAYS, Holding, by, register_holdings
from .processing import Activity, Basis, register_activity

RECORDS = "trust.records"
ACT = _(
    "It says who of the ward did what in an official record: without it the record proves nothing "
    "(Archives Law "
    "33/2024, Article 14 of Law 91/2025)."
)
ARCHIVED = _(
    "It is part of a record the ward must archive (Archives Law 33/2024, Article 14 of Law 91/2025)."
)
TYPED = _(
    "Somebody typed this name into a record; it cannot be found by the person and stays with the record. Ask "
    "for its correction by naming the record."
)


def register():
    register_activity(
        Activity(
            RECORDS,
            _("Who did what in the ward's records"),
            _("Officials and staff who act in the portal"),
            _(
                "Name, staff code, account and moment beside each act: who submitted, checked, "
                "decided, changed."
            ),
            _("So that a record proves how it came about, and errors and misuse are found."),
            Basis.DUTY,
            _("Archives Law 33/2024; Law 91/2025, Article 19.1.c"),
            _("Whoever may read the record itself."),
            _("As long as the record."),
        )
    )
    register_activity(
        Activity(
            "trust.audit",
            _("Audit trail"),
            _("Whoever uses the portal"),
            _("Account, moment, action and network address; no contents."),
            _("To find and prove attacks and misuse."),
            Basis.DUTY,
            _("Decree 331/2026 (systems of level 2); Law 116/2025 on cybersecurity"),
            _("The administrator and the data-protection officer."),
            _("At least 12 months."),
        )
    )
    register_activity(
        Activity(
            "trust.consents",
            _("Proof of consents"),
            _("Whoever agreed to something here"),
            _("What was agreed to in which words, when, and when it was withdrawn; no name."),
            _("To prove that data was used with consent and only as long as it stood."),
            Basis.DUTY,
            _("Law 91/2025, Articles 9 and 10; Decree 356/2025, Article 6"),
            _("The person themselves; the data-protection officer."),
            _("As long as what was agreed to may be questioned."),
        )
    )
    register_holdings(
        Holding(
            "trust.AuditEvent",
            "trust.audit",
            {"account": STAYS, "address": STAYS, "place": STAYS},
            by(actor_key="user"),
            why=_("The trail of level 2 systems is kept unchanged for its term (Decree 331/2026)."),
            shown=("at", "action", "outcome"),
        ),
        Holding(
            "trust.Consent",
            "trust.consents",
            {"wording": STAYS},
            by(subject="consent"),
            why=_("It proves that the data was used with consent; no name stands in it."),
            shown=("purpose", "given_at", "withdrawn_at"),
        ),
    )
