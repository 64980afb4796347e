"""The password of the sample accounts: random for each install, or SAMPLE_PASSWORD."""

import os
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password

from people.accounts import one_time_password
from people.models import User


def sample_password():
    """What stands in SAMPLE_PASSWORD, else what this install was given before, else a new one.

    It is kept beside the database, readable by its owner alone, so that the next run prints the same.
    """
    path = Path(settings.SAMPLE_PASSWORD_FILE)
    asked = os.environ.get("SAMPLE_PASSWORD", "").strip()
    kept = path.read_text(encoding="utf-8").strip() if path.exists() else ""
    password = asked or kept or one_time_password()
    if password != kept:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.chmod(0o600)
        path.write_text(password + "\n", encoding="utf-8")
    return password


def renew_where_changed(password):
    """Gives the named sample accounts `password` where they still have another. True if it was changed."""
    from .crowd import named

    accounts = User.objects.filter(is_sample=True, username__in=[person["username"] for person in named()])
    first = accounts.first()
    if first is None or check_password(password, first.password):
        return False
    accounts.update(password=make_password(password))
    return True
