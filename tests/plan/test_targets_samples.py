"""Sample figures: marked, by sample people, some targets left without."""

from datetime import datetime

import pytest
from django.utils import timezone

from people.models import User
from people.samples import Size, load
from plan.loading import load_content
from plan.models import ReportedValue, TargetDefinition, TargetUnit
from plan.targets.board import Asked, board
from plan.units import load_units

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("day", [(2026, 11, 28), (2027, 1, 2)])
def test_samples_of_targets(settings, day):
    now = timezone.make_aware(datetime(*day, 9, 0))
    load_units()
    load_content(now)
    made = load(Size(initiatives=0), now=now, password="mau-thu-178-hung-dao")
    rows = ReportedValue.objects.filter(source="Số liệu mẫu")  # others came with the sample reports
    assert made["target_figures"] == rows.count() > 20
    assert set(rows.values_list("by__is_sample", flat=True)) == {True}
    assert {row.as_of.year for row in rows.filter(is_baseline=False)} == {now.year}
    assert TargetUnit.objects.filter(is_suggested=False).exists()
    assert TargetUnit.objects.filter(is_suggested=True).exists()
    assert not TargetDefinition.objects.exclude(version=1).exists()
    coordinator = User.objects.get(username="dieuphoi")
    found = board(coordinator, Asked(now.year), timezone.localdate(now))
    counts = found.counts
    assert counts["late"] == 1 and counts["at_risk"] >= 1
    assert counts["no_data"] >= 5
    assert counts["met"] + counts["on_track"] >= 10
