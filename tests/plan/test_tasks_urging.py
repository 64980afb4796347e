"""Urging: who may, whom it reaches, once a day, the words for organisations, the answer."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from notifications.models import Notification, OutboxMail
from plan.models import ProgressNote, Task, TaskUrge
from plan.tasks import urging
from plan.tasks.refusing import Refused
from trust.append_only import Frozen

from . import task_builders as b
from .builders import make_plan_ward

URGE = f"{b.LIST}don-doc/"
WORDS = "Đề nghị báo cáo trước thứ Sáu."


@pytest.fixture
def ward(db):
    return make_plan_ward()


def told(event):
    rows = Notification.objects.filter(event=event).order_by("pk")
    return [(row.recipient.username, row.subject) for row in rows.select_related("recipient")]


def send(client, *codes, **values):
    page = client.get(URGE, {"nv": codes})
    assert page.status_code == 200
    return page, client.post(URGE, b.hidden(page) | {"nv": codes, "message": WORDS} | values)


def test_several_tasks_are_urged_at_once_and_each_unit_hears(ward, client):
    client.force_login(ward.dieuphoi)
    _page, answer = send(client, "U2.1", "U3.1")
    assert answer.status_code == 302
    assert told("plan.task_urged") == [
        ("baocao", "U2.1"),
        ("truongdonvi", "U2.1"),
        ("baocaokt", "U3.1"),
        ("truongkt", "U3.1"),
    ]
    urge = TaskUrge.objects.get(task__code="U2.1")
    assert (urge.by_name, urge.message, urge.is_invited) == ("Đinh Thị Điều", WORDS, False)
    assert sorted(urge.told) == ["Lương Thị Mai", "Trần Văn Trưởng"]
    shown = client.get(b.page()).content.decode()
    assert "Đã đôn đốc 1 lần, gần nhất ngày" in shown and WORDS in shown


def test_mail_and_notice_hold_the_code_and_no_words_of_the_message(ward, client):
    client.force_login(ward.dieuphoi)
    send(client, "U2.1")
    for notice in Notification.objects.filter(event="plan.task_urged"):
        assert WORDS not in notice.text and "U2.1" in notice.text
    assert OutboxMail.objects.exists()
    assert not any(WORDS in mail.body for mail in OutboxMail.objects.all())


def test_organisations_are_asked_never_urged(ward, client):
    client.force_login(ward.dieuphoi)
    page, answer = send(client, "U4.1")
    shown = page.content.decode()
    assert answer.status_code == 302
    assert '<h1 class="h2">Trao đổi, đề nghị</h1>' in shown and "Gửi lời đề nghị" in shown
    assert "Đôn đốc" not in shown.partition("<main")[2].partition("</main>")[0]
    assert told("plan.task_urged") == []
    assert told("plan.invited_task_urged") == [("baocaomttq", "U4.1")]
    task_page = client.get(b.page("U4.1")).content.decode()
    assert "Đã trao đổi, đề nghị 1 lần, gần nhất ngày" in task_page and "đôn đốc 1 lần" not in task_page


def test_the_head_of_the_ward_may_and_a_unit_may_not(ward, client):
    client.force_login(ward.lanhdao)
    assert send(client, "U2.1")[1].status_code == 302
    client.force_login(ward.baocao)
    assert client.get(URGE, {"nv": "U2.1"}).status_code == 403
    assert client.post(URGE, {"nv": "U2.1", "message": WORDS}).status_code == 403
    with pytest.raises(Refused, match="only_urging"):
        urging.urge(["U2.1"], ward.truongdonvi, WORDS)


def test_a_second_time_on_the_day_needs_a_reason(ward, client):
    client.force_login(ward.dieuphoi)
    send(client, "U2.1")
    page, answer = send(client, "U2.1", "U3.1")
    assert "Hôm nay đã gửi: U2.1." in page.content.decode()
    assert answer.status_code == 422 and list(answer.context["form"].errors) == ["reason"]
    assert TaskUrge.objects.count() == 1  # all or none
    send(client, "U2.1", "U3.1", reason="Họp chiều nay")
    reasons = list(TaskUrge.objects.order_by("pk").values_list("task__code", "reason"))
    assert reasons == [("U2.1", ""), ("U2.1", "Họp chiều nay"), ("U3.1", "")]
    assert "Đã đôn đốc 2 lần" in client.get(b.page()).content.decode()


def test_the_database_holds_to_once_a_day(ward):
    values = {
        "task": b.task(),
        "day": timezone.localdate(),
        "at": timezone.now(),
        "by_name": "A",
        "message": "B",
    }
    TaskUrge.objects.create(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        TaskUrge.objects.create(**values)
    TaskUrge.objects.create(**values, reason="Họp")
    with pytest.raises(Frozen):
        TaskUrge.objects.update(message="khác")


def test_the_same_form_twice_urges_once(ward, client):
    client.force_login(ward.dieuphoi)
    page = client.get(URGE, {"nv": ["U2.1"]})
    sent = b.hidden(page) | {"nv": ["U2.1"], "message": WORDS}
    assert [client.post(URGE, sent).status_code for _n in range(2)] == [302, 302]
    assert TaskUrge.objects.count() == 1


def test_more_than_go_at_once_is_said_and_none_is_left_out_unsaid(ward, client, monkeypatch):
    monkeypatch.setattr(urging, "MOST_AT_ONCE", 1)
    client.force_login(ward.dieuphoi)
    said = "Đã chọn 2 nhiệm vụ; mỗi lần gửi nhiều nhất 1. Bỏ đánh dấu 1 nhiệm vụ và gửi sau."
    page, answer = send(client, "U2.1", "U3.1")
    assert said in page.content.decode()
    assert answer.status_code == 422
    assert said in answer.content.decode() and WORDS in answer.content.decode()
    assert not TaskUrge.objects.exists()
    assert send(client, "U2.1", "U2.1")[1].status_code == 302  # one, however often it is named


def test_nothing_chosen_closed_or_nobody_s_tasks_are_refused_in_words(ward, client):
    client.force_login(ward.dieuphoi)
    Task.objects.filter(code="U2.2").update(state="done", percent=100)
    _page, answer = send(client)
    assert answer.status_code == 422 and "Đánh dấu ít nhất một nhiệm vụ." in answer.content.decode()
    _page, answer = send(client, "G1.1")
    assert answer.status_code == 422 and "chưa có người báo cáo" in answer.content.decode()
    assert "Không gửi được vì chưa giao cho đơn vị nào:" in answer.content.decode()
    _page, answer = send(client, "U2.2")
    assert answer.status_code == 422
    assert send(client, "U5.1")[1].status_code == 422  # the police have no reporter here
    assert not TaskUrge.objects.exists()


def test_an_answer_is_a_note_on_the_progress_and_comes_back_to_who_asked(ward, client):
    urging.urge(["U2.1"], ward.dieuphoi, WORDS)
    urge = TaskUrge.objects.get()
    client.force_login(ward.baocao)
    link = f"{b.page(more='tien-do/')}?don-doc={urge.pk}"
    assert link in client.get(b.page()).content.decode()
    page = client.get(link)
    assert WORDS in page.content.decode()
    sent = b.hidden(page) | {
        "don_doc": urge.pk,
        "state": "doing",
        "percent": "60",
        "done": "Đã mở hai lớp",
        "next": "",
    }
    assert client.post(b.page(more="tien-do/"), sent).status_code == 302
    assert ProgressNote.objects.get().answers == urge
    assert told("plan.task_urge_answered") == [("dieuphoi", "U2.1")]
    assert "Đã trả lời" in client.get(b.page()).content.decode()


def test_an_urging_of_another_task_is_not_answered_here(ward, client):
    urging.urge(["U3.1"], ward.dieuphoi, WORDS)
    client.force_login(ward.baocao)
    assert client.get(f"{b.page(more='tien-do/')}?don-doc={TaskUrge.objects.get().pk}").status_code == 404
    assert client.get(f"{b.page(more='tien-do/')}?don-doc=x").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_who_urge_at_the_same_moment_leave_one(transactional_db):
    ward = make_plan_ward()
    start, outcomes = threading.Barrier(2), []

    def press(user):
        try:
            start.wait()
            urging.urge(["U2.1"], user, WORDS)
            outcomes.append("sent")
        except Refused as refused:
            outcomes.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(user,)) for user in (ward.dieuphoi, ward.lanhdao)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["sent", "urged_today"]
    assert TaskUrge.objects.count() == 1
