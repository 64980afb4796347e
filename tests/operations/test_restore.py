"""A backup made while people work, and the portal that stands there after a restore. On both databases."""

import contextlib
import errno
import io
import json
import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.conf import settings as used
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection, connections

from config import outage
from operations import aside, making, media, tables
from operations.management.commands import backup as backup_command
from people.models import User

from . import world
from .places import as_url, build_from, portal_on, postgresql, sqlite_at

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("key")]
ON_SQLITE = connection.vendor == "sqlite"


def run(command, *arguments):
    """(exit code, what it printed or why it refused)."""
    out = io.StringIO()
    try:
        call_command(command, *map(str, arguments), stdout=out)
    except CommandError as error:
        return error.returncode, str(error)
    return 0, out.getvalue()


def as_json(command, *arguments):
    code, said = run(command, *arguments, "--format", "json")
    assert code == 0, said
    return json.loads(said)


@pytest.fixture
def key(settings):
    settings.BACKUP_KEY = backup_command.keys.new_key()


@pytest.fixture
def made(tmp_path):
    """The backup of the world, the key given out last in it, and what was said of it."""
    gone = world.build()
    file = tmp_path / "night.age"
    return file, gone, as_json("backup", file)


def copy(source, target):
    opened, made = sqlite3.connect(source), sqlite3.connect(target)
    with contextlib.closing(opened), contextlib.closing(made):
        opened.backup(made)


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(aside, "PATIENCE", 0.3)
    monkeypatch.setattr(aside.Aside.wait_until_alone, "__defaults__", (0.3, 0.05))
    if ON_SQLITE:
        build_from(connection.settings_dict["NAME"], monkeypatch)


@pytest.fixture
def elsewhere(tmp_path, monkeypatch, made, quick):
    """A portal with people and files of its own: a copy of this one, which then went on."""
    folder = tmp_path / "elsewhere"
    (folder / "documents").mkdir(parents=True)
    (folder / "documents/cũ.pdf").write_bytes(b"old")
    with contextlib.ExitStack() as stack:
        if ON_SQLITE:
            path = tmp_path / "elsewhere.sqlite3"
            copy(connection.settings_dict["NAME"], path)
            database = sqlite_at(path)
        else:
            database = stack.enter_context(postgresql(template=connection.settings_dict["NAME"]))
        stack.enter_context(portal_on(database, monkeypatch, folder))
        User.objects.create_user("chi-o-day")
        connections.close_all()
        yield database


def holds_what_it_held():
    assert User.objects.filter(username="chi-o-day").exists()
    assert [name for name, _path in media.files()] == ["documents/cũ.pdf"]
    assert outage.stored() is None
    connections.close_all()


# ---- writing one


def test_a_backup_holds_every_row_and_file_and_was_read_back(made):
    file, _gone, said = made
    assert said["verified"] is True and said["files"] == 2
    assert said["tables"]["people_user"]["rows"] == 2
    assert set(said["tables"]) == connection_tables() - tables.PASSING - tables.DERIVED
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir() if path.is_file()] == ["night.age"]
    checked = as_json("restore", "--check", file)
    assert {name: checked[name] for name in ("tables", "files", "schema")} == {
        name: said[name] for name in ("tables", "files", "schema")
    }


def connection_tables():
    from django.apps import apps

    return {
        model._meta.db_table for model in apps.get_models(include_auto_created=True) if not model._meta.proxy
    }


def test_what_the_database_found_out_about_its_own_tables_is_no_table_of_ours(made, tmp_path):
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        try:
            again = as_json("backup", tmp_path / "analysed.age")
        finally:  # later tests plan their queries as ever
            if ON_SQLITE:
                cursor.execute("DROP TABLE sqlite_stat1")
    assert set(again["tables"]) == set(made[2]["tables"])


def test_who_is_signed_in_is_not_carried(made, client, tmp_path):
    client.force_login(User.objects.first())
    assert Session.objects.exists()
    assert "django_session" not in as_json("backup", tmp_path / "b.age")["tables"]


