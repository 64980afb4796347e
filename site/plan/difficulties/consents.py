"""What a resident is asked, each for itself, nothing ticked beforehand (Luật 91/2025 Đ.9), and what goes when
a consent is withdrawn. That a difficulty is read, answered and published in the ward's own words without any
personal data needs none: it is the ward's duty (Đ.19) and the plan's (part VII)."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from notifications.outbox import forget_address
from trust.consents import Purpose, register_purpose
from trust.models import Consent

CONTACT, NAME = "difficulty-contact", "difficulty-name"
ASKED = (CONTACT, NAME)
CONTACT_KEPT = timedelta(days=365)  # after it is settled; the words below say so
SETTLED = ("published", "closed")


def register_purposes():
    register_purpose(
        Purpose(
            CONTACT,
            _("Tell me of the answer"),
            _(
                "The ward keeps my name, e-mail and telephone to answer me and to ask back. Only the plan's "
                "coordinator and the unit that answers read them. They are erased a year after the answer, "
                "or as soon as I withdraw this."
            ),
        )
    )
    register_purpose(
        Purpose(
            NAME,
            _("Name me beside the published answer"),
            _(
                "My full name may stand beside the difficulty on the list everybody reads. Otherwise it says "
                "“a resident”. The name goes as soon as I withdraw this."
            ),
        )
    )


def contacts_to_tell(difficulties):
    """{key: e-mail} of those whose sender agreed to be told; two queries for any number."""
    from ..models import DifficultyContact

    by_subject = {row.subject: row.pk for row in difficulties}
    given = Consent.objects.filter(subject__in=by_subject, purpose=CONTACT, withdrawn_at__isnull=True)
    agreed = {by_subject[subject] for subject in given.values_list("subject", flat=True)}
    rows = DifficultyContact.objects.filter(difficulty__in=agreed, difficulty__is_sample=False)
    return dict(rows.exclude(email="").values_list("difficulty", "email"))


def erase_unneeded(difficulty, standing):
    """Erases what no standing consent covers any more. Inside the caller's transaction."""
    contact = getattr(difficulty, "contact", None)
    if contact is None:
        return
    if CONTACT not in standing:
        forget_address(contact.email)
        contact.email = contact.phone = ""
    if not {CONTACT, NAME} & set(standing):
        contact.name = ""
    if contact.name or contact.email or contact.phone:
        contact.save()
    else:
        contact.delete()


def old_contacts(now):
    """Contacts of difficulties settled so long ago that the consent's own words say they are erased."""
    from ..models import DifficultyContact

    over = Q(difficulty__state__in=SETTLED, difficulty__state_since__lt=now - CONTACT_KEPT)
    return DifficultyContact.objects.filter(over).exclude(Q(email="") & Q(phone=""))
