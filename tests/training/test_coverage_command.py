"""`manage.py coverage`: the contract of training.md §6, byte for byte."""

import io
import json
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from people.models import ServiceSpell, Staff, Unit, UnitAssignment
from people.units import UnitTree
from training import coverage
from training.coverage import Figures
from training.models import RequirementYear, Session

from . import builders as b

pytestmark = pytest.mark.django_db
DAY = "--as-of=2026-12-31"


def ask(*arguments):
    """(exit code, what stood on stdout)."""
    out = io.StringIO()
    try:
        call_command("coverage", *arguments, stdout=out)
    except SystemExit as end:
        return end.code, out.getvalue()
    except CommandError as error:
        return error.returncode, str(error)
    return 0, out.getvalue()


def json_of(*arguments):
    return ask("--year=2026", "--format=json", *arguments)


@pytest.fixture
def ward():
    """One person trained, one with 90 of 180 minutes, one on leave, one without a unit."""
    ward = b.unit("HD", name="Phường Hưng Đạo")
    culture = b.unit("VHXH", ward, name="Phòng Văn hóa - Xã hội")
    office = b.unit("VP", ward, name="Văn phòng")
    RequirementYear.objects.create(
        requirement=b.requirement(),
        year=2026,
        categories=["CB", "CC", "VC"],
        min_minutes=180,
        due_on=date(2026, 11, 30),
        evaluation_on=date(2026, 12, 1),
    )
    long, short = b.session(), b.session(begins=time(14), ends=time(15, 30))
    b.attended(b.person("HD-0002", in_unit=culture, full_name="Vũ Thị Lan"), long)
    b.attended(b.person("HD-0010", in_unit=culture, full_name="Trần Thị Hoà"), short)
    away = b.person("HD-0003", in_unit=office, full_name="Lê Thị Hoa")
    b.leave(away, date(2026, 1, 1), date(2027, 1, 1))
    b.person("HD-0004", full_name="Đỗ Văn Hải")
    return ward


EXPECTED = """{
 "year": 2026,
 "as_of": "2026-12-31",
 "requirement": "digital-skills",
 "trained": 1,
 "exempt": 1,
 "not_due": 0,
 "missing": 2,
 "population": 4,
 "strict": "25.0",
 "official": "33.3",
 "complete": false,
 "units": [
  {
   "code": "",
   "name": "Chưa phân công",
   "trained": 0,
   "exempt": 0,
   "not_due": 0,
   "missing": 1,
   "population": 1,
   "strict": "0.0",
   "official": "0.0"
  },
  {
   "code": "VHXH",
   "name": "Phòng Văn hóa - Xã hội",
   "trained": 1,
   "exempt": 0,
   "not_due": 0,
   "missing": 1,
   "population": 2,
   "strict": "50.0",
   "official": "50.0"
  },
  {
   "code": "VP",
   "name": "Văn phòng",
   "trained": 0,
   "exempt": 1,
   "not_due": 0,
   "missing": 0,
   "population": 1,
   "strict": "0.0",
   "official": null
  }
 ],
 "missing_staff": [
  {
   "staff_code": "HD-0004",
   "name": "Đỗ Văn Hải",
   "unit": "",
   "minutes": 0
  },
  {
   "staff_code": "HD-0010",
   "name": "Trần Thị Hoà",
   "unit": "VHXH",
   "minutes": 90
  }
 ]
}
"""


def test_json_is_the_contract_to_the_byte(ward):
    assert json_of(DAY) == (1, EXPECTED)


def test_a_unit_stands_for_its_subtree_without_the_people_of_no_unit(ward):
    code, text = json_of(DAY, "--unit=HD")
    found = json.loads(text)
    assert (code, found["population"], [unit["code"] for unit in found["units"]]) == (1, 3, ["VHXH", "VP"])
    code, text = json_of(DAY, "--unit=VP")
    found = json.loads(text)
    assert (code, found["population"], found["missing_staff"], found["complete"]) == (1, 1, [], False)


def test_what_if_is_asked_and_not_stored(ward):
    _code, text = json_of(DAY, "--min-minutes=90", "--unit=VHXH")
    assert [json.loads(text)[key] for key in ("trained", "missing", "complete")] == [2, 0, True]
    assert json_of(DAY, "--min-minutes=90", "--unit=VHXH")[0] == 0
    assert RequirementYear.objects.get().min_minutes == 180
    _code, text = json_of(DAY, "--min-available-days=0")
    assert json.loads(text)["missing"] == 3


