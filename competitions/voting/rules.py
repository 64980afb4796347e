"""Who may vote, and when. Stable codes; `words` says them."""

from dataclasses import dataclass
from typing import Any

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
    return time_in(competition.window(PhaseCode.VOTE), now)


def time_in(window, now):
    if window is None:
        return None
    standing = phase_at([window], now)
    return VoteTime(window, standing.current is not None, standing.is_over)


def time_refusal(window, now):
    """Why no vote is taken in this window (None: the competition has none) at `now`, or None. The server's
    moment decides: the first is inside, the last one is not."""
    time = time_in(window, now)
    if time is None:
        return Refusal("no_vote")
    if time.is_over:
        return Refusal("vote_closed", {"closes_at": window.closes_at})
    if not time.is_open:
        return Refusal("vote_not_open_yet", {"opens_at": window.opens_at})
    return None


def person_refusal(ballot, participant, code):
    """Organisers and judges, by account or by the address of one, keep out of what they hand on; nobody votes
    for what they are in themselves. Anybody else may, wherever they live. Pure."""
    if participant.user_id in ballot.accounts or participant.email_key in ballot.addresses:
        return Refusal("organises_or_judges")
    if participant.pk in ballot.people.get(ballot.entries.get(code), ()):
        return Refusal("own_entry")
    return None
