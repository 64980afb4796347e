"""Samples: believable, in every state, marked, repeatable, and never where real people work."""

import hashlib
import json
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count
from django.test import Client
from django.utils import timezone

from ideas import workflow
from ideas.lifecycle import State
from ideas.models import (
    AgendaItem,
    Appointment,
    Attachment,
    Author,
    Complaint,
    FrozenResult,
    HistoryEntry,
    Initiative,
    Meeting,
    Round,
    ScoreSheet,
    SubmittedVersion,
)
from ideas.samples import texts
from ideas.versions import digest
from notifications.models import Notification, OutboxMail
from obligations.terms import is_working_day
from papers.models import Certificate
from people.models import Leave, RoleChange, Staff, User
from people.roles import Role, roles_of
from people.samples import SamplesRefused, Size, load
from people.samples.crowd import named
from plan.units import load_units
from tests.files import files_in
from trust.uploads import check_upload

from .loading import NOW, PASSWORD, OnceLoaded
from .test_training_samples import TheTrainingStory

ACCOUNTS = {
    "tacgia",
    "dongtacgia",
    "thuky",
    "chutich",
    "phochutich",
    *(f"hoidong{n}" for n in range(1, 8)),
    "daotao",
    "tochuc",
    *(f"giamkhao{n}" for n in range(1, 4)),
    "baocao",
    "dieuphoi",
    "bientap",
    "duyetbai",
    "quantri",
    "lanhdao",
    "nhansu",
    "vanthu",
    "truongdonvi",
    "baove",
}
ROLES = {
    "lanhdao": {Role.HEAD},
    "phochutich": {Role.DEPUTY_HEAD},
    "nhansu": {Role.PERSONNEL_OFFICER},
    "vanthu": {Role.RECORDS_CLERK},
    "truongdonvi": {Role.UNIT_HEAD},
    "daotao": {Role.TRAINING_OFFICER},
    "tochuc": {Role.ORGANISER},
    "giamkhao1": {Role.JUDGE},
    "giamkhao2": {Role.JUDGE},
    "giamkhao3": {Role.JUDGE},
    "baocao": {Role.UNIT_REPORTER},
    "dieuphoi": {Role.PLAN_COORDINATOR},
    "bientap": {Role.EDITOR},
    "duyetbai": {Role.PUBLISHER},
    "baove": {Role.DATA_PROTECTION_OFFICER},
    "quantri": {Role.ADMINISTRATOR},
}


def content_hash():
    """Everything a person can read of the dossiers, the random codes of certificates aside."""
    rows = [
        list(Initiative.objects.order_by("code").values_list("code", "state", "title", "received_on")),
        list(Author.objects.order_by("pk").values_list("full_name", "share", "workplace")),
        list(Staff.objects.order_by("staff_code").values_list("staff_code", "full_name", "birth_date")),
        list(SubmittedVersion.objects.order_by("pk").values_list("sha256", "submitted_at")),
        list(FrozenResult.objects.order_by("pk").values_list("sha256", "mean", "frozen_at")),
        list(HistoryEntry.objects.order_by("pk").values_list("at", "transition", "actor_name", "reason")),
        list(AgendaItem.objects.order_by("pk").values_list("votes_for", "conclusion")),
        list(Certificate.objects.order_by("pk").values_list("number", "holder_name", "state")),
    ]
    return hashlib.sha256(json.dumps(rows, default=str).encode()).hexdigest()


def counts():
    own = ("people", "ideas", "notifications", "papers", "obligations", "portal")
    return {
        model: model._base_manager.count() for app in own for model in apps.get_app_config(app).get_models()
    }


# ---- the default set


