"""`manage.py drop_second_factor USERNAME`: for the only administrator, whose phone and codes are gone.

Everybody else's is taken off on the portal, by an administrator.
"""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from people.accounts import drop_second_factor
from people.management.named import account_named


class Command(BaseCommand):
    help = (
        "Takes the second step off an account and ends its sign-ins; a new one is set up at the next sign-in."
    )

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *, username, **options):
        user = account_named(username)
        if not drop_second_factor(None, user, source="drop_second_factor"):
            raise CommandError(_("This account has no second step."), returncode=1)
        self.stdout.write(user.username)
