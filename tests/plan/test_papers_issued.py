"""Once the ward's report is issued, what its pages compare stays what the paper says, whatever becomes of the
units' reports; which of them moved since is named."""

from copy import deepcopy

import pytest
from django.utils import timezone

from plan.consolidation import drafting, issuing, summing, writing
from plan.consolidation.material import material_of
from plan.models import ConsolidatedReport, ReportState, UnitReport
from tests.html import assert_sound
from tests.standing import standing

from .builders import make_plan_ward
from .consolidation_builders import PVHCC, make_last_year, make_period
from .payloads import add_version, target
from .test_papers_consolidation import CENTRE, DIVISION, address, as_user

pytestmark = pytest.mark.django_db
standing_ward = standing(make_plan_ward)


@pytest.fixture
def ward(standing_ward):
    return deepcopy(standing_ward)


def issue(ward, period, number="7"):
    report = writing.begin(ward.dieuphoi, period)
    issuing.register_report(ward.dieuphoi, report, number=number, issued_on=timezone.localdate(), seen=0)
    return ConsolidatedReport.objects.get(pk=report.pk)


@pytest.fixture
def year(ward):
    make_last_year()
    return make_period()


def line_of(period, code="A1"):
    return next(line for line in summing.target_lines(material_of(period)) if line.item.code == code)


def give_back(period, code):
    UnitReport.objects.filter(period=period, unit__code=code).update(state=ReportState.RETURNED)


def test_what_the_pages_compare_stays_as_it_was_issued(client, ward, year):
    issue(ward, year)
    client = as_user(client, ward.dieuphoi)
    path = address(year, "so-voi-ky-truoc/")
    before = client.get(path).content.decode().split("<main", 1)[1]
    sent = UnitReport.objects.get(period=year, unit__code="PVHCC")
    add_version(sent, PVHCC | {"targets": [target("A1", "1999", "2000")]}, number=2)
    give_back(year, "VHXH")
    assert client.get(path).content.decode().split("<main", 1)[1] == before
    assert str(line_of(year).now.value) == "76.4"


def test_a_new_report_is_compared_with_what_the_last_one_said(ward):
    last = make_last_year()
    UnitReport.objects.filter(period=last).update(accepted_at=timezone.now())
    issue(ward, last, "3")
    give_back(last, "PVHCC")  # reopened after the ward's report went out
    year = make_period()
    assert str(line_of(year).before.value) == "70.1"
    assert "So sánh với kỳ trước là năm 2025" in drafting.draft(material_of(year))[drafting.TARGETS]


def test_whose_report_moved_since_is_named(client, ward, year):
    issue(ward, year)
    client = as_user(client, ward.dieuphoi)
    assert "moved since" not in client.get(address(year)).content.decode()
    give_back(year, "VHXH")
    UnitReport.objects.filter(period=year, unit__code="VP").update(state=ReportState.ACCEPTED)
    page = client.get(address(year))
    assert_sound(page.content)
    note = page.content.decode().split('id="tu-khi-ban-hanh"', 1)[1].split("</section>", 1)[0]
    assert f"Văn phòng HĐND và UBND phường; {DIVISION}" in note and CENTRE not in note
