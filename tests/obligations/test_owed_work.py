"""What is owed, on the work page."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from obligations import kinds
from obligations.duties import work_of
from obligations.ledger import Debt, capacity, fulfil, owe, owe_many, person, unit
from obligations.owed_work import of_owners
from people.models import User
from tests.notifications.builders import make_user

from .ledger_builders import at, kind_of_tests

pytestmark = pytest.mark.django_db
KIND = "test.kind"
SOON = timezone.localdate() + timedelta(days=20)


@pytest.fixture
def lan():
    return make_user("lan")


@pytest.fixture
def teller(monkeypatch):
    return kind_of_tests(
        monkeypatch,
        section="Sessions",
        action="Confirm",
        order=30,
        owners_of=lambda desk: [unit("VHXH")],
    )


def titles(user):
    return [item.title for section in of_owners(user, timezone.now()) for item in section.items]


def test_a_person_sees_their_own_and_what_those_owe_they_act_for(teller, lan):
    owners = {
        "own": person(lan),
        "unit": unit("VHXH"),
        "other": person(lan.pk + 1),
        "capacity": capacity("secretary"),
    }
    owe_many([Debt(KIND, name, owner, SOON, code=name, link="/x/") for name, owner in owners.items()])
    [section] = of_owners(lan, timezone.now())
    assert (section.heading, section.order) == ("Sessions", 30)
    drawn = {(item.title, item.link, item.action, item.code) for item in section.items}
    assert drawn == {("Do own", "/x/", "Confirm", "own"), ("Do unit", "/x/", "Confirm", "unit")}


def test_what_is_done_or_no_longer_owed_is_not_shown(teller, lan):
    owe_many([Debt(KIND, name, person(lan), SOON, code=name) for name in ("done", "gone", "open")])
    fulfil(KIND, "done")
    teller.not_owed = {"gone"}
    assert titles(lan) == ["Do open"]


def test_a_kind_without_a_section_is_not_shown_and_asks_nothing(monkeypatch, lan):
    kind_of_tests(monkeypatch)
    owe(KIND, "a", person(lan), SOON)
    with CaptureQueriesContext(connection) as captured:
        assert titles(lan) == []
    assert len(captured) == 0


def test_one_who_acts_for_a_unit_in_one_kind_does_not_see_its_other_kinds(teller, lan):
    kinds.register_kind(kinds.Kind("test.other", "Other %(code)s", teller.tell, section="Others"))
    owe("test.other", "a", unit("VHXH"), SOON, code="A")
    assert titles(lan) == []


def test_the_working_day_is_named_and_late_is_only_what_is_past_its_day(teller, lan):
    saturday = date(2029, 6, 9)
    owe(KIND, "a", person(lan), saturday, code="A")

    def due_on(today):
        [section] = of_owners(lan, at(today))
        return section.items[0].due

    assert due_on(date(2029, 6, 8)) == date(2029, 6, 8)
    assert due_on(saturday) == saturday
    assert due_on(date(2029, 6, 11)) == saturday


def test_thirty_cost_as_many_queries_as_one(teller, lan):
    def counted():
        with CaptureQueriesContext(connection) as captured:
            sections = work_of(User.objects.get(pk=lan.pk))  # roles are kept on the instance
        return len(captured), sum(len(section.items) for section in sections)

    owe(KIND, "first", person(lan), SOON, code="A")
    one = counted()
    owe_many([Debt(KIND, f"s{n}", person(lan), SOON, code=f"A{n}") for n in range(29)])
    assert counted() == (one[0], 30)


def test_a_title_whose_values_are_missing_is_the_code(teller, lan):
    row = owe(KIND, "a", person(lan), SOON, code="A")
    assert kinds.Kind("x", "%(nowhere)s", teller.tell).title_of(row) == "A"
