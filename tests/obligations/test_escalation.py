"""What stays undone is told further up, once each; a clock set back and a stopped worker change nothing."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notifications.models import Notification
from obligations import clock, kinds
from obligations.clock import run_due
from obligations.days_off import announce_day
from obligations.kinds import Kind, Superior, register_kind
from obligations.ledger import fulfil, owe, person
from obligations.models import Obligation, Reminder
from obligations.reminding import remind_due
from obligations.stages import LEVELS, moment_of, reminder_days
from tests.ideas import builders

from .ledger_builders import Teller, at, outcomes

pytestmark = pytest.mark.django_db
KIND = "test.kind"
DUE = date(2026, 12, 9)  # a Wednesday
BEGAN = at(date(2026, 11, 23))
ALL = ("T-7", "T-3", "T-1", "overdue", "late-1", "late-2")


@pytest.fixture
def ladder(monkeypatch, settings):
    """Owner, chair after one working day, head after three: what each was told."""
    settings.OBLIGATION_ESCALATIONS = {KIND: [(3, "head"), (1, "chair")]}
    monkeypatch.setattr(kinds, "_kinds", {})
    tellers = {name: Teller() for name in ("owner", "chair", "head")}
    above = {name: Superior(name, tellers[name].tell) for name in ("chair", "head")}
    owner = tellers["owner"]
    register_kind(Kind(KIND, "Do %(code)s", owner.tell, still_owed=owner.still_owed, superiors=above))
    return tellers


def owed(subject="a", due_on=DUE, now=BEGAN, **fields):
    return owe(KIND, subject, person(7), due_on, now=now, **fields)


def stages(ladder):
    return {name: teller.stages for name, teller in ladder.items()}


def run_days(first, last):
    day = first
    while day <= last:
        for hour in ("00:30", "06:00", "23:59"):
            remind_due(at(day, hour))
        day += timedelta(days=1)


def test_each_hears_once_on_their_day(ladder):
    row = owed()
    run_days(date(2026, 11, 23), date(2026, 12, 31))
    assert stages(ladder) == {
        "owner": ["T-7", "T-3", "T-1", "overdue"],
        "chair": ["late-1"],
        "head": ["late-2"],
    }
    days = {r.stage: r.at.astimezone(at(DUE).tzinfo).date() for r in Reminder.objects.all()}
    assert days["late-1"] == date(2026, 12, 10)
    assert days["late-2"] == date(2026, 12, 14)  # three working days after Wednesday: over a weekend
    assert dict(Reminder.objects.values_list("stage", "told")) == dict.fromkeys(ALL, "") | {
        "late-1": "chair",
        "late-2": "head",
    }
    row.refresh_from_db()
    assert row.look_at is None


def test_working_days_are_counted_with_tet_and_announced_days():
    tet = reminder_days(date(2026, 2, 13), fixed=False, levels={LEVELS[0]: 1, LEVELS[1]: 3})
    assert (tet["late-1"], tet["late-2"]) == (date(2026, 2, 23), date(2026, 2, 25))


def test_an_announced_day_off_moves_the_levels_too(ladder):
    owed()
    remind_due(BEGAN)
    announce_day(date(2026, 12, 10), works=False, note="CV 1", by="Quản trị", now=BEGAN)
    run_days(DUE, date(2026, 12, 31))
    days = {r.stage: r.at.astimezone(at(DUE).tzinfo).date() for r in Reminder.objects.filter(told__gt="")}
    assert days == {"late-1": date(2026, 12, 11), "late-2": date(2026, 12, 15)}


def test_after_three_days_of_standstill_everybody_hears_once_and_nobody_is_passed_over(ladder):
    row = owed()
    run_days(date(2026, 11, 23), date(2026, 12, 8))
    run_days(date(2026, 12, 12), date(2026, 12, 13))  # stopped from the due day on
    assert stages(ladder) == {"owner": ["T-7", "T-3", "T-1", "overdue"], "chair": ["late-1"], "head": []}
    run_days(date(2026, 12, 17), date(2026, 12, 18))
    assert stages(ladder)["head"] == ["late-2"]
    assert outcomes(row) == dict.fromkeys(ALL, "sent")


def test_nobody_above_hears_of_what_was_done_meanwhile(ladder):
    owed()
    run_days(DUE, date(2026, 12, 10) - timedelta(days=1))
    fulfil(KIND, "a")
    run_days(date(2026, 12, 10), date(2026, 12, 31))
    assert (stages(ladder)["chair"], stages(ladder)["head"]) == ([], [])


def test_who_owes_it_is_told_before_those_above(ladder):
    """Begun when it was late already, the days above count from its beginning."""
    row = owed(now=at(date(2026, 12, 21)))
    remind_due(at(date(2026, 12, 21)))
    assert stages(ladder) == {"owner": ["overdue"], "chair": [], "head": []}
    run_days(date(2026, 12, 22), date(2026, 12, 31))
    assert (stages(ladder)["chair"], stages(ladder)["head"]) == (["late-1"], ["late-2"])
    assert outcomes(row)["late-1"] == "sent"


def test_one_above_who_cannot_be_told_does_not_keep_the_owner_from_hearing(ladder):
    row = owed()
    ladder["chair"].breaks_on = {"a"}
    remind_due(at(date(2026, 12, 10)))
    assert outcomes(row)["overdue"] == "sent"
    failed = Reminder.objects.get(stage="late-1")
    assert (failed.outcome, failed.told, failed.attempts) == ("failed", "chair", 1)
    ladder["chair"].breaks_on = set()
    ladder["owner"].told.clear()  # the batch that failed was rolled back with what it had told
    remind_due(at(date(2026, 12, 10), "10:00"))
    assert stages(ladder) == {"owner": [], "chair": ["late-1"], "head": []}


def test_a_moved_day_begins_the_ladder_anew(ladder):
    owed()
    run_days(DUE, date(2026, 12, 31))
    owed(due_on=date(2027, 1, 20), now=at(date(2026, 12, 31)))
    run_days(date(2027, 1, 1), date(2027, 1, 31))
    assert (stages(ladder)["chair"], stages(ladder)["head"]) == (["late-1"] * 2, ["late-2"] * 2)


@pytest.mark.parametrize("named", [[(1, "mayor")], [(0, "chair")], [(1, "chair")] * 4])
def test_a_setting_that_cannot_be_kept_is_refused_at_the_start(ladder, settings, named):
    settings.OBLIGATION_ESCALATIONS = {"test.other": named}
    above = {"chair": Superior("chair", ladder["chair"].tell)}
    with pytest.raises(ImproperlyConfigured):
        register_kind(Kind("test.other", "x", ladder["owner"].tell, superiors=above))


# ---- the clock set back


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1), timedelta(days=4)])
def test_a_clock_set_back_tells_nobody_twice_and_loses_nothing(ladder, back):
    row = owed()
    run_days(date(2026, 11, 23), date(2026, 12, 11))
    told = stages(ladder)
    wrong = at(date(2026, 12, 11), "23:59") - back
    for minutes in range(0, 180, 30):
        remind_due(wrong + timedelta(minutes=minutes))
    Obligation.objects.update(look_at=wrong)  # whatever made the clock look again
    remind_due(wrong)
    assert stages(ladder) == told
    run_days((wrong + timedelta(days=1)).date(), date(2026, 12, 31))
    assert outcomes(row) == dict.fromkeys(ALL, "sent")


def test_what_began_under_a_clock_that_was_a_day_ahead_is_still_recalled(ladder):
    row = owed(now=at(DUE - timedelta(days=2)))
    for day in (3, 2, 1, 0):
        Obligation.objects.filter(look_at__gt=at(DUE - timedelta(days=day))).update(
            look_at=at(DUE - timedelta(days=day))
        )
        remind_due(at(DUE - timedelta(days=day)))
    assert outcomes(row)["T-1"] == "sent"


def test_jobs_of_a_worker_whose_clock_was_set_back_run_at_once_and_not_a_day_later(monkeypatch):
    ran = []
    monkeypatch.setattr(clock, "_jobs", {})
    monkeypatch.setattr(clock, "_last_start", {})
    clock.every(seconds=60, name="test.job")(ran.append)
    noon = at(DUE, "12:00")
    for now in (noon, noon + timedelta(seconds=30), noon - timedelta(days=1), noon - timedelta(hours=23)):
        run_due(now)
    assert ran == [noon, noon - timedelta(days=1), noon - timedelta(hours=23)]


@given(st.lists(st.integers(0, 40), max_size=10), st.integers(0, 20), st.booleans())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_the_worker_runs_forth_and_back_every_stage_has_one_outcome(ladder, runs, began, sort):
    Obligation.objects.all().delete()
    for teller in ladder.values():
        teller.told.clear()
    start = date(2026, 11, 25)
    row = owed(now=at(start + timedelta(days=began)))
    for day in [*(sorted(runs) if sort else runs), 41]:
        remind_due(at(start + timedelta(days=day)))
    kept = outcomes(row)
    assert set(kept) == set(ALL)
    heard = [stage for teller in ladder.values() for stage in teller.stages]
    assert sorted(heard) == sorted(stage for stage in ALL if kept[stage] == "sent")
    assert {"overdue", "late-1", "late-2"} <= set(heard)


def test_late_work_says_in_words_who_was_told(client):
    ward = builders.make_ward()
    initiative = builders.submitted(ward)
    row = Obligation.objects.get(kind="ideas.formality")
    day = row.last_day()
    for days in range(0, 10):
        remind_due(moment_of(day + timedelta(days=days)))
    assert set(Reminder.objects.exclude(told="").values_list("told", flat=True)) == {"chair", "head"}
    assert {n.recipient.username for n in Notification.objects.filter(event="ideas.formality_escalated")} == {
        "chutich",
        "lanhdao",
    }
    client.force_login(ward.thuky)
    client.cookies["ngon_ngu"] = "en"
    page = client.get("/viec-cua-toi/").content.decode()
    assert initiative.code in page
    assert "Overdue, told to: council chair on" in page and "head of the ward on" in page
