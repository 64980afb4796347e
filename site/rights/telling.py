"""Who is told of a request: the officers, and its sender where an account or an address is known."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from notifications.events import announce
from notifications.outbox import Letter, post_many
from vietnamese.dates import short_date

from . import codes, events, identity
from .owing import officers


def tell_officers(event, request, **params):
    people = officers()
    if people:
        announce(event, people, link=request.get_absolute_url(), subject=request.number, **params)


def tell_sent(request):
    tell_officers(events.SENT, request, due=short_date(request.first_answer_due_on))


def write_to_sender(request, what, now):
    """`what`: received, news. An account hears by its bell, an address by a letter; in the transaction."""
    if request.user_id:
        if what != "received":
            announce(events.CHANGED, [request.user_id], link=reverse("rights:mine"), subject=request.number)
    elif request.email and not request.is_sample:
        post_many([Letter(request.email, _sentence(what, request), codes.address(request.code))], now)


def ask_mailbox(request, now):
    """The letter whose link proves that its reader has the mailbox."""
    if request.email and not request.user_id and not request.is_sample:
        with translation.override(settings.LANGUAGE_CODE):
            words = _("Confirm that this mailbox is yours, so that the ward may act on your request.")
        post_many([Letter(request.email, words, identity.mailbox_link(request))], now)


def _sentence(what, request):
    with translation.override(settings.LANGUAGE_CODE):
        words = {
            "received": _("Your data-rights request has arrived. Tracking code: %(code)s"),
            "news": _("Your data-rights request has news. Tracking code: %(code)s"),
        }[what]
        return words % {"code": codes.shown(request.code)}
