"""The roll: one tap a person, every tick stored, the same few queries for thirty people as for one."""

import time
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from obligations.duties import work_of
from tests.html import assert_sound
from training import roll, workflow
from training.answers import Refused
from training.models import Attendance, AttendanceEvent, Enrolment, SessionHistory

from . import builders
from . import session_builders as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return made.officer()


def marks():
    return dict(Attendance.objects.values_list("staff", "status"))


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.answer.reason


def test_a_tick_is_stored_at_once_and_says_when(client, officer):
    user = made.account()
    session = made.invited(made.held(), officer, [user])
    made.signed_in(client, officer)
    answer = client.post(
        f"{session.get_absolute_url()}diem-danh/danh-dau/", {"staff": user.staff.pk, "status": "late"}
    )
    assert answer.json()["message"].startswith("Saved ")
    assert marks() == {user.staff.pk: "late"}
    event = AttendanceEvent.objects.get()
    assert (event.source, event.by, event.by_name) == ("roll", officer, "Trần Thị Đào")


def test_the_same_tick_sent_again_writes_nothing_and_another_one_changes_it(officer):
    user = made.account()
    session = made.invited(made.held(), officer, [user])
    for status, written in (("present", 1), ("present", 0), ("absent", 1), ("present", 1)):
        assert roll.mark(session, {user.staff.pk: status}, officer) == written
    assert marks() == {user.staff.pk: "present"}


def test_a_tick_costs_the_same_for_one_person_and_two_hundred_and_is_quick(officer):
    session = made.invited(made.held(), officer, [made.account()])

    def cost():
        person = Enrolment.objects.order_by("pk").last().staff_id
        with CaptureQueriesContext(connection) as queries:
            roll.mark(session, {person: "present"}, officer)
        return len(queries)

    one = cost()
    people = [builders.person() for _ in range(199)]
    now = timezone.now()
    Enrolment.objects.bulk_create(
        Enrolment(session=session, staff=person, state="invited", asked_at=now, changed_at=now)
        for person in people
    )
    assert cost() == one
    began = time.perf_counter()
    for person in people[:20]:
        roll.mark(session, {person.pk: "late"}, officer)
    # 100 ms is what an organiser waits at most; the average of twenty leaves room for a busy machine.
    assert (time.perf_counter() - began) / 20 < 0.1


def test_without_script_the_form_writes_only_what_differs_from_the_page_as_it_was_drawn(client, officer):
    one, two, three = made.people(3)
    session = made.invited(made.held(), officer, [one, two, three])
    roll.mark(session, {one.staff.pk: "late"}, officer)  # a colleague's tick after the page was drawn
    made.signed_in(client, officer)
    data = {
        f"was-{one.staff.pk}": "present",
        f"mark-{one.staff.pk}": "present",
        f"was-{two.staff.pk}": "",
        f"mark-{two.staff.pk}": "excused",
        f"was-{three.staff.pk}": "",
    }
    answer = client.post(f"{session.get_absolute_url()}diem-danh/", data, follow=True)
    assert "1 mark is saved." in answer.content.decode()
    assert marks() == {one.staff.pk: "late", two.staff.pk: "excused"}


def test_what_was_marked_before_signing_in_is_back_on_the_page(client, officer):
    user = made.account()
    session = made.invited(made.held(), officer, [user])
    address = f"{session.get_absolute_url()}diem-danh/"
    client.cookies["ngon_ngu"] = "en"
    away = client.post(address, {f"mark-{user.staff.pk}": "late", f"was-{user.staff.pk}": ""})
    assert away.status_code == 302
    client.post("/tai-khoan/login/", {"login": officer.username, "password": "only-for-tests-14"})
    assert 'value="late" checked' in client.get(address).content.decode()
    assert marks() == {}


def test_a_tick_that_comes_signed_out_says_so_and_stores_nothing(client, officer):
    user = made.account()
    session = made.invited(made.held(), officer, [user])
    answer = client.post(f"{session.get_absolute_url()}diem-danh/danh-dau/", {"staff": user.staff.pk})
    assert (answer.status_code, marks()) == (401, {})


