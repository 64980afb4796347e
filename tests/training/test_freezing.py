"""Freezes: values with a hash, versions that stand beside each other, what must be settled first."""

import io
import json
from dataclasses import replace
from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.models import UnitAssignment
from training import coverage, freezing
from training.freezing import Label, Refused, verify
from training.freezing.records import hash_of, kept_values, live_rows, payload_of, stored_rows
from training.models import CoverageSnapshot, ImportBatch, RequirementYear, Session, SnapshotRow
from training.report import frozen_report, live_report
from trust.append_only import Frozen

from . import builders as b
from . import worlds
from .freeze_builders import LAST, YEAR, account, at, frozen, officer, policy, ward
from .test_coverage_property import Undone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def refused(label=Label.YEAR_END, user=None, on=LAST, **more):
    """The code of the refusal."""
    with pytest.raises(Refused) as found, transaction.atomic():
        freezing.freeze(policy(), label, user or officer(), at(on), **more)
    return found.value.code


def test_a_freeze_keeps_every_person_in_scope_as_values():
    ward()
    snapshot = frozen()
    assert [tuple(row) for row in stored_rows(snapshot)] == [
        ("HD-0002", "Vũ Thị Lan", "CC", "VHXH", "Phòng Văn hóa - Xã hội", "trained", 180),
        ("HD-0003", "Lê Thị Hoa", "CC", "VP", "Văn phòng HĐND và UBND", "exempt_leave", 0),
        ("HD-0004", "Đỗ Văn Hải", "CC", "VP", "Văn phòng HĐND và UBND", "waived", 0),
        ("HD-0005", "Hoàng Văn Sơn", "CC", "VP", "Văn phòng HĐND và UBND", "not_due", 0),
        ("HD-0010", "Trần Thị Hoà", "CC", "VHXH", "Phòng Văn hóa - Xã hội", "missing", 0),
    ]
    assert (snapshot.trained, snapshot.exempt, snapshot.not_due, snapshot.missing) == (1, 2, 1, 1)
    assert (snapshot.version, snapshot.as_of, snapshot.taken_by_name) == (1, LAST, "daotao")
    assert kept_values(snapshot)["policy"] == policy().as_values()
    assert "Thai sản" not in snapshot.payload


def test_the_evaluation_is_as_of_the_policy_s_day_and_the_year_end_of_the_last():
    assert freezing.as_of(policy(), Label.EVALUATION) == date(YEAR, 12, 1)
    assert freezing.as_of(policy(), Label.YEAR_END) == LAST
    RequirementYear.objects.create(
        requirement=b.requirement(),
        year=YEAR,
        categories=["CC"],
        due_on=date(YEAR, 11, 30),
        evaluation_on=date(YEAR + 1, 1, 9),
    )
    assert freezing.as_of(policy(), Label.EVALUATION) == LAST


def test_it_is_taken_from_its_day_on_and_not_before():
    ward()
    assert refused(on=LAST - timedelta(days=1)) == "too_early"
    assert refused(Label.EVALUATION, on=date(YEAR, 11, 30)) == "too_early"
    assert frozen(Label.EVALUATION, on=date(YEAR, 12, 1)).as_of == date(YEAR, 12, 1)
    assert frozen(on=LAST + timedelta(days=40)).as_of == LAST


def test_the_training_officer_alone_takes_it():
    ward()
    assert refused(user=account("nguoikhac")) == "not_yours"
    superuser = account("goc")
    superuser.is_superuser = True
    superuser.save()
    assert refused(user=superuser) == "not_yours"


