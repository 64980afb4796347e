"""What the coordinator decides: tasks of the ward's own, dates, who carries them out, dropping."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from notifications.models import Notification
from obligations.models import Obligation
from plan.models import Part, Task, TaskChange, TaskUnit
from plan.tasks import planning
from plan.tasks.planning import Parts, Planned
from plan.tasks.refusing import Refused
from tests.html import assert_sound

from . import task_builders as b
from .builders import make_plan_ward

pytestmark = pytest.mark.django_db
SUNDAY = date(2027, 5, 30)
UNIFICATION_DAY = date(2027, 4, 30)  # a Friday
TET = date(2027, 2, 8)  # the third day of Tết, a Monday


@pytest.fixture
def ward():
    return make_plan_ward()


def told(user, event):
    return list(Notification.objects.filter(recipient=user, event=event).values_list("subject", flat=True))


# ---- the ward's own


def test_own_tasks_are_numbered_by_year_and_stand_after_the_plan_s(ward):
    one = b.own_task(ward, now_due := "Lắp mã QR")
    other = b.own_task(ward, "Mở điểm truy cập Wi-Fi")
    year = timezone.localdate().year
    assert [one.code, other.code] == [f"NV-{year}-01", f"NV-{year}-02"]
    assert one.text == now_due and one.section == ""
    assert Task.objects.order_by("order", "pk").last() == other


def test_a_form_sent_twice_makes_one_task(ward, client):
    client.force_login(ward.dieuphoi)
    page = client.get(f"{b.LIST}them/")
    sent = b.hidden(page) | {"text": "Lắp mã QR", "group": b.task("G1.1").group_id, "due_on": "30/04/2027"}
    first, second = (client.post(f"{b.LIST}them/", sent) for _n in range(2))
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert Task.objects.filter(section="").count() == 1
    shown = client.get(first["Location"]).content.decode()
    assert "Nhiệm vụ do phường bổ sung" in shown and "Chưa giao" in shown


@pytest.mark.parametrize("user", ["baocao", "truongdonvi", "lanhdao"])
def test_nobody_else_adds_or_plans(ward, client, user):
    client.force_login(getattr(ward, user))
    for address in (f"{b.LIST}them/", b.page(more="thoi-han/"), b.page(more="phan-cong/")):
        assert client.get(address).status_code == client.post(address).status_code == 403


def test_the_words_of_the_plan_are_never_typed_over(ward, client):
    client.force_login(ward.dieuphoi)
    page = client.get(b.page(more="thoi-han/"))
    assert "text" not in page.context["form"].fields
    before = b.task().text
    client.post(b.page(more="thoi-han/"), b.hidden(page) | {"text": "Khác", "due_on": "01/12/2027"})
    assert (b.task().text, b.task().due_on) == (before, date(2027, 12, 1))


# ---- due dates


@pytest.mark.parametrize(
    ("day", "named"),
    [
        (SUNDAY, "thứ Sáu, 28/05/2027"),
        (UNIFICATION_DAY, "thứ Năm, 29/04/2027"),
        (TET, "thứ Tư, 03/02/2027"),
    ],
)
def test_a_day_off_is_allowed_and_the_working_day_before_is_named(ward, client, day, named):
    client.force_login(ward.dieuphoi)
    page = client.get(b.page(more="thoi-han/"))
    sent = b.hidden(page) | {"due_on": f"{day:%d/%m/%Y}"}
    answer = client.post(b.page(more="thoi-han/"), sent, follow=True).content.decode()
    assert b.task().due_on == day
    assert f"là ngày nghỉ. Thời hạn giữ nguyên; lời nhắc nêu ngày làm việc liền trước: {named}." in answer
    assert f"Đó là ngày nghỉ: lời nhắc nêu {named}." in answer
    owed = Obligation.objects.get(kind="plan.task")
    assert (owed.due_on, owed.fixed, owed.owner) == (day, True, "VHXH")


@pytest.mark.parametrize("typed", ["31/02/2027", "ngày mai", "01/01/1900"])
def test_what_is_no_day_is_answered_in_words(ward, client, typed):
    client.force_login(ward.dieuphoi)
    page = client.get(b.page(more="thoi-han/"))
    answer = client.post(b.page(more="thoi-han/"), b.hidden(page) | {"due_on": typed})
    assert answer.status_code == 422
    assert answer.context["form"].errors["due_on"]
    assert b.task().due_on is None


def test_a_due_date_before_the_first_day_is_refused(ward):
    with pytest.raises(Refused, match="due_before_start"):
        planning.edit(
            b.task(), ward.dieuphoi, Planned(date(2027, 1, 1), date(2027, 1, 2)), seen=b.task().edit_version
        )


def test_two_windows_the_second_sees_what_stands_and_may_send_again(ward, client):
    client.force_login(ward.dieuphoi)
    page = client.get(b.page(more="thoi-han/"))
    b.due(ward, b.task(), date(2027, 3, 1))
    sent = b.hidden(page) | {"due_on": "15/03/2027"}
    answer = client.post(b.page(more="thoi-han/"), sent)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "01/03/2027" in shown and 'value="15/03/2027"' in shown
    again = b.hidden(answer) | {"due_on": "15/03/2027"}
    assert client.post(b.page(more="thoi-han/"), again).status_code == 302
    assert b.task().due_on == date(2027, 3, 15)


def test_a_new_due_date_is_told_and_in_the_history(ward):
    b.due(ward, b.task(), date(2027, 3, 1))
    b.due(ward, b.task(), date(2027, 3, 8))
    assert told(ward.baocao, "plan.task_due_set") == ["U2.1", "U2.1"]
    assert told(ward.baocaokt, "plan.task_due_set") == []
    last = TaskChange.objects.filter(task=b.task(), change="edited").last()
    assert (last.data["due_before"], last.data["due"]) == ("2027-03-01", "2027-03-08")
    assert last.actor_name == "Đinh Thị Điều"


def test_the_organisations_are_asked_in_other_words(ward, client):
    b.due(ward, b.task("U4.1"), date(2027, 3, 1))
    assert told(ward.baocaomttq, "plan.invited_task_due_set") == ["U4.1"]
    assert told(ward.baocaomttq, "plan.task_due_set") == []
    client.force_login(ward.dieuphoi)
    page = client.get(b.page("U4.1")).content.decode()
    assert "Trao đổi, đề nghị…" in page and "Đề nghị thời hạn…" in page
    assert "Đôn đốc…" not in page and "Chủ trì" not in page
    assert "Đôn đốc…" in client.get(b.page("U2.1")).content.decode()


def test_what_is_done_most_stands_in_front_and_the_rest_is_folded(ward, client):
    """Without script and by keyboard; who has little to choose from has nothing folded."""

    def parts(user):
        client.force_login(user)
        page = client.get(b.page())
        assert_sound(page.content)
        panel = page.content.decode().split('id="viec"')[1].split("</section>")[0]
        front, _fold, folded = panel.partition("<details>")
        return [re.findall(r'href="[^"]*/U2.1/([a-z-]+)/"|(don-doc)', part) for part in (front, folded)]

    front, folded = parts(ward.dieuphoi)
    assert front == [("tien-do", ""), ("", "don-doc")]
    assert [one for one, _urge in folded] == [
        *("buoc", "tep", "kinh-phi", "phu-trach", "phan-cong", "thoi-han", "y-kien", "khong-con")
    ]
    assert parts(ward.baocao)[0] == [("tien-do", "")]
    front, folded = parts(ward.lanhdao)
    assert (front, folded) == ([("", "don-doc"), ("y-kien", "")], [])
    planning.drop(b.task(), ward.dieuphoi, "Đã lồng ghép", seen=b.task().edit_version)
    assert parts(ward.dieuphoi)[0] == [("mo-lai", "")]
    assert parts(ward.baocao)[1] == []


# ---- assigning


def test_part_v_is_assigned_and_the_units_are_told_in_their_words(ward):
    row = b.assigned(ward, b.task("G1.1"), lead=["VHXH"], co=["KTHTDT", "MTTQ"])
    assert [(p.unit.code, p.part, p.is_suggested) for p in row.parts.all()] == [
        ("VHXH", "lead", False),
        ("KTHTDT", "coordinate", False),
        ("MTTQ", "coordinate", False),
    ]
    assert told(ward.baocao, "plan.task_assigned") == ["G1.1"]
    assert told(ward.baocaokt, "plan.task_co_operates") == ["G1.1"]
    assert told(ward.baocaomttq, "plan.task_invited") == ["G1.1"]
    assert row.is_invited is False


def test_each_unit_has_one_line_and_what_was_chosen_stays(ward, client):
    """Leads, co-operates or no part, as for a target; refused or overtaken, all that was chosen is there."""
    client.force_login(ward.dieuphoi)
    address = b.page("U2.1", "phan-cong/")
    page = client.get(address)
    assert_sound(page.content)
    form = page.context["form"]
    lines = {field.name: field.value() for field in form.unit_fields}
    vhxh, kt, vp = (f"part_{ward.unit(code).pk}" for code in ("VHXH", "KTHTDT", "VP"))
    assert (lines[vhxh], lines[kt], lines[vp]) == ("lead", "", "")
    assert page.content.decode().count(ward.unit("KTHTDT").name) == 1
    wrong = b.hidden(page) | lines | {vhxh: "", kt: "coordinate", "note": "Theo cuộc họp"}
    answer = client.post(address, wrong)
    assert answer.status_code == 422
    assert_sound(answer.content)
    form = answer.context["form"]
    assert "chủ trì" in str(form.non_field_errors())
    assert (form[kt].value(), form[vhxh].value(), form["note"].value()) == ("coordinate", "", "Theo cuộc họp")
    b.due(ward, b.task(), date(2027, 3, 1))  # somebody else is quicker
    right = wrong | {vhxh: "lead", vp: "lead"}
    answer = client.post(address, right)
    assert answer.status_code == 409
    assert answer.context["form"][vp].value() == "lead"
    assert client.post(address, right | b.hidden(answer)).status_code == 302
    parts = [(part.unit.code, part.part) for part in b.task().parts.select_related("unit")]
    assert parts == [("VP", "lead"), ("VHXH", "lead"), ("KTHTDT", "coordinate")]


def test_a_suggestion_is_marked_and_stands_once_it_is_sent(ward, client):
    TaskUnit.objects.create(task=b.task("G1.1"), unit=ward.unit("VHXH"), is_suggested=True)
    client.force_login(ward.dieuphoi)
    assert "dự kiến" in client.get(b.page("G1.1")).content.decode()
    page = client.get(b.page("G1.1", "phan-cong/"))
    assert "(dự kiến)" in page.content.decode()
    client.force_login(ward.baocao)
    assert client.get(b.page("G1.1")).status_code == 404
    b.assigned(ward, b.task("G1.1"))
    part = b.task("G1.1").parts.get()
    assert (part.is_suggested, part.confirmed_by_name) == (False, "Đinh Thị Điều")
    assert client.get(b.page("G1.1")).status_code == 200


def test_who_is_taken_out_owes_nothing_and_reads_nothing(ward, client):
    b.due(ward, b.task(), date(2027, 3, 1))
    b.assigned(ward, b.task(), lead=["KTHTDT"])
    states = dict(Obligation.objects.filter(kind="plan.task").values_list("owner", "state"))
    assert states == {"VHXH": "cancelled", "KTHTDT": "open"}
    client.force_login(ward.baocao)
    assert client.get(b.page()).status_code == 404


def test_a_unit_leads_or_co_operates(ward):
    unit = ward.unit("VHXH")
    with pytest.raises(Refused, match="lead_and_co"):
        planning.assign(b.task(), ward.dieuphoi, Parts([unit], [unit]), seen=b.task().edit_version)
    with pytest.raises(Refused, match="lead_missing"):
        planning.assign(b.task(), ward.dieuphoi, Parts([], [unit]), seen=b.task().edit_version)


def test_a_task_of_an_organisation_given_to_an_office_is_no_longer_a_request(ward):
    assert b.task("U4.2").is_invited
    assert not b.assigned(ward, b.task("U4.2"), lead=["VHXH"]).is_invited
    assert b.assigned(ward, b.task("U4.2"), lead=["MTTQ-DTN"]).is_invited


# ---- dropping, opening again


def test_a_dropped_task_is_owed_no_more_and_opens_again_with_a_reason(ward):
    row = b.due(ward, b.task(), date(2027, 3, 1))
    row = planning.drop(row, ward.dieuphoi, "Đã gộp vào nhiệm vụ khác", seen=row.edit_version)
    assert Obligation.objects.get(kind="plan.task").state == "cancelled"
    assert told(ward.baocao, "plan.task_dropped") == ["U2.1"]
    with pytest.raises(Refused, match="task_is_closed"):
        planning.edit(row, ward.dieuphoi, Planned(), seen=row.edit_version)
    with pytest.raises(Refused, match="reason_missing"):
        planning.reopen(row, ward.dieuphoi, "", due_on=None, seen=row.edit_version)
    row = planning.reopen(row, ward.dieuphoi, "Năm sau", due_on=date(2028, 3, 1), seen=row.edit_version)
    assert (row.state, row.percent) == ("todo", 0)
    owed = Obligation.objects.get(kind="plan.task")
    assert (owed.state, owed.due_on, owed.version) == ("open", date(2028, 3, 1), 2)
    kept = list(TaskChange.objects.filter(task=row).values_list("change", "note"))
    assert ("dropped", "Đã gộp vào nhiệm vụ khác") in kept and ("reopened", "Năm sau") in kept


def test_dropping_without_a_reason_is_refused_on_the_page(ward, client):
    client.force_login(ward.dieuphoi)
    page = client.get(b.page(more="khong-con/"))
    answer = client.post(b.page(more="khong-con/"), b.hidden(page) | {"reason": " "})
    assert answer.status_code == 422
    assert "Ghi lý do; lý do được lưu trong nhật ký." in answer.content.decode()
    assert b.task().state == "todo"


def test_parts_are_read_as_who_carries_it_out(ward):
    """Where the plan names nobody to lead, who is told to co-operate carries it out."""
    from plan.tasks.access import doers

    assert [p.part for p in doers(list(b.task("U1.1").parts.all()))] == [Part.COORDINATE]
    b.assigned(ward, b.task("U1.1"), lead=["VHXH"], co=["VP"])
    assert [p.unit.code for p in doers(list(b.task("U1.1").parts.all()))] == ["VHXH"]
    b.due_in(ward, b.task("U1.1"), 30)
    assert [o.owner for o in Obligation.objects.open().filter(kind="plan.task")] == ["VHXH"]


def test_a_past_due_date_is_late_at_once(ward, client):
    b.due(ward, b.task(), timezone.localdate() - timedelta(days=1))
    client.force_login(ward.baocao)
    assert "Quá hạn" in client.get(b.page()).content.decode()
