"""Who may see what. What is owed is seen by whoever owes it: see `ledger.owed_by`."""

ADMINISTRATOR = "administrator"  # the group of that role


def keeps_the_clock(user):
    """Administrators see what became of reminders and keep the announced days off."""
    return user.is_authenticated and user.is_active and user.groups.filter(name=ADMINISTRATOR).exists()
