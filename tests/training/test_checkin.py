"""Scanning: codes of fifteen seconds, claims of ten minutes, everybody stored once, nobody twice."""

import re
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.core import signing
from django.db import connections
from django.test import Client
from django.utils import timezone

from notifications.models import Notification
from tests.html import assert_sound
from training import checkin, roll
from training.answers import Refused
from training.models import Attendance, AttendanceEvent
from training.reference_data import load_reference_data

from . import session_builders as made

NOON = datetime(2026, 11, 26, 5, 0, 7, tzinfo=UTC)  # 7 seconds into a step


# ---- the code


@pytest.mark.parametrize(
    ("code", "seconds", "good"),
    [
        ("KNS-01", 0, True),
        ("KNS-01", 7, True),  # the step's last second
        ("KNS-01", 8, True),  # the step after: the previous code still counts
        ("KNS-01", 22, True),
        ("KNS-01", 23, False),  # two steps on
        ("KNS-01", -8, False),  # a code of the future
        ("KNS-02", 0, False),  # another session's
    ],
)
def test_the_current_and_the_previous_step_are_accepted(code, seconds, good):
    token = checkin.token_at("KNS-01", NOON)
    assert checkin.is_current(code, token, NOON + timedelta(seconds=seconds)) is good


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1], lambda t: t + "A", lambda t: t.swapcase(), lambda t: "đ"]
)
def test_a_changed_code_is_no_code(change):
    assert not checkin.is_current("KNS-01", change(checkin.token_at("KNS-01", NOON)), NOON)


def test_the_code_hangs_on_the_secret_key(settings):
    one = checkin.token_at("KNS-01", NOON)
    settings.SECRET_KEY = "another-" + "0123456789abcdef" * 4
    assert checkin.token_at("KNS-01", NOON) != one


def test_the_screen_says_how_long_the_code_is_good():
    assert [checkin.seconds_left(NOON + timedelta(seconds=s)) for s in (0, 7, 8)] == [8, 1, 15]


# ---- from the scan to the mark


@pytest.fixture(autouse=True)
def _half_past_nine(monkeypatch):
    """A session ends on the day it began: the clock of these tests stays away from midnight."""
    half_past_nine = made.moment(timezone.localdate(), 9, 30)
    monkeypatch.setattr(timezone, "now", lambda: half_past_nine)


def running(organiser=None, minutes=0, **fields):
    """An open session that began `minutes` ago and lasts two hours."""
    begin = timezone.localtime() - timedelta(minutes=minutes)
    end = (begin + timedelta(hours=2)).time()
    return made.open_session(organiser, on=begin.date(), begins=begin.time(), ends=end, **fields)


def scan(client, session):
    """The address the phone is led to by the code on the screen now."""
    token = checkin.token_at(session.code, timezone.now())
    return client.get(f"/dao-tao/diem-danh/{session.code}/{token}/")


def english(user=None):
    client = Client()
    if user:
        client.force_login(user)
    client.cookies["ngon_ngu"] = "en"
    return client


@pytest.fixture
def officer(db):
    return made.officer()


def test_a_scan_stores_nothing_before_it_is_confirmed(officer):
    user = made.account()
    session = made.invited(running(), officer, [user])
    client = english(user)
    claim = scan(client, session).url
    page = client.get(claim).content.decode()
    assert_sound(page)
    assert "I am here" in page and not AttendanceEvent.objects.exists()
    answer = client.post(claim, follow=True)
    assert "<b>Present</b>, noted at" in answer.content.decode()
    assert Attendance.objects.get().status == "present"


def test_a_second_scan_is_the_same_as_one(officer):
    user = made.account()
    session = made.invited(running(), officer, [user])
    client = english(user)
    for _ in range(2):
        client.post(scan(client, session).url)
    assert AttendanceEvent.objects.get().key == f"scan:{session.pk}:{user.staff.pk}"


@pytest.mark.parametrize(("minutes", "status"), [(14, "present"), (16, "late")])
def test_from_a_quarter_of_an_hour_on_it_is_late(officer, minutes, status):
    user = made.account()
    session = made.invited(running(minutes=minutes), officer, [user])
    client = english(user)
    client.post(scan(client, session).url)
    assert Attendance.objects.get().status == status


def test_a_signed_out_scan_becomes_a_claim_that_survives_signing_in(officer):
    user = made.account("an")
    session = made.invited(running(), officer, [user])
    client = english()
    claim = scan(client, session).url
    to_sign_in = client.get(claim)
    assert to_sign_in.url == f"/tai-khoan/login/?next={claim.replace(':', '%3A')}"
    signed = client.post(to_sign_in.url, {"login": "an", "password": "only-for-tests-14"})
    assert signed.url == claim
    client.post(claim)
    assert Attendance.objects.get().staff == user.staff


def test_a_claim_sent_to_somebody_at_home_opens_nothing(officer):
    present, at_home = made.people(2)
    session = made.invited(running(), officer, [present, at_home])
    for in_the_room in (english(present), english()):
        claim = scan(in_the_room, session).url
        answer = english(at_home).post(claim)
        assert (answer.status_code, AttendanceEvent.objects.count()) == (409, 0)
        assert "made on another device" in answer.content.decode()


def claim_of(user, session, at, salt="training.checkin.claim"):
    payload = {"session": session.pk, "at": at.timestamp(), "holder": f"user:{user.pk}"}
    return f"/dao-tao/diem-danh/{signing.dumps(payload, salt=salt)}/"


