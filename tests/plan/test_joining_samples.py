"""The samples of the plan as one story: reports through the doors, the ward's report drawn from them."""

import pytest
from django.utils import timezone

from people import samples
from plan.consolidation import drafting
from plan.consolidation.material import material_of
from plan.loading import load_content
from plan.models import ConsolidatedReport, ProgressNote, TargetChange, UnitReport
from plan.units import load_units
from tests.html import assert_sound

pytestmark = pytest.mark.django_db


def test_the_ward_s_report_is_drawn_from_the_accepted_sample_reports(client):
    load_units()
    load_content()
    made = samples.load(now=timezone.now())
    assert made["consolidated_reports"] == 1
    report = ConsolidatedReport.objects.get()
    accepted = UnitReport.objects.get(state="accepted")
    assert (report.period, report.is_issued) == (accepted.period, False)
    drafts = drafting.draft(material_of(report.period))
    texts = {section.code: (section.text, section.is_edited) for section in report.sections.all()}
    assert {code for code, (_text, is_edited) in texts.items() if is_edited} == {drafting.NEXT}
    assert texts[drafting.LEAD] == (drafts[drafting.LEAD], False)
    assert accepted.unit_name in texts[drafting.LEAD][0]
    assert [(one.change, one.actor.username, one.actor.is_sample) for one in report.changes.all()] == [
        ("begun", "dieuphoi", True)
    ]
    period_title = accepted.period.title
    assert TargetChange.objects.filter(note=f"Theo {period_title[0].lower()}{period_title[1:]}").exists()
    assert ProgressNote.objects.filter(unit_name=accepted.unit_name).exists()
    client.force_login(report.changes.get().actor)
    page = client.get(f"/ke-hoach/dieu-hanh/tong-hop/{report.period.code}/")
    assert page.status_code == 200
    assert_sound(page.content)
