"""The administrators' pages: what became of reminders, and the announced days off."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from obligations.days_off import Refused, announce_day, announced_days
from obligations.ledger import Debt, owe_many, person, unit
from obligations.models import DayOff, Obligation, Reminder
from obligations.reminding import MAX_ATTEMPTS, remind_due
from obligations.terms import is_working_day
from tests.html import assert_sound
from tests.notifications.builders import make_user, questions

from .ledger_builders import at, days_before, kind_of_tests

pytestmark = [pytest.mark.django_db, pytest.mark.once]
KIND = "test.kind"
DUE = date(2026, 12, 9)
BEGAN = at(date(2026, 11, 23))
REMINDERS = "/viec-cua-toi/nhac-viec/"
DAYS_OFF = "/viec-cua-toi/ngay-nghi/"
# A Monday of next year that is worked, and its Saturday that is not.
MONDAY = next(
    day
    for week in range(52)
    if is_working_day(day := date.fromisocalendar(timezone.localdate().year + 1, week + 2, 1))
    and not is_working_day(day + timedelta(days=5))
)
SATURDAY = MONDAY + timedelta(days=5)


@pytest.fixture
def teller(monkeypatch):
    return kind_of_tests(monkeypatch)


@pytest.fixture
def admin(client):
    user = make_user("quantri")
    user.groups.add(Group.objects.get_or_create(name="administrator")[0])
    client.force_login(user)
    client.cookies["ngon_ngu"] = "en"
    return user


def reminded(count, start=0):
    lan, _new = make_user(f"lan{start}"), None
    names = range(start, start + count)
    owe_many([Debt(KIND, f"s{n:02}", person(lan), DUE, code=f"KNS-{n:02}") for n in names], now=BEGAN)
    remind_due(at(days_before(DUE, 7)))


@pytest.mark.parametrize("path", [REMINDERS, DAYS_OFF])
def test_the_pages_are_for_administrators(client, path):
    assert client.get(path).headers["Location"] == f"/tai-khoan/login/?next={path}"
    client.force_login(make_user("lan", is_superuser=True))
    assert client.get(path).status_code == 403
    assert client.post(f"{REMINDERS}1/gui-lai/").status_code == 403
    assert client.post(DAYS_OFF, {}).status_code == 403
    assert client.post(f"{DAYS_OFF}1/rut/").status_code == 403


def test_the_work_page_leads_administrators_there_and_nobody_else(client, admin):
    assert REMINDERS in client.get("/viec-cua-toi/").content.decode()
    client.force_login(make_user("lan"))
    assert REMINDERS not in client.get("/viec-cua-toi/").content.decode()


def test_every_reminder_stands_with_its_outcome_and_why(client, admin, teller):
    teller.breaks_on, teller.not_owed = {"s00"}, {"s01"}
    reminded(3)
    owe_many([Debt(KIND, "u", unit("VHXH"), DUE, code="BC-1")], now=BEGAN)
    remind_due(at(days_before(DUE, 3)))
    page = client.get(REMINDERS).content.decode()
    assert_sound(page)
    for words in ("All 8", "Sent 3", "Failed 2", "Skipped 3"):
        assert f"{words}</a>" in page
    failed = client.get(REMINDERS, {"loc": "failed"}).content.decode()
    assert failed.count("ConnectionError: no way to tell s00") == 2
    assert "KNS-02" not in failed
    skipped = client.get(REMINDERS, {"loc": "skipped"}).content.decode()
    assert skipped.count("Nothing was owed any more") == 2
    sent = client.get(REMINDERS, {"loc": "sent"}).content.decode()
    assert "Unit" in sent
    assert "VHXH" in sent
    assert "last day 09/12/2026" in sent
    assert client.get(REMINDERS, {"loc": "\x00'", "page": "9" * 40}).status_code == 200


def test_one_that_was_given_up_can_be_tried_again(client, admin, teller):
    owe_many([Debt(KIND, "a", person(admin), timezone.localdate(), code="A")])
    row = Obligation.objects.get()
    failed = Reminder.objects.create(
        obligation=row, version=1, stage="overdue", outcome="failed", attempts=MAX_ATTEMPTS, at=timezone.now()
    )
    Obligation.objects.update(due_on=timezone.localdate() - timedelta(days=20))
    assert "Try again" in client.get(REMINDERS).content.decode()
    page = client.post(f"{REMINDERS}{failed.pk}/gui-lai/", follow=True).content.decode()
    assert "The reminder will be tried again within a minute." in page
    assert "Try again" not in page
    again = client.post(f"{REMINDERS}{failed.pk}/gui-lai/", follow=True).content.decode()
    assert "Nothing was changed." in again
    assert client.post(f"{REMINDERS}0/gui-lai/").status_code == 404


def test_the_list_asks_the_same_questions_for_any_number_of_rows(client, admin, teller):
    reminded(1)
    one = questions(client, REMINDERS)
    reminded(29, start=1)
    assert questions(client, REMINDERS) == one
    page = client.get(REMINDERS).content.decode()
    assert page.count("KNS-") == 60  # title and code of each
    reminded(1, start=30)
    assert "KNS-00" not in client.get(REMINDERS).content.decode()
    assert "KNS-00" in client.get(REMINDERS, {"page": 2}).content.decode()


def test_an_empty_list_says_what_would_be_there(client, admin):
    assert "No reminder here" in client.get(REMINDERS).content.decode()


# ---- announced days


def typed(day=MONDAY, works=False, note="TB 12/TB-UBND, 01/10/2026"):
    return {"day": f"{day:%d/%m/%Y}", "works": str(works), "note": note}


def test_a_day_off_and_a_working_day_are_added_and_count_at_once(client, admin):
    client.post(DAYS_OFF, typed())
    page = client.post(DAYS_OFF, typed(SATURDAY, works=True), follow=True).content.decode()
    assert_sound(page)
    assert f"{SATURDAY:%d/%m/%Y} was added." in page
    assert announced_days() == (frozenset({MONDAY}), frozenset({SATURDAY}))
    assert not is_working_day(MONDAY, *announced_days())
    assert is_working_day(SATURDAY, *announced_days())
    assert page.count("quantri") >= 2


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"day": ""}, "This field is required"),
        ({"day": "31/02/2027"}, "has only 28 days"),
        ({"day": "03/02/2062"}, "Check the year."),
        ({"works": ""}, "This field is required"),
        ({"note": ""}, "This field is required"),
        (typed(MONDAY, works=True), "is a working day by the calendar already"),
        (typed(SATURDAY, works=False), "is a day off by the calendar already"),
    ],
)
def test_a_wrong_entry_is_answered_beside_its_field_and_keeps_what_was_typed(client, admin, fields, words):
    answer = client.post(DAYS_OFF, typed() | fields)
    page = answer.content.decode()
    assert (answer.status_code, words in page) == (422, True)
    assert "TB 12/TB-UBND" in page or fields.get("note") == ""
    assert DayOff.objects.count() == 0
    assert_sound(page)


def test_a_day_stands_once(client, admin):
    client.post(DAYS_OFF, typed())
    page = client.post(DAYS_OFF, typed()).content.decode()
    assert "is on the list already" in page
    assert DayOff.objects.count() == 1


def test_taking_a_day_back_asks_first_and_keeps_the_record(client, admin):
    row = announce_day(MONDAY, works=False, note="TB 12", by="quantri")
    ask = client.get(f"{DAYS_OFF}{row.pk}/rut/").content.decode()
    assert_sound(ask)
    assert f"Take back {MONDAY:%d/%m/%Y}?" in ask
    assert announced_days().extra_days_off == {MONDAY}
    page = client.post(f"{DAYS_OFF}{row.pk}/rut/", follow=True).content.decode()
    assert "taken back by" in page
    assert announced_days() == (frozenset(), frozenset())
    assert client.post(f"{DAYS_OFF}{row.pk}/rut/").status_code == 404
    announce_day(MONDAY, works=False, note="TB 13", by="quantri")  # said anew
    with pytest.raises(Refused):
        announce_day(MONDAY, works=True, note="TB 14", by="quantri")


def test_the_days_ask_the_same_questions_for_any_number(client, admin):
    announce_day(MONDAY, works=False, note="TB", by="quantri")
    one = questions(client, DAYS_OFF)
    for number in range(1, 30):
        announce_day(MONDAY + timedelta(days=number), works=False, note="TB", by="quantri")
    assert questions(client, DAYS_OFF) == one
