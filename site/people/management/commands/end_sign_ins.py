"""`manage.py end_sign_ins USERNAME…|--everybody`: where a sign-in may be in wrong hands."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from people.models import User
from people.sign_in import sessions


class Command(BaseCommand):
    help = "Ends the sign-ins of these accounts, or everybody's, in all browsers. Passwords stay as they are."

    def add_arguments(self, parser):
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("usernames", nargs="*", default=[], metavar="USERNAME")
        who.add_argument("--everybody", action="store_true")

    def handle(self, *, usernames, everybody, **options):
        users = sessions.signed_in() if everybody else [_account(name) for name in usernames]
        ended = sum(sessions.end(user, why="command") for user in users)
        self.stdout.write(_("Sign-ins ended: %(count)d.") % {"count": ended})


def _account(name):
    user = User.objects.filter(username__iexact=name).first()
    if user is None:
        raise CommandError(_("No account is named %(name)s.") % {"name": name}, returncode=2)
    return user
