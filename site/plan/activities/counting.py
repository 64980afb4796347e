"""What counts as a session and as a campaign of a year: pure, over plain values.

A session counts once it was held and somebody came, on a digital topic (C5 and C8 speak of digital skills). A
campaign counts in a year in which at least one of its sessions does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..models.activities import Topic

DIGITAL = frozenset({Topic.SKILLS, Topic.SERVICES, Topic.SAFETY, Topic.PAYMENT})


@dataclass(frozen=True)
class Held:
    """A session as counting sees it. `campaign`: a key, with the topic of that campaign."""

    held_on: date
    topic: str
    people: int | None
    is_cancelled: bool = False
    campaign: int | None = None
    campaign_topic: str = ""
    groups: frozenset = frozenset()


@dataclass(frozen=True)
class Counted:
    sessions: int
    campaigns: int
    people: int
    groups: int  # residential groups reached


def took_place(session: Held, year: int, day: date) -> bool:
    return (
        session.held_on.year == year
        and session.held_on <= day
        and not session.is_cancelled
        and bool(session.people)
    )


def counted(sessions: Iterable[Held], year: int, day: date) -> Counted:
    """Those of a year as known on a day."""
    held = [one for one in sessions if took_place(one, year, day)]
    digital = [one for one in held if one.topic in DIGITAL]
    campaigns = {one.campaign for one in digital if one.campaign and one.campaign_topic in DIGITAL}
    return Counted(
        sessions=len(digital),
        campaigns=len(campaigns),
        people=sum(one.people for one in digital),
        groups=len(frozenset().union(*(one.groups for one in digital))),
    )
