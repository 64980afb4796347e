"""Writing a line of a difficulty's log."""

from ..models import DifficultyEntry


def write(difficulty, change, now, *, user=None, note="", **data):
    """`user` is None where a resident or the clock did it."""
    return DifficultyEntry.objects.create(
        difficulty=difficulty,
        at=now,
        actor=user,
        actor_name=user.display_name if user else "",
        change=change,
        note=note,
        data=data,
    )


def last_seen(difficulty):
    """What a page remembers of the log it was drawn from."""
    return difficulty.entries.order_by("-pk").values_list("pk", flat=True).first() or 0