# ---- the hash


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds.world(), worlds.day_asked)
def test_the_hash_recomputes_from_the_text_and_from_the_rows(found, day):
    with Undone():
        worlds.store(found)
        RequirementYear.objects.create(
            requirement=b.requirement(),
            year=worlds.YEAR,
            categories=["CC", "VC"],
            due_on=date(YEAR, 11, 30),
            evaluation_on=day,
        )
        rule = policy()
        with patch("training.freezing.taking.checklist", return_value=[]):  # most worlds have something open
            snapshot = freezing.freeze(rule, Label.EVALUATION, officer(), at(LAST))
        snapshot = CoverageSnapshot.objects.get(pk=snapshot.pk)
        assert verify(snapshot) == (True, True)
        assert stored_rows(snapshot) == live_rows(rule, day)
        assert hash_of(snapshot.payload) == snapshot.sha256


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.permutations(range(5)))
def test_the_order_of_rows_is_irrelevant_to_the_hash(order):
    with Undone():
        ward()
        snapshot = frozen()
        rows = stored_rows(snapshot)
        shuffled = [rows[index] for index in order]
        kept = kept_values(snapshot)
        assert payload_of(snapshot, shuffled, kept["policy"], kept["is_sample"]) == snapshot.payload


@pytest.mark.parametrize(
    ("table", "change", "holds"),
    [
        ("training_snapshotrow", "state = 'trained' WHERE state = 'missing'", (True, False)),
        ("training_snapshotrow", "minutes = 90 WHERE staff_code = 'HD-0002'", (True, False)),
        ("training_snapshotrow", "unit_code = 'VP' WHERE staff_code = 'HD-0002'", (True, False)),
        ("training_coveragesnapshot", "trained = 2, missing = 0", (True, False)),
        ("training_coveragesnapshot", "taken_by_name = 'ai đó'", (True, False)),
        (
            "training_coveragesnapshot",
            "payload = replace(payload, '\"missing\",0', '\"trained\",9')",
            (False, True),
        ),
        ("training_coveragesnapshot", "payload = '{}'", (False, False)),
    ],
)
def test_whatever_is_altered_behind_the_portal_s_back_shows(table, change, holds):
    ward()
    snapshot = frozen()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {change}")
    assert verify(CoverageSnapshot.objects.get(pk=snapshot.pk)) == holds


def test_text_and_hash_altered_together_show_against_the_rows():
    ward()
    snapshot = frozen()
    text = snapshot.payload.replace('"missing",0]', '"trained",9]')
    assert text != snapshot.payload
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE training_coveragesnapshot SET payload = %s, sha256 = %s", [text, hash_of(text)]
        )
    assert verify(CoverageSnapshot.objects.get()) == (True, False)


def test_nobody_changes_or_deletes_a_freeze():
    ward()
    snapshot = frozen()
    snapshot.missing = 0
    row = snapshot.rows.first()
    for forbidden in (
        snapshot.save,
        snapshot.delete,
        row.save,
        row.delete,
        lambda: CoverageSnapshot.objects.update(missing=0),
        lambda: CoverageSnapshot.objects.all().delete(),
        lambda: SnapshotRow.objects.update(state="trained"),
        lambda: snapshot.rows.all().delete(),
    ):
        with pytest.raises(Frozen):
            forbidden()


def test_a_freeze_stands_whatever_happens_afterwards():
    people = ward()
    frozen()
    b.attended(people["hoa"], Session.objects.get())
    UnitAssignment.objects.filter(staff=people["lan"]).update(unit=b.unit("VP"))
    people["lan"].full_name = "Vũ Thị Lan Anh"
    people["lan"].save()
    rows = {row.staff_code: row for row in stored_rows(CoverageSnapshot.objects.get())}
    assert (rows["HD-0010"].state, rows["HD-0002"].unit_code) == ("missing", "VHXH")
    assert rows["HD-0002"].full_name == "Vũ Thị Lan"
    assert verify(CoverageSnapshot.objects.get()).holds


# ---- amendments


