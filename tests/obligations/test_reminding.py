"""The clock recalls what is owed: each stage of each version once."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from obligations import reminding
from obligations.days_off import announce_day, withdraw_day
from obligations.ledger import Debt, cancel, fulfil, owe, owe_many, person
from obligations.models import Obligation, Reminder, Skipped
from obligations.reminding import MAX_ATTEMPTS, RETRY_AFTER, remind_due, retry

from .ledger_builders import at, days_before, kind_of_tests, outcomes

pytestmark = pytest.mark.django_db
KIND = "test.kind"
DUE = date(2026, 12, 9)  # a Wednesday
BEGAN = at(date(2026, 11, 23))


@pytest.fixture(autouse=True)
def teller(monkeypatch):
    return kind_of_tests(monkeypatch)


def owed(subject="a", due_on=DUE, now=BEGAN, **fields):
    return owe(KIND, subject, person(7), due_on, now=now, **fields)


def run_days(first, last):
    day = first
    while day <= last:
        for clock in ("00:30", "06:00", "23:59"):
            remind_due(at(day, clock))
        day += timedelta(days=1)


def test_each_stage_goes_once_on_its_day(teller):
    row = owed()
    run_days(date(2026, 11, 23), date(2026, 12, 15))
    assert teller.told == [("a", stage, DUE) for stage in ("T-7", "T-3", "T-1", "overdue")]
    days = [r.at.astimezone(at(DUE).tzinfo).date() for r in Reminder.objects.order_by("pk")]
    assert [(DUE - day).days for day in days] == [7, 3, 1, -1]
    assert outcomes(row) == dict.fromkeys(("T-7", "T-3", "T-1", "overdue"), "sent")
    row.refresh_from_db()
    assert row.look_at is None


def test_a_rerun_sends_none(teller):
    owed()
    for _ in range(3):
        remind_due(at(days_before(DUE, 7)))
    Obligation.objects.update(look_at=at(days_before(DUE, 7)))
    remind_due(at(days_before(DUE, 7)))
    assert teller.stages == ["T-7"]


def test_after_downtime_only_the_latest_stage_goes(teller):
    row = owed()
    remind_due(at(days_before(DUE, 2)))
    assert teller.stages == ["T-3"]
    assert outcomes(row) == {"T-7": Skipped.PASSED, "T-3": "sent"}
    remind_due(at(DUE + timedelta(days=40)))
    assert teller.stages == ["T-3", "overdue"]
    assert outcomes(row) == {"T-7": "passed", "T-3": "sent", "T-1": "passed", "overdue": "sent"}


def test_what_began_late_is_not_recalled_for_days_before_it_began(teller):
    row = owed(now=at(days_before(DUE, 5)))
    remind_due(at(days_before(DUE, 5)))
    assert teller.told == []
    assert outcomes(row) == {"T-7": Skipped.BEGAN_LATER}
    remind_due(at(days_before(DUE, 3)))
    assert teller.stages == ["T-3"]


def test_what_is_late_from_the_start_is_told_once(teller):
    row = owed(now=at(DUE + timedelta(days=3)))
    run_days(DUE + timedelta(days=3), DUE + timedelta(days=5))
    assert teller.stages == ["overdue"]
    assert set(outcomes(row).values()) == {"sent", "began_later"}


def test_a_moved_date_reminds_again(teller):
    row = owed()
    run_days(date(2026, 11, 23), days_before(DUE, 3))
    later = date(2026, 12, 23)
    row = owed(due_on=later, now=at(days_before(DUE, 2)))
    run_days(days_before(DUE, 2), later)
    assert teller.told[2:] == [("a", stage, later) for stage in ("T-7", "T-3", "T-1")]
    assert outcomes(row, version=1) == {"T-7": "sent", "T-3": "sent"}
    assert outcomes(row) == dict.fromkeys(("T-7", "T-3", "T-1"), "sent")


def test_nothing_goes_once_it_is_done_or_cancelled(teller):
    owed("done")
    owed("cancelled")
    fulfil(KIND, "done")
    cancel(KIND, "cancelled")
    run_days(days_before(DUE, 7), DUE + timedelta(days=1))
    assert Reminder.objects.count() == 0


def test_who_owes_is_asked_at_sending(teller):
    trained, missing = owed("trained"), owed("missing")
    teller.not_owed = {"trained"}
    remind_due(at(days_before(DUE, 7)))
    assert teller.told == [("missing", "T-7", DUE)]
    assert outcomes(trained) == {"T-7": Skipped.NOT_OWED}
    assert outcomes(missing) == {"T-7": "sent"}
    teller.not_owed = set()  # the credit was taken back
    remind_due(at(days_before(DUE, 3)))
    assert teller.told[1:] == [("trained", "T-3", DUE), ("missing", "T-3", DUE)]


def test_nobody_to_tell_is_kept_as_such(teller):
    row = owed()
    teller.nobody = {"a": Skipped.NOBODY}
    remind_due(at(days_before(DUE, 7)))
    assert outcomes(row) == {"T-7": "nobody"}


def test_a_fixed_date_on_a_day_off_names_the_working_day_before(teller):
    owed(due_on=date(2029, 6, 9), now=at(date(2029, 5, 1)))
    run_days(date(2029, 6, 1), date(2029, 6, 10))
    friday = date(2029, 6, 8)
    assert [day for _subject, _stage, day in teller.told] == [friday] * 4
    overdue = Reminder.objects.get(stage="overdue")
    assert overdue.at == at(date(2029, 6, 10), "06:00")


def test_an_announced_day_off_moves_what_is_named_at_once(teller):
    term = owed("term", fixed=False)
    fixed = owed("fixed")
    remind_due(BEGAN)
    row = announce_day(DUE, works=False, note="CV 1/UBND", by="Quản trị", now=BEGAN)
    remind_due(at(date(2026, 12, 1)))  # seven days before Tuesday 8/12
    assert teller.told == [("fixed", "T-7", date(2026, 12, 8))]
    remind_due(at(date(2026, 12, 3)))
    assert teller.told[1:] == [("term", "T-7", date(2026, 12, 10))]
    assert withdraw_day(row.pk, by="Quản trị", now=at(date(2026, 12, 3)))
    remind_due(at(date(2026, 12, 6)))
    assert teller.told[2:] == [("term", "T-3", DUE), ("fixed", "T-3", DUE)]
    for moved in (term, fixed):  # each direction is a version, told anew
        moved.refresh_from_db()
        assert (moved.version, moved.version_on) == (3, date(2026, 12, 3))
        assert outcomes(moved, version=2) == {"T-7": "sent"}
        assert outcomes(moved) == {"T-7": "began_later", "T-3": "sent"}


def test_one_that_fails_holds_up_nobody_and_is_tried_again_with_pauses(teller):
    bad, good = owed("bad"), owed("good")
    teller.breaks_on = {"bad"}
    now = at(days_before(DUE, 7))
    remind_due(now)
    assert teller.told == [("good", "T-7", DUE)]
    assert outcomes(good) == {"T-7": "sent"}
    row = Reminder.objects.get(obligation=bad)
    assert (row.outcome, row.attempts, row.error) == ("failed", 1, "ConnectionError: no way to tell bad")
    batches = teller.batches
    remind_due(now + RETRY_AFTER[0] - timedelta(seconds=1))
    assert teller.batches == batches
    teller.breaks_on = set()
    remind_due(now + RETRY_AFTER[0])
    row.refresh_from_db()
    assert (row.outcome, row.attempts, row.error) == ("sent", 2, "")
    assert teller.told[1:] == [("bad", "T-7", DUE)]


def fail_until_given_up(teller, row):
    teller.breaks_on = {row.subject}
    now = at(days_before(DUE, 7))
    for pause in [timedelta(), *RETRY_AFTER]:
        now += pause
        remind_due(now)
    return now


def test_what_was_given_up_stays_in_sight_and_the_next_stage_goes(teller):
    row = owed()
    now = fail_until_given_up(teller, row)
    reminder = Reminder.objects.get()
    assert (reminder.outcome, reminder.attempts) == ("failed", MAX_ATTEMPTS)
    batches = teller.batches
    remind_due(now + timedelta(hours=12))
    assert teller.batches == batches
    teller.breaks_on = set()
    remind_due(at(days_before(DUE, 3)))
    assert outcomes(row) == {"T-7": "failed", "T-3": "sent"}


def test_an_administrator_has_it_tried_again(teller):
    row = owed()
    now = fail_until_given_up(teller, row)
    reminder = Reminder.objects.get()
    teller.breaks_on = set()
    assert retry(reminder.pk, now)
    remind_due(now)
    assert outcomes(row) == {"T-7": "sent"}
    assert not retry(reminder.pk, now)
    assert not retry(0, now)


def test_a_failed_reminder_of_a_stage_that_passed_is_not_tried_again(teller):
    now = fail_until_given_up(teller, owed())
    assert now < at(days_before(DUE, 3))
    assert not retry(Reminder.objects.get().pk, at(days_before(DUE, 3)))


def test_a_question_that_fails_counts_as_a_failure(teller, monkeypatch):
    from obligations import kinds

    def broken(obligations, now):
        raise LookupError("no coverage")

    kind = kinds.Kind(KIND, "", teller.tell, still_owed=broken)
    monkeypatch.setattr(kinds, "_kinds", {KIND: kind})
    row = owed()
    remind_due(at(days_before(DUE, 7)))
    assert (outcomes(row), teller.told) == ({"T-7": "failed"}, [])


def test_a_kind_nobody_registers_any_more_is_left_alone(teller, monkeypatch):
    from obligations import kinds

    owed()
    monkeypatch.setattr(kinds, "_kinds", {})
    remind_due(at(DUE))
    assert Reminder.objects.count() == 0


def test_more_than_a_batch_goes_in_one_run(teller, monkeypatch):
    monkeypatch.setattr(reminding, "BATCH", 4)
    owe_many([Debt(KIND, f"s{number}", person(7), DUE) for number in range(10)], now=BEGAN)
    remind_due(at(days_before(DUE, 7)))
    assert (len(teller.told), teller.batches) == (10, 3)


@given(st.lists(st.integers(0, 24), max_size=8), st.integers(0, 16))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_the_worker_runs_every_stage_has_one_outcome_and_times_run_forward(teller, runs, began):
    """The worker runs on any days; in the end no stage is missing, none is told twice, none out of order."""
    Obligation.objects.all().delete()
    teller.told.clear()
    start = date(2026, 11, 25)
    row = owed(now=at(start + timedelta(days=began)))
    for day in sorted({began, *(day for day in runs if day >= began), 25}):
        remind_due(at(start + timedelta(days=day)))
    kept = outcomes(row)
    assert set(kept) == {"T-7", "T-3", "T-1", "overdue"}
    assert teller.stages == [stage for stage in ("T-7", "T-3", "T-1", "overdue") if kept[stage] == "sent"]
    assert kept["overdue"] == "sent"


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_each_once(teller, monkeypatch):
    monkeypatch.setattr(reminding, "BATCH", 3)
    owe_many([Debt(KIND, f"s{number:02}", person(7), DUE) for number in range(20)], now=BEGAN)
    barrier, errors = threading.Barrier(3), []

    def work():
        try:
            barrier.wait(10)
            remind_due(at(days_before(DUE, 7)))
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    remind_due(at(days_before(DUE, 7)))
    assert errors == []
    assert sorted(subject for subject, _stage, _day in teller.told) == [f"s{n:02}" for n in range(20)]
    assert Reminder.objects.filter(outcome="sent").count() == 20
