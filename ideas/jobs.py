"""What the worker does for initiatives by itself."""

from obligations.clock import every

from .workflow import expire_overdue


@every(seconds=300, name="ideas.expire")
def expire(now):
    """Supplements not completed in time expire; a stopped worker catches up at its next run."""
    expire_overdue(now)
