"""What goes into the trail by itself: pages, files, histories, jobs, commands, errors."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import path, reverse
from wagtail.log_actions import log
from wagtail.models import PageLogEntry, Site

from ideas import workflow
from ideas.models import CouncilChange
from ideas.moves import Refused
from obligations import clock
from people.models import RosterUpload
from people.roles import Role
from tests.ideas import builders as ideas
from tests.people import builders as people
from tests.portal import builders as portal
from tests.training import builders as training
from trust import audit
from trust.audit.context import answering, untold
from trust.audit.following import step_in_words
from trust.audit.middleware import HEADER
from trust.models import AuditEvent
from trust.storage import serve_private

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


def told(action):
    """The events of one action, oldest first, without what differs from run to run."""
    return list(AuditEvent.objects.filter(action=action).order_by("pk"))


def one(action):
    events = told(action)
    assert len(events) == 1, events
    return events[0]


# ---- workflow


def test_each_step_of_a_dossier_is_told_in_its_transaction():
    ward = ideas.make_ward()
    initiative = ideas.submitted(ward)
    before = len(told("ideas.initiative"))
    workflow.move(initiative, "refuse", ward.thuky, public_reason="Trùng với sáng kiến đã công nhận.")
    (event,) = told("ideas.initiative")[before:]
    assert (event.actor_key, event.target_kind, event.target_key) == (
        ward.thuky.pk,
        "ideas.initiative",
        str(initiative.pk),
    )
    assert event.facts == {"step": "refuse"}
    assert str(step_in_words("ideas.initiative", "refuse")) != "refuse"


def test_a_refused_step_leaves_no_event():
    ward = ideas.make_ward()
    initiative = ideas.submitted(ward)
    before = AuditEvent.objects.count()
    with pytest.raises(Refused):
        workflow.move(initiative, "refuse", ward.thuky, public_reason="")
    assert AuditEvent.objects.count() == before


def test_many_rows_of_history_cost_one_query_more():
    admin = people.administrator()

    def rows(count):
        return [
            CouncilChange(kind="round", object_id=n, label="x", at="2026-11-30T00:00:00+07:00", user=admin)
            for n in range(count)
        ]

    with CaptureQueriesContext(
        connection,
    ) as one_row:
        CouncilChange.objects.bulk_create(rows(1))
    with CaptureQueriesContext(connection) as thirty:
        CouncilChange.objects.bulk_create(rows(30))
    assert len(one_row) == len(thirty)
    assert len(told("ideas.council")) == 31
    assert {event.account for event in told("ideas.council")} == {"quantri"}


def test_samples_tell_nothing_of_their_made_up_past():
    ward = ideas.make_ward()
    initiative = ideas.submitted(ward)
    before = AuditEvent.objects.count()
    with untold():
        workflow.move(initiative, "refuse", ward.thuky, public_reason="Trùng với sáng kiến đã công nhận.")
        audit.record("health.read", actor=ward.thuky)
    assert AuditEvent.objects.count() == before


def test_what_editors_do_in_wagtail_is_told():
    portal.site()
    editor = people.account("bientap", Role.EDITOR)
    page = portal.standard_page()
    PageLogEntry.objects.log_action(instance=page, action="wagtail.publish", user=editor)
    event = told("pages.page")[-1]
    assert (event.actor_key, event.target_kind, event.target_key) == (
        editor.pk,
        "wagtailcore.page",
        str(page.pk),
    )
    assert event.facts == {"step": "wagtail.publish"}
    assert str(step_in_words("pages.page", "wagtail.publish")) != "wagtail.publish"


def test_a_setting_changed_in_wagtail_is_told():
    portal.site()
    site = Site.objects.get()
    log(instance=site, action="wagtail.edit", user=people.account("bientap", Role.EDITOR))
    event = told("pages.other")[-1]
    assert (event.target_kind, event.target_key) == ("wagtailcore.site", str(site.pk))


# ---- pages


def test_a_signed_in_person_who_is_refused_is_told_and_nobody_else(client):
    user = people.account("an")
    client.get("/nhan-su/tai-khoan/7/")
    assert told("access.refused") == []  # sent to sign in
    client.force_login(user)
    assert client.get("/nhan-su/tai-khoan/7/").status_code == 403
    event = one("access.refused")
    assert (event.kind, event.outcome, event.actor_key) == ("security", "refused", user.pk)
    assert event.place == "GET /nhan-su/tai-khoan/<int:pk>/"
    assert event.facts == {"keys": [7]}


def test_every_answer_has_a_number_that_stands_in_its_events(client):
    client.force_login(people.account("an"))
    answer = client.get("/nhan-su/tai-khoan/7/")
    assert answer.headers[HEADER] == one("access.refused").request_id
    assert client.get("/nhan-su/tai-khoan/7/").headers[HEADER] != answer.headers[HEADER]


def test_the_roster_taken_along_is_told_and_so_is_that_it_holds_health_reasons(client):
    officer = people.officer()
    client.force_login(officer)
    assert client.get("/nhan-su/xuat/").status_code == 200
    event = one("data.exported")
    assert (event.kind, event.actor_key, event.place) == ("access", officer.pk, "GET /nhan-su/xuat/")
    assert one("health.read").target_key == "all"


def test_a_page_that_is_only_read_is_not_told(client):
    client.force_login(people.officer())
    before = AuditEvent.objects.count()
    assert client.get("/nhan-su/").status_code == 200
    assert AuditEvent.objects.count() == before


def test_health_reasons_read_on_a_page_are_told_by_person(client):
    officer, person = people.officer(), people.staff()
    client.force_login(officer)
    client.get(f"/nhan-su/can-bo/{person.pk}/")
    assert told("health.read") == []  # there is nothing to read
    training.leave(person, training.LONG_AGO, None)
    client.get(f"/nhan-su/can-bo/{person.pk}/")
    event = one("health.read")
    assert (event.actor_key, event.target_kind, event.target_key) == (
        officer.pk,
        "people.staff",
        str(person.pk),
    )


# ---- private files


@pytest.fixture
def a_file(tmp_path):
    upload = RosterUpload(by_name="x", file_name="x.xlsx", sha256="0" * 64)
    upload.file.save("x.xlsx", ContentFile(b"content"), save=False)
    return upload


def ask(rf, user, method="GET"):
    request = rf.generic(method, "/x/")
    request.user = user
    return answering(request)


def test_who_opened_a_private_file_is_told(rf, a_file):
    user = people.account("an")
    with ask(rf, user):
        serve_private(a_file.file, "so.xlsx", "application/pdf").file_to_stream.close()
    event = one("file.read")
    assert (event.actor_key, event.target_kind, event.target_key, event.facts) == (
        user.pk,
        "people.rosterupload",
        str(a_file.pk),
        {"field": "file"},
    )


def test_a_file_everybody_may_open_and_a_mere_look_at_its_head_are_not_told(rf, a_file):
    user = people.account("an")
    with ask(rf, user):
        serve_private(a_file.file, "so.xlsx", "application/pdf", public=True).file_to_stream.close()
    with ask(rf, user, "HEAD"):
        serve_private(a_file.file, "so.xlsx", "application/pdf").file_to_stream.close()
    assert told("file.read") == []


def test_a_private_file_is_told_once_not_as_an_export_too(client):
    ward = ideas.make_ward()
    initiative = ideas.draft(ward)
    attachment = ideas.attach(initiative)
    client.force_login(ward.tacgia)
    address = reverse("ideas:form_file", kwargs={"code": initiative.code, "pk": attachment.pk})
    answer = client.get(address)
    assert (answer.status_code, b"".join(answer)) == (200, ideas.PDF)
    assert one("file.read").target_key == str(attachment.pk)
    assert told("data.exported") == []


# ---- what breaks


def broken(request):
    raise LookupError("Nguyễn Văn An, an@hungdao.example, 0912345678")


urlpatterns = [path("hong/", broken)]


@pytest.mark.urls("tests.trust.test_audit_doors")
def test_a_page_that_broke_is_told_by_the_kind_of_error_alone(client):
    client.raise_request_exception = False
    logging.disable(logging.CRITICAL)
    try:
        client.get("/hong/?email=an@hungdao.example")
    finally:
        logging.disable(logging.NOTSET)
    event = one("server.error")
    assert (event.kind, event.outcome, event.place) == ("application", "failed", "GET /hong/")
    assert event.facts == {"error": "LookupError"}


def test_a_job_that_failed_is_told_and_the_next_one_runs(monkeypatch):
    ran = []

    def fails(now):
        raise LookupError("Nguyễn Văn An")

    jobs = {
        "x.fails": clock.Job("x.fails", clock.timedelta(seconds=1), fails),
        "x.works": clock.Job("x.works", clock.timedelta(seconds=1), ran.append),
    }
    monkeypatch.setattr(clock, "_jobs", jobs)
    clock.run_due(all_jobs=True)
    event = one("worker.failed")
    assert (event.source, event.place, event.facts) == (
        "worker",
        "x.fails",
        {"error": "LookupError", "job": "x.fails"},
    )
    assert len(ran) == 1


# ---- commands


@pytest.mark.django_db(transaction=True)
def test_a_command_on_the_server_is_told_with_its_options_and_without_their_values():
    """The command as it is really run, in a process of its own."""

    def manage(*args):
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "TEST_DATABASE_FILE": str(connection.settings_dict["NAME"]),
        }
        if connection.vendor == "postgresql":
            wanted = connection.settings_dict
            environment["DATABASE_URL"] = (
                f"postgres://{wanted['USER']}:{wanted['PASSWORD']}@{wanted['HOST']}:{wanted['PORT']}/"
                f"{wanted['NAME']}"
            )
        return subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *args],
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
        )

    done = manage("make_administrator", "HD-khong-co")
    assert done.returncode == 2, done.stderr
    manage("audit_trail", "export", "--action=command.run", "--account", "Nguyễn Văn An")
    first, second = told("command.run")
    assert (first.source, first.place, first.facts) == ("command", "make_administrator", {"options": []})
    assert first.account  # of the operating system
    assert first.actor_key is None
    assert (second.place, second.facts) == ("audit_trail", {"options": ["--account", "--action"]})
    assert one("command.failed").facts == {"code": 2}
    manage("check")
    assert len(told("command.run")) == 2
