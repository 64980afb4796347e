"""Who may vote, and when. Stable codes; `words` says them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from people.models import User

from ..addresses import email_key
from ..models import Participation
from ..moves import Refusal
from ..phases import PhaseCode, phase_at


@dataclass(frozen=True)
class VoteTime:
    """How the vote of a competition stands at a moment: `window`, and whether it is open or over."""

    window: Any
    is_open: bool
    is_over: bool


def time_of(competition, now):
    """`VoteTime`, or None where the competition has no public vote."""
    window = competition.window(PhaseCode.VOTE)
    if window is None:
        return None
    standing = phase_at([window], now)
    return VoteTime(window, standing.current is not None, standing.is_over)


def time_refusal(competition, now):
    """The server's moment decides: the first is inside, the last one is not."""
    time = time_of(competition, now)
    if time is None:
        return Refusal("no_vote")
    if time.is_over:
        return Refusal("vote_closed", {"closes_at": time.window.closes_at})
    if not time.is_open:
        return Refusal("vote_not_open_yet", {"opens_at": time.window.opens_at})
    return None


def person_refusal(competition, participant, entry):
    """Organisers and judges keep out of what they hand on; nobody votes for what they are in themselves.
    Any other person with a proven address or an account may, wherever they live."""
    if _decides(competition, participant):
        return Refusal("organises_or_judges")
    own = Participation.objects.filter(entry=entry, participant=participant, ended_at__isnull=True)
    if own.exists():
        return Refusal("own_entry")
    return None


def _decides(competition, participant):
    """By account, or by the address of such an account."""
    organises = Q(pk__in=_organisers(competition).values("user"))
    judges = Q(judge_seats__competition=competition, judge_seats__ended_at__isnull=True)
    accounts = User.objects.filter(organises | judges).values_list("pk", "email")
    return any(
        pk == participant.user_id or (participant.email_key and email_key(email) == participant.email_key)
        for pk, email in accounts
    )


def _organisers(competition):
    from ..models import OrganiserPermission

    return OrganiserPermission.objects.filter(content_object=competition)
