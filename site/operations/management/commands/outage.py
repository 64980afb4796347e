"""`manage.py outage on|off|status`: the planned outage."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_datetime, parse_time
from django.utils.translation import gettext as _

from config import outage
from operations import events
from operations.problems import Failed, Refused
from operations.restoring import announced_end
from operations.telling import OperationsCommand


class Command(OperationsCommand):
    help = "Closes the portal in calm words (503) and opens it again; commands go on working."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("state", choices=["on", "off", "status"])
        parser.add_argument(
            "--until",
            help="when it works again: 17:00 or 2026-12-24T17:00; by default the end of the announced outage",
        )

    def run(self, *, state, until, **options):
        try:
            if state == "on":
                self._on(until)
            elif state == "off":
                self._off()
        except OSError as error:
            raise Failed(
                _("The outage could not be switched: %(reason)s (%(file)s)")
                % {"reason": error.strerror, "file": error.filename}
            ) from error
        found = outage.stored()
        said = {
            "outage": "off" if found is None else "on",
            "since": found.since.isoformat() if found else None,
            "until": found.until.isoformat() if found and found.until else None,
            "cause": found.cause if found else None,
        }
        return said, [_in_words(found)]

    def _on(self, until):
        until = _moment(until) if until else announced_end()
        if until is not None and until <= timezone.now():
            raise Refused(_("The time it works again lies in the past."))
        outage.switch_on(until)
        events.record("outage.on", until=until)

    def _off(self):
        was = outage.stored()
        outage.switch_off()
        if was is not None:
            events.record("outage.off", cause=was.cause)


def _moment(text):
    """A full moment, or a time of today, or of tomorrow where it has passed."""
    try:
        at, clock = parse_datetime(text), parse_time(text)
    except ValueError:
        at = clock = None
    if at is not None:
        return at if timezone.is_aware(at) else timezone.make_aware(at)
    if clock is None:
        raise Refused(_("--until: a time (17:00) or a moment (2026-12-24T17:00)."))
    today = timezone.make_aware(datetime.combine(timezone.localdate(), clock))
    return today if today > timezone.now() else today + timedelta(days=1)


def _in_words(found):
    if found is None:
        return _("The portal serves.")
    if found.until is None:
        return _("The portal is closed. It says: back in a few minutes.")
    return _("The portal is closed. It says: back at %(until)s.") % {
        "until": f"{timezone.localtime(found.until):%H:%M %d/%m/%Y}"
    }
