"""The commands of a portal's office, as real processes."""

import json
import os
import subprocess
import sys

from django.db import connections

from bench.server import ROOT
from operations.keys import new_key


class Office:
    """The commands of one portal, with the key of its backups."""

    def __init__(self, portal):
        self.environment = os.environ | portal.environment
        self.environment |= {"BACKUP_KEY": new_key()}

    def start(self, *command):
        connections.close_all()  # a database somebody is connected to is not replaced
        return subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), *map(str, command)],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *command):
        """What it printed; it must succeed."""
        code, said, complaint = self._ended(command)
        assert code == 0, complaint
        return said

    def fails(self, *command):
        """(exit code, why)."""
        code, _said, complaint = self._ended(command)
        return code, complaint

    def _ended(self, command):
        with self.start(*command) as running:
            said, complaint = running.communicate(timeout=600)
        return running.returncode, said, complaint

    def outage(self):
        """ "on" where the portal says it is down."""
        return json.loads(self.run("outage", "status", "--format", "json"))["outage"]