def test_settings_come_along_but_not_the_key(made, tmp_path, monkeypatch):
    monkeypatch.setenv("RESPONSIBLE_PERSON", 'Bà "Hòa" $1')
    monkeypatch.setenv("BACKUP_KEY", "AGE-SECRET-KEY-1XYZ")
    monkeypatch.setenv("HOME_OF_NOBODY", "x")
    file, out = tmp_path / "b.age", tmp_path / "environment"
    as_json("backup", file)
    as_json("restore", file, "--settings-to", out)
    lines = out.read_text().splitlines()
    assert 'RESPONSIBLE_PERSON="Bà \\"Hòa\\" \\$1"' in lines
    assert not any(line.startswith(("BACKUP_KEY", "HOME_OF_NOBODY")) for line in lines)
    assert out.stat().st_mode & 0o777 == 0o600
    assert run("restore", file, "--settings-to", out)[0] == 2  # never over a file that is there


def test_people_write_while_the_backup_runs(tmp_path, monkeypatch):
    """One moment: what was committed after it is not in it, and nobody waited for it."""
    world.build()
    wrote, before = threading.Event(), User.objects.count()
    usual = making.archive.Writer.table

    def table(self, one, rows, last_key):
        if one.name == "people_user" and not wrote.is_set():
            thread = threading.Thread(target=somebody_registers)
            thread.start()
            thread.join(15)
            assert not thread.is_alive()
            wrote.set()
        usual(self, one, rows, last_key)

    def somebody_registers():
        User.objects.create_user("trong-luc-do")
        connection.close()

    monkeypatch.setattr(making.archive.Writer, "table", table)
    said = as_json("backup", tmp_path / "b.age")
    assert wrote.is_set() and User.objects.count() == before + 1
    assert said["tables"]["people_user"]["rows"] == before


def test_a_disk_that_fills_leaves_the_earlier_backup_untouched(made, tmp_path, monkeypatch):
    file, _gone, _said = made
    before, usual = file.read_bytes(), making.encrypting
    monkeypatch.setattr(making, "encrypting", lambda opened, one: usual(Full(opened, 200_000), one))
    code, said = run("backup", file)
    assert code == 1 and str(tmp_path) in said
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["night.age"]


class Full:
    """A file on a disk with so many bytes left."""

    def __init__(self, file, left):
        self.file, self.left = file, left

    def write(self, data):
        self.left -= len(data)
        if self.left < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return self.file.write(data)

    def flush(self):
        self.file.flush()


