"""What the worker's clock does for people."""

from obligations.clock import every

from .uploads import drop_old


@every(seconds=24 * 3600, name="people.drop-old-previews")
def drop_old_previews(now):
    """A roster uploaded and never taken over goes, whether or not anybody uploads again."""
    drop_old(now)
