"""Who may see what. A person's notifications are theirs alone: see `NotificationQuerySet.visible_to`."""

from collections.abc import Callable

from channels.db import database_sync_to_async

ADMINISTRATOR = "administrator"  # the group of that role


def may_see_outbox(user):
    """Administrators look after mail that could not be sent; its text holds codes only."""
    return user.is_authenticated and user.is_active and user.groups.filter(name=ADMINISTRATOR).exists()


# What stands between signing in and working (`people.sign_in.first_things`): apps to the right add a function
# that answers whether something does.
doors: list[Callable] = []


@database_sync_to_async
def may_listen(user):
    """Whether nothing stands between this signed-in person and their work: a socket opens no earlier than a
    page."""
    return not any(is_closed(user) for is_closed in doors)
