"""What is owed: by whom, when it is recalled and in which words, what waits on the work page."""

from copy import deepcopy
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from notifications.models import Notification
from obligations.days_off import announce_day
from obligations.duties import work_of
from obligations.models import Obligation, Reminder
from obligations.reminding import remind_due
from plan.models import Task, TaskOfficer, TaskUrge
from plan.tasks import planning, urging
from plan.tasks.planning import Planned
from tests.standing import standing

from . import task_builders as b
from .builders import make_plan_ward

pytestmark = pytest.mark.django_db
WEDNESDAY = date(2027, 3, 17)
SUNDAY = date(2027, 5, 30)


standing_ward = standing(make_plan_ward)


@pytest.fixture
def ward(standing_ward):
    return deepcopy(standing_ward)


def at(day, hour=8):
    return datetime(day.year, day.month, day.day, hour, tzinfo=timezone.get_default_timezone())


def told(event, user=None):
    rows = Notification.objects.filter(event=event)
    rows = rows.filter(recipient=user) if user else rows
    return [(row.subject, row.params.get("due")) for row in rows.order_by("pk")]


def run(*days):
    for day in days:
        remind_due(at(day))


def test_reminders_go_seven_three_and_one_days_before_and_when_overdue(ward):
    b.due(ward, b.task(), WEDNESDAY, now=at(date(2027, 3, 1)))
    run(*(date(2027, 3, n) for n in range(2, 20)))
    assert told("plan.task_due", ward.baocao) == [("U2.1", "17/03/2027")] * 3
    assert told("plan.task_overdue", ward.baocao) == [("U2.1", "17/03/2027")]
    assert told("plan.task_due", ward.truongdonvi) == [("U2.1", "17/03/2027")] * 3
    assert told("plan.task_due", ward.baocaokt) == []
    stages = list(Reminder.objects.order_by("pk").values_list("stage", flat=True))
    assert stages == ["T-7", "T-3", "T-1", "overdue"]


def test_on_a_sunday_the_reminder_names_friday_and_nothing_is_late_before_monday(ward):
    b.due(ward, b.task(), SUNDAY, now=at(date(2027, 5, 1)))
    run(date(2027, 5, 21))
    assert told("plan.task_due", ward.baocao) == [("U2.1", "28/05/2027")]
    run(date(2027, 5, 29), SUNDAY)
    assert told("plan.task_overdue") == []
    run(date(2027, 5, 31))
    assert told("plan.task_overdue", ward.baocao) == [("U2.1", "28/05/2027")]


def test_a_day_off_announced_later_names_the_day_before_and_says_so(ward):
    b.due(ward, b.task(), WEDNESDAY, now=at(date(2027, 3, 1)))
    announce_day(WEDNESDAY, works=False, note="Mất điện", by="Quản trị", now=at(date(2027, 3, 2)))
    assert Obligation.objects.get(kind="plan.task").due_on == WEDNESDAY
    assert told("plan.task_day_moved", ward.baocao) == [("U2.1", "16/03/2027")]


def test_a_moved_date_is_recalled_anew(ward):
    b.due(ward, b.task(), WEDNESDAY, now=at(date(2027, 3, 1)))
    run(date(2027, 3, 10))
    b.due(ward, b.task(), date(2027, 3, 24), now=at(date(2027, 3, 11)))
    run(date(2027, 3, 17))
    assert told("plan.task_due", ward.baocao) == [("U2.1", "17/03/2027"), ("U2.1", "24/03/2027")]
    assert Obligation.objects.get(kind="plan.task").version == 2


def test_done_fulfils_and_nothing_more_is_said(ward):
    b.due(ward, b.task(), WEDNESDAY, now=at(date(2027, 3, 1)))
    b.reported(ward.baocao, b.task(), 100, "done")
    assert Obligation.objects.get(kind="plan.task").state == "done"
    run(date(2027, 3, 10), date(2027, 3, 18))
    assert told("plan.task_due") == told("plan.task_overdue") == []


def test_a_due_date_taken_away_is_owed_no_more(ward):
    row = b.due(ward, b.task(), WEDNESDAY)
    planning.edit(row, ward.dieuphoi, Planned(), seen=row.edit_version)
    assert Obligation.objects.get(kind="plan.task").state == "cancelled"