def test_the_roll_opens_an_hour_before_and_closes_with_the_confirmation(officer):
    user = made.account()
    session = made.invited(made.open_session(), officer, [user])
    tick = {user.staff.pk: "present"}
    assert refusal(roll.mark, session, tick, officer, now=made.at(session, -61)) == "roll_too_early"
    assert roll.mark(session, tick, officer, now=made.at(session, -60)) == 1
    workflow.move(session, "hold", officer, now=made.at(session))
    workflow.move(session, "confirm", officer, now=made.at(session, 180))
    late = {user.staff.pk: "absent"}
    assert refusal(roll.mark, session, late, officer, now=made.at(session, 200)) == "roll_closed"
    workflow.move(session, "reopen", officer, now=made.at(session, 210), reason="Ghi nhầm người")
    assert roll.mark(session, late, officer, now=made.at(session, 220)) == 1


def test_who_is_off_the_list_is_added_without_a_seat(client, officer):
    guest = made.account(full_name="Nguyễn Thị Hoà")
    session = made.held(capacity=1)
    made.signed_in(client, officer)
    found = client.get(f"{session.get_absolute_url()}diem-danh/them/", {"q": "hoa nguyen"}).content.decode()
    assert_sound(found)
    assert "Nguyễn Thị Hoà" in found
    client.post(f"{session.get_absolute_url()}diem-danh/them/", {"staff": guest.staff.staff_code})
    assert (marks(), Enrolment.objects.count()) == ({guest.staff.pk: "present"}, 0)
    [line] = roll.lines(session)
    assert (line.staff, line.listed) == (guest.staff, False)
    client.post(f"{session.get_absolute_url()}diem-danh/bo/", {"staff": guest.staff.staff_code})
    assert (marks(), roll.lines(session)) == ({}, [])


def test_nobody_off_the_roll_is_marked_by_a_forged_tick(officer):
    session, stranger = made.held(), made.account()
    assert refusal(roll.mark, session, {stranger.staff.pk: "present"}, officer) == "not_listed"
    assert refusal(roll.mark, session, {stranger.staff.pk: "vui"}, officer) == "bad_status"


def test_head_count_and_scans_stand_side_by_side(client, officer):
    one, two = made.people(2)
    session = made.invited(made.held(), officer, [one, two])
    builders.attended(one.staff, session, source=AttendanceEvent.Source.SCAN)
    roll.mark(session, {two.staff.pk: "present"}, officer)
    made.signed_in(client, officer)
    client.post(f"{session.get_absolute_url()}diem-danh/so-dem/", {"head_count": "3"})
    tally = roll.tally(made.fresh(session))
    assert (tally.scans, tally.by_hand, tally.head_count, tally.in_room) == (1, 1, 3, 2)
    assert "They differ:" in client.get(session.get_absolute_url()).content.decode()
    assert SessionHistory.objects.get(transition="head_count").details == {"from": None, "to": 3}


def test_the_signed_sheet_is_printed_with_everybody_and_its_scan_kept_for_managers_alone(client, officer):
    user = made.account(full_name="Đặng Thị Mai")
    session = made.invited(made.held(), officer, [user])
    made.signed_in(client, officer)
    page = client.get(f"{session.get_absolute_url()}danh-sach-ky/").content.decode()
    assert "Đặng Thị Mai" in page and session.code in page and 'class="f-ink"' in page
    address = f"{session.get_absolute_url()}ban-ky/"
    client.post(address, {"sheet": SimpleUploadedFile("ký.exe", b"MZ")})
    assert not session.sheet_scans.exists()
    client.post(address, {"sheet": SimpleUploadedFile("danh-sach.pdf", made.PDF)})
    scan = session.sheet_scans.get()
    assert (scan.file_name, scan.content_type, len(scan.sha256)) == ("danh-sach.pdf", "application/pdf", 64)
    answer = client.get(f"{address}{scan.pk}/")
    assert b"".join(answer.streaming_content) == made.PDF
    made.signed_in(client, user)
    assert client.get(f"{address}{scan.pk}/").status_code == 403


def test_held_and_unconfirmed_sessions_and_call_ups_wait_on_the_work_page(officer):
    organiser, called = made.account(), made.account()
    done = made.held(organiser)
    coming = made.invited(made.open_session(organiser), organiser, [called])
    items = {user: [i for s in work_of(user) for i in s.items] for user in (organiser, called, officer)}
    assert [(i.code, i.due, i.kind) for i in items[organiser]] == [
        (done.code, done.held_on + timedelta(days=7), "confirm_session")
    ]
    assert [(i.code, i.due, i.kind) for i in items[called]] == [
        (coming.code, coming.begins, "attend_session")
    ]
    assert items[officer] == []  # each has an organiser, and nothing is overdue
