"""`manage.py watch`: what it says, when it mails, how it ends."""

import json
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from config.management.commands import watch
from config.metrics.shared import Figure
from obligations.models import Heartbeat

pytestmark = [pytest.mark.django_db, pytest.mark.once]
OLD_BACKUP = Figure("backup_age_seconds", "", 30 * 3600)


def run(*arguments):
    """(exit code, what was printed)."""
    printed = StringIO()
    try:
        call_command("watch", *arguments, stdout=printed)
    except CommandError as error:
        return error.returncode, printed.getvalue()
    return 0, printed.getvalue()


@pytest.fixture
def figures(monkeypatch):
    """What the next looks will find."""
    found = []
    monkeypatch.setattr(watch, "figures", lambda: found)
    return found


def test_all_is_well_on_a_portal_that_works():
    Heartbeat.objects.create(name="worker", at=timezone.now())
    assert run() == (0, "Mọi bộ phận hoạt động bình thường.\n")


def test_what_is_wrong_is_said_for_people_and_for_machines(figures):
    figures.append(OLD_BACKUP)
    assert run() == (1, "backup_old  Bản sao lưu mới nhất lập cách đây đã 30 giờ.\n")
    code, printed = run("--format", "json")
    assert (code, json.loads(printed)) == (
        1,
        [{"code": "backup_old", "about": "", "text": "Bản sao lưu mới nhất lập cách đây đã 30 giờ."}],
    )


def test_the_office_is_mailed_when_the_list_changes_and_only_then(figures, settings, tmp_path):
    settings.ALARM_EMAIL = ["it@hungdao.example"]
    memory = str(tmp_path / "watch.json")
    assert [run("--mail-changes", memory)[0] for _ in range(2)] == [0, 0]
    assert mail.outbox == []
    figures.append(OLD_BACKUP)
    assert [run("--mail-changes", memory)[0] for _ in range(3)] == [1, 1, 1]
    (first,) = mail.outbox
    assert (first.to, first.subject) == (["it@hungdao.example"], "Cổng Đổi mới sáng tạo: 1 việc cần xem")
    assert "backup_old  Bản sao lưu mới nhất lập cách đây đã 30 giờ." in first.body
    figures.clear()
    assert run("--mail-changes", memory)[0] == 0
    assert mail.outbox[1].subject == "Cổng Đổi mới sáng tạo: đã hoạt động bình thường trở lại"
    assert len(mail.outbox) == 2


def test_a_mail_that_fails_is_tried_again_at_the_next_look(figures, settings, tmp_path, monkeypatch):
    settings.ALARM_EMAIL = ["it@hungdao.example"]
    memory = str(tmp_path / "watch.json")
    figures.append(OLD_BACKUP)

    def refuse(message):
        raise OSError("no mail server")

    monkeypatch.setattr(watch.EmailMessage, "send", refuse)
    with pytest.raises(OSError, match="no mail server"):
        run("--mail-changes", memory)
    monkeypatch.undo()
    monkeypatch.setattr(watch, "figures", lambda: figures)
    assert run("--mail-changes", memory)[0] == 1
    assert len(mail.outbox) == 1


def test_without_anybody_to_tell_it_refuses_to_seem_to(figures, settings):
    settings.ALARM_EMAIL = []
    assert run("--mail-changes", "/nowhere")[0] == 2
