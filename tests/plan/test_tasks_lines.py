"""Tasks as lines for reports and pages, the officials in charge and what that says of a person's year."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from notifications.models import Notification
from people.extracts import extract_of, extracts_of
from plan.models import TaskOfficer
from plan.tasks import officers, planning, progress
from plan.tasks.query import lines
from plan.tasks.refusing import Refused
from tests.ideas.builders import make_user

from . import task_builders as b
from .builders import make_plan_ward

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward():
    return make_plan_ward()


def by_code(**asked):
    return {line.task.code: line for line in lines(**asked)}


def test_a_line_says_what_reports_need(ward):
    b.due_in(ward, b.task(), -1)
    for text in ("Họp tổ", "Mở lớp"):
        progress.add_step(b.task(), ward.baocao, text)
    progress.finish_step(b.task().steps.first(), ward.baocao, timezone.localdate(), seen=0)
    b.reported(ward.baocao, b.task(), 30, done="Lần một")
    b.reported(ward.baocao, b.task(), 60, done="Lần hai", next="Mở lớp")
    line = by_code()["U2.1"]
    assert [unit.code for unit in line.lead_units] == ["VHXH"]
    assert line.co_units == line.suggested == []
    assert (line.state, line.percent, line.due_on) == ("doing", 60, b.task().due_on)
    assert line.is_late and not line.is_invited
    assert (line.steps_done, line.steps_total) == (1, 2)
    assert (line.last_note.done, line.last_note.next) == ("Lần hai", "Mở lớp")


def test_lines_of_units_are_those_they_have_a_part_in(ward):
    b.assigned(ward, b.task("G1.1"), lead=["KTHTDT"], co=["VHXH"])
    found = by_code(units=[ward.unit("VHXH")])
    assert list(found) == ["G1.1", *(f"U2.{n}" for n in range(1, 8))]
    assert [unit.code for unit in found["G1.1"].lead_units] == ["KTHTDT"]
    assert len(lines()) == 61
    assert by_code(units=[ward.unit("MTTQ-DTN").pk])["U4.2"].is_invited


def test_lines_cost_the_same_however_many(ward):
    b.reported(ward.baocao, b.task())
    with CaptureQueriesContext(connection) as few:
        lines(units=[ward.unit("VP")])
    with CaptureQueriesContext(connection) as many:
        lines()
    assert len(many) <= 3 and len(few) <= 4  # one of them finds the unit


# ---- officials in charge


def test_the_unit_names_who_is_in_charge_and_the_person_reads_the_task(ward, client):
    worker = ward.canbo  # works in KTHTDT, has no role
    client.force_login(worker)
    assert client.get(b.page("U3.1")).status_code == 404
    client.force_login(ward.baocaokt)
    page = client.get(b.page("U3.1", "phu-trach/"))
    assert worker.staff in page.context["form"].fields["staff"].queryset
    assert ward.baocao.staff not in page.context["form"].fields["staff"].queryset
    sent = b.hidden(page) | {"staff": worker.staff.pk, "start_on": f"{timezone.localdate():%d/%m/%Y}"}
    assert client.post(b.page("U3.1", "phu-trach/"), sent).status_code == 302
    assert Notification.objects.filter(recipient=worker, event="plan.task_in_charge").count() == 1
    client.force_login(worker)
    shown = client.get(b.page("U3.1"))
    assert shown.status_code == 200 and "Lý Văn Thường" in shown.content.decode()
    assert client.get(b.page("U3.1", "tien-do/")).status_code == 403
    assert client.get(b.page("U3.1", "y-kien/")).status_code == 200
    assert client.get(b.LIST).status_code == 403


def test_nobody_is_named_twice_or_from_another_unit(ward):
    row, today = b.task("U3.1"), timezone.localdate()
    officers.name_officer(row, ward.truongkt, ward.canbo.staff, today)
    with pytest.raises(Refused, match="officer_already"):
        officers.name_officer(row, ward.truongkt, ward.canbo.staff, today)
    with pytest.raises(Refused, match="officer_elsewhere"):
        officers.name_officer(row, ward.truongkt, ward.baocao.staff, today)
    with pytest.raises(Refused, match="only_lead_unit"):
        officers.name_officer(row, ward.baocao, ward.baocao.staff, today)


def test_the_last_day_in_charge_is_the_last_one_to_read(ward, client):
    row, today = b.task("U3.1"), timezone.localdate()
    named = officers.name_officer(row, ward.truongkt, ward.canbo.staff, today - timedelta(days=9))
    with pytest.raises(Refused, match="officer_before"):
        officers.end_officer(named, ward.truongkt, today - timedelta(days=10))
    officers.end_officer(named, ward.truongkt, today)
    client.force_login(ward.canbo)
    page = client.get(b.page("U3.1"))
    assert page.status_code == 200
    # The list and the work area are closed to whoever is in charge of one task alone: no link leads there.
    assert f'href="{b.LIST}"' not in page.content.decode()
    assert 'href="/ke-hoach/dieu-hanh/"' not in page.content.decode()
    TaskOfficer.objects.update(end_before=today)
    assert client.get(b.page("U3.1")).status_code == 404


def part(staff, year, viewer):
    return next((one for one in extract_of(staff, year, viewer) if one.code == "plan.tasks"), None)


def test_the_extract_of_a_year_names_the_tasks_led_in_it(ward):
    staff = ward.canbo.staff
    TaskOfficer.objects.create(
        task=b.task("U3.1"), staff=staff, start_on=date(2026, 3, 1), end_before=date(2027, 1, 1)
    )
    TaskOfficer.objects.create(task=b.task("U3.2"), staff=staff, start_on=date(2027, 2, 1))
    TaskOfficer.objects.create(task=b.task("U3.1"), staff=staff, start_on=date(2027, 6, 1))
    assert [row.note for row in part(staff, 2026, ward.canbo).rows] == ["U3.1"]
    assert [row.note for row in part(staff, 2027, ward.canbo).rows] == ["U3.1", "U3.2"]
    assert part(staff, 2025, ward.canbo) is None
    assert [row.note for row in part(staff, 2026, ward.truongkt).rows] == ["U3.1"]
    assert part(staff, 2026, ward.baocao) is None  # reads nothing of that unit
    assert part(ward.baocao.staff, 2026, ward.baocao) is None


def test_the_extract_of_a_year_that_is_over_says_how_its_tasks_stood_at_its_end(ward):
    """A yearly task is opened again for its next year: what was done stays done in the extract."""
    staff, year = ward.canbo.staff, timezone.localdate().year
    for code in ("U3.1", "U3.2", "U3.3", "U3.4"):
        TaskOfficer.objects.create(task=b.task(code), staff=staff, start_on=date(year - 1, 3, 1))
    before = timezone.make_aware(datetime(year - 1, 12, 31, 23, 59))
    after = before + timedelta(minutes=1)
    b.reported(ward.baocaokt, b.task("U3.1"), 100, state="done", now=before)
    reopening = {"due_on": None, "seen": b.task("U3.1").edit_version, "now": after}
    planning.reopen(b.task("U3.1"), ward.dieuphoi, "Năm mới", **reopening)
    b.reported(ward.baocaokt, b.task("U3.2"), 60, now=before)
    b.reported(ward.baocaokt, b.task("U3.2"), 100, state="done", now=after)
    planning.drop(b.task("U3.3"), ward.dieuphoi, "Đã lồng ghép", seen=0, now=before)
    b.reported(ward.baocaokt, b.task("U3.4"), 100, state="done", now=after)

    def states(year):
        return [row.state[0] for row in part(staff, year, ward.canbo).rows]

    assert states(year - 1) == ["done", "doing", "dropped", "todo"]
    assert states(year) == ["todo", "done", "dropped", "done"]


def test_whoever_is_in_charge_of_a_task_takes_the_extract_in_every_form(ward, client):
    """Its words are Vietnamese on all of them, whatever the screen speaks."""
    TaskOfficer.objects.create(task=b.task("U3.1"), staff=ward.canbo.staff, start_on=date(2026, 3, 1))
    client.cookies["ngon_ngu"] = "en"
    client.force_login(ward.canbo)
    page = client.get("/dao-tao/ho-so/trich-luc/")
    assert page.status_code == 200
    assert "Chưa thực hiện" in page.content.decode()
    code = page.context["shown"].content_code
    for face in ("pdf", "xlsx"):
        answer = client.get(f"/dao-tao/ho-so/{ward.canbo.staff.staff_code}/trich-luc.{face}")
        assert answer.status_code == 200
    book = load_workbook(BytesIO(answer.content))
    assert code in next(book["Tổng hợp"].iter_rows(min_row=2, values_only=True))


def test_a_unit_s_extracts_ask_as_much_for_thirty_people_as_for_one(ward):
    def asked(people):
        with CaptureQueriesContext(connection) as captured:
            found = extracts_of(people, 2026, ward.truongkt)
        led = {
            key: [row.note for one in parts if one.code == "plan.tasks" for row in one.rows]
            for key, parts in found.items()
        }
        return len(captured), led

    crowd = [make_user(f"nguoi{n}", f"Người {n}").staff for n in range(30)]
    for place, staff in enumerate(crowd):
        task = b.task("U3.1" if place % 2 else "U2.1")  # the second is another unit's
        TaskOfficer.objects.create(task=task, staff=staff, start_on=date(2026, 3, 1))
    asked(crowd[1:2])
    few, of_one = asked(crowd[1:2])
    many, of_all = asked(crowd)
    assert of_one == {crowd[1].pk: ["U3.1"]}
    assert of_all == {staff.pk: ["U3.1"] if place % 2 else [] for place, staff in enumerate(crowd)}
    assert many == few
