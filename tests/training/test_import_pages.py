"""The pages of imports: what an officer sees, chooses and writes; nobody else gets in."""

import io
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from people.models import User
from people.roles import Role, set_up_role
from people.workbook.container import MAX_BYTES
from tests.html import assert_sound
from training import imports
from training.imports import batches
from training.models import Attendance, Course, ImportBatch

from .builders import attended, course, person, session, unit
from .test_import_batches import SIX, room
from .workbooks import D, bring_in, small, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LIST = "/dao-tao/nhap/"


@pytest.fixture
def officer(client):
    user = User.objects.create_user("daotao", "daotao@hungdao.example", first_name="Lê Thu Trang")
    set_up_role(user, Role.TRAINING_OFFICER, "test")
    client.force_login(user)
    client.cookies["ngon_ngu"] = "en"
    return user


def upload(client, content, name="dd.xlsx"):
    content = content if isinstance(content, bytes) else content.read()
    return client.post(LIST, {"file": SimpleUploadedFile(name, content)})


def six(client):
    """The page of a preview with a row of each verdict."""
    if not Course.objects.exists():
        room()
        person("HD-0900")
    answer = upload(client, workbook(SIX))
    return answer["Location"]


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert_sound(answer.content)
    return answer.content.decode()


def test_only_the_training_officer_gets_in(client):
    made = ImportBatch.objects.create(file_name="x", at="2026-01-01T00:00Z", state="preview")
    addresses = [LIST, f"{LIST}{made.pk}/", f"{LIST}{made.pk}/loi.xlsx", f"{LIST}{made.pk}/huy/"]
    addresses += [f"{LIST}{made.pk}/hoan-lai/", f"{LIST}so-dao-tao.xlsx"]
    assert [client.get(address).status_code for address in addresses] == [302] * 6
    user = User.objects.create_user("nhansu")
    set_up_role(user, Role.PERSONNEL_OFFICER, "test")
    client.force_login(user)
    assert [client.get(address).status_code for address in addresses] == [403] * 6
    posts = [f"{LIST}{made.pk}/{step}/" for step in ("lua-chon", "ghi", "huy", "hoan-lai")]
    assert [client.post(address).status_code for address in posts] == [403] * 4


def test_a_short_file_is_in_preview_at_once_and_a_second_officer_sees_it(client, officer):
    address = six(client)
    other = User.objects.create_user("daotao2")
    set_up_role(other, Role.TRAINING_OFFICER, "test")
    client.force_login(other)
    client.cookies["ngon_ngu"] = "en"
    text = page(client, address)
    assert "File “dd.xlsx”, 6 rows. Nothing is written yet." in text
    assert 'Cell <b class="num">Điểm danh!E6</b> says' in text
    assert "The session has only 180 minutes." in text
    assert "<del>vắng</del> → <ins>muộn</ins>" not in text  # the rows to look at come first
    assert "<del>vắng</del> → <ins>muộn</ins>" in page(client, f"{address}?xem=change")
    assert "dd.xlsx" in page(client, LIST)


def test_two_namesakes_are_told_apart_and_nobody_is_chosen_beforehand(client, officer):
    _made, an, ba, _cu = room()
    for one, day in ((an, D(1988, 5, 12)), (ba, D(1994, 9, 3))):
        one.birth_date = day
        one.save()
    text = page(client, six(client) + "?xem=ambiguous")
    assert "HD-0001 · Lê An · no unit · born 12/05/1988" in text
    assert "checked" not in text
    attended_unit = unit("VP", name="Văn phòng")
    from .builders import assigned

    assigned(an, attended_unit)
    text = page(client, ImportBatch.objects.get().pk and f"{LIST}{ImportBatch.objects.get().pk}/")
    assert "HD-0001 · Lê An · Văn phòng" in text and "12/05/1988" not in text


