"""Sample reports: one in each state, by sample people alone."""

import pytest
from django.utils import timezone

from people import samples
from plan.loading import load_content
from plan.models import ReportVersion, UnitReport
from plan.units import load_units

pytestmark = pytest.mark.django_db


def test_one_report_in_each_state_and_all_of_sample_people():
    load_units()
    load_content()
    made = samples.load(now=timezone.now())
    assert made["reports"] == 7
    states = dict(UnitReport.objects.values_list("unit_code", "state"))
    assert states == {
        "PVHCC": "accepted",
        "VP": "submitted",
        "KTHTDT": "returned",
        "DVSNC": "draft",
        "VHXH": "draft",
        "MTTQ": "draft",
        "CA": "draft",
    }
    assert UnitReport.objects.exclude(edited_at=None).count() == 4
    assert set(ReportVersion.objects.values_list("by__is_sample", flat=True)) == {True}
