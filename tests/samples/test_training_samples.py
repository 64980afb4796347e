"""Samples of training: three years with every edge case, by the doors, and a crowd that holds together."""

import json
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Count
from django.utils import timezone

from people.models import Staff, Unit, User
from people.samples import Size, load
from plan.groups.residential import KIND as RESIDENTIAL
from plan.units import load_units
from training import coverage
from training.attendance import fold
from training.models import (
    Attendance,
    AttendanceEvent,
    CompetencyEvidence,
    Course,
    CoverageSnapshot,
    Enrolment,
    Exemption,
    OutsideCredit,
    Session,
    SessionHistory,
)

from .loading import NOW, PASSWORD, OnceLoaded

TODAY = timezone.localdate(NOW)
GOLDEN = Path(__file__).parents[1] / "training" / "coverage_2026.json"


def state_of(number, year, day=None):
    person = Staff.objects.get(staff_code=f"HD-{number:04d}")
    policy = coverage.policy_of("digital-skills", year)
    return str(coverage.explain(person, policy, day or date(year, 12, 31))[0].state)


def minutes_of(number, year):
    person = Staff.objects.get(staff_code=f"HD-{number:04d}")
    return coverage.explain(person, coverage.policy_of("digital-skills", year), date(year, 12, 31))[0].credit


class TheTrainingStory:
    """What the default set tells about training, loaded on 23/11/2026: asked where that set is loaded,
    in `TestTheDefaultSet` of test_load_samples.py."""

    def test_coverage_of_the_samples_is_byte_for_byte_the_stored_one(self):
        out = StringIO()
        with pytest.raises(SystemExit) as ended:
            call_command("coverage", "--year=2026", f"--as-of={TODAY}", "--format=json", stdout=out)
        assert ended.value.code == 1
        assert out.getvalue().encode() == GOLDEN.read_bytes()

    def test_every_edge_case_is_among_the_people(self):
        found = {
            "joined 20/12, untrained": state_of(49, 2025),
            "joined 20/12, trained 22/12": state_of(50, 2025),
            "left in March, trained": state_of(51, 2025),
            "left in March, trained, before leaving": state_of(51, 2025, date(2025, 3, 15)),
            "left in March, not trained": state_of(52, 2025),
            "left in March, not trained, before leaving": state_of(52, 2025, date(2025, 3, 15)),
            "moved on 01/07, trained in March": state_of(53, 2025),
            "certificate from outside in March": state_of(54, 2025),
            "maternity all year": state_of(55, 2025),
            "maternity all year, trained online": state_of(56, 2025),
            "maternity until 30/11": state_of(57, 2025),
            "two sessions of 90 minutes": state_of(22, 2025),
            "one of two sessions of 90 minutes": state_of(42, 2025),
            "rehired within the year": state_of(60, 2025),
            "evidence found in January for December": state_of(31, 2025),
            "here for less than 30 days": state_of(66, 2026, TODAY),
            "exempted": state_of(46, 2026, TODAY),
            "exemption asked for": state_of(36, 2026, TODAY),
            "person without unit": state_of(61, 2026, TODAY),
        }
        assert found == {
            "joined 20/12, untrained": "not_due",
            "joined 20/12, trained 22/12": "trained",
            "left in March, trained": "out",
            "left in March, trained, before leaving": "trained",
            "left in March, not trained": "out",
            "left in March, not trained, before leaving": "missing",
            "moved on 01/07, trained in March": "trained",
            "certificate from outside in March": "trained",
            "maternity all year": "exempt_leave",
            "maternity all year, trained online": "trained",
            "maternity until 30/11": "missing",
            "two sessions of 90 minutes": "trained",
            "one of two sessions of 90 minutes": "missing",
            "rehired within the year": "trained",
            "evidence found in January for December": "trained",
            "here for less than 30 days": "not_due",
            "exempted": "waived",
            "exemption asked for": "missing",
            "person without unit": "missing",
        }

    def test_minutes_of_overlapping_halved_and_foreign_sessions(self):
        assert minutes_of(40, 2025) == 210  # 08:00-11:00 and 09:30-11:30: the union, not 300
        assert minutes_of(42, 2025) == 90
        assert minutes_of(57, 2025) == 0  # records management and a cancelled session
        assert (minutes_of(7, 2024), minutes_of(7, 2025)) == (480, 240)  # 00:30 on 01/01 is of 2025

    def test_same_names_are_two_people_and_nobody_stands_twice_in_a_session(self):
        same = Staff.objects.values("name_key").annotate(n=Count("pk")).filter(n__gt=1)
        assert [row["n"] for row in same] == [2]
        twice = AttendanceEvent.objects.values("session", "staff").annotate(n=Count("pk")).filter(n__gt=1)
        assert len(twice) == 1
        assert Attendance.objects.filter(staff__staff_code="HD-0058", status="present").count() >= 1

    def test_freezes_of_two_years_stand_and_january_s_evidence_made_a_second_version(self):
        found = list(
            CoverageSnapshot.objects.order_by("year", "label", "version").values_list(
                "year", "label", "version", "trained", "missing"
            )
        )
        assert found == [
            (2024, "year_end", 1, 52, 3),
            (2025, "evaluation", 1, 51, 3),
            (2025, "year_end", 1, 52, 3),
            (2025, "year_end", 2, 53, 2),
        ]
        assert CoverageSnapshot.objects.exclude(reason="").count() == 1

    def test_sessions_of_these_days_are_in_every_state(self):
        assert set(Session.objects.values_list("state", flat=True)) == {
            "draft",
            "open",
            "held",
            "confirmed",
            "cancelled",
        }
        today = Session.objects.get(held_on=TODAY)
        assert (today.state, today.enrolments.count()) == ("open", 5)
        assert Session.objects.get(state="held").held_on < TODAY
        full = Session.objects.get(capacity=6)
        states = dict(full.enrolments.values_list("state").annotate(Count("pk")))
        assert states == {"invited": 2, "enrolled": 4, "waitlisted": 2}
        assert set(OutsideCredit.objects.values_list("state", flat=True)) == {
            "submitted",
            "verified",
            "refused",
        }
        assert set(Exemption.objects.values_list("state", flat=True)) == {"requested", "approved"}

    def test_each_account_has_something_to_see_and_do(self):
        from training import credits
        from training.access import coverage_scope

        user = {name: User.objects.get(username=name) for name in ("truongdonvi", "tacgia", "daotao")}
        policy = coverage.policy_of("digital-skills", 2026)
        units = coverage_scope(user["truongdonvi"], TODAY).units
        missing = coverage.people(policy, TODAY, states=[coverage.State.MISSING], units=units)
        assert [person.staff_code for person in missing] == ["HD-0037", "HD-0049"]
        assert credits.waiting_for(user["truongdonvi"], TODAY).count() == 1
        own = Attendance.objects.filter(staff=user["tacgia"].staff, session__held_on__year=2026)
        assert own.count() == 4
        called = Enrolment.objects.filter(staff=user["tacgia"].staff, state="invited")
        assert called.filter(session__held_on__gt=TODAY).count() == 1
        assert CompetencyEvidence.objects.filter(staff=user["tacgia"].staff).exists()
        assert Session.objects.filter(organiser=user["daotao"], state="held").count() == 1

    def test_nothing_happened_in_the_future_and_everything_is_marked(self):
        for model in (SessionHistory, AttendanceEvent):
            assert not model.objects.filter(at__gte=NOW).exists()
        assert not OutsideCredit.objects.filter(submitted_at__gte=NOW).exists()
        for model in (Course, Session):
            assert not model.objects.filter(is_sample=False).exists()