def test_choices_are_kept_then_all_is_written_and_taken_back(client, officer):
    address = six(client)
    blocked = page(client, address)
    assert "Cannot be written yet:" in blocked and 'aria-disabled="true"' in blocked
    rows = ["attendance-4", "attendance-5", "attendance-6"]
    chosen = {"row": rows, "who-attendance-4": "HD-0002", "who-attendance-5": "leave"}
    assert client.post(f"{address}lua-chon/?xem=todo", chosen)["Location"] == f"{address}?xem=todo"
    text = page(client, address)
    assert "Write 3 rows" in text and "Leave out the 1 row with errors, write the rest" in text
    answer = client.post(f"{address}ghi/", {})
    assert answer["Location"] == address
    assert "some rows are wrong" in client.get(address).content.decode()
    assert client.post(f"{address}ghi/", {"leave_errors": "on"})["Location"] == address
    assert Attendance.objects.count() == 3
    done = page(client, address)
    assert "2 new, 1 changed, 0 the same." in done and "2 rows were left out." in done
    assert client.post(f"{address}ghi/", {})["Location"] == address  # a second browser: it is done
    assert Attendance.objects.count() == 3
    assert "Take this import back?" in page(client, f"{address}hoan-lai/")
    client.post(f"{address}hoan-lai/")
    assert "Taken back at" in page(client, address)
    assert [row.status for row in Attendance.objects.all()] == ["absent"]
    assert "Taken back on" in page(client, LIST)


def test_choices_come_along_when_it_is_written_and_a_code_may_be_typed(client, officer):
    address = six(client)
    data = {"row": ["attendance-4", "attendance-5", "attendance-6"], "leave-attendance-6": "yes"}
    data |= {"code-attendance-4": " hd ", "code-attendance-5": "HD-0900"}
    answer = client.post(f"{address}ghi/", data, follow=True)
    assert "Row 4: nobody on the roster has the code “hd”." in answer.content.decode()
    data["code-attendance-4"] = "'HD-0001 "
    data["leave-attendance-2"] = "yes"
    data["row"].append("attendance-2")
    client.post(f"{address}ghi/", data)
    assert sorted(Attendance.objects.values_list("staff__staff_code", flat=True)) == [
        "HD-0001",
        "HD-0003",
        "HD-0900",
    ]
    text = page(client, f"{address}?xem=all")
    assert "Written for HD-0900, by choice" in text and "Left out" in text


def test_choices_made_after_the_session_ended_are_back_after_signing_in(client, officer):
    address = six(client)
    client.logout()
    chosen = {"row": ["attendance-4", "attendance-6"], "who-attendance-4": "HD-0002"}
    answer = client.post(f"{address}ghi/?xem=todo", chosen | {"leave-attendance-6": "yes"})
    assert answer.status_code == 302
    officer.set_password("only-for-tests-14")
    officer.save()
    client.post("/tai-khoan/login/", {"login": "daotao", "password": "only-for-tests-14"})
    client.cookies["ngon_ngu"] = "en"
    text = page(client, f"{address}?xem=todo")
    assert "What was typed before signing in is back below." in text
    assert text.count(" checked") == 2
    assert Attendance.objects.count() == 1


def test_all_rows_of_a_verdict_are_left_out_at_once(client, officer):
    address = six(client)
    client.post(f"{address}lua-chon/?xem=ambiguous", {"verdict": "ambiguous", "all": "leave"})
    assert "Cannot be written yet" not in page(client, address)
    client.post(f"{address}lua-chon/?xem=new", {"verdict": "new", "all": "leave"})
    client.post(f"{address}lua-chon/?xem=change", {"verdict": "change", "all": "leave"})
    assert "Nothing to write:" in page(client, address)


def test_a_preview_somebody_overtook_is_shown_again(client, officer):
    made, *_others, cu = room()
    address = upload(client, workbook({"Điểm danh": [SIX["Điểm danh"][1]]}))["Location"]
    attended(cu, made, "excused")
    text = client.post(f"{address}ghi/", {}, follow=True).content.decode()
    assert "Nothing was written: 1 row means something else now than the preview said." in text
    assert "<del>có phép</del> → <ins>muộn</ins>" in text


def test_what_was_changed_since_is_named_when_it_is_to_be_taken_back(client, officer):
    made, *_others, cu = room()
    address = upload(client, workbook({"Điểm danh": [SIX["Điểm danh"][1]]}))["Location"]
    client.post(f"{address}ghi/", {})
    attended(cu, made, "excused")
    answer = client.post(f"{address}hoan-lai/")
    text = answer.content.decode()
    assert "Not taken back: 1 row is no longer as it was written. Nothing was changed." in text
    assert "Marked again since." in text
    assert_sound(answer.content)