def test_an_amendment_is_the_next_version_with_a_reason():
    people = ward()
    first = frozen()
    b.outside(people["hoa"], date(YEAR, 12, 5))
    late = at(date(YEAR + 1, 1, 12))
    second = freezing.freeze(
        policy(), Label.YEAR_END, officer(), late, reason=" Giấy chứng nhận nộp tháng 01 ", seen=1
    )
    assert (second.version, second.reason, second.as_of) == (2, "Giấy chứng nhận nộp tháng 01", LAST)
    assert (second.trained, second.missing) == (2, 0)
    assert verify(second).holds
    first.refresh_from_db()
    assert (first.trained, first.missing, first.reason) == (1, 1, "")
    assert verify(first).holds
    assert first.sha256 != second.sha256


def test_an_amendment_without_a_reason_or_without_a_change_is_refused():
    people = ward()
    frozen()
    assert refused(seen=1, reason="   ") == "reason"
    assert refused(seen=1, reason="Cho chắc") == "nothing_changed"
    b.outside(people["hoa"], date(YEAR, 12, 5))
    assert freezing.freeze(policy(), Label.YEAR_END, officer(), at(LAST), reason="x", seen=1).version == 2


def test_a_changed_rule_alone_may_be_amended():
    ward()
    frozen()
    RequirementYear.objects.create(
        requirement=b.requirement(),
        year=YEAR,
        categories=["CB", "CC", "VC"],
        legal_basis="QĐ 12",
        due_on=date(YEAR, 11, 30),
        evaluation_on=date(YEAR, 12, 1),
    )
    assert freezing.freeze(policy(), Label.YEAR_END, officer(), at(LAST), reason="QĐ", seen=1).version == 2


def test_whoever_saw_an_older_version_is_told_of_the_newer():
    people = ward()
    frozen()
    assert refused(seen=0) == "meanwhile"
    b.outside(people["hoa"], date(YEAR, 12, 5))
    freezing.freeze(policy(), Label.YEAR_END, officer(), at(LAST), reason="x", seen=1)
    assert refused(seen=1, reason="x") == "meanwhile"