def test_whoever_was_told_a_due_date_hears_that_it_is_gone(ward):
    """Else they hurry for a day that stands nowhere any more; the organisations hear it in their words."""
    for code in ("U2.1", "U4.2"):
        row = b.due(ward, b.task(code), WEDNESDAY)
        planning.edit(row, ward.dieuphoi, Planned(), seen=row.edit_version)
    assert {(row.event, row.subject, row.recipient.username) for row in Notification.objects.all()} >= {
        ("plan.task_due_taken", "U2.1", "baocao"),
        ("plan.task_due_taken", "U2.1", "truongdonvi"),
        ("plan.invited_task_due_taken", "U4.2", "baocaomttq"),
    }
    assert not Notification.objects.filter(event="plan.task_due_taken", subject="U4.2").exists()


def heard(user, *events):
    rows = Notification.objects.filter(recipient=user).order_by("pk")
    return [row.event for row in rows if row.event.split(".")[1] in events or not events]


def test_the_official_in_charge_hears_what_the_units_hear_once(ward):
    """Set, moved, taken away, recalled, urged; with two units that lead as with one, and not twice where the
    official reports for a unit as well."""
    row = b.assigned(ward, b.task("G1.1"), lead=["VHXH", "KTHTDT"])
    start = at(date(2027, 3, 1))
    for staff in (ward.canbo.staff, ward.baocao.staff):
        TaskOfficer.objects.create(task=row, staff=staff, start_on=date(2027, 1, 1))
    ended = {"staff": ward.lanhdao.staff, "start_on": date(2027, 1, 1), "end_before": date(2027, 3, 1)}
    TaskOfficer.objects.create(task=row, **ended)
    Notification.objects.all().delete()
    b.due(ward, b.task("G1.1"), date(2027, 3, 10), now=start)
    b.due(ward, b.task("G1.1"), WEDNESDAY, now=start)
    run(*(date(2027, 3, n) for n in range(10, 19)))
    announce_day(WEDNESDAY, works=False, note="Mất điện", by="Quản trị", now=at(date(2027, 3, 11)))
    urging.urge(["G1.1"], ward.dieuphoi, "Khẩn trương", now=at(date(2027, 3, 12)))
    row = b.task("G1.1")
    planning.edit(row, ward.dieuphoi, Planned(), seen=row.edit_version, now=at(date(2027, 3, 19)))
    told = heard(ward.canbo)
    assert told.count("plan.task_due_set") == 2
    assert told.count("plan.task_due") == 3
    assert [told.count(f"plan.task_{name}") for name in ("overdue", "urged", "due_taken")] == [1, 1, 1]
    assert told == heard(ward.baocao)
    assert heard(ward.lanhdao) == []
    assert ward.canbo.display_name in TaskUrge.objects.get().told


def test_a_unit_taken_off_a_task_is_told(ward, client):
    """Else it goes on working at what is another's. It can no longer open the task: the list is named."""
    b.assigned(ward, b.task("U2.1"), lead=["KTHTDT"], co=["VP"])
    off = Notification.objects.filter(event="plan.task_taken_off")
    assert {row.recipient.username for row in off} == {"baocao", "truongdonvi"}
    assert off[0].subject == "U2.1"
    assert ward.unit("VHXH").name in off[0].text
    client.force_login(ward.baocao)
    assert client.get(off[0].link).status_code == 200
    b.assigned(ward, b.task("U4.2"), lead=["VHXH"])
    assert [
        row.recipient.username for row in Notification.objects.filter(event__contains="invited_task_taken")
    ] == ["baocaomttq"]
    Notification.objects.all().delete()
    b.assigned(ward, b.task("U2.1"), lead=["KTHTDT"])  # the office's co-operation ends, nobody else hears
    assert not Notification.objects.filter(recipient=ward.baocaokt).exists()
    assert not Notification.objects.filter(recipient=ward.baocao).exists()


def test_every_unit_that_leads_owes_it(ward):
    b.assigned(ward, b.task("G1.1"), lead=["VHXH", "KTHTDT"], co=["VP"])
    b.due(ward, b.task("G1.1"), WEDNESDAY)
    assert sorted(Obligation.objects.values_list("owner", flat=True)) == ["KTHTDT", "VHXH"]


def test_an_organisation_is_asked_by_whoever_reports_above_it(ward):
    b.due(ward, b.task("U4.2"), WEDNESDAY, now=at(date(2027, 3, 1)))
    run(date(2027, 3, 10), date(2027, 3, 18))
    assert told("plan.invited_task_due", ward.baocaomttq) == [("U4.2", "17/03/2027")]
    assert told("plan.invited_task_overdue", ward.baocaomttq) == [("U4.2", "17/03/2027")]
    assert told("plan.task_due") == told("plan.task_overdue") == []


