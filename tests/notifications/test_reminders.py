"""Obligations told as notices."""

from datetime import date

import pytest

from notifications.events import declare
from notifications.models import Notification
from notifications.reminders import reminding
from obligations import kinds
from obligations.kinds import Kind, register_kind
from obligations.ledger import Debt, owe_many, person, unit
from obligations.models import Reminder
from obligations.reminding import remind_due
from tests.obligations.ledger_builders import at

from .builders import make_user

pytestmark = pytest.mark.django_db
SOON = declare("test.due", "Confirm %(code)s by %(due)s: %(count)s people wait", category="reminder")
OVERDUE = declare("test.overdue", "%(code)s was due on %(due)s", category="reminder")
DUE = date(2026, 12, 9)


@pytest.fixture(autouse=True)
def kind(monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", {})
    return register_kind(Kind("test.confirm", "Confirm %(code)s", reminding(SOON, OVERDUE)))


def debt(owner, code="KNS-01"):
    return Debt(
        "test.confirm", f"session:{code}", owner, DUE, code=code, link="/dao-tao/1/", data={"count": 3}
    )


def test_whoever_owes_is_told_before_the_day_and_after_it():
    lan, minh = make_user("lan"), make_user("minh")
    owe_many([debt(person(lan)), debt(person(minh), "KNS-02")], now=at(date(2026, 11, 23)))
    for day in (date(2026, 12, 2), date(2026, 12, 10)):
        remind_due(at(day))
    told = [(n.recipient.username, n.text, n.link) for n in Notification.objects.order_by("pk")]
    assert told == [
        ("lan", "Confirm KNS-01 by 09/12/2026: 3 people wait", "/dao-tao/1/"),
        ("minh", "Confirm KNS-02 by 09/12/2026: 3 people wait", "/dao-tao/1/"),
        ("lan", "KNS-01 was due on 09/12/2026", "/dao-tao/1/"),
        ("minh", "KNS-02 was due on 09/12/2026", "/dao-tao/1/"),
    ]


def test_a_closed_account_and_a_unit_nobody_speaks_for_are_skipped_with_the_reason():
    gone = make_user("gone", is_active=False)
    owe_many([debt(person(gone)), debt(unit("VHXH"))], now=at(date(2026, 11, 23)))
    remind_due(at(date(2026, 12, 2)))
    assert list(Reminder.objects.values_list("outcome", "skipped_why")) == [("skipped", "nobody")] * 2
    assert Notification.objects.count() == 0


def test_a_text_that_cannot_be_written_leaves_no_notice_and_its_reason():
    lan = make_user("lan")
    owe_many(
        [debt(person(lan)), Debt("test.confirm", "x", person(lan), DUE, code="X")], now=at(date(2026, 11, 23))
    )
    remind_due(at(date(2026, 12, 2)))
    assert [n.subject for n in Notification.objects.all()] == ["KNS-01"]
    failed = Reminder.objects.get(outcome="failed")
    assert (failed.obligation.code, failed.error) == ("X", "KeyError: 'count'")
