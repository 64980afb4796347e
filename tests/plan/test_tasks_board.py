"""The list of tasks: lanes, filters, counters, who sees which, and what it costs."""

import unicodedata
from copy import deepcopy
from datetime import timedelta

import pytest
from django.utils import timezone

from people.models import Unit
from plan.models import Task, TaskUnit
from plan.tasks import board, timing
from tests.standing import standing

from . import task_builders as b
from .builders import make_plan_ward

pytestmark = pytest.mark.django_db
LIST = b.LIST


standing_ward = standing(make_plan_ward)


@pytest.fixture
def ward(standing_ward):
    return deepcopy(standing_ward)


def get(client, user, address=LIST, status=200):
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == status, answer.content[:400]
    return answer


def codes(answer):
    return [line.task.code for line in answer.context["lines"]]


def in_lanes(answer):
    return {lane.code: [line.task.code for line in lane.lines] for lane in answer.context["lanes"]}


def test_the_coordinator_sees_all_61_tasks_most_of_them_without_a_date(ward, client):
    answer = get(client, ward.dieuphoi)
    assert len(codes(answer)) == 61
    assert list(in_lanes(answer)) == [timing.UNDATED]
    assert "chưa giao" in answer.content.decode().lower()


def test_lanes_follow_the_due_dates(ward, client):
    today = timezone.localdate()
    at = timing.bounds(today)
    days = {
        "U2.1": today - timedelta(days=1),
        "U2.2": today,
        "U2.3": at.month_end,
        "U2.5": at.quarter_end + timedelta(days=1),
        "U2.6": None,
    }
    for code, day in days.items():
        Task.objects.filter(code=code).update(due_on=day)
    Task.objects.filter(code="U2.4").update(due_on=today - timedelta(days=90), state="done", percent=100)
    answer = get(client, ward.dieuphoi, f"{LIST}?don_vi=VHXH")
    assert in_lanes(answer) == {
        timing.OVERDUE: ["U2.1"],
        timing.MONTH: ["U2.2", "U2.3"],
        timing.LATER: ["U2.5"],
        timing.UNDATED: ["U2.6", "U2.7"],
        timing.CLOSED: ["U2.4"],
    }
    assert "7 nhiệm vụ, 1 quá hạn" in answer.content.decode()


def test_by_state_and_as_a_table_the_rows_are_the_same(ward, client):
    Task.objects.filter(code="U3.1").update(state="doing", percent=30)
    by_state = get(client, ward.dieuphoi, f"{LIST}?xem=trang-thai")
    assert in_lanes(by_state)["doing"] == ["U3.1"]
    table = get(client, ward.dieuphoi, f"{LIST}?xem=bang")
    assert sorted(codes(table)) == sorted(codes(by_state))
    assert len(codes(table)) == 61
    assert b"<table" in table.content


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("nhom=G2&don_vi=chua-giao", [f"G2.{n}" for n in range(1, 6)]),
        ("don_vi=VP&vai=lead", ["U1.2", "U1.4"]),
        ("don_vi=VP&vai=coordinate", ["U1.1", "U1.3"]),
        ("tinh_trang=qua-han", ["U3.2"]),
        ("tinh_trang=done", ["U3.3"]),
        ("q=U4.2", ["U4.2"]),
        ("don_vi=khong-co&q=U4.2", ["U4.2"]),  # what is no choice is passed over
    ],
)
def test_filters(ward, client, query, found):
    Task.objects.filter(code="U3.2").update(due_on=timezone.localdate() - timedelta(days=3))
    Task.objects.filter(code="U3.3").update(state="done", due_on=timezone.localdate() - timedelta(days=3))
    assert sorted(codes(get(client, ward.dieuphoi, f"{LIST}?{query}"))) == found


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_text_is_found_without_marks_and_decomposed(ward, client, form):
    wanted = [t.code for t in Task.objects.all() if "tình nguyện" in t.text]
    assert wanted
    for text in ("tinh nguyen", unicodedata.normalize(form, "Tình Nguyện")):
        client.force_login(ward.dieuphoi)
        assert codes(client.get(LIST, {"q": text})) == wanted


