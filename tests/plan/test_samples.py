"""The samples of the plan as one story, loaded once: believable, marked, and nobody real in them."""

import pytest
from django.utils import timezone

from config.figures import figure_of
from obligations.models import Obligation
from people import samples
from plan.consolidation import drafting
from plan.consolidation.material import material_of
from plan.loading import load_content
from plan.models import (
    BookEntry,
    BudgetLine,
    ConsolidatedReport,
    ProgressNote,
    ReportVersion,
    TargetChange,
    Task,
    TaskComment,
    TaskUrge,
    UnitReport,
)
from plan.tasks import budget
from plan.tasks.query import lines
from plan.units import load_units
from portal.tree import ensure_site
from tests.files import files_aside
from tests.html import assert_sound
from tests.standing import standing

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # tests/samples loads them on every database


def load_them():
    """`{what: how many}` of what was made."""
    ensure_site()
    load_units()
    load_content()
    return samples.load(now=timezone.now(), password="only-for-tests-14")


made = standing(load_them, during=files_aside)


# ---- tasks


def test_samples_show_every_side_of_a_task(made):
    assert made["tasks_under_way"] == 13
    found = {line.task.code: line for line in lines()}
    assert {code for code, line in found.items() if line.is_late} == {"U2.1", "U3.1"}
    assert (found["U2.2"].steps_done, found["U2.2"].steps_total) == (1, 3)
    assert found["U2.2"].last_note.percent == 30
    assert found["U3.2"].last_note.by_name == "Ngô Đức Thịnh"
    assert Task.objects.get(section="").code.startswith("NV-")
    assert TaskUrge.objects.count() == 1 and TaskComment.objects.count() == 2
    assert BudgetLine.objects.count() == 4 and len(budget.published_lines()) == 2
    assert Obligation.objects.open().filter(kind="plan.task").count() >= 13
    people = {note.by for note in ProgressNote.objects.select_related("by")}
    people |= {row.by for row in (*TaskUrge.objects.all(), *TaskComment.objects.all())}
    assert people and all(person.is_sample for person in people)


# ---- books of the groups


def test_samples_of_the_books_are_marked_and_read_by_the_public(made, client):
    assert made["entries of the books"] == BookEntry.objects.count() > 10
    assert not BookEntry.objects.filter(is_sample=False).exists()
    today = timezone.localdate()
    assert figure_of("C6").compute(today.year, today).numerator == 1
    assert figure_of("C9").compute(today.year, today).numerator == 1
    page = client.get("/ke-hoach/mo-hinh/").content.decode()
    assert "Chợ dân sinh không dùng tiền mặt (mẫu)" in page
    assert "Dữ liệu mẫu" in page
    assert "Nguyễn Thị Mẫu" not in page


# ---- reports


def test_one_report_in_each_state_and_all_of_sample_people(made):
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


def test_the_ward_s_report_is_drawn_from_the_accepted_sample_reports(made, client):
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
