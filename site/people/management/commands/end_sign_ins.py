"""`manage.py end_sign_ins USERNAME…|--everybody`: where a sign-in may be in wrong hands."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from people.management.named import account_named
from people.sign_in import sessions


class Command(BaseCommand):
    help = "Ends the sign-ins of these accounts, or everybody's, in all browsers. Passwords stay as they are."

    def add_arguments(self, parser):
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("usernames", nargs="*", default=[], metavar="USERNAME")
        who.add_argument("--everybody", action="store_true")

    def handle(self, *, usernames, everybody, **options):
        users = sessions.signed_in() if everybody else [account_named(name) for name in usernames]
        ended = sum(sessions.end(user, why="command") for user in users)
        self.stdout.write(_("Sign-ins ended: %(count)d.") % {"count": ended})
