"""The overview of a competition; sending it for approval and taking it back."""

from django.contrib import messages
from django.utils.translation import gettext as _

from ... import publishing
from ...organising import sending, words
from ...organising.overview import overview
from ...organising.page import page
from ...organising.refusals import ActRefused
from .found import acts_only, go, readers_only, say_why


@readers_only
def manage(request, competition):
    return page(
        request, competition, "manage", "competitions/organising/overview.html", overview(competition)
    )


@acts_only("manage")
def send(request, competition):
    try:
        sending.send_for_approval(competition, request.user)
    except ActRefused as refused:
        say_why(request, refused)
    except publishing.NotReady as missing:
        messages.error(
            request,
            _("Not sent yet. Missing: %(lacks)s")
            % {"lacks": " ".join(words.lack(found) for found in missing.lacks)},
        )
    else:
        messages.success(request, _("Sent. The publishers are told; you hear from them here and by notice."))
    return go(competition, "manage")


@acts_only("manage")
def take_back(request, competition):
    try:
        sending.take_back(competition, request.user)
    except ActRefused as refused:
        say_why(request, refused)
    else:
        messages.success(request, _("Taken back. It can be changed again."))
    return go(competition, "manage")
