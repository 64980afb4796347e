"""Letters to a resident, where an e-mail was left and the consent stands: what happened and the code."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from notifications.outbox import Letter, post_many

from . import consents
from .codes import address, shown


def write_to_sender(difficulty, what, now):
    """`what`: received, settled, new_code. Inside the transaction of the cause."""
    if not difficulty.code:
        return
    email = consents.contacts_to_tell([difficulty]).get(difficulty.pk)
    if email:
        post_many([Letter(email, _sentence(what, difficulty), address(difficulty.code))], now)


def _sentence(what, difficulty):
    with translation.override(settings.LANGUAGE_CODE):
        words = {
            "received": _("What you sent has arrived. Tracking code: %(code)s"),
            "settled": _("What you sent has an answer. Tracking code: %(code)s"),
            "new_code": _("What you sent has a new tracking code: %(code)s"),
        }[what]
        return words % {"code": shown(difficulty.code)}
