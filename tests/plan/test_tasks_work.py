"""What the units do with a task: progress, steps, files, comments; two windows, double clicks."""

import unicodedata
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from notifications.models import Notification
from people.models import UnitAssignment
from plan.models import ProgressNote, TaskChange, TaskComment, TaskFile
from plan.tasks import progress, talking
from plan.tasks.access import readers_of, tasks_visible_to
from plan.tasks.board import VIEWS
from plan.tasks.progress import Reported
from plan.tasks.refusing import Refused
from tests.html import assert_sound
from tests.ideas.builders import PDF, make_user
from trust.append_only import Frozen

from . import task_builders as b
from .builders import make_plan_ward

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward():
    return make_plan_ward()


@pytest.fixture
def reporter(ward, client):
    client.force_login(ward.baocao)
    return client


def send(client, address, **values):
    page = client.get(address)
    assert page.status_code == 200
    return client.post(address, b.hidden(page) | values)


PROGRESS = {"state": "doing", "percent": "40", "done": "Đã họp tổ", "next": "Mở lớp"}


# ---- progress


def test_a_reporter_says_how_far_it_is(ward, reporter):
    answer = send(reporter, b.page(more="tien-do/"), **PROGRESS)
    assert answer.status_code == 302
    row, note = b.task(), ProgressNote.objects.get()
    assert (row.state, row.percent) == ("doing", 40)
    assert (note.by_name, note.unit_name, note.done, note.next, note.in_place_reason) == (
        "Lương Thị Mai",
        ward.unit("VHXH").name,
        "Đã họp tổ",
        "Mở lớp",
        "",
    )
    shown = reporter.get(b.page()).content.decode()
    assert "Đã họp tổ" in shown and "đang thực hiện, 40" in shown


def test_choices_of_tasks_begin_as_those_of_other_forms_do(ward, client):
    client.force_login(ward.dieuphoi)
    for address in (b.page(more="tien-do/"), b.page(more="phan-cong/"), b.LIST):
        form = client.get(address).context["form"]
        labels = [str(label) for field in form.fields.values() for _v, label in getattr(field, "choices", ())]
        assert [label for label in labels if label[:1].islower() and label not in VIEWS] == [], address


def test_the_form_sent_twice_is_taken_once(ward, reporter):
    page = reporter.get(b.page(more="tien-do/"))
    sent = b.hidden(page) | PROGRESS
    assert [reporter.post(b.page(more="tien-do/"), sent).status_code for _n in range(2)] == [302, 302]
    assert ProgressNote.objects.count() == 1