def test_the_database_keeps_one_row_a_version():
    ward()
    snapshot = frozen()
    twin = CoverageSnapshot(
        **{
            field.attname: getattr(snapshot, field.attname)
            for field in CoverageSnapshot._meta.fields
            if field.name != "id"
        }
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_what_if_is_never_frozen():
    ward()
    asked = replace(policy(), min_minutes=1000)
    assert freezing.freeze(asked, Label.YEAR_END, officer(), at(LAST)).trained == 1


def test_labels_years_and_requirements_are_frozen_apart():
    ward()
    frozen()
    assert frozen(Label.EVALUATION).version == 1
    assert frozen(code="information-security").version == 1
    assert CoverageSnapshot.objects.count() == 3


# ---- the checklist


def open_items(day=LAST, now=None):
    found = freezing.checklist(policy(), day, now or at(LAST, 23))
    return {item.code: item.count for item in found if not item.ok}


def test_a_settled_ward_has_nothing_open():
    ward()
    assert open_items() == {}
    assert [item.link for item in freezing.checklist(policy(), LAST, at(LAST))] == [""] * 7


def add_person_without_unit(people):
    b.person("HD-0099")


def add_second_primary(people):
    b.assigned(people["lan"], b.unit("VP"), date(2025, 1, 1))


def add_held_session(people):
    b.session(on=date(YEAR, 11, 2), state="held")


def add_open_session_of_the_past(people):
    b.session(on=date(YEAR, 11, 2), state="open")
    b.session(on=date(YEAR, 11, 2), state="draft")


def add_credit(people):
    b.outside(people["hoa"], date(YEAR, 11, 2), state="submitted")


def add_request(people):
    b.exempt(people["hoa"], date(YEAR, 11, 2), state="requested")


@pytest.mark.parametrize(
    ("add", "code", "count"),
    [
        (add_person_without_unit, "no_unit", 1),
        (add_second_primary, "two_primaries", 1),
        (add_held_session, "not_confirmed", 1),
        (add_open_session_of_the_past, "still_open", 2),
        (add_credit, "credits_waiting", 1),
        (add_request, "exemptions_waiting", 1),
    ],
)
def test_what_is_open_blocks_and_leads_to_where_it_is_mended(add, code, count):
    add(ward())
    assert open_items() == {code: count}
    (item,) = [item for item in freezing.checklist(policy(), LAST, at(LAST)) if not item.ok]
    assert item.blocks
    assert item.link.startswith("/")
    assert str(count) in item.words
    assert refused() == "checklist"
    assert CoverageSnapshot.objects.count() == 0


def test_a_file_in_preview_warns_and_does_not_block():
    ward()
    ImportBatch.objects.create(state="preview", file_name="a.xlsx", sha256="0" * 64, at=timezone.now())
    assert open_items() == {"imports_waiting": 1}
    assert frozen().version == 1


def test_what_cannot_change_the_day_s_figures_is_left_alone():
    people = ward()
    other = b.course("BV", counts_for=("information-security",))
    b.session(on=date(YEAR + 1, 1, 5), state="held")
    b.session(on=date(YEAR - 1, 12, 5), state="held")
    b.session(other, on=date(YEAR, 11, 2), state="held")
    b.session(on=date(YEAR, 11, 2), state="cancelled")
    b.session(on=LAST, begins=b.time(22), ends=b.time(23), state="open")
    b.outside(people["hoa"], date(YEAR + 1, 1, 2), state="submitted")
    b.outside(people["hoa"], date(YEAR, 3, 2), state="refused")
    b.outside(people["hoa"], date(YEAR, 3, 2), state="submitted", requirement_code="innovation")
    b.exempt(people["hoa"], date(YEAR, 1, 2), date(YEAR, 6, 1), state="requested")
    b.person("HD-0098", category="KCT")
    b.assigned(people["hoa"], b.unit("VP"), date(2021, 1, 1), date(2022, 1, 1))
    assert open_items(now=at(LAST, 21)) == {}
    assert open_items() == {"still_open": 1}


def test_the_checklist_asks_the_same_number_of_questions_for_one_and_for_many():
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as found:
            freezing.checklist(policy(), LAST, at(LAST))
        return len(found)

    people = ward()
    few = asked()
    for number in range(20):
        b.person(f"X-{number:03d}")
        b.session(on=date(YEAR, 11, 2), state="held")
        b.outside(people["hoa"], date(YEAR, 11, 2), state="submitted")
    assert asked() == few


def test_the_command_reads_the_version_that_holds(capsys):
    people = ward()
    frozen()
    b.outside(people["hoa"], date(YEAR, 12, 5))
    freezing.freeze(policy(), Label.YEAR_END, officer(), at(LAST), reason="x", seen=1)
    b.attended(people["son"], Session.objects.get())  # afterwards: not in the freeze

    def ask(*more):
        out = io.StringIO()
        try:
            call_command("coverage", "--year=2026", "--freeze=year_end", "--format=json", *more, stdout=out)
        except SystemExit as end:
            return end.code, json.loads(out.getvalue())
        return 0, json.loads(out.getvalue())

    code, found = ask()
    assert (code, found["as_of"], found["trained"], found["missing"], found["complete"]) == (
        0,
        "2026-12-31",
        2,
        0,
        True,
    )
    assert [(unit["code"], unit["trained"], unit["population"]) for unit in found["units"]] == [
        ("VHXH", 2, 2),
        ("VP", 0, 3),
    ]
    code, found = ask("--unit=VP")
    assert (code, found["population"], found["official"]) == (1, 3, None)


def test_a_freeze_reads_as_the_command_reads_it_live_on_that_day():
    ward()
    frozen()
    assert frozen_report(policy(), "year_end") == live_report(policy(), LAST)
    assert coverage.whole(coverage.figures_by_unit(policy(), LAST)).missing == 1
