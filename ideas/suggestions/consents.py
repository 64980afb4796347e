"""What a sender is asked, each for itself, nothing ticked beforehand (Luật 91/2025 Đ.9); and what goes when a
consent is withdrawn. That an idea is read and answered needs none: it is the ward's duty (Đ.19)."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from notifications.outbox import forget_address
from trust.consents import Purpose, register_purpose
from trust.models import Consent

CONTACT, CREDIT, PUBLISH = "idea-contact", "idea-credit", "idea-publish"
ASKED = (CONTACT, CREDIT, PUBLISH)
CONTACT_KEPT = timedelta(days=365)  # after the answer; the words below say so


def register_purposes():
    register_purpose(
        Purpose(
            CONTACT,
            _("Tell me of the answer"),
            _(
                "The ward keeps my name, e-mail and telephone to answer me and to ask back. Only whoever "
                "handles the idea reads them. They are erased a year after the answer, or as soon as I "
                "withdraw this."
            ),
        )
    )
    register_purpose(
        Purpose(
            CREDIT,
            _("Name me where my idea is used"),
            _(
                "If the idea grows into an initiative, its dossier and its public page name me. Otherwise "
                "they say “a resident”."
            ),
        )
    )
    register_purpose(
        Purpose(
            PUBLISH,
            _("Publish my idea with the answer"),
            _(
                "The ward may put the idea, in its own words and without my name, on the list everybody "
                "reads."
            ),
        )
    )


def standing_among(ideas, purpose):
    """Keys of those of `ideas` whose sender has given this consent and not withdrawn it; one query."""
    by_subject = {idea.subject: idea.pk for idea in ideas}
    given = Consent.objects.filter(subject__in=by_subject, purpose=purpose, withdrawn_at__isnull=True)
    return {by_subject[subject] for subject in given.values_list("subject", flat=True)}


def erase_unneeded(idea, standing):
    """Erases what no standing consent covers any more. Inside the caller's transaction."""
    contact = getattr(idea, "contact", None)
    if contact is None:
        return
    if CONTACT not in standing:
        forget_address(contact.email)
        contact.email = contact.phone = ""
    if CREDIT not in standing and CONTACT not in standing:
        contact.name = ""
    if contact.name or contact.email or contact.phone:
        contact.save()
    else:
        contact.delete()


def old_contacts(now):
    """Contacts of ideas answered or closed so long ago that the consent's own words say they are erased."""
    from ideas.models import IdeaContact

    over = Q(idea__state__in=("answered", "closed"), idea__state_since__lt=now - CONTACT_KEPT)
    return IdeaContact.objects.filter(over).exclude(Q(email="") & Q(phone=""))