@pytest.mark.parametrize(
    "arguments",
    [
        ["--year=2027"],
        ["--year=2026", "--as-of=2025-12-31"],
        ["--year=2026", "--as-of=31/12/2026"],
        ["--year=2026", "--unit=KHONG"],
        ["--year=2026", "--requirement=khong-co"],
        ["--year=2026", "--min-minutes=0"],
        ["--year=2026", "--min-available-days=-1"],
        ["--year=2026", "--freeze=year_end"],
        ["--year=0"],
    ],
)
def test_bad_input_ends_with_two(ward, arguments, at):
    at(2026, 11, 24)
    assert ask(*arguments, "--format=json")[0] == 2


def test_the_day_is_that_of_hai_phong_to_the_last_second(ward, at):
    at(2026, 12, 31, 23, 59, 59)
    assert json.loads(ask("--year=2026", "--format=json")[1])["as_of"] == "2026-12-31"
    assert ask("--year=2027")[0] == 2
    at(2027, 1, 1, 0, 0, 0)
    assert json.loads(ask("--year=2026", "--format=json")[1])["as_of"] == "2026-12-31"
    assert json.loads(ask("--year=2027", "--format=json")[1])["as_of"] == "2027-01-01"


@pytest.fixture
def at(monkeypatch):
    """`at(2026, 12, 31, 23, 59)`: it is that moment in Hải Phòng."""

    def set_clock(*moment):
        now = datetime(*moment, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)

    return set_clock


def test_nobody_in_scope_is_neither_zero_nor_a_hundred():
    code, text = json_of(DAY)
    found = json.loads(text)
    assert (code, found["strict"], found["official"], found["complete"]) == (1, None, None, False)


def test_ninety_nine_point_nine_is_never_rounded_up():
    assert Figures(trained=1999, missing=1).official == "99.9"
    assert Figures(trained=2000, exempt=1).strict == "99.9"
    assert Figures(trained=2, missing=1).official == "66.6"
    assert Figures(trained=5).official == "100.0"


def test_as_many_queries_for_a_thousand_units_as_for_one(django_assert_num_queries):
    def grow(first, count):
        units = Unit.objects.bulk_create(
            Unit(code=f"Q{n}", name=f"Q{n}") for n in range(first, first + count)
        )
        people = [Staff(staff_code=f"Q{n}", full_name="Người") for n in range(first, first + count)]
        people = Staff.objects.bulk_create(people)
        ServiceSpell.objects.bulk_create(
            ServiceSpell(staff=person, category="CC", start_on=date(2020, 1, 1)) for person in people
        )
        UnitAssignment.objects.bulk_create(
            UnitAssignment(staff=person, unit=unit, start_on=date(2020, 1, 1))
            for person, unit in zip(people, units, strict=True)
        )

    for first, count in ((0, 1), (1, 9), (10, 990)):
        grow(first, count)
        with django_assert_num_queries(3):
            policy = coverage.policy_of("digital-skills", 2026)
            tree = UnitTree.load()
            by_unit = coverage.figures_by_unit(policy, date(2026, 12, 31), tree=tree)
        with django_assert_num_queries(1):
            missing = coverage.people(policy, date(2026, 12, 31), states=["missing"], tree=tree)
        assert (len(by_unit), len(missing)) == (first + count, first + count)


def test_a_stored_policy_costs_no_more_than_the_four_queries_allowed(ward, django_assert_num_queries):
    stored = RequirementYear.objects.get()
    stored.units_out.add(b.unit("VP"))
    with django_assert_num_queries(3):
        tree = UnitTree.load()
        policy = coverage.policy_of("digital-skills", 2026)
        by_unit = coverage.figures_by_unit(policy, date(2026, 12, 31), tree=tree)
    assert coverage.whole(by_unit).population == 3


def test_a_part_of_a_part_left_out_may_be_taken_in_again(ward):
    stored = RequirementYear.objects.get()
    stored.units_out.add(ward)
    stored.units_in.add(b.unit("VHXH"))
    tree = UnitTree.load()
    policy = coverage.policy_of("digital-skills", 2026)
    by_unit = coverage.figures_by_unit(policy, date(2026, 12, 31), tree=tree)
    assert [tree.by_key[key].code for key in by_unit] == ["VHXH"]


def test_session_without_confirmation_counts_for_nobody(ward):
    Session.objects.update(state="held")
    assert json.loads(json_of(DAY)[1])["trained"] == 0
