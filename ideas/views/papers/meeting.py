"""The papers of a meeting."""

from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ideas.papers.offers import MeetingPapers
from ideas.papers.registering import register_meeting_paper
from ideas.views.meeting.found import crumbs_of_meetings, meeting_or_404, title_of
from people.kept_post import keep_post

from .handing import hand_out_offer, hand_out_signed, registering


@require_safe
@never_cache
@keep_post
def of_meeting(request, pk, kind, face):
    """One paper of the meeting as Word or PDF."""
    return hand_out_offer(_offer(request, pk, kind)[1], face)


@require_safe
@never_cache
@keep_post
def signed_of_meeting(request, pk, kind):
    return hand_out_signed(_offer(request, pk, kind)[1])


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
def register_of_meeting(request, pk, kind):
    """Number, date and signed file of a paper of the meeting."""
    meeting, offer = _offer(request, pk, kind)

    def register(**typed):
        return register_meeting_paper(request.user, meeting, kind, **typed)

    label = offer.kind.label if offer else ""
    crumbs = crumbs_of_meetings((title_of(meeting), meeting.get_absolute_url()), (label, ""))
    back = f"{meeting.get_absolute_url()}#giay-to"
    return registering(request, offer, register=register, crumbs=crumbs, back=back)


def _offer(request, pk, kind):
    meeting = meeting_or_404(request, pk)
    return meeting, MeetingPapers(request.user, meeting).offer(kind)
