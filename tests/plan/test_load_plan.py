"""The ward and its units come from the plan, once; what the office edits stays."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from config import plan_file
from people.models import Unit
from plan.models import TaskUnit

pytestmark = pytest.mark.django_db
TREE = {
    "HD": None,
    "VP": "HD",
    "VHXH": "HD",
    "KTHTDT": "HD",
    "MTTQ": "HD",
    "MTTQ-DTN": "MTTQ",
    "MTTQ-HND": "MTTQ",
    "MTTQ-HPN": "MTTQ",
    "MTTQ-KHAC": "MTTQ",
    "CA": "HD",
    "DVSNC": "HD",
    "PVHCC": "HD",
}


def load(**options):
    out = StringIO()
    call_command("load_plan", format="json", stdout=out, **options)
    return json.loads(out.getvalue())


def tree():
    return {unit.code: unit.parent and unit.parent.code for unit in Unit.objects.select_related("parent")}


def test_the_ward_and_the_units_of_the_plan_are_made():
    told = load()
    assert len(told.pop("pages")) == 10
    assert told.pop("made") == {
        "target_groups": 6,
        "targets": 42,
        "task_groups": 12,
        "tasks": 61,
        "phases": 2,
        "recurring_dates": 6,
        "reviews": 3,
    }
    assert told == {"plan": "178/KH-UBND", "date": "2026-06-12", "created": list(TREE), "kept": []}
    assert tree() == TREE
    assert Unit.objects.get(code="KTHTDT").name == "Phòng Kinh tế, Hạ tầng và Đô thị phường"
    assert Unit.objects.get(code="MTTQ-DTN").name == "Đoàn Thanh niên"


def test_a_second_run_makes_nothing():
    load()
    before = list(Unit.objects.order_by("pk").values())
    assert load()["created"] == []
    assert list(Unit.objects.order_by("pk").values()) == before


def test_what_the_office_edited_stays():
    load()
    own = Unit.objects.create(code="TDP-01", name="Tổ dân phố số 1", parent=Unit.objects.get(code="HD"))
    vhxh = Unit.objects.get(code="VHXH")
    vhxh.name, vhxh.kind, vhxh.order = "Phòng Văn hóa - Xã hội và Khoa học", "Phòng", 77
    vhxh.parent = own
    vhxh.save()
    load()
    vhxh.refresh_from_db()
    assert (vhxh.name, vhxh.kind, vhxh.order, vhxh.parent) == (
        "Phòng Văn hóa - Xã hội và Khoa học",
        "Phòng",
        77,
        own,
    )
    assert tree() == TREE | {"TDP-01": "HD", "VHXH": "TDP-01"}


def test_a_unit_that_is_missing_comes_back_below_its_parent():
    load()
    TaskUnit.objects.filter(unit__code="MTTQ-HPN").delete()  # its task of part VII
    Unit.objects.get(code="MTTQ-HPN").delete()
    assert load()["created"] == ["MTTQ-HPN"]
    assert tree() == TREE


def test_a_damaged_plan_is_refused_and_nothing_is_written(tmp_path, monkeypatch):
    broken = tmp_path / "plan.json"
    broken.write_text("{")
    monkeypatch.setattr(plan_file, "PLAN_FILE", broken)
    plan_file.read_plan.cache_clear()
    try:
        with pytest.raises(CommandError) as refused:
            load()
    finally:
        plan_file.read_plan.cache_clear()
    assert refused.value.returncode == 2
    assert Unit.objects.count() == 0