class TestTheDefaultSet(TheTrainingStory, OnceLoaded):
    """What a visitor of a fresh trial portal finds."""

    def test_every_state_of_the_workflow_is_there(self):
        assert {
            name: self.made[name] for name in ("wards", "staff", "accounts", "rounds", "initiatives")
        } == {
            "wards": 1,
            "staff": 66,
            "accounts": 27,
            "rounds": 2,
            "initiatives": 20,
        }
        found = dict(Initiative.objects.values_list("state").annotate(Count("pk")))
        assert set(found) == set(State.values)
        assert sum(found.values()) == 20

    def test_everything_says_that_it_is_a_sample(self):
        for model in (User, Staff, Initiative, Appointment, Round, Meeting, Certificate):
            assert model.objects.exists()
            assert not model.objects.filter(is_sample=False).exists(), model

    def test_the_council_has_seven_seats_and_three_alternates(self):
        seats = Appointment.objects.get().seats.select_related("staff__user")
        held = {seat.staff.user.username: seat.role for seat in seats}
        assert held == {
            "chutich": "chair",
            "phochutich": "vice_chair",
            "thuky": "secretary",
            **{f"hoidong{n}": "member" for n in range(1, 5)},
            **{f"hoidong{n}": "alternate" for n in range(5, 8)},
        }

    def test_one_round_is_open_and_one_is_closed(self):
        assert Round.objects.open_at(NOW).count() == 1
        assert Round.objects.filter(closes_at__lt=NOW).count() == 1

    def test_people_served_moved_left_and_are_away(self):
        today = timezone.localdate(NOW)
        assert [leave.contains(today) for leave in Leave.objects.all()].count(True) == 1
        gone = Staff.objects.filter(user__is_active=False)
        assert [person.spells.get().end_before <= today for person in gone] == [True] * 3
        assert Staff.objects.annotate(n=Count("assignments")).filter(n=2).count() == 4

    def test_nothing_happened_in_the_future_and_days_follow_each_other(self):
        assert not HistoryEntry.objects.filter(at__gte=NOW).exists()
        assert not Notification.objects.filter(created_at__gte=NOW, subject__startswith="SK").exists()
        for initiative in Initiative.objects.prefetch_related("history"):
            moments = [entry.at for entry in initiative.history.order_by("pk")]
            assert moments == sorted(moments)
            assert initiative.created_at == moments[0]

    def test_the_stories_hold_what_a_visitor_looks_for(self):
        assert ScoreSheet.objects.filter(state="recused").count() == 1
        assert ScoreSheet.objects.filter(alternate__isnull=False, state="submitted").count() >= 2
        assert FrozenResult.objects.filter(has_disagreement=True).count() == 1
        assert FrozenResult.objects.filter(for_city=True).count() >= 1
        assert set(Meeting.objects.values_list("state", flat=True)) == {"planned", "closed"}
        assert Meeting.objects.get(state="planned").starts_at > NOW
        assert set(Certificate.objects.values_list("state", flat=True)) == {"valid", "replaced", "revoked"}
        assert Complaint.objects.filter(settled_on__isnull=True).count() == 1
        assert Initiative.objects.filter(keyed_from_paper=True).exists()
        late = HistoryEntry.objects.filter(transition="late_accept").count()
        again = HistoryEntry.objects.filter(transition="complete_again").count()
        assert (late, again) == (1, 1)

    def test_no_mail_goes_to_a_sample_person(self):
        assert OutboxMail.objects.exists()
        assert set(OutboxMail.objects.values_list("state", flat=True)) == {"skipped"}

    def test_a_sample_day_is_a_working_day_and_the_last_is_not_long_ago(self):
        days = {timezone.localdate(entry.at) for entry in HistoryEntry.objects.all()}
        assert [day for day in sorted(days) if not is_working_day(day)] == []
        assert timedelta(0) < timezone.localdate(NOW) - max(days) < timedelta(days=14)

    def test_the_accounts_are_those_of_the_contract_with_their_roles(self):
        assert {person["username"] for person in named()} == ACCOUNTS
        found = {name: set(roles_of(User.objects.get(username=name))) for name in ACCOUNTS}
        assert {name: roles for name, roles in found.items() if roles} == ROLES
        assert set(RoleChange.objects.values_list("actor_name", flat=True)) == {"load_samples"}

    def test_only_the_named_accounts_have_a_password(self):
        able = {user.username for user in User.objects.all() if user.has_usable_password()}
        assert able == ACCOUNTS
        assert all(user.check_password(PASSWORD) for user in User.objects.filter(username__in=ACCOUNTS))

    def test_every_sample_person_signs_in_and_sees_their_work(self):
        for username in sorted(ACCOUNTS):
            client = Client()
            sent = {"login": username, "password": PASSWORD}
            answer = client.post("/tai-khoan/login/", sent, follow=True)
            assert (answer.status_code, answer.request["PATH_INFO"]) == (200, "/viec-cua-toi/"), username

    def test_attachments_pass_the_upload_check(self):
        from ideas.files import EVIDENCE

        kinds = set()
        for attachment in Attachment.objects.all():
            with files_in(self.folder), attachment.file.open("rb") as stored:
                checked = check_upload(SimpleUploadedFile(attachment.name, stored.read()), EVIDENCE)
            if checked.extension == "pdf":  # a picture is drawn anew at each upload
                assert checked.sha256 == attachment.sha256
            kinds.add(checked.extension)
        assert kinds == {"pdf", "png"}

    def test_a_second_run_adds_nothing(self):
        before = counts()
        assert load(Size(initiatives=60, staff=120), now=NOW, password="another") == {}
        assert counts() == before


# ---- repeatable, once, never in production


def test_production_refuses_samples(db, settings):
    load_units()
    settings.SAMPLES_ALLOWED = False
    with pytest.raises(CommandError, match="SAMPLES_ALLOWED") as refused:
        call_command("load_samples")
    assert refused.value.returncode == 2
    assert not User.objects.exists()


def test_samples_do_not_mix_with_real_people_of_the_same_code(db):
    load_units()
    Staff.objects.create(staff_code="HD-0007", full_name="Người có thật")
    with pytest.raises(SamplesRefused):
        load(now=NOW, password=PASSWORD)
    assert Staff.objects.count() == 1


