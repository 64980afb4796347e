"""`manage.py move_database URL`: the portal's database on another server, by one command."""

import argparse
import json
import sys

from django.core.management.base import CommandError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from operations import events, moving
from operations.problems import Problem
from operations.telling import OperationsCommand, recorded


class Command(OperationsCommand):
    help = "Copies the database to an empty one (SQLite, PostgreSQL), compares all rows, closes the old one."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "url", metavar="URL", help="postgres://user:password@host/name or sqlite:////path"
        )

        parser.add_argument("--receive", action="store_true", help=argparse.SUPPRESS)

    def handle(self, *args, receive=False, **options):
        if receive:
            return self._receive()
        return super().handle(*args, **options)

    def _receive(self):
        """For `moving.move`, which starts this process on the new database and tells the old one."""
        asked = json.load(sys.stdin)
        try:
            done = moving.receive(asked["source"], asked["mark"])
        except Problem as problem:
            self.stdout.write(json.dumps({"reason": str(problem)}))
            raise CommandError(str(problem), returncode=problem.returncode) from problem
        self.stdout.write(json.dumps({"tables": done.tables, "rows": done.rows}))

    def run(self, *, url, **options):
        with recorded(events.record, "backup.moved") as about:
            done = moving.move(url)
            about |= {"tables": done.tables, "rows": done.rows}
        said = {"done": True, "tables": done.tables, "rows": done.rows, "seconds": round(done.seconds, 1)}
        return said, [
            _("Moved: %(tables)s tables, %(rows)s rows, all compared: the same on both sides.")
            % {
                "tables": number_format(done.tables),
                "rows": number_format(done.rows, force_grouping=True),
            },
            _(
                "The portal stays closed until it runs on the new database: put the new DATABASE_URL into "
                "the environment file, then: systemctl restart hungdao-web hungdao-worker, then: "
                "manage.py outage off."
            ),
            _("The old database is as it was. Remove it when the new one has been backed up."),
        ]
