"""Whom a command is about."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from people.models import User


def account_named(name):
    """The account with this user name, however it is written; CommandError (exit code 2) where there is
    none."""
    user = User.objects.filter(username__iexact=name).first()
    if user is None:
        raise CommandError(_("No account is named %(name)s.") % {"name": name}, returncode=2)
    return user
