"""The sample ward's tasks: believable, and nobody real in them."""

import pytest

from obligations.models import Obligation
from people import samples
from plan.loading import load_content
from plan.models import BudgetLine, ProgressNote, Task, TaskComment, TaskUrge
from plan.tasks import budget
from plan.tasks.query import lines
from plan.units import load_units
from portal.tree import ensure_site

pytestmark = pytest.mark.django_db


def test_samples_show_every_side_of_a_task():
    ensure_site()
    load_units()
    load_content()
    made = samples.load(password="only-for-tests-14")
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


def test_without_the_plan_there_is_nothing_to_load():
    from django.utils import timezone

    from plan.samples.tasks import load_tasks

    assert load_tasks(samples.Size(), timezone.now()) == {}
