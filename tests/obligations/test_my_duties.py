"""My duties: at most six queries for every role, and for an account that holds them all."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ideas import complaints, workflow
from ideas.council import Council
from ideas.keeping import keeps
from ideas.models import Author, Conflict, Initiative, Seat
from obligations.desk import Desk
from obligations.duties import work_of
from obligations.ledger import capacity, owe
from obligations.models import Obligation
from people.models import Leave, User
from people.roles import Role
from tests.competitions import builders as competitions
from tests.files import files_aside
from tests.ideas import benefit_builders, builders, suggestion_builders
from tests.standing import standing
from tests.training import session_builders as training

pytestmark = pytest.mark.django_db
AT_MOST = 6


def asked(user):
    """(queries, items) of a page's first look at somebody's duties: nothing is known of them yet."""
    fresh = User.objects.get(pk=user.pk)
    with CaptureQueriesContext(connection) as captured:
        sections = work_of(fresh)
    return len(captured), sum(len(section.items) for section in sections)


def everything(ward, times):
    """Work of every sort, `times` over."""
    for number in range(times):
        builders.submitted(ward, title=f"Kiểm tra {number}")
        builders.accepted(ward, title=f"Chờ chấm {number}")
        builders.evaluating(ward, title=f"Đang chấm {number}")
        builders.draft(ward, confirmed=False, title=f"Nháp {number}")
        suggestion_builders.sent(key=f"y{number}", proposal=f"Ý tưởng {number}")
        training.open_session(ward.daotao)
        training.held(organiser=ward.daotao)


def make_world():
    """A ward with everybody who has work, and dossiers near their end."""
    ward = builders.make_ward()
    ward.users["truongdonvi"] = benefit_builders.head_of("VHXH")
    for name, role in (
        ("daotao", Role.TRAINING_OFFICER),
        ("nhansu", Role.PERSONNEL_OFFICER),
        ("tochuc", Role.ORGANISER),
        ("giamkhao", Role.JUDGE),
        ("dieuphoi", Role.PLAN_COORDINATOR),
    ):
        ward.users[name] = builders.make_user(name, name.title(), role)
    all_roles = ward.users["thuky"]
    for role in Role:
        all_roles.groups.add(Group.objects.get_or_create(name=role.value)[0])
    competitions.competition(organiser=ward.tochuc)
    builders.voted(ward, title="Chờ quyết định")
    complaints.file_complaint(
        builders.fresh(builders.declined(ward, title="Khiếu nại")), ward.tacgia, text="x"
    )
    recognised = benefit_builders.recognised(ward)
    benefit_builders.indicator(recognised, ward.tacgia)
    return ward


standing_ward = standing(make_world, during=files_aside)


@pytest.fixture
def ward(standing_ward):
    return deepcopy(standing_ward)


def test_six_queries_are_enough_for_every_role_with_little_and_with_much(ward):
    everything(ward, 1)
    work_of(ward.chutich)  # what a process asks once in its life
    few = {name: asked(user) for name, user in ward.users.items()}
    everything(ward, 5)
    many = {name: asked(user) for name, user in ward.users.items()}
    assert {name: queries for name, (queries, _items) in many.items()} == {
        name: queries for name, (queries, _items) in few.items()
    }
    assert {name: cost for name, cost in many.items() if cost[0] > AT_MOST} == {}
    assert {name for name in ("thuky", "tacgia", "hoidong1", "daotao", "dieuphoi") if many[name][1] >= 5} == {
        "thuky",
        "tacgia",
        "hoidong1",
        "daotao",
        "dieuphoi",
    }
    assert many["thuky"][1] >= 30


def test_the_whole_work_page_of_an_account_with_every_role_stays_small(ward, client):
    """The duties six, with the figure noted; the session, the menu, the bell and the latest notices eight."""
    everything(ward, 1)
    client.force_login(ward.thuky)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/viec-cua-toi/").status_code == 200
        return len(captured)

    client.get("/viec-cua-toi/")
    few = cost()
    everything(ward, 5)
    assert cost() == few
    assert few <= AT_MOST + 8


def test_the_condition_in_sql_is_the_rule_of_the_council(ward):
    """Every way the secretary, the chair and the vice chair can be away or stand aside."""
    dossiers = [builders.submitted(ward, title=f"Hồ sơ {n}") for n in range(4)]
    seats = {role: Seat.objects.get(role=role) for role in ("secretary", "chair", "vice_chair")}
    Conflict.objects.create(initiative=dossiers[1], staff=seats["secretary"].staff, reason="x")
    Author.objects.filter(initiative=dossiers[2], is_main=False).update(staff=seats["secretary"].staff)
    Conflict.objects.create(initiative=dossiers[2], staff=seats["chair"].staff, reason="x")
    for role in seats:
        Conflict.objects.get_or_create(
            initiative=dossiers[3], staff=seats[role].staff, defaults={"reason": "x"}
        )
    today = timezone.localdate()
    for away in ((), ("secretary",), ("chair",), ("secretary", "chair"), ("vice_chair",), tuple(seats)):
        Leave.objects.all().delete()
        for role in away:
            Leave.objects.create(staff=seats[role].staff, start_on=today)
        council = Council(ward.appointment, today)
        for user in ward.users.values():
            desk = Desk(user)
            kept = set(Initiative.objects.filter(keeps(desk), state="submitted").values_list("pk", flat=True))
            ruled = {
                one.pk
                for one in Initiative.objects.for_workflow().filter(state="submitted")
                if (seat := council.keeping(one)) and seat.staff_id == user.staff.pk
            }
            assert kept == ruled, (away, user.username)


def test_nobody_sees_the_work_of_a_council_whose_term_is_over(ward):
    builders.submitted(ward)
    type(ward.appointment).objects.update(end_before=timezone.localdate())
    assert [s.heading for s in work_of(ward.chutich) if s.items] == []


def test_what_rests_as_the_clock_last_asked_is_not_shown(ward):
    from obligations.resting import note_what_rests

    owe(
        "training.coverage",
        "coverage:x:2026",
        capacity("training_officer"),
        timezone.localdate() + timedelta(days=20),
        code=str(timezone.localdate().year),
        data={"name": "X", "requirement": "digital-skills", "year": timezone.localdate().year},
    )
    assert "training.coverage" in {i.kind for s in work_of(ward.daotao) for i in s.items}
    note_what_rests(timezone.now())  # nobody in scope was found missing, or everybody was
    rests = Obligation.objects.get(kind="training.coverage").rests
    shown = {i.kind for s in work_of(ward.daotao) for i in s.items}
    assert ("training.coverage" in shown) is not rests
    assert workflow  # the ward's dossiers came through the door
