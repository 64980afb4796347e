"""Who hears of judging: never a name, a point or a reason. Pages that show it fetch themselves anew."""

from collections import Counter

from notifications.events import Announcement

from .. import events
from ..telling import organisers_of

MINE = "/cuoc-thi/cham/"


def refresh_keys(competition):
    """What pages of judging listen to: a judge's list to the first, an organiser's board to the second."""
    return ("judging", f"judging-{competition.pk}")


def board_of(competition):
    return f"/cuoc-thi/to-chuc/{competition.code}/cham/"


def new_sheets(competition, sheets):
    """Each judge hears once how many entries came to them."""
    people = {sheet.judge.user_id: sheet.judge.user for sheet in sheets}
    counts = Counter(sheet.judge.user_id for sheet in sheets)
    return [
        Announcement(
            events.TO_JUDGE,
            [people[pk]],
            MINE,
            competition.code,
            refresh_keys(competition),
            {"count": counts[pk]},
        )
        for pk in sorted(people)
    ]


def quietly(competition, besides=()):
    """No words: organisers' boards, and the lists of those named, show what changed."""
    people = [*organisers_of(competition), *besides]
    return Announcement(
        events.JUDGING_CHANGED, people, board_of(competition), competition.code, refresh_keys(competition)
    )


def to_organisers(event, competition):
    keys = refresh_keys(competition)
    return Announcement(event, organisers_of(competition), board_of(competition), competition.code, keys)
