"""A unit renamed, or given another code, while reports are under way or between two periods: the ward's
report calls it by its name of today until it has sent, and takes it for the same unit afterwards."""

from copy import deepcopy
from datetime import date

import pytest

from people.models import Unit
from plan.consolidation import drafting, summing, tables
from plan.consolidation.material import material_of
from plan.models import ExpectedValue, Target, UnitReport
from plan.reports.sheet import Sheet
from tests.standing import standing

from .builders import make_plan_ward
from .consolidation_builders import PVHCC, make_last_year, make_period
from .payloads import period, unit_report

pytestmark = pytest.mark.django_db
CENTRE = "Trung tâm Phục vụ hành chính công phường"

standing_ward = standing(make_plan_ward)


@pytest.fixture
def ward(standing_ward):
    return deepcopy(standing_ward)


@pytest.fixture
def year(ward):
    make_last_year()
    return make_period()


def rename(code, *, name, new_code=None):
    Unit.objects.filter(code=code).update(name=name, code=new_code or code)


def filed_rows(year):
    return {row[1]: row[2] for row in tables.tables(material_of(year))[tables.UNITS]}


def line_of(year, code):
    return next(line for line in summing.target_lines(material_of(year)) if line.item.code == code)


def test_who_has_not_sent_yet_is_named_as_it_is_called_now(year):
    rename("CA", name="Công an khu vực")
    rename("KTHTDT", name="Phòng Kinh tế")  # its report came back: it is to send again, under its new name
    lead = drafting.draft(material_of(year))[drafting.LEAD]
    assert "- Chưa gửi: 01 đơn vị (Công an khu vực)." in lead
    assert "- Trả lại để bổ sung: 01 đơn vị (Phòng Kinh tế)." in lead
    rows = filed_rows(year)
    assert rows["Công an khu vực"] == "chưa gửi" and "Công an phường" not in rows


def test_who_has_sent_keeps_the_name_it_sent_under(year):
    rename("PVHCC", name="Trung tâm Hành chính công")
    assert filed_rows(year)[CENTRE] == "đã chấp nhận"


def test_a_unit_with_another_code_by_now_does_not_lack_the_figure_it_sent(year):
    rename("PVHCC", name="Trung tâm Hành chính công", new_code="HCC")
    line = line_of(year, "A1")
    assert line.now.units == (("HCC", CENTRE),)
    assert line.lacking == ()


def test_two_periods_are_compared_although_the_unit_got_another_code_between_them(ward):
    make_last_year()
    rename("PVHCC", name=CENTRE, new_code="HCC")
    year = period()
    unit_report(year, "HCC", sent=PVHCC)
    assert line_of(year, "A1").not_compared == ""
    assert line_of(year, "A1").lacking == ()


def test_a_unit_asked_again_that_wrote_nothing_has_not_begun(year):
    UnitReport.objects.filter(period=year, unit__code="CA").update(edit_version=2)  # relieved, asked again
    assert filed_rows(year)["Công an phường"] == "chưa gửi"


def test_what_is_asked_is_of_the_year_the_units_were_asked_about(ward):
    asked = period("2027-dot-xuat-1", 2026, "ad_hoc", cut_off=date(2027, 1, 15), last_day=date(2027, 1, 20))
    for year, value in ((2026, 61), (2027, 67)):
        ExpectedValue.objects.update_or_create(
            target=Target.objects.get(code="A1"), year=year, defaults={"value": value}
        )
    report = unit_report(asked, "PVHCC", "draft")
    told = next(row for row in Sheet.of(report).targets if row.target.code == "A1")
    assert line_of(asked, "A1").item.expected == told.expected == 67
