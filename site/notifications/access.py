"""Who may see what. A person's notifications are theirs alone: see `NotificationQuerySet.visible_to`."""

ADMINISTRATOR = "administrator"  # the group of that role


def may_see_outbox(user):
    """Administrators look after mail that could not be sent; its text holds codes only."""
    return user.is_authenticated and user.is_active and user.groups.filter(name=ADMINISTRATOR).exists()