def test_what_stays_late_comes_before_the_coordinator_after_three_working_days(ward):
    b.due(ward, b.task(), WEDNESDAY, now=at(date(2027, 3, 1)))
    run(date(2027, 3, 18), date(2027, 3, 19))
    assert told("plan.task_late") == []
    run(date(2027, 3, 22))
    assert told("plan.task_late", ward.dieuphoi) == [("U2.1", "17/03/2027")]


def test_nobody_to_tell_is_kept_as_the_reason(ward):
    b.due(ward, b.task("U5.1"), WEDNESDAY, now=at(date(2027, 3, 1)))
    run(date(2027, 3, 10))
    assert Reminder.objects.get(stage="T-7").skipped_why == "nobody"


# ---- the work page


def items(user, kind):
    return [item for section in work_of(user) for item in section.items if item.kind == kind]


def test_open_tasks_stand_on_the_work_page_of_their_unit_as_they_come_near(ward):
    b.due_in(ward, b.task("U2.1"), 10)
    b.due_in(ward, b.task("U2.2"), 200)
    b.due_in(ward, b.task("U3.1"), 10)
    assert [item.title for item in items(ward.baocao, "plan.task")] == ["Nhiệm vụ U2.1 của kế hoạch"]
    assert items(ward.baocao, "plan.task")[0].link == b.page("U2.1")
    assert items(ward.canbo, "plan.task") == []


def test_who_is_in_charge_finds_the_task_on_the_work_page_once(ward):
    b.due_in(ward, b.task("U2.1"), 10)
    b.due_in(ward, b.task("U3.1"), 200)
    start = {"start_on": timezone.localdate() - timedelta(days=1)}
    for code in ("U2.1", "U3.1"):
        TaskOfficer.objects.create(task=b.task(code), staff=ward.canbo.staff, **start)
    TaskOfficer.objects.create(task=b.task("U2.1"), staff=ward.baocao.staff, **start)
    assert [item.link for item in items(ward.canbo, "task_in_charge")] == [b.page("U2.1")]
    assert items(ward.baocao, "task_in_charge") == []  # what the unit owes stands there already
    assert len(items(ward.baocao, "plan.task")) == 1
    TaskOfficer.objects.update(end_before=timezone.localdate())
    assert items(ward.canbo, "task_in_charge") == []


def test_the_coordinator_has_one_item_for_each_late_unit_and_one_for_part_v(ward, client):
    late = timezone.localdate() - timedelta(days=4)
    Task.objects.filter(code__in=["U2.1", "U2.2", "U3.1", "U4.2"]).update(due_on=late)
    Task.objects.filter(code="U1.1").update(due_on=late)  # told to co-operate, nobody leads
    Task.objects.filter(code="U2.3").update(due_on=late, state="done", percent=100)
    found = {item.link.partition("?")[2]: item for item in items(ward.dieuphoi, "task_late")}
    assert {query: item.title.rpartition(": ")[2] for query, item in found.items()} == {
        "don_vi=VP&tinh_trang=qua-han": "1 nhiệm vụ quá hạn",
        "don_vi=VHXH&tinh_trang=qua-han": "2 nhiệm vụ quá hạn",
        "don_vi=KTHTDT&tinh_trang=qua-han": "1 nhiệm vụ quá hạn",
        "don_vi=MTTQ-DTN&tinh_trang=qua-han": "1 nhiệm vụ quá hạn",
    }
    assert all(item.due == late for item in found.values())
    client.force_login(ward.dieuphoi)
    for query in found:
        assert client.get(f"{b.LIST}?{query}").context["lines"]
    nobody = items(ward.dieuphoi, "task_nobody")
    assert [item.title for item in nobody] == ["21 nhiệm vụ ở phần V chưa có đơn vị chủ trì"]
    b.assigned(ward, b.task("G1.1"))
    assert items(ward.dieuphoi, "task_nobody")[0].title.startswith("20 ")


@pytest.mark.parametrize("user", ["baocao", "lanhdao", "canbo", "truongdonvi"])
def test_nobody_else_follows_up(ward, user):
    Task.objects.update(due_on=timezone.localdate() - timedelta(days=4))
    assert items(getattr(ward, user), "task_late") == items(getattr(ward, user), "task_nobody") == []


def test_the_work_page_costs_the_same_for_one_and_for_all_late(ward, client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    Task.objects.filter(code="U2.1").update(due_on=timezone.localdate() - timedelta(days=4))
    work_of(ward.dieuphoi)
    with CaptureQueriesContext(connection) as few:
        work_of(ward.dieuphoi)
    Task.objects.update(due_on=timezone.localdate() - timedelta(days=4))
    with django_assert_num_queries(len(few)):
        work_of(ward.dieuphoi)