def test_a_claim_lasts_ten_minutes_and_a_forged_one_not_at_all(officer):
    user = made.account()
    session = made.invited(running(), officer, [user])
    client, now = english(user), timezone.now()
    old = client.post(claim_of(user, session, now - timedelta(minutes=10, seconds=1)))
    forged = client.post(claim_of(user, session, now, salt="another"))
    assert (old.status_code, forged.status_code, AttendanceEvent.objects.count()) == (409, 410, 0)
    assert "More than ten minutes" in old.content.decode()
    assert client.post(claim_of(user, session, now - timedelta(minutes=9, seconds=50))).status_code == 302


def test_an_old_code_and_one_of_no_session_look_alike(officer):
    session = running()
    client = english(made.account())
    token = checkin.token_at(session.code, timezone.now() - timedelta(seconds=45))
    old = client.get(f"/dao-tao/diem-danh/{session.code}/{token}/")
    unknown = client.get(f"/dao-tao/diem-danh/KHONG-CO/{token}/")
    assert (old.status_code, unknown.status_code) == (410, 410)
    assert "The code on the screen has changed. Scan it again." in old.content.decode()
    said = [re.search("<main.*</main>", answer.content.decode(), re.DOTALL)[0] for answer in (old, unknown)]
    assert said[0] == said[1]


@pytest.mark.parametrize(
    ("minutes", "reason"), [(-61, "scan_too_early"), (-59, ""), (134, ""), (136, "scan_too_late")]
)
def test_scanning_is_possible_from_an_hour_before_to_a_quarter_after(officer, minutes, reason):
    user = made.account()
    session = made.open_session(ends=made.time(10))  # two hours
    scanned_at = made.at(session, minutes)
    assert checkin.may_check_in(session, user.staff, scanned_at).reason == reason


@pytest.mark.parametrize("state", ["draft", "confirmed", "cancelled"])
def test_a_closed_session_takes_no_scan(officer, state):
    user = made.account()
    session = running()
    type(session).objects.filter(pk=session.pk).update(state=state)
    answer = english(user).post(claim_of(user, session, timezone.now()))
    assert (answer.status_code, AttendanceEvent.objects.count()) == (409, 0)


def test_who_is_off_the_list_waits_for_the_organiser_who_accepts_or_refuses(officer):
    organiser, guest, other = made.account(), made.account(), made.account()
    session = running(organiser, minutes=20)
    for user in (guest, other):
        client = english(user)
        answer = client.post(scan(client, session).url, follow=True)
        assert "You are not on the list of this session" in answer.content.decode()
    assert not Attendance.objects.exists()
    assert roll.waiting_off_list(session).keys() == {guest.staff.pk, other.staff.pk}
    assert Notification.objects.filter(event="training.off_list", recipient=organiser).count() == 1
    keeper, address = english(organiser), f"{session.get_absolute_url()}ngoai-danh-sach/"
    assert guest.staff.full_name in keeper.get(session.get_absolute_url()).content.decode()
    keeper.post(address, {"staff": guest.staff.staff_code, "act": "accept"})
    keeper.post(address, {"staff": other.staff.staff_code, "act": "refuse"})
    assert list(Attendance.objects.values_list("staff", "status")) == [(guest.staff.pk, "late")]
    assert roll.waiting_off_list(session) == {}
    assert checkin.standing_of(session, other.staff).state == "refused"
    client = english(other)
    client.post(scan(client, session).url)  # scanning again asks nobody again
    assert roll.waiting_off_list(session) == {}
    with pytest.raises(Refused):
        roll.answer_scan(session, other.staff, True, organiser)


def test_an_act_nobody_knows_answers_nothing(officer):
    guest = made.account()
    session = running(officer)
    client = english(guest)
    client.post(scan(client, session).url)
    answer = english(officer).post(
        f"{session.get_absolute_url()}ngoai-danh-sach/", {"staff": guest.staff.staff_code}
    )
    assert (answer.status_code, len(roll.waiting_off_list(session))) == (404, 1)


def test_the_rooms_screen_is_for_whoever_runs_the_session(officer):
    user = made.account()
    session = made.invited(running(), officer, [user])
    client = english(user)
    client.post(scan(client, session).url)
    address = f"{session.get_absolute_url()}man-hinh/"
    assert english(user).get(address).status_code == 403
    page = english(officer).get(address).content.decode()
    assert_sound(page)
    part = english(officer).get(f"{address}ma/").content.decode()
    assert_sound(part)
    assert '<p class="figure" aria-live="polite">1<small>' in part


@pytest.mark.django_db(transaction=True)
def test_two_hundred_scans_within_half_a_minute_are_all_stored_and_none_twice():
    """Two hundred people, ten at any moment, some sending twice."""
    load_reference_data(sender=apps.get_app_config("training"))
    officer = made.officer()
    users = made.people(200)
    session = made.invited(running(), officer, users[:190])
    now, failures, queue = timezone.now(), [], [*users, *users[:40]]
    lock = threading.Lock()

    def phone():
        try:
            while True:
                with lock:
                    if not queue:
                        return
                    user = queue.pop()
                checkin.check_in(checkin.Claim(session.pk, now, ""), user)
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    began = time.monotonic()
    threads = [threading.Thread(target=phone) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert time.monotonic() - began < 30
    assert AttendanceEvent.objects.count() == 200
    assert Attendance.objects.filter(status="present").count() == 190
    assert len(roll.waiting_off_list(session)) == 10
