"""The door of sessions: who may take which step from where, what it needs, what follows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from notifications.models import Notification
from people.roles import Role
from tests.html import assert_sound
from training import editing, workflow
from training.answers import Refused
from training.catalogue import counting_of_all
from training.models import Attendance, Session, SessionHistory
from training.workflow import OutsideTheDoor, may, move

from . import builders
from . import session_builders as made

pytestmark = pytest.mark.django_db

# {(step, state it starts from): the state it leads to}; any other pair is refused.
ALLOWED = {
    ("open", "draft"): "open",
    ("hold", "open"): "held",
    ("confirm", "held"): "confirmed",
    ("reopen", "confirmed"): "held",
    ("cancel", "draft"): "cancelled",
    ("cancel", "open"): "cancelled",
    ("cancel", "held"): "cancelled",
    ("cancel", "confirmed"): "cancelled",
}
STATES = ("draft", "open", "held", "confirmed", "cancelled")


def in_state(state, organiser=None):
    return builders.session(state=state, organiser=organiser, on=timezone.localdate() - timedelta(days=1))


def test_the_state_machine_is_this_table_and_no_more():
    found = {
        (step, source): target
        for step, (sources, target, _) in workflow.table().items()
        for source in sources
    }
    assert found == ALLOWED


@pytest.mark.parametrize("state", STATES)
def test_who_may_take_which_step(state):
    organiser = made.account()
    session = in_state(state, organiser)
    who = {
        "officer": made.officer(),
        "organiser": organiser,
        "staff": made.account(),
        "head": made.account("", Role.HEAD),
        "personnel": made.account("", Role.PERSONNEL_OFFICER),
        "administrator": made.account("", Role.ADMINISTRATOR),
    }
    for step in workflow.STEPS:
        answers = {name: may(session, step, user).reason for name, user in who.items()}
        expected = "" if (step, state) in ALLOWED else "wrong_state"
        assert answers == {
            "officer": expected,
            "organiser": expected,
            **dict.fromkeys(("staff", "head", "personnel", "administrator"), "only_managers"),
        }, step


@pytest.mark.parametrize(("step", "state"), ALLOWED)
def test_a_step_leads_where_the_table_says_and_leaves_one_line(step, state):
    officer = made.officer()
    session = in_state(state)
    moved = move(session, step, officer, reason="Phòng học mất điện", rest_absent=True)
    assert moved.state == ALLOWED[step, state]
    line = SessionHistory.objects.get(session=session)
    assert (line.transition, line.from_state, line.to_state) == (step, state, moved.state)
    assert (line.actor_name, line.actor_code) == ("Trần Thị Đào", officer.staff.staff_code)


def test_a_step_called_from_elsewhere_raises_and_changes_nothing():
    session = in_state("draft")
    with pytest.raises(OutsideTheDoor):
        session.open(None)
    assert made.fresh(session).state == "draft"


def test_a_closed_account_runs_nothing():
    organiser = made.account()
    organiser.is_active = False
    assert may(in_state("draft", organiser), "open", organiser).reason == "only_managers"


def test_a_session_is_held_from_its_begin_on():
    officer, session = made.officer(), made.open_session()
    before = may(session, "hold", officer, now=made.at(session, -1))
    assert (before.allowed, before.reason) == (False, "not_begun")
    assert may(session, "hold", officer, now=made.at(session)).allowed


def test_everybody_on_the_list_is_marked_or_said_to_be_absent():
    officer = made.officer()
    session = made.invited(made.held(), officer, made.people(2))
    with pytest.raises(Refused) as refused:
        move(session, "confirm", officer)
    assert (refused.value.answer.reason, refused.value.answer.params) == ("unmarked", {"count": 2})
    assert made.fresh(session).state == "held"
    move(session, "confirm", officer, rest_absent=True)
    assert set(Attendance.objects.values_list("status", "minutes")) == {("absent", 0)}


@pytest.mark.parametrize("step", ["reopen", "cancel"])
def test_what_takes_away_needs_a_reason(step):
    session = in_state("confirmed")
    with pytest.raises(Refused) as refused:
        move(session, step, made.officer(), reason="  ")
    assert refused.value.answer.reason == "reason_missing"


def test_cancelling_tells_whoever_is_on_the_list_the_code_and_nothing_more():
    officer, called, stranger = made.officer(), made.account(), made.account()
    session = made.invited(made.open_session(), officer, [called])
    Notification.objects.all().delete()
    move(session, "cancel", officer, reason="Giảng viên ốm")
    told = Notification.objects.get(event="training.cancelled")
    assert (told.recipient, told.subject, told.params) == (called, session.code, {})
    assert not Notification.objects.filter(recipient=stranger).exists()


def test_confirming_twice_says_what_happened_meanwhile(client):
    officer = made.officer()
    session = made.held()
    made.signed_in(client, officer)
    address = f"{session.get_absolute_url()}buoc/confirm/"
    assert client.post(address).status_code == 302
    second = client.post(address, follow=True)
    assert "The session is confirmed; this step does not follow from there." in second.content.decode()
    assert SessionHistory.objects.filter(transition="confirm").count() == 1


def test_changing_day_time_or_place_tells_whoever_has_a_seat():
    officer, called = made.officer(), made.account()
    session = made.invited(made.open_session(), officer, [called])
    editing.change(session, {"place": "Nhà văn hóa số 5"}, officer)
    editing.change(session, {"presenter": "Ai đó"}, officer)
    assert Notification.objects.filter(event="training.changed", recipient=called).count() == 1


def test_two_editors_see_the_conflict():
    officer, session = made.officer(), made.open_session()
    seen = editing.last_seen(session)
    editing.change(session, {"place": "Hội trường A"}, officer, seen=seen)
    with pytest.raises(Refused) as refused:
        editing.change(session, {"place": "Hội trường B"}, officer, seen=seen)
    assert refused.value.answer.reason == "changed_meanwhile"
    assert made.fresh(session).place == "Hội trường A"


def test_credit_is_never_longer_than_the_session():
    officer, session = made.officer(), made.open_session()
    with pytest.raises(Refused) as refused:
        editing.change(session, {"credit_minutes": 181}, officer)
    assert (refused.value.answer.reason, refused.value.answer.field) == ("credit_too_long", "credit_minutes")


def test_other_credit_is_the_credit_of_everybody_marked():
    officer, session = made.officer(), made.held()
    someone = builders.person()
    builders.attended(someone, session)
    editing.change(session, {"credit_minutes": 90}, officer)
    row = Attendance.objects.get(staff=someone)
    assert (row.minutes, row.session_minutes) == (90, 90)


def test_a_confirmed_session_is_changed_only_after_reopening():
    officer, session = made.officer(), in_state("confirmed")
    assert editing.may_change(session, officer).reason == "is_closed"


def session_values(course, **changes):
    day = made.tomorrow()
    values = {
        "course": course.pk,
        "held_on": f"{day:%d/%m/%Y}",
        "starts_at": "08:00",
        "ends_at": "11:00",
        "mode": "in_person",
        "place": "Hội trường tầng 3",
        "capacity": "30",
        "is_public": "on",
    }
    return values | changes


def test_a_session_is_planned_with_the_next_code_of_its_course(client):
    officer, course = made.officer(), builders.course("KNS-2026")
    made.signed_in(client, officer)
    for _ in range(2):
        client.post("/dao-tao/buoi/moi/", session_values(course))
    found = Session.objects.order_by("code").values_list("code", "state", "credit_minutes", "capacity")
    assert list(found) == [("KNS-2026-01", "draft", 180, 30), ("KNS-2026-02", "draft", 180, 30)]


def test_a_wrong_plan_keeps_what_was_typed(client):
    course = builders.course()
    made.signed_in(client, made.officer())
    answer = client.post("/dao-tao/buoi/moi/", session_values(course, ends_at="07:00", organiser="khong-co"))
    html = answer.content.decode()
    assert_sound(html)
    assert answer.status_code == 422
    assert "Hội trường tầng 3" in html and "No account in use belongs to this code" in html
    assert not Session.objects.exists()


def test_a_course_counts_for_the_whole_product_of_what_was_ticked(client):
    made.signed_in(client, made.officer())
    year = timezone.localdate().year
    values = {
        "code": "AI-2026",
        "name": "Trợ lý AI trong công vụ",
        "topics": ["1", "3"],
        "level": "1",
        "mode": "online",
        "is_active": "on",
        "requirements": [builders.requirement().pk, builders.requirement("innovation").pk],
        "years": [str(year), str(year + 1)],
    }
    assert client.post("/dao-tao/khoa-hoc/moi/", values).status_code == 302
    assert list(counting_of_all().values()) == [(["digital-skills", "innovation"], [year, year + 1])]
    changed = client.post("/dao-tao/khoa-hoc/AI-2026/sua/", values | {"years": [str(year)]})
    assert changed.status_code == 302
    assert list(counting_of_all().values()) == [(["digital-skills", "innovation"], [year])]


def test_the_pages_of_an_organiser_are_sound_and_cost_the_same_for_one_and_thirty(client):
    officer = made.officer()
    session = made.invited(made.held(), officer, [made.account()])
    made.open_session()
    made.signed_in(client, officer)
    own = session.get_absolute_url()
    parts = ("", "danh-sach/", "diem-danh/", "danh-sach-ky/", "sua/", "buoc/confirm/")
    pages = ["/dao-tao/", "/dao-tao/buoi/", "/dao-tao/khoa-hoc/", "/dao-tao/lich/", *(own + p for p in parts)]

    def cost(page):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(page)
        assert answer.status_code == 200, page
        assert_sound(answer.content.decode())
        return len(queries)

    client.get("/dao-tao/")  # what is looked up once for the process
    one = {page: cost(page) for page in pages}
    made.invited(session, officer, made.people(29))
    for number in range(29):
        made.open_session(of=builders.course(f"KN-{number:02}"))
    assert {page: cost(page) for page in pages} == one


def test_codes_of_the_office_may_hold_a_slash(client):
    session = made.open_session(code="KNS/2026~1")
    assert session.get_absolute_url() == "/dao-tao/buoi/KNS~s2026~t1/"
    assert client.get(session.get_absolute_url()).status_code == 200