@pytest.mark.once
@pytest.mark.parametrize("day", ["2026-01-02", "2028-02-29"])
def test_the_training_story_works_on_any_day(db, day):
    load_units()
    now = timezone.make_aware(datetime.fromisoformat(f"{day}T09:00"))
    load(Size(initiatives=0), now=now, password=PASSWORD)
    assert not AttendanceEvent.objects.filter(at__gte=now).exists()
    assert Session.objects.filter(held_on=now.date(), state="open").count() == 1


class TestACrowd(OnceLoaded):
    """Written in bulk, a crowd's training is as whole as what passed the doors."""

    size = Size(wards=3, staff=266, years=3, initiatives=0)

    def test_three_wards_have_nine_units_each_together(self):
        assert Unit.objects.exclude(kind=RESIDENTIAL).count() == 27

    def test_the_crowd_was_marked_six_times_a_year_each(self):
        crowd = Attendance.objects.filter(staff__staff_code__gt="HD-0066").count()
        assert 200 * 3 * 5.8 < crowd < 200 * 3 * 6.2
        assert self.made["attendance"] == Attendance.objects.count()
        assert self.made["sessions"] == Session.objects.count()

    def test_attendance_is_what_its_events_amount_to(self):
        events = {}
        for event in AttendanceEvent.objects.all():
            events.setdefault((event.session_id, event.staff_id), []).append(event)
        minutes = dict(Session.objects.values_list("pk", "credit_minutes"))
        folded = {pair: fold(told, minutes[pair[0]]) for pair, told in events.items()}
        stored = Attendance.objects.values_list("session", "staff", "status", "minutes")
        assert {(s, p): (status, m) for s, p, status, m in stored} == {
            pair: (standing.status, standing.minutes) for pair, standing in folded.items()
        }

    def test_sessions_of_wards_fall_on_the_same_hours(self):
        hours = Session.objects.values("held_on", "starts_at").annotate(n=Count("pk")).filter(n__gt=1)
        assert len(hours) > 10

    def test_whoever_was_marked_served_on_that_day_and_nothing_lies_ahead(self):
        marks = Attendance.objects.filter(staff__staff_code__gt="HD-0066").select_related("session")
        spells = {}
        for staff, start, end in Staff.objects.values_list("pk", "spells__start_on", "spells__end_before"):
            spells.setdefault(staff, []).append((start, end or date.max))
        outside = [
            mark.pk
            for mark in marks
            if not min(spells[mark.staff_id])[0]
            <= mark.session.held_on
            < max(end for _s, end in spells[mark.staff_id])
        ]
        assert outside == []
        assert not marks.filter(session__held_on__gte=TODAY + timedelta(days=1)).exists()


@pytest.mark.once
def test_the_seed_decides_what_a_crowd_learned(db):
    from django.db import transaction

    load_units()
    found = []
    for seed in (1, 1, 2):
        with transaction.atomic():
            load(Size(staff=86, years=1, initiatives=0, seed=seed), now=NOW, password=PASSWORD)
            rows = Attendance.objects.order_by("session__code", "staff__staff_code")
            found.append(json.dumps(list(rows.values_list("session__code", "staff__staff_code", "status"))))
            transaction.set_rollback(True)
    assert found[0] == found[1]
    assert found[0] != found[2]