def test_errors_are_downloaded_as_a_workbook(client, officer):
    address = six(client)
    answer = client.get(f"{address}loi.xlsx")
    assert "no-store" in answer["Cache-Control"]
    sheet = load_workbook(io.BytesIO(answer.content)).active
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert lines == [
        [
            "Điểm danh",
            5,
            "Điểm danh!B5",
            "Mã cán bộ",
            "HD-0091",
            "error",
            "Nobody on the roster has this code.",
        ],
        ["Điểm danh", 6, "Điểm danh!E6", "Số phút", "240", "error", "The session has only 180 minutes."],
        [
            "Điểm danh",
            4,
            "Điểm danh!B4",
            "Mã cán bộ",
            None,
            "unclear",
            "No staff code: choose the person and write the code.",
        ],
        ["Điểm danh", 7, "Điểm danh!A7", "Mã buổi học", "S", "remark", "Row 3 says the same: written once."],
    ]


def test_a_preview_may_be_dropped(client, officer, settings, django_capture_on_commit_callbacks):
    address = six(client)
    assert "Drop this preview?" in page(client, f"{address}huy/")
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{address}huy/")["Location"] == LIST
    assert not [path for path in settings.PRIVATE_ROOT.rglob("*") if path.is_file()]
    assert "The preview was dropped. Nothing was written." in page(client, address)


def test_a_long_file_is_read_by_the_worker_and_the_page_says_how_far_it_is(client, officer, monkeypatch):
    room()
    monkeypatch.setattr(batches, "SHORT_SHEETS", 10)
    monkeypatch.setattr(imports, "read_in_background", SimpleNamespace(enqueue=lambda pk: None))
    address = upload(client, workbook(SIX))["Location"]
    batch = ImportBatch.objects.get()
    assert batch.state == "reading"
    assert "It waits for its turn." in page(client, address)
    ImportBatch.objects.update(rows_read=1000, rows_total=5000)
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert part.startswith("<section") and "1000 of about 5000 rows read." in part
    batches.read(batch.pk)
    assert client.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert "6 rows. Nothing is written yet." in page(client, address)


def test_the_task_reads_what_the_page_left_to_it(client, officer, monkeypatch):
    room()
    monkeypatch.setattr(batches, "SHORT_SHEETS", 10)
    upload(client, workbook(SIX))
    assert ImportBatch.objects.get().state == "preview"  # the test backend works at once


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xlsx", b"", "The file is empty."),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "This is an old .xls file."),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "The workbook is protected by a password.",
        ),
        ("a.xlsx", b"PK\x03\x04" + b"x" * 100, "its content is not, or it is damaged"),
        ("a.csv", "Mã buổi học;Mã cán bộ;Hòa".encode("cp1258", "replace"), "is in an old encoding"),
        ("a.csv", b"ten;nam\n1;2\n", "The headings of the text file are those of no sheet."),
        ("x.exe.csv", b"ten;nam\n", "The file has no usable name."),
        ("a.csv", b"x" * (MAX_BYTES + 1), "The file is 20 MB, at most 20 MB."),
        ("a.xlsx", b"x" * (MAX_BYTES + 200_000), "at most 20"),
    ],
)
def test_files_that_are_no_workbook_get_their_sentence_and_are_not_kept(
    client, officer, settings, django_capture_on_commit_callbacks, name, content, sentence
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = upload(client, content, name)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not ImportBatch.objects.exists()
    assert not [path for path in settings.PRIVATE_ROOT.rglob("*") if path.is_file()]


def test_a_csv_goes_the_same_way(client, officer):
    room()
    text = "Mã buổi học,Mã cán bộ,Trạng thái\nS,HD-0001,muộn\n"
    address = upload(client, text.encode(), "dd.csv")["Location"]
    client.post(f"{address}ghi/", {})
    assert Attendance.objects.filter(status="late").count() == 1


def test_what_is_recorded_is_downloaded_as_the_workbook_to_change(client, officer):
    bring_in(small())
    answer = client.get(f"{LIST}so-dao-tao.xlsx")
    assert load_workbook(io.BytesIO(answer.content)).sheetnames[0] == "Khóa học"


def test_the_pages_ask_as_often_for_one_row_as_for_forty(client, officer):
    session(course("KNS"), code="S")
    asked = []
    for many in (1, 40):
        people = [person(f"P{many}-{n}", full_name="Lê An") for n in range(many)]
        rows = [["S", one.staff_code, "", "có mặt", None] for one in people]
        rows += [["S", "", "Lê An", "muộn", None] for _ in people]
        address = upload(client, workbook({"Điểm danh": rows}))["Location"]
        for place in (address, LIST, f"{address}?xem=all"):
            with CaptureQueriesContext(
                connection,
            ) as caught:
                client.get(place)
            asked.append(len(caught))
    assert asked[:3] == asked[3:]
