"""Files that are no training workbook at all, and huge ones: each gets its sentence, none half written."""

import contextlib
import io
import zipfile

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from people.workbook import WorkbookRefused, container, reader
from training.workbook import read_training

from .workbooks import D, bring_in, small, workbook

GOOD = workbook(small(["KNS-01", "HD-0001", "", "có mặt", None])).getvalue()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def archive(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in parts.items():
            out.writestr(name, content)
    return file.getvalue()


SWAPPED = "The date must look like 31/12/2026. Day and month are never swapped by the portal."
XL = {"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}
BAD = {
    "empty": b"",
    "old_format": OLE + b"x" * 600,
    "encrypted": OLE + "EncryptedPackage".encode("utf-16-le"),
    "not_a_workbook": b"\0\1\2 nothing",
    "macro": archive(**XL, **{"xl/vbaProject.bin": "x"}),
    "zip_bomb": archive(**XL, **{"xl/worksheets/sheet1.xml": b"0" * (201 * 1024 * 1024)}),
    "too_large": b"PK" + b"x" * (50 * 1024 * 1024),
    "encoding": "Mã buổi học;Trạng thái\nS;vắng\n".encode("cp1258", "replace"),
    "headings": b"ma;ten\n1;An\n",
    "damaged_text": 'Mã buổi học;Mã cán bộ\n"S;7\n'.encode(),
}


@pytest.mark.parametrize("code", BAD)
def test_each_bad_file_has_its_code(code):
    with pytest.raises(WorkbookRefused) as refused:
        read_training(io.BytesIO(BAD[code]))
    assert refused.value.code == code


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(zipfile.ZipFile, "open", None)  # nothing of it may be opened
    with pytest.raises(WorkbookRefused):
        container.check_container(io.BytesIO(BAD["zip_bomb"]))


def test_more_rows_than_a_sheet_may_have(monkeypatch):
    monkeypatch.setattr(reader, "MAX_ROWS", 3)
    rows = [["S", f"HD-{n}", "", "vắng", None] for n in range(4)]
    with translation.override("en"), pytest.raises(WorkbookRefused) as refused:
        read_training(workbook({"Điểm danh": rows}))
    assert refused.value.message == "The sheet “Điểm danh” has more than 3 rows. Split the file."
    text = "Mã buổi học,Mã cán bộ\n" + "S,1\n" * 4
    with pytest.raises(WorkbookRefused) as refused:
        read_training(io.BytesIO(text.encode()))
    assert refused.value.code == "too_many_rows"


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_damaged_workbook_never_raises_anything_else(data):
    content = bytearray(GOOD)
    for _n in range(data.draw(st.integers(1, 20))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(WorkbookRefused):
        read_training(io.BytesIO(bytes(content)))


@settings(max_examples=40, deadline=None)
@given(st.one_of(st.text(max_size=300).map(str.encode), st.binary(max_size=300)))
def test_any_bytes_are_read_or_refused(content):
    head = "Mã buổi học,Mã cán bộ,Trạng thái\n".encode()
    for file in (content, head + content):
        with contextlib.suppress(WorkbookRefused):
            read_training(io.BytesIO(file))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cell", "value", "prepare", "reason"),
    [
        (
            "C2",
            "=A1&B1",
            None,
            "The formula has no stored value. Open the file in Excel, save it, and try again.",
        ),
        ("C3", None, "C2:C3", "The cell is merged with others. Unmerge it and fill in each row."),
        (
            "C2",
            "12/31/2026",
            None,
            "The date must look like 31/12/2026. Day and month are never swapped by the portal.",
        ),
        ("C2", "10/03/26", None, "Write the year with four digits, for example 31/12/2026."),
        ("C2", "#REF!", None, "The cell shows an Excel error. Correct it and try again."),
    ],
)
def test_cells_nobody_may_guess(cell, value, prepare, reason):
    def spoil(book):
        sheet = book["Buổi học"]
        if prepare:
            sheet.merge_cells(prepare)
        else:
            sheet[cell] = value

    sheets = small()
    sheets["Buổi học"].append(["KNS-02", "KNS", D(2026, 3, 11), "08:00", "11:00", None, "mở"])
    with translation.override("en"):
        found = bring_in(sheets, prepare=spoil)
    shown = "" if value is None or value.startswith("=") else value
    assert [(i["sheet"], i["row"], i["column"], i["value"], i["reason"]) for i in found["errors"]] == [
        ("Buổi học", int(cell[1:]), "Ngày", shown, reason)
    ]
    assert found["created"] == 0


@pytest.mark.django_db
def test_hidden_rows_columns_and_sheets_are_read_and_said():
    def hide(book):
        book["Khóa học"].row_dimensions[2].hidden = True
        book["Khóa học"].column_dimensions["D"].hidden = True
        book["Buổi học"].sheet_state = "hidden"

    with translation.override("en"):
        found = bring_in(small(), prepare=hide)
    assert found["created"] == 2
    assert [(i["sheet"], i["row"], i["column"], i["reason"]) for i in found["warnings"]] == [
        ("Khóa học", 1, "Tính cho các năm", "The column is hidden in the file; it was read."),
        ("Khóa học", 2, "", "The row is hidden in the file; it was read."),
        ("Buổi học", None, "", "The sheet is hidden in the file; it was read."),
    ]
