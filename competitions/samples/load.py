"""What `load_samples` makes of competitions."""

from django.utils import timezone

from . import story
from .texts import written

_STORIES = {
    "open": story.open_one,
    "judging": story.judged_one,
    "voting": story.voted_one,
    "finished": story.settled_one,
}


def load_competitions(size, now):
    """`{what: how many}`; part of the samples' transaction."""
    today = timezone.localdate(now)
    for competition in written()["competitions"]:
        _STORIES[competition["key"]](competition, today, now)
    story.quiz(written()["quiz"], today, now)
    return {"competitions": len(_STORIES) + 1}
