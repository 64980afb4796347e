"""`manage.py prepare`: all between a fresh folder and a portal to look at; run again, it changes nothing.

Migrations, the plan's units, samples where none are there yet; then the sample accounts and their password.
One process does it all, since each start of Django costs a second.
"""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _


class Command(BaseCommand):
    help = "Brings the database up to date, loads the plan and, for a trial, the samples."

    def handle(self, **options):
        call_command("migrate", verbosity=0)
        call_command("load_plan", stdout=self.stdout)
        if settings.SAMPLES_ALLOWED:
            self._samples()

    def _samples(self):
        from people.samples import load, samples_exist
        from people.samples.crowd import named
        from people.samples.password import renew_where_changed, sample_password

        password = sample_password()
        if samples_exist():
            renew_where_changed(password)
        else:
            self.stdout.write(_("Loading sample people and dossiers…"))
            self.stdout.flush()
            load(password=password)
        self.stdout.write(
            "\n" + _("Sample accounts, all with the password %(password)s") % {"password": password}
        )
        for person in named():
            self.stdout.write(f"  {person['username']:<12} {person['name']:<20} {person['does']}")
