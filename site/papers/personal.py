"""What papers keep about people: certificates carry a name, papers were recorded by somebody."""

from django.utils.translation import gettext_lazy as _

from trust.holdings import STAYS, Holding, acts, nobody, register_holdings
from trust.personal import ACT, ARCHIVED, RECORDS, TYPED
from trust.processing import Activity, Basis, register_activity

CERTIFICATES = "papers.certificates"


def certificates_of(whose, label):
    """The holding of the certificates an app has given; it knows whose they are."""
    return Holding(
        "papers.Certificate",
        CERTIFICATES,
        {"holder_name": STAYS, "pdf": STAYS, "data": STAYS},
        whose,
        why=ARCHIVED,
        shown=("number", "issued_on", "title", "state"),
        label=label,
    )


def register():
    register_activity(
        Activity(
            CERTIFICATES,
            _("Certificates and their verification"),
            _("Authors, trainees, winners"),
            _("Name, unit, title, number, day, decision."),
            _("To certify and to let anybody verify a certificate by its code."),
            Basis.DUTY,
            _("Decree 13/2012; Circular 18/2013; Law 91/2025, Articles 16 and 19"),
            _("Whoever has the code of the certificate; the officers who issue it."),
            _("For good: a certificate can be verified as long as it is held."),
        )
    )
    register_holdings(
        certificates_of(nobody, _("certificate")),
        Holding(
            "papers.OfficePaper",
            RECORDS,
            {"recorded_by": STAYS, "file": STAYS, "data": STAYS},
            nobody,
            why=TYPED,
        ),
        *acts(RECORDS, ACT, "papers.PaperChange user actor_name actor_code before after"),
    )
