"""The units of the nightly backup say what the command understands."""

import shlex
from configparser import ConfigParser

from django.conf import settings
from django.core.management import load_command_class

FOLDER = settings.ROOT / "deploy" / "systemd"


def unit(name):
    parser = ConfigParser(strict=False)  # a unit may name an option twice
    parser.optionxform = str
    parser.read_string((FOLDER / name).read_text())
    return parser


def test_the_service_runs_the_command_with_arguments_it_takes():
    service = unit("hungdao-backup.service")["Service"]
    python, script, name, *arguments = shlex.split(service["ExecStart"])
    assert (python, script, name) == ("/srv/hungdao/.venv/bin/python", "manage.py", "backup")
    parser = load_command_class("operations", name).create_parser("manage.py", name)
    read = parser.parse_args(arguments)
    assert (read.path, read.keep, read.verify) == ("/var/backups/hungdao", [14, 8, 12], True)
    assert read.path in service["ReadWritePaths"].split()


def test_a_night_that_was_missed_is_made_up_for():
    timer = unit("hungdao-backup.timer")["Timer"]
    assert (timer["OnCalendar"], timer["Persistent"]) == ("*-*-* 01:30", "true")


def test_the_environment_names_the_key_and_the_outage_file():
    text = (settings.ROOT / "deploy" / "environment.example").read_text()
    assert "\nBACKUP_KEY=\n" in text and "\nOUTAGE_FILE=/var/lib/hungdao/outage.json\n" in text
