"""Writing a line of an idea's log."""

from ideas.models import IdeaEntry
from ideas.moves import Actor


def write(idea, step, now, *, user=None, reason="", **details):
    """`user` is None where the sender or the clock did it."""
    actor = Actor.of(user)
    return IdeaEntry.objects.create(
        idea=idea,
        at=now,
        step=step,
        user=actor.user,
        actor_name=actor.name,
        actor_code=actor.code,
        reason=reason,
        details=details,
    )


def last_seen(idea):
    """What a page remembers of the log it was drawn from."""
    return idea.entries.order_by("-pk").values_list("pk", flat=True).first() or 0
