"""`manage.py watch`: what is wrong now; exit 1 when something is. A timer has it mail the office."""

import json
import logging
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from config.metrics.alarms import alarms
from config.metrics.shared import figures


class Command(BaseCommand):
    help = "Says what needs somebody's attention; exit 1 when something does."
    requires_system_checks = []  # it must run where something is broken

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument("--web", nargs="*", type=int, default=[], metavar="PORT", help="web processes")
        parser.add_argument(
            "--mail-changes",
            type=Path,
            metavar="FILE",
            help="mail ALARM_EMAIL when other things are wrong than FILE remembers",
        )

    def handle(self, *, format, web, mail_changes, **options):
        if mail_changes and not settings.ALARM_EMAIL:
            raise CommandError(_("ALARM_EMAIL names nobody to tell."), returncode=2)
        logging.getLogger("config.metrics").setLevel(logging.ERROR)
        found = alarms(figures(), web)
        self.stdout.write(self._as_json(found) if format == "json" else self._as_text(found))
        if mail_changes:
            self._tell(found, mail_changes)
        if found:
            raise CommandError(_("Needs attention: %(count)d") % {"count": len(found)}, returncode=1)

    def _as_json(self, found):
        return json.dumps(
            [{"code": one.code, "about": one.about, "text": one.text} for one in found], ensure_ascii=False
        )

    def _as_text(self, found):
        return "\n".join(f"{one.key}  {one.text}" for one in found) or _("All is well.")

    def _tell(self, found, memory):
        """Straight to the mail server: the outbox may be what is broken. Remembered only once it was sent."""
        now = sorted(one.key for one in found)
        before = json.loads(memory.read_text()) if memory.exists() else []
        if now == before:
            return
        subject = _("Portal: %(count)d things need attention") if found else _("Portal: all is well again")
        EmailMessage(
            subject % {"count": len(found)} if found else subject,
            f"{settings.SITE_URL}\n\n{self._as_text(found)}\n",
            to=settings.ALARM_EMAIL,
        ).send()
        memory.write_text(json.dumps(now))