def test_two_windows_at_once_the_second_compares(ward, client):
    client.force_login(ward.baocao)
    page = client.get(b.page(more="tien-do/"))
    b.reported(ward.truongdonvi, b.task(), 70, done="Đã mở hai lớp")
    answer = client.post(b.page(more="tien-do/"), b.hidden(page) | PROGRESS)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Đã mở hai lớp" in shown and "Trần Văn Trưởng" in shown and "Đã họp tổ" in shown
    assert b.task().percent == 70
    assert client.post(b.page(more="tien-do/"), b.hidden(answer) | PROGRESS).status_code == 302
    assert (b.task().percent, ProgressNote.objects.count()) == (40, 2)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"percent": "101"}, "percent"),
        ({"percent": "-1"}, "percent"),
        ({"percent": "40,5"}, "percent"),
        ({"percent": "100"}, "percent"),
        ({"state": "dropped"}, "state"),
        ({"state": "todo"}, "percent"),
        ({"done": "", "next": " "}, "done"),
    ],
)
def test_what_cannot_be_is_answered_at_its_field(ward, reporter, typed, field):
    answer = send(reporter, b.page(more="tien-do/"), **PROGRESS | typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert b.task().percent == 0 and not ProgressNote.objects.exists()


def test_done_is_a_hundred_and_the_coordinator_hears(ward, reporter):
    send(reporter, b.page(more="tien-do/"), **PROGRESS | {"state": "done"})
    assert (b.task().state, b.task().percent) == ("done", 100)
    assert Notification.objects.filter(recipient=ward.dieuphoi, event="plan.task_done").count() == 1
    assert reporter.get(b.page(more="tien-do/")).status_code == 403


def test_the_coordinator_writes_in_place_of_a_unit_only_with_the_reason(ward, client):
    client.force_login(ward.dieuphoi)
    answer = send(client, b.page("U3.1", "tien-do/"), **PROGRESS)
    assert answer.status_code == 422 and list(answer.context["form"].errors) == ["reason"]
    send(client, b.page("U3.1", "tien-do/"), **PROGRESS | {"reason": "Báo tại giao ban"})
    note = ProgressNote.objects.get()
    assert (note.by_name, note.in_place_reason) == ("Đinh Thị Điều", "Báo tại giao ban")
    assert "Ghi thay đơn vị" in client.get(b.page("U3.1")).content.decode()


def test_notes_are_written_once(ward):
    b.reported(ward.baocao, b.task())
    note = ProgressNote.objects.get()
    note.done = "khác"
    with pytest.raises(Frozen):
        note.save()
    with pytest.raises(Frozen):
        ProgressNote.objects.update(done="khác")


# ---- who may


@pytest.mark.parametrize("more", ["", "tien-do/", "buoc/", "tep/", "y-kien/", "kinh-phi/", "phu-trach/"])
def test_another_unit_s_task_is_not_there(ward, reporter, more):
    assert reporter.get(b.page("U3.1", more)).status_code == 404
    assert reporter.post(b.page("U3.1", more)).status_code in (404, 405)


@pytest.mark.parametrize("more", ["tien-do/", "buoc/", "tep/", "kinh-phi/", "phu-trach/"])
def test_a_unit_that_co_operates_reads_and_does_not_write(ward, reporter, more):
    b.assigned(ward, b.task("U3.1"), lead=["KTHTDT"], co=["VHXH"])
    assert reporter.get(b.page("U3.1")).status_code == 200
    assert reporter.get(b.page("U3.1", more)).status_code == 403
    assert reporter.post(b.page("U3.1", more)).status_code == 403
    assert reporter.get(b.page("U3.1", "y-kien/")).status_code == 200


def test_the_head_of_the_ward_reads_everything_and_enters_nothing(ward, client):
    client.force_login(ward.lanhdao)
    assert client.get(b.page()).status_code == 200
    assert client.get(b.page(more="tien-do/")).status_code == 403


def test_the_service_refuses_what_the_page_refuses(ward):
    with pytest.raises(Refused, match="only_lead_unit"):
        progress.report(b.task(), ward.baocaokt, Reported("doing", 5, "x"), seen=0)
    with pytest.raises(Refused, match="only_lead_unit"):
        talking.comment(b.task(), ward.baocaokt, "x")


# ---- steps


def test_steps_are_added_put_in_order_done_and_opened_again(ward, reporter):
    for text in ("Họp tổ", "Mở lớp", "Tổng kết"):
        assert send(reporter, b.page(more="buoc/"), text=text).status_code == 302
    first, second, third = b.task().steps.all()
    address = b.page(more=f"buoc/{third.pk}/")
    send(reporter, address, text="Tổng kết năm", due_on="01/12/2026", place="1")
    steps = list(b.task().steps.all())
    assert [(s.text, s.order) for s in steps] == [("Tổng kết năm", 1), ("Họp tổ", 2), ("Mở lớp", 3)]
    today = timezone.localdate()
    done = b.page(more=f"buoc/{first.pk}/xong/")
    tomorrow = f"{today + timedelta(days=1):%d/%m/%Y}"
    assert send(reporter, done, done_on=tomorrow).status_code == 422
    send(reporter, done, done_on=f"{today:%d/%m/%Y}")
    first.refresh_from_db()
    assert (first.done_on, first.done_by_name) == (today, "Lương Thị Mai")
    assert "(1/3)" in reporter.get(b.page()).content.decode()
    opened = b.page(more=f"buoc/{first.pk}/chua-xong/")
    assert send(reporter, opened, reason="").status_code == 422
    send(reporter, opened, reason="Chưa đủ thành phần")
    first.refresh_from_db()
    assert first.done_on is None
    send(reporter, b.page(more=f"buoc/{second.pk}/bo/"))
    assert [s.text for s in b.task().steps.filter(removed_at=None)] == ["Tổng kết năm", "Họp tổ"]
    changes = [c.change for c in TaskChange.objects.filter(task=b.task())]
    assert changes == ["step_added"] * 3 + ["step_edited", "step_done", "step_opened", "step_removed"]


def test_two_windows_on_one_step(ward, reporter):
    send(reporter, b.page(more="buoc/"), text="Họp tổ")
    step = b.task().steps.get()
    address = b.page(more=f"buoc/{step.pk}/")
    page = reporter.get(address)
    progress.edit_step(step, ward.truongdonvi, "Họp toàn tổ", due_on=None, place=1, seen=step.edit_version)
    answer = reporter.post(address, b.hidden(page) | {"text": "Họp nhóm"})
    assert answer.status_code == 409 and "Họp toàn tổ" in answer.content.decode()
    assert reporter.post(address, b.hidden(answer) | {"text": "Họp nhóm"}).status_code == 302
    assert b.task().steps.get().text == "Họp nhóm"


def test_the_coordinator_marks_a_step_done_only_with_the_reason(ward, client):
    client.force_login(ward.dieuphoi)
    send(client, b.page("U3.1", "buoc/"), text="Khảo sát")
    step = b.task("U3.1").steps.get()
    address, today = b.page("U3.1", f"buoc/{step.pk}/xong/"), f"{timezone.localdate():%d/%m/%Y}"
    assert send(client, address, done_on=today).status_code == 422
    assert send(client, address, done_on=today, reason="Báo tại giao ban").status_code == 302
    step.refresh_from_db()
    assert step.done_for == ward.unit("KTHTDT").name


# ---- files


def test_a_file_is_checked_kept_privately_and_removed_with_a_trace(ward, reporter, client):
    page = reporter.get(b.page(more="tep/"))
    sent = b.hidden(page) | {"file": SimpleUploadedFile("bao-cao.pdf", PDF)}
    assert reporter.post(b.page(more="tep/"), sent).status_code == 302
    kept = TaskFile.objects.get()
    address = b.page(more=f"tep/{kept.pk}/")
    answer = reporter.get(address)
    assert b"".join(answer.streaming_content) == PDF
    assert "attachment" in answer["Content-Disposition"]
    client.force_login(ward.baocaokt)
    assert client.get(address).status_code == 404
    client.force_login(ward.lanhdao)
    answer = client.get(address)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == PDF
    assert client.post(f"{address}bo/").status_code == 403
    client.force_login(ward.baocao)
    assert client.post(f"{address}bo/").status_code == 302
    assert client.get(address).status_code == 404
    assert TaskChange.objects.filter(change="file_removed", note="bao-cao.pdf").count() == 1


@pytest.mark.parametrize("name", ["virus.exe", "trang.html", "gia.pdf"])
def test_what_is_no_document_is_refused(ward, reporter, name):
    page = reporter.get(b.page(more="tep/"))
    sent = b.hidden(page) | {"file": SimpleUploadedFile(name, b"MZ<script>")}
    answer = reporter.post(b.page(more="tep/"), sent)
    assert answer.status_code == 422 and answer.context["form"].errors["file"]
    assert not TaskFile.objects.exists()


def test_a_file_of_200_mb_is_refused_as_it_streams_in(ward, reporter):
    page = reporter.get(b.page(more="tep/"))
    huge = BytesIO(b"%PDF-1.4\n" + bytes(200 * 1024 * 1024))
    huge.name = "lon.pdf"
    answer = reporter.post(b.page(more="tep/"), b.hidden(page) | {"file": huge})
    assert answer.status_code == 422
    assert "200" in str(answer.context["form"].errors["file"])
    assert not TaskFile.objects.exists()


# ---- comments


def test_a_comment_calls_upon_people_who_may_read_the_task(ward, reporter):
    page = reporter.get(b.page(more="y-kien/"))
    offered = [name for _key, name in page.context["form"].fields["mentions"].choices]
    assert offered == ["Đinh Thị Điều", "Phạm Văn Hùng", "Trần Văn Trưởng"]  # by given name
    sent = b.hidden(page) | {"text": "Nhờ @Đinh Thị Điều xem", "mentions": [ward.truongdonvi.pk]}
    assert reporter.post(b.page(more="y-kien/"), sent).status_code == 302
    said = TaskComment.objects.get()
    assert sorted(m.name for m in said.mentions.all()) == ["Trần Văn Trưởng", "Đinh Thị Điều"]
    told = Notification.objects.filter(event="plan.task_mentioned")
    assert set(told.values_list("recipient", flat=True)) == {ward.dieuphoi.pk, ward.truongdonvi.pk}
    assert reporter.post(b.page(more="y-kien/"), sent).status_code == 302  # a double click
    assert TaskComment.objects.count() == 1


def test_nobody_outside_is_called_upon(ward, reporter):
    answer = send(reporter, b.page(more="y-kien/"), text="Xem", mentions=[ward.baocaokt.pk])
    assert answer.status_code == 422 and "mentions" in answer.context["form"].errors
    assert not TaskComment.objects.exists()
    with pytest.raises(Refused, match="mention_unknown"):
        talking.comment(b.task(), ward.baocao, "Xem", [ward.baocaokt.pk])


@pytest.mark.parametrize(("length", "status"), [(10_000, 302), (10_001, 422)])
def test_a_comment_of_ten_thousand_characters_fits(ward, reporter, length, status):
    answer = send(reporter, b.page(more="y-kien/"), text="ạ" * length)
    assert answer.status_code == status
    if status == 422:
        assert "10.001 ký tự" in answer.content.decode()
        assert answer.context["form"]["text"].value() == "ạ" * length


def test_decomposed_text_is_kept_composed(ward, reporter):
    send(reporter, b.page(more="y-kien/"), text=unicodedata.normalize("NFD", "Đề nghị họp sớm"))
    assert TaskComment.objects.get().text == unicodedata.normalize("NFC", "Đề nghị họp sớm")


def test_markup_in_a_comment_is_text(ward, reporter):
    send(reporter, b.page(more="y-kien/"), text="<script>alert(1)</script>")
    assert "&lt;script&gt;alert(1)" in reporter.get(b.page()).content.decode()


def test_one_s_own_comment_is_taken_back_and_leaves_a_trace(ward, client):
    said = talking.comment(b.task(), ward.baocao, "Ghi nhầm 4471")
    address = b.page(more=f"y-kien/{said.pk}/rut/")
    client.force_login(ward.dieuphoi)
    assert client.post(address).status_code == 403
    client.force_login(ward.baocao)
    assert "Ghi nhầm 4471" in client.get(b.page()).content.decode()
    assert client.post(address).status_code == 302
    shown = client.get(b.page()).content.decode()
    assert "Ghi nhầm 4471" not in shown and "Lương Thị Mai đã rút ý kiến này" in shown
    assert client.post(address).status_code == 404
    with pytest.raises(Frozen):
        said.delete()


# ---- readers: the list and the door say the same


def test_whom_a_comment_may_call_upon_is_who_may_read_the_task(ward):
    made = make_user("banhd", "Lê Văn Trên", "unit_head")
    UnitAssignment.objects.filter(staff=made.staff).update(unit=ward.unit("HD"))
    ward.users["banhd"] = made
    for code in ("U2.1", "U3.1", "U4.2", "G1.1"):
        row = b.task(code)
        readers = {user.username for user in readers_of(row)}
        able = {
            name for name, user in ward.users.items() if tasks_visible_to(user).filter(pk=row.pk).exists()
        }
        assert readers == able, code


def test_what_was_said_long_ago_is_still_in_reach(ward, client):
    """A task runs for years: its notes and its history are turned over, never cut off."""
    for number in range(31):
        b.reported(ward.baocao, b.task(), number, done=f"Đã làm lần {number}.")
    client.force_login(ward.dieuphoi)
    page = client.get(b.page()).content.decode()
    assert "Đã làm lần 30." in page and "Đã làm lần 5." not in page
    assert "tien_do=2#tien-do" in page
    older = client.get(f"{b.page()}?tien_do=2").content.decode()
    assert_sound(older.encode())
    assert "Đã làm lần 5." in older and "Đã làm lần 0." in older
    assert client.get(f"{b.page()}?tien_do=x&nhat_ky=99").status_code == 200


def test_the_page_costs_the_same_for_one_and_for_thirty_of_everything(ward, client):
    def grow(count):
        for number in range(count):
            progress.add_step(b.task(), ward.baocao, f"Bước {number}", due_on=date(2027, 1, 1))
            talking.comment(b.task(), ward.baocao, f"Ý kiến {number}", [ward.dieuphoi.pk])
            b.reported(ward.baocao, b.task(), number % 90)

    client.force_login(ward.dieuphoi)
    grow(1)
    client.get(b.page())
    with CaptureQueriesContext(connection) as few:
        client.get(b.page())
    grow(29)
    with CaptureQueriesContext(connection) as many:
        client.get(b.page())
    assert len(many) == len(few)
