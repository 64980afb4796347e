"""`manage.py make_administrator STAFF_CODE`: the first administrator of an installation.

Every further role is given on the portal, by an administrator, to somebody else.
"""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from people.accounts import create_account
from people.models import Staff
from people.roles import Role, set_up_role


class Command(BaseCommand):
    help = "Gives somebody on the roster an account (one-time password printed) and the administrator's role."

    def add_arguments(self, parser):
        parser.add_argument("staff_code")

    def handle(self, *, staff_code, **options):
        staff = Staff.objects.select_related("user").filter(staff_code=staff_code).first()
        if staff is None:
            raise CommandError(_("Nobody has the code %(code)s.") % {"code": staff_code}, returncode=2)
        user, password = staff.user, ""
        if user is None:
            try:
                user, password = create_account(None, staff, source="make_administrator")
            except ValidationError as error:
                raise CommandError(" ".join(error.messages), returncode=2) from error
        set_up_role(user, Role.ADMINISTRATOR, "make_administrator")
        self.stdout.write(f"{user.username} {password}".strip())
