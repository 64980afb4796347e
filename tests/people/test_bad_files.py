"""Files that are no roster at all: each gets its sentence, none breaks the page or the command."""

import contextlib
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from people.models import RosterUpload
from people.roster import read_roster
from people.workbook import WorkbookRefused, container, reader

from .builders import officer, small_roster, workbook

GOOD = workbook(small_roster()).getvalue()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def archive(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in parts.items():
            out.writestr(name, content)
    return file.getvalue()


XL = {"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}
DAMAGED = "This is not an Excel workbook (.xlsx), or it is damaged. Save it again in Excel."
BAD = {
    "empty": (b"", "The file is empty. Choose the workbook again."),
    "old_format": (
        OLE + b"x" * 600,
        "This is an old .xls file. Open it in Excel and save it as Excel Workbook (.xlsx).",
    ),
    "encrypted": (
        OLE + "EncryptedPackage".encode("utf-16-le"),
        "The workbook is protected by a password. Open it in Excel, remove the password and save it.",
    ),
    "not_a_workbook": (b"\x00\x01ma;ten\n1;An\n", DAMAGED),
    "damaged": (archive(**XL), DAMAGED),
    "macro": (
        archive(**XL, **{"xl/vbaProject.bin": "x"}),
        "The workbook carries macros. Save it as Excel Workbook (.xlsx) without macros.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_each_bad_file_has_its_sentence(name):
    content, sentence = BAD[name]
    with translation.override("en"), pytest.raises(WorkbookRefused) as refused:
        read_roster(io.BytesIO(content))
    assert refused.value.message == sentence


def test_a_file_over_20_mb_is_refused_with_figures():
    with translation.override("en"), pytest.raises(WorkbookRefused) as refused:
        read_roster(io.BytesIO(b"x" * (21 * 1024 * 1024)))
    assert refused.value.message == "The file is 21 MB, at most 20 MB. Split it into two files."


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(container, "MAX_UNPACKED_BYTES", 1024 * 1024)
    bomb = archive(**XL, **{"xl/worksheets/sheet1.xml": b"0" * (3 * 1024 * 1024)})
    assert len(bomb) < 10_000
    with pytest.raises(WorkbookRefused) as refused:
        read_roster(io.BytesIO(bomb))
    assert refused.value.code == "zip_bomb"


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(reader, "MAX_ROWS", 3)
    with translation.override("en"), pytest.raises(WorkbookRefused) as refused:
        read_roster(workbook({"Nhân sự": [[f"HD-{n}", "Lê Ba"] for n in range(4)]}))
    assert refused.value.message == "The sheet “Nhân sự” has more than 3 rows. Split the file."


def test_a_workbook_of_other_sheets_and_one_without_headings_are_said():
    with translation.override("en"):
        found = read_roster(workbook({"Sheet1": [["x"]]}))
        assert (
            found.errors[0].reason
            == "None of the sheets is in the file: Đơn vị, Nhân sự, Công tác, Phân công, Nghỉ."
        )

        def no_head(book):
            book["Nhân sự"].delete_rows(1)

        found = read_roster(workbook({"Nhân sự": [["HD-1", "Lê Ba"]]}, prepare=no_head))
        assert found.errors[0].reason == (
            "The first row must be the headings: Mã cán bộ | Họ và tên | Ngày sinh | Email."
        )


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_workbook_never_raises_anything_else(data):
    content = bytearray(GOOD)
    for _n in range(data.draw(st.integers(1, 20))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(WorkbookRefused):
        read_roster(io.BytesIO(bytes(content)))


@pytest.mark.django_db
@pytest.mark.parametrize("name", BAD)
def test_the_page_says_the_same_and_keeps_no_file(client, settings, name):
    client.force_login(officer())
    content, sentence = BAD[name]
    with translation.override("en"):
        client.cookies["ngon_ngu"] = "en"
        answer = client.post("/nhan-su/nap/", {"file": SimpleUploadedFile("so.xlsx", content)})
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not RosterUpload.objects.exists()
    assert not [path for path in settings.PRIVATE_ROOT.rglob("*") if path.is_file()]
