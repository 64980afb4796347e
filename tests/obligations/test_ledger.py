"""What begins to be owed, moves, is done or falls away."""

import threading
from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from obligations import ledger
from obligations.ledger import Debt, cancel, capacity, fulfil, owe, owe_many, owed_by, person, unit
from obligations.models import Obligation

from .ledger_builders import at, kind_of_tests

pytestmark = pytest.mark.django_db
KIND = "test.kind"
DUE = date(2026, 12, 9)
NOW = at(date(2026, 11, 23))


@pytest.fixture(autouse=True)
def teller(monkeypatch):
    return kind_of_tests(monkeypatch)


def test_owing_the_same_again_changes_nothing():
    first = owe(KIND, "session:A", person(7), DUE, code="A", link="/a/", data={"count": 3}, now=NOW)
    before = Obligation.objects.values().get()
    again = owe(KIND, "session:A", person(7), DUE, code="A", link="/a/", data={"count": 3}, now=at(DUE))
    assert again.pk == first.pk
    assert Obligation.objects.values().get() == before


def test_a_moved_date_raises_the_version_and_a_new_title_does_not():
    owe(KIND, "a", person(7), DUE, code="A", now=NOW)
    assert owe(KIND, "a", person(7), DUE, code="B", now=NOW).version == 1
    moved = owe(KIND, "a", person(7), date(2026, 12, 16), code="B", now=at(date(2026, 12, 1)))
    assert (moved.version, moved.version_on, moved.code) == (2, date(2026, 12, 1), "B")


def test_each_owner_owes_by_themselves_and_done_is_done_for_one_or_all():
    owners = [person(7), unit("VHXH"), capacity("secretary")]
    owe_many([Debt(KIND, "a", owner, DUE) for owner in owners], now=NOW)
    assert fulfil(KIND, "a", owner=unit("VHXH"), now=NOW) == 1
    assert {(row.owner_kind, row.owner) for row in owed_by(*owners)} == {
        ("person", "7"),
        ("capacity", "secretary"),
    }
    assert fulfil(KIND, ["a", "b"], owner=[person(7), person(8)], now=NOW) == 1
    assert cancel([KIND, "other"], "a", now=NOW) == 1
    assert fulfil(KIND, "a", now=NOW) == 0
    states = dict(Obligation.objects.values_list("owner", "state"))
    assert states == {"7": "done", "VHXH": "done", "secretary": "cancelled"}
    assert set(Obligation.objects.values_list("look_at", "closed_at")) == {(None, NOW)}


def test_nobody_owes_nothing():
    owe(KIND, "a", person(7), DUE)
    assert list(owed_by()) == []
    assert owe_many([]) == []


def test_what_was_done_begins_anew_only_where_it_is_asked_to():
    owe(KIND, "a", person(7), DUE, now=NOW)
    fulfil(KIND, "a", now=NOW)
    assert owe(KIND, "a", person(7), DUE, reopen=False, now=NOW).state == "done"
    again = owe(KIND, "a", person(7), DUE, now=at(date(2026, 12, 1)))
    assert (again.state, again.version, again.closed_at) == ("open", 2, None)


def test_what_is_due_first_comes_first():
    owe_many([Debt(KIND, s, person(7), day) for s, day in [("late", DUE), ("soon", date(2026, 12, 1))]])
    assert [row.subject for row in owed_by(person(7))] == ["soon", "late"]


def test_one_key_said_twice_counts_as_said_last():
    rows = owe_many([Debt(KIND, "a", person(7), DUE, code=code) for code in "AB"], now=NOW)
    assert [(row.code, row.version) for row in rows] == [("B", 1)]


def test_an_unknown_kind_and_a_moment_are_programming_errors():
    with pytest.raises(ValueError, match="not registered"):
        owe("nobody.knows", "a", person(7), DUE)
    with pytest.raises(TypeError, match="local date"):
        owe(KIND, "a", person(7), datetime(2026, 12, 9, 8))


def test_the_database_keeps_one_obligation_of_an_owner():
    row = owe(KIND, "a", person(7), DUE)
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Obligation.objects.update(state="done")


def test_an_obligation_falls_with_its_cause():
    with pytest.raises(RuntimeError), transaction.atomic():
        owe(KIND, "a", person(7), DUE)
        raise RuntimeError
    assert Obligation.objects.count() == 0


def counted(count, start=0):
    debts = [Debt(KIND, f"s{number}", person(7), DUE) for number in range(start, start + count)]
    with CaptureQueriesContext(connection) as captured:
        owe_many(debts, now=NOW)
    return len(captured)


def test_fifty_cost_as_many_queries_as_one():
    assert counted(1) == counted(50, start=100)
    assert counted(1) == counted(50, start=100) == 1


def test_more_than_one_query_takes_is_made_in_parts(monkeypatch):
    monkeypatch.setattr(ledger, "_AT_ONCE", 3)
    owe_many([Debt(KIND, f"s{number}", person(7), DUE) for number in range(10)])
    assert Obligation.objects.count() == 10


@pytest.mark.django_db(transaction=True)
def test_two_who_owe_the_same_at_once_make_one_row():
    barrier, errors = threading.Barrier(4), []

    def run(number):
        try:
            barrier.wait(10)
            with transaction.atomic():
                owe(KIND, "a", person(7), date(2026, 12, 9 + number % 2), now=NOW)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert errors == []
    assert Obligation.objects.count() == 1