def test_a_reporter_sees_the_tasks_of_the_own_unit_alone(ward, client):
    answer = get(client, ward.baocao)
    assert sorted(codes(answer)) == [f"U2.{n}" for n in range(1, 8)]
    assert "U3.1" not in answer.content.decode()
    assert [one.unit.code for one, _links in answer.context["counters"]] == ["VHXH"]
    assert not answer.context["may_urge"]


def test_a_reporter_of_the_front_sees_what_its_organisations_are_asked_for(ward, client):
    assert sorted(codes(get(client, ward.baocaomttq))) == [f"U4.{n}" for n in range(1, 6)]


def test_a_suggested_part_opens_nothing(ward, client):
    TaskUnit.objects.create(task=b.task("G1.1"), unit=ward.unit("VHXH"), is_suggested=True)
    assert "G1.1" not in codes(get(client, ward.baocao))
    answer = get(client, ward.dieuphoi, f"{LIST}?don_vi=chua-giao&q=G1.1")
    assert codes(answer) == ["G1.1"]
    assert "Phòng Văn hóa" in answer.content.decode()


def test_who_only_works_here_is_refused(ward, client):
    get(client, ward.canbo, status=403)
    client.logout()
    assert client.get(LIST).status_code == 302


def test_counters_of_each_unit(ward, client):
    Task.objects.filter(code="U1.2").update(due_on=timezone.localdate() - timedelta(days=1))
    Task.objects.filter(code="U1.4").update(state="done", percent=100)
    answer = get(client, ward.lanhdao, f"{LIST}?xem=don-vi")
    counts = {one.unit.code: one for one, _links in answer.context["counters"]}
    vp = counts["VP"]
    assert (vp.total, vp.open, vp.late, vp.done) == (4, 3, 1, 1)
    assert sum(one.total for one in counts.values()) == 40
    assert f"{LIST}?don_vi=VP&amp;tinh_trang=qua-han" in answer.content.decode()


def test_the_list_costs_the_same_for_one_and_for_all_tasks(ward, client, django_assert_max_num_queries):
    for user, view in ((ward.dieuphoi, ""), (ward.dieuphoi, "?xem=bang"), (ward.baocao, "?xem=trang-thai")):
        client.force_login(user)
        client.get(LIST)
        with django_assert_max_num_queries(12):
            client.get(f"{LIST}{view}")
        with django_assert_max_num_queries(12):
            assert client.get(f"{LIST}{view or '?'}&q=U2.1").status_code == 200


def test_at_a_thousand_units_the_list_is_paged(ward, client, django_assert_max_num_queries):
    top = ward.unit("HD")
    units = Unit.objects.bulk_create(
        Unit(code=f"X{n:04d}", name=f"Đơn vị {n}", parent=top, order=500) for n in range(1015)
    )
    group = b.task("G1.1").group
    tasks = Task.objects.bulk_create(
        Task(code=f"NV-2026-{n:04d}", group=group, text=f"Việc {n}", order=1000) for n in range(1015)
    )
    TaskUnit.objects.bulk_create(TaskUnit(task=t, unit=u) for t, u in zip(tasks, units, strict=True))
    client.force_login(ward.dieuphoi)
    client.get(LIST)
    for view in ("", "?xem=bang&page=3", "?xem=don-vi&page=9", "?q=viec 7"):
        with django_assert_max_num_queries(12):
            answer = client.get(f"{LIST}{view}")
        assert answer.status_code == 200
    assert len(client.get(LIST).context["lines"]) == board.PAGE
    assert client.get(LIST).context["counters"] == []  # too many to stand over the list
    assert client.get(f"{LIST}?xem=don-vi").context["page_obj"].paginator.num_pages > 1
