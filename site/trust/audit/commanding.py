"""Commands run on the server are events as well: which, by which account of its operating system, with which
options. Values of options and arguments are left out: they may name people."""

import getpass
import logging
import re
from pathlib import Path

from django.apps import apps
from django.core.management import ManagementUtility, get_commands
from django.db import DatabaseError, connection, transaction

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[3]

# Of Django's and the libraries' own commands, those that reach accounts or data. All of the portal's are
# told but the long-running and the drawing ones.
_REACH_DATA = {
    *("changepassword", "createsuperuser", "clearsessions", "migrate", "shell", "dbshell"),
    *("dumpdata", "loaddata", "flush", "remove_stale_contenttypes"),
}
_NOT_TOLD = frozenset({"work", "state_diagram"})
_OPTION = re.compile(r"(--[a-z][a-z-]{0,40})(=.*)?", re.DOTALL)


class AuditedUtility(ManagementUtility):
    """Django's, with a row in the trail before a command that matters begins, and another when it fails."""

    def fetch_command(self, subcommand):
        command = super().fetch_command(subcommand)
        return _Told(command, subcommand, self.argv) if _is_told(subcommand) else command


def _is_told(name):
    """Known only once the settings are: a command may run without them."""
    app = str(get_commands().get(name, ""))
    paths = {config.name: Path(config.path) for config in apps.get_app_configs()}
    ours = app in paths and ROOT in paths[app].parents and "site-packages" not in paths[app].parts
    return name in _REACH_DATA or (ours and name not in _NOT_TOLD)


class _Told:
    """The command, run inside its own context; everything else is the command's."""

    def __init__(self, command, name, argv):
        self._command, self._name, self._argv = command, name, argv

    def __getattr__(self, attribute):
        return getattr(self._command, attribute)

    def run_from_argv(self, argv):
        from .context import running

        with running("command", self._name, server_account()):
            _note("command.run", options=_options(argv))
            try:
                self._command.run_from_argv(argv)
            except SystemExit as stopped:
                if stopped.code:
                    _note("command.failed", outcome="failed", code=_as_code(stopped.code))
                raise
            except BaseException as error:
                _note("command.failed", outcome="failed", error=type(error).__name__)
                raise


def server_account():
    """The account of the operating system: there is no other on the server."""
    try:
        return getpass.getuser()[:150]
    except (KeyError, OSError):
        return ""


def _options(argv):
    found = (_OPTION.fullmatch(word) for word in argv[2:])
    return sorted({match[1] for match in found if match})[:20]


def _as_code(code):
    return code if isinstance(code, int) else 1


def _note(action, **facts):
    from .recording import record

    try:
        with transaction.atomic():
            record(action, **facts)
    except DatabaseError:
        if "trust_auditevent" in connection.introspection.table_names():  # else: before the first migration
            log.exception("%s could not be recorded", action)