def test_a_backup_that_reads_back_wrong_is_not_kept(made, monkeypatch):
    """The disk took the bytes and gives others back."""
    file, _gone, _said = made
    before, usual = file.read_bytes(), making.os.fsync

    def fsync(handle):
        usual(handle)
        for unfinished in file.parent.glob(f".*{making.UNFINISHED}"):
            content = bytearray(unfinished.read_bytes())
            content[len(content) // 2] ^= 1
            unfinished.write_bytes(content)

    monkeypatch.setattr(making.os, "fsync", fsync)
    assert run("backup", file)[0] == 1
    assert file.read_bytes() == before
    assert not list(file.parent.glob(f".*{making.UNFINISHED}"))


@pytest.mark.parametrize(
    "arguments",
    [[], ["/khong/co/thu/muc/b.age"], ["{folder}/b.age", "--keep", "3"], ["{folder}", "--keep", "0"]],
)
def test_what_cannot_be_meant_is_refused(arguments, tmp_path):
    assert run("backup", *[text.replace("{folder}", str(tmp_path)) for text in arguments])[0] == 2


@pytest.mark.parametrize("value", ["", "secret", "AGE-SECRET-KEY-1ABC"])
def test_without_a_key_nothing_is_written(value, tmp_path, settings):
    settings.BACKUP_KEY = value
    code, said = run("backup", tmp_path / "b.age")
    assert code == 2 and "BACKUP_KEY" in said
    assert not (tmp_path / "b.age").exists()


def test_into_a_folder_backups_get_names_and_older_ones_go(made, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    for name in ("hungdao-20250101-020000.age", "hungdao-20250102-020000.age", "notes.txt"):
        (folder / name).touch()
    said = as_json("backup", folder, "--keep", 2)
    assert said["removed"] == ["hungdao-20250101-020000.age"]
    assert sorted(path.name for path in folder.iterdir()) == [
        "hungdao-20250102-020000.age",
        Path(said["path"]).name,
        "notes.txt",
    ]


def test_a_new_key_is_one():
    from operations.keys import is_key

    assert is_key(run("backup", "--make-key")[1].strip().removeprefix("BACKUP_KEY="))
    assert backup_command.keys.new_key() != backup_command.keys.new_key()


# ---- refused, and nothing written


@pytest.mark.parametrize("harm", ["cut", "changed", "another key", "missing", "no backup"])
def test_a_backup_that_is_not_whole_is_refused_and_nothing_is_written(
    harm, made, elsewhere, settings, monkeypatch
):
    file, _gone, _said = made
    content = file.read_bytes()
    if harm == "cut":
        file.write_bytes(content[: len(content) // 2])
    elif harm == "changed":
        file.write_bytes(content[:-70_000] + bytes([content[-70_000] ^ 1]) + content[-69_999:])
    elif harm == "missing":
        file.unlink()
    elif harm == "no backup":
        file.write_bytes(b"SQLite format 3\0" * 100)
    else:
        monkeypatch.setattr(settings, "BACKUP_KEY", backup_command.keys.new_key())
    assert run("restore", "--check", file)[0] == (2 if harm == "missing" else 1)
    assert run("restore", file, "--replace")[0] == 2
    holds_what_it_held()
    assert not list(Path(settings.MEDIA_ROOT).glob(".*"))


def test_a_portal_with_people_is_not_replaced_by_accident(made, elsewhere):
    code, said = run("restore", made[0])
    assert code == 2 and "--replace" in said
    holds_what_it_held()


def test_a_database_somebody_works_on_is_not_replaced(made, elsewhere):
    other = connections.create_connection("default")
    with other.cursor() as cursor:
        cursor.execute("SELECT 1")
        code, said = run("restore", made[0], "--replace")
    other.close()
    assert code == 2 and "hungdao-web" in said
    holds_what_it_held()


def test_a_backup_of_a_newer_portal_is_refused_with_what_to_do(made, elsewhere, tmp_path, monkeypatch):
    usual = making.archive.Header.as_json

    def of_tomorrow(self):
        said = usual(self)
        said["migrations"].append(["people", "0099_tomorrow"])
        return said

    with monkeypatch.context() as patch:
        patch.setattr(making.archive.Header, "as_json", of_tomorrow)
        assert run("backup", tmp_path / "later.age", "--no-verify")[0] == 0
    for arguments in ([], ["--check"], ["--replace"]):
        code, said = run("restore", tmp_path / "later.age", *arguments)
        assert code == 2 and "people.0099_tomorrow" in said
    holds_what_it_held()


# ---- restored


@pytest.mark.skipif(not ON_SQLITE, reason="PostgreSQL takes the way there and back below")
def test_an_empty_portal_becomes_the_one_of_the_backup(made, quick, tmp_path, monkeypatch):
    file, gone, said = made
    database, folder = sqlite_at(tmp_path / "new/portal.sqlite3"), tmp_path / "new/media"
    folder.mkdir(parents=True)
    with portal_on(database, monkeypatch, folder):
        done = as_json("restore", file)
        assert done["tables"] == said["tables"]
        world.check(gone)
        assert outage.stored() is None
        assert Path(database["NAME"]).stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in folder.parent.iterdir()) == ["media", "portal.sqlite3"]


def test_a_portal_is_replaced_and_the_old_one_stays_aside_as_long_as_wanted(made, elsewhere, settings):
    file, gone, said = made
    done = as_json("restore", file, "--replace", "--keep-old")
    assert done["tables"] == said["tables"] and len(done["kept"]) == 2
    world.check(gone)
    assert not User.objects.filter(username="chi-o-day").exists()
    assert (Path(done["kept"][1]) / "documents/cũ.pdf").read_bytes() == b"old"
    assert [name for name, _path in media.files()] == [
        "documents/quy-chế.pdf",
        "private/dossiers/ab/giay.pdf",
    ]
    connections.close_all()
    assert len(as_json("restore", "--forget-old")["removed"]) == 2
    assert not list(Path(settings.MEDIA_ROOT).glob(".*"))
    assert outage.stored() is None


@pytest.mark.skipif(not ON_SQLITE, reason="the same on both")
def test_a_restore_that_fails_in_the_middle_leaves_everything_as_it_was(
    made, elsewhere, monkeypatch, settings
):
    usual = media.Staging.write

    def write(self, path, opened):
        if path.startswith("private"):
            raise OSError(errno.ENOSPC, "No space left on device", path)
        usual(self, path, opened)

    monkeypatch.setattr(media.Staging, "write", write)
    assert run("restore", made[0], "--replace")[0] == 1
    holds_what_it_held()
    assert not list(Path(settings.MEDIA_ROOT).glob(".*"))
    assert not list(Path(elsewhere["NAME"]).parent.glob("*restoring*"))


@pytest.mark.skipif(not ON_SQLITE, reason="the same on both")
def test_an_outage_somebody_switched_on_stays_on(made, elsewhere):
    outage.switch_on()
    assert run("restore", made[0], "--replace")[0] == 0
    assert outage.stored().cause == "planned"


@pytest.mark.skipif(not ON_SQLITE, reason="the same on both")
def test_a_backup_of_an_older_portal_is_brought_forward(made, quick, tmp_path, monkeypatch):
    """Made before the last migration of `trust`; restored by the code of today, which then migrates."""
    old, new = tmp_path / "old.sqlite3", tmp_path / "new.sqlite3"
    copy(connection.settings_dict["NAME"], old)
    with portal_on(sqlite_at(old), monkeypatch):
        call_command("migrate", "trust", "0001", verbosity=0)
        said = as_json("backup", tmp_path / "old.age")
        assert "trust_auditevent" not in said["tables"]
    build_from(old, monkeypatch)
    folder = tmp_path / "media2"
    with portal_on(sqlite_at(new), monkeypatch, folder):
        assert as_json("restore", "--check", tmp_path / "old.age")["older"] is True
        assert as_json("restore", tmp_path / "old.age")["brought_forward"] is True
        assert User.objects.filter(username="hoà").exists()
        with connection.cursor() as cursor:
            assert "trust_auditevent" in connection.introspection.table_names(cursor)


# ---- moved


@pytest.mark.skipif(not ON_SQLITE, reason="asked of SQLite; the way there and back is below")
@pytest.mark.parametrize("url", ["mysql://x@y/z", "sqlite:///", "nonsense", "same", "people"])
def test_a_move_to_no_proper_place_is_refused(url, made, elsewhere, tmp_path):
    if url == "same":
        url = as_url(elsewhere)
    elif url == "people":
        url = f"sqlite:///{connections['default'].settings_dict['NAME']}"
    assert run("move_database", url)[0] == 2
    holds_what_it_held()


def command(database, folder, *arguments):
    """A command in a process started on `database`, as the office runs it: what it said in JSON."""
    environment = os.environ | {
        "DATABASE_URL": as_url(database),
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "MEDIA_ROOT": str(folder / "media"),
        "OUTAGE_FILE": str(folder / "outage.json"),
        "BACKUP_KEY": used.BACKUP_KEY,
        "SECRET_KEY": "only-for-tests-" + "0123456789abcdef" * 4,
    }
    done = subprocess.run(
        [sys.executable, "manage.py", *map(str, arguments), "--format", "json"],
        cwd=used.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.skipif(ON_SQLITE, reason="needs both databases")
def test_from_postgresql_to_sqlite_and_back_nothing_changes(made, tmp_path, monkeypatch):
    """A backup of PostgreSQL restored into an empty SQLite, that one moved to a PostgreSQL by one command;
    both schemas are migrated for it."""
    file, gone, said = made
    middle, folder = sqlite_at(tmp_path / "middle.sqlite3"), tmp_path / "middle"
    (folder / "media").mkdir(parents=True)
    with postgresql() as there:
        assert command(middle, folder, "restore", file)["tables"] == said["tables"]
        assert command(middle, folder, "move_database", as_url(there))["rows"] >= said["rows"]
        monkeypatch.setattr(used, "OUTAGE_FILE", folder / "outage.json")
        assert outage.current() is not None  # who is not on the new database serves no more
        again = command(there, folder, "backup", tmp_path / "again.age")
        with portal_on(there, monkeypatch, folder / "media"):
            assert outage.current() is None
            world.check(gone)
    changed = {name for name in said["tables"] if said["tables"][name] != again["tables"][name]}
    assert changed <= {"trust_auditevent"}  # the commands themselves
