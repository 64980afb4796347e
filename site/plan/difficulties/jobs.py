"""What the worker does for difficulties by itself."""

from obligations.clock import every

from .following import forget_old_contacts


@every(seconds=24 * 3600, name="plan.old_contacts")
def old_contacts(now):
    """Contacts of residents are erased when the time told in their consent is over."""
    forget_old_contacts(now)