def test_the_plan_comes_before_the_samples(db):
    with pytest.raises(SamplesRefused, match="load_plan"):
        load(now=NOW, password=PASSWORD)


@pytest.mark.parametrize("wrong", [{"wards": 0}, {"years": 0}, {"staff": -1}, {"initiatives": -1}])
def test_a_number_that_makes_no_sense_is_refused(db, wrong):
    with pytest.raises(CommandError) as refused:
        call_command("load_samples", **wrong)
    assert refused.value.returncode == 2


def test_the_command_speaks_json(db, tmp_path, settings, monkeypatch):
    settings.SAMPLE_PASSWORD_FILE = tmp_path / "sample_password"
    monkeypatch.setenv("SAMPLE_PASSWORD", PASSWORD)
    load_units()
    out = StringIO()
    call_command("load_samples", initiatives=0, format="json", stdout=out)
    assert json.loads(out.getvalue())["made"]["staff"] == 66
    assert (tmp_path / "sample_password").read_text() == PASSWORD + "\n"
    assert (tmp_path / "sample_password").stat().st_mode & 0o777 == 0o600


def load_on(day, **size):
    """The stories work on this day, told to the end and none ahead of its time."""
    load_units()
    now = timezone.make_aware(datetime.fromisoformat(f"{day}T09:00"))
    load(Size(**size), now=now, password=PASSWORD)
    assert set(Initiative.objects.values_list("state", flat=True)) == set(State.values)
    assert Round.objects.open_at(now).count() == 1
    assert not HistoryEntry.objects.filter(at__gte=now).exists()


@pytest.mark.once
def test_the_stories_work_around_tet(db):
    load_on("2027-02-09")


@pytest.mark.once
def test_the_stories_work_on_a_leap_day_the_same_for_a_seed_and_others_for_another(db):
    hashes = []
    for seed in (2026, 2026, 7):
        with transaction.atomic():
            load_on("2028-02-29", seed=seed)
            hashes.append(content_hash())
            transaction.set_rollback(True)
    assert hashes[0] == hashes[1]
    assert hashes[0] != hashes[2]


# ---- any size


@pytest.mark.once
class TestMany(OnceLoaded):
    """Any size: what is written in bulk is as whole as what walked through the door."""

    size = Size(wards=2, staff=90, years=2, initiatives=140)

    def test_more_is_made_on_demand(self):
        assert {
            name: self.made[name] for name in ("wards", "staff", "accounts", "rounds", "initiatives")
        } == {
            "wards": 2,
            "staff": 90,
            "accounts": 27,
            "rounds": 4,
            "initiatives": 140,
        }
        assert Initiative.objects.count() == 140
        assert Initiative.objects.values("code").distinct().count() == 140
        assert Staff.objects.count() == 90

    def test_what_is_written_in_bulk_holds_together(self):
        written = Initiative.objects.for_workflow().exclude(code__in=_told())
        assert written.count() == 120
        head = User.objects.get(username="lanhdao")
        for initiative in written:
            assert sum(author.share for author in initiative.authors.all()) == 100
            assert initiative.history.order_by("pk").last().to_state in (initiative.state, "evaluating")
            assert Initiative.objects.visible_to(initiative.main_author.staff.user).contains(initiative)
            version = initiative.versions.first()
            assert (version is None) == (initiative.submitted_at is None)
            assert version is None or digest(version.payload.encode()) == version.sha256
            assert hasattr(initiative, "compared_text") == (version is not None)
            assert (initiative.current_result is not None) == (
                initiative.state in ("evaluated", "recognised", "declined")
            )
            held = Certificate.objects.filter(decision_number__in=initiative.decisions.values("number"))
            assert initiative.state != "recognised" or held.exists()
        revocable = written.filter(state="recognised").first()
        assert workflow.may(revocable, "revoke", head, now=NOW).allowed

    def test_a_frozen_result_of_the_bulk_recomputes(self):
        from scoring.freezing import freeze
        from scoring.result import compute

        for row in FrozenResult.objects.exclude(initiative__code__in=_told())[:20]:
            rubric = row.initiative.rubric.rubric
            sheets = row.initiative.sheets.filter(state="submitted").select_related("seat")
            values = [sheet.values(str(sheet.seat.number)) for sheet in sheets.prefetch_related("points")]
            frozen = freeze(compute(rubric, values, expected=row.expected), rubric, values)
            assert frozen.sha256 == row.sha256

    def test_numbers_go_on_after_the_bulk(self):
        from ideas.authorship import start_dossier

        author = User.objects.get(username="tacgia")
        code = start_dossier(author, "Hồ sơ mới", now=NOW).code
        assert Initiative.objects.filter(code=code).count() == 1


def _told():
    """Codes of the dossiers that walked through the door."""
    titles = [dossier["title"] for dossier in texts.initiatives()]
    return list(Initiative.objects.filter(title__in=titles).values_list("code", flat=True))
