"""Letters to the sender, where an e-mail was left and the consent stands: what happened and the code."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from notifications.outbox import Letter, post_many

from .codes import address, shown
from .consents import CONTACT, standing_among


def write_to_sender(idea, what, now):
    """`what`: received, answered, new_code, recognised. Inside the transaction of the cause."""
    write_to_senders([idea], what, now)


def write_to_senders(ideas, what, now):
    """The same for several; a constant number of queries."""
    from ideas.models import IdeaContact

    emails = dict(
        IdeaContact.objects.filter(idea__in=ideas, idea__is_sample=False)
        .exclude(email="")
        .values_list("idea", "email")
    )
    if not emails:
        return
    agreed = standing_among(ideas, CONTACT)
    letters = [
        Letter(emails[idea.pk], _sentence(what, idea), address(idea.code))
        for idea in ideas
        if idea.pk in emails and idea.pk in agreed
    ]
    if letters:
        post_many(letters, now)


def _sentence(what, idea):
    with translation.override(settings.LANGUAGE_CODE):
        words = {
            "received": _("Your idea has arrived. Tracking code: %(code)s"),
            "answered": _("Your idea has an answer. Tracking code: %(code)s"),
            "new_code": _("Your idea has a new tracking code: %(code)s"),
            "recognised": _("Your idea has become a recognised initiative. Tracking code: %(code)s"),
        }[what]
        return words % {"code": shown(idea.code)}
