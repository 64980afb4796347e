"""`import_training` and `export_training`: the shape machines rely on, exit codes, text files."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from people.models import Staff
from training.models import Attendance, Course, ImportBatch, OutsideCredit

from .builders import course, outside, person, session
from .workbooks import D, counts, meaning, small, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def saved(tmp_path):
    def save(file, name="dao-tao.xlsx"):
        path = tmp_path / name
        path.write_bytes(file if isinstance(file, bytes) else file.read())
        return str(path)

    return save


def command(path, *args, name="import_training"):
    """(exit code, JSON printed, reason on stderr)."""
    out = io.StringIO()
    try:
        call_command(name, path, "--format", "json", *args, stdout=out)
    except CommandError as error:
        return error.returncode, json.loads(out.getvalue()), str(error)
    return 0, json.loads(out.getvalue()), ""


def test_the_command_prints_the_shape_machines_rely_on(saved):
    person("HD-0001")
    path = saved(workbook(small(["KNS-01", "HD-0001", "", "có mặt", None])))
    code, dry, _reason = command(path, "--dry-run")
    assert (code, Course.objects.count()) == (0, 0)
    assert list(dry) == ["created", "changed", "unchanged", "conflicts", "errors", "warnings"]
    assert command(path) == (0, dry, "")
    assert Attendance.objects.count() == 1
    assert counts(command(path)[1]) == (0, 0, 3)


def test_what_the_command_wrote_is_a_batch_that_can_be_taken_back(saved):
    path = saved(workbook(small()))
    command(path)
    command(path)  # nothing to write: leaves nothing
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.file_name, batch.by, batch.by_name) == (
        "done",
        "dao-tao.xlsx",
        None,
        "import_training",
    )
    assert batch.counts | {"created": 2, "changed": 0, "unchanged": 0, "left": 0, "new": 2} == batch.counts
    assert sorted(batch.rows.values_list("sheet", "number")) == [("courses", 2), ("sessions", 2)]


def test_any_error_exits_2_with_the_reason_and_nothing_written(saved):
    path = saved(workbook(small(["KNS-01", "HD-0091", "", "có mặt", None])))
    for args in ((), ("--dry-run",)):
        code, found, reason = command(path, *args)
        assert code == 2
        assert found["errors"] == [
            {
                "sheet": "Điểm danh",
                "row": 2,
                "column": "Mã cán bộ",
                "value": "HD-0091",
                "reason": "Nobody on the roster has this code.",
            }
        ]
        assert reason == (
            "Nothing was written: 1 errors. The first: Điểm danh 2 Mã cán bộ “HD-0091”: "
            "Nobody on the roster has this code."
        )
    assert not Course.objects.exists() and not ImportBatch.objects.exists()
    assert command(path, "--skip-errors")[0] == 0
    assert Course.objects.count() == 1


def test_conflicts_alone_exit_1_with_nothing_written(saved):
    person("HD-0001", full_name="Lê Ba")
    path = saved(workbook(small(["KNS-01", "", "Lê Ba", "có mặt", None])))
    for args in ((), ("--skip-errors",)):
        code, found, reason = command(path, *args)
        assert (code, reason) == (1, "Nothing was written: 1 rows need a choice.")
        assert counts(found) == (0, 0, 0)
    assert not Course.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, b"\0\1\2"])
def test_a_file_that_is_no_workbook_exits_2_with_the_reason_as_an_error(saved, content):
    code, found, reason = command(saved(content, "cu.xls"))
    assert code == 2
    assert found["errors"] == [{"sheet": "", "row": None, "column": "", "value": "cu.xls", "reason": reason}]


def test_a_file_that_is_not_there_exits_2(tmp_path):
    assert command(str(tmp_path / "khong-co.xlsx"))[0] == 2


def test_export_then_import_by_the_commands_changes_nothing(saved, tmp_path):
    an = person("HD-0001")
    outside(an, D(2026, 3, 1), certificate_number="=1+1", issuer="+84 @")
    command(saved(workbook(small(["KNS-01", "HD-0001", "", "muộn", 60]))))
    out = tmp_path / "xuat.xlsx"
    call_command("export_training", str(out), stdout=io.StringIO())
    assert out.stat().st_mode & 0o777 == 0o600
    code, found, _reason = command(str(out))
    assert (code, counts(found), found["warnings"]) == (0, (0, 0, 4), [])


# ---- text files

HEAD = "Mã buổi học;Mã cán bộ;Họ và tên;Trạng thái;Số phút\n"


@pytest.fixture
def room():
    person("HD-0001", full_name="Nguyễn Thị Hòa")
    person("007", full_name="Lê Ba")
    return session(course("KNS"), code="S")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_text_file_carries_one_sheet_recognised_by_its_headings(room, saved, encoding, separator):
    text = (HEAD + "S;HD-0001;Nguyễn Thị Hoà;có mặt;\nS;007;Lê Ba;muộn;90\n").replace(";", separator)
    code, found, _reason = command(saved(text.encode(encoding), "dd.csv"))
    assert (code, counts(found), found["warnings"]) == (0, (2, 0, 0), [])
    assert sorted(Attendance.objects.values_list("staff__staff_code", "minutes")) == [
        ("007", 90),
        ("HD-0001", 180),
    ]


def test_excels_own_line_quotes_and_empty_lines_are_understood(room, saved):
    text = "sep=,\r\n" + HEAD.replace(";", ",").replace("\n", "\r\n") + '\r\nS,HD-0001,"Hòa, Thị",vắng,\r\n'
    code, found, _reason = command(saved(text.encode(), "dd.csv"))
    assert (code, counts(found), [w["row"] for w in found["warnings"]]) == (0, (1, 0, 0), [3])


def test_digits_of_a_text_file_are_the_code_itself_or_the_one_they_fit(room, saved):
    person("7", full_name="Người Bảy")
    person("0012")
    text = HEAD + "S;7;;có mặt;\nS;12;;có mặt;\n"
    assert counts(command(saved(text.encode(), "dd.csv"))[1]) == (2, 0, 0)
    assert sorted(Attendance.objects.values_list("staff__staff_code", flat=True)) == ["0012", "7"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            (HEAD + "S;HD-0001;Nguyễn Thị Hòa;có mặt;\n").encode("cp1258", "replace"),
            "The text file is in an old encoding (Windows-1258, TCVN3 or VNI), which would spoil the names. "
            "Save it in Excel as “CSV UTF-8”, or as Excel Workbook (.xlsx).",
        ),
        (
            b"ma;ten\n1;An\n",
            "The headings of the text file are those of no sheet. It carries one of: "
            "Khóa học, Buổi học, Điểm danh, Tín chỉ ngoài, Miễn.",
        ),
        (
            (HEAD + 'S;HD-0001;"Nguyễn;có mặt;\n').encode(),
            "Row 2 of the text file cannot be read: a quotation mark is not closed. Correct it.",
        ),
    ],
)
def test_text_files_that_are_refused(room, saved, content, reason):
    code, _found, said = command(saved(content, "dd.csv"))
    assert (code, said) == (2, reason)
    assert not Attendance.objects.exists()


def test_a_row_with_more_cells_than_headings_is_an_error(room, saved):
    text = HEAD.replace(";", ",") + "S,HD-0001,Hòa, Thị,có mặt,\n"
    code, found, _reason = command(saved(text.encode(), "dd.csv"))
    assert (code, [(e["column"], e["value"]) for e in found["errors"]]) == (
        2,
        [("Trạng thái", " Thị"), ("Số phút", "có mặt")],
    )
    text = HEAD.replace(";", ",") + "S,HD-0001,Hòa,có mặt,10,5\n"
    code, found, _reason = command(saved(text.encode(), "dd.csv"))
    assert [(e["row"], e["column"], e["value"], e["reason"]) for e in found["errors"]] == [
        (2, "", "5", "The row has more cells than there are headings. Put text with commas in quotes.")
    ]


@pytest.mark.parametrize("title", ["Khóa học", "Buổi học", "Điểm danh", "Tín chỉ ngoài", "Miễn"])
def test_a_sheet_exported_as_text_comes_back_unchanged(saved, tmp_path, title):
    an = person("HD-0001", full_name="=HYPERLINK(1)")
    outside(an, D(2026, 3, 1), certificate_number="'-1", issuer="+84 @")
    command(saved(workbook(small(["KNS-01", "HD-0001", "", "muộn", 60]))))
    Course.objects.filter(code="KNS").update(name="@cmd")
    before, out = meaning(), tmp_path / "xuat.csv"
    call_command("export_training", str(out), "--sheet", title, stdout=io.StringIO())
    lines = out.read_text("utf-8-sig").splitlines()
    code, found, _reason = command(str(out))
    assert (code, counts(found), found["warnings"]) == (0, (0, 0, len(lines) - 1), [])
    assert meaning() == before
    assert not [line for line in lines for cell in line.split(",") if cell.lstrip('"')[:1] in tuple("=+-@")]


def test_a_text_file_needs_the_name_of_its_sheet(tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command("export_training", str(tmp_path / "x.csv"), stdout=io.StringIO())
    assert (refused.value.returncode, str(refused.value)) == (
        2,
        "A text file carries one sheet. Say which with --sheet: "
        "Khóa học, Buổi học, Điểm danh, Tín chỉ ngoài, Miễn.",
    )


def test_the_roster_is_read_from_text_too(saved, tmp_path):
    head = "Mã cán bộ,Họ và tên,Ngày sinh,Email\n"
    text = head + "HD-0001,Nguyễn Văn An,12/05/1980,an@hungdao.example\n007,'=Ba,,\n"
    code, found, _reason = command(saved(text.encode("utf-8-sig"), "so.csv"), name="import_roster")
    assert (code, counts(found)) == (0, (2, 0, 0))
    assert Staff.objects.get(staff_code="007").full_name == "=Ba"
    out = tmp_path / "xuat.csv"
    call_command("export_roster", str(out), "--sheet", "nhân sự", stdout=io.StringIO())
    assert counts(command(str(out), name="import_roster")[1]) == (0, 0, 2)
    assert "'=Ba" in out.read_text("utf-8-sig")


def test_credits_verified_by_nobody_on_the_roster_come_back_unchanged(saved):
    an = person("HD-0001")
    outside(an, D(2026, 3, 1), certificate_number="G")
    path = saved(workbook({"Tín chỉ ngoài": [["HD-0001", D(2026, 3, 1), 180, "", "G", "Có"]]}))
    assert counts(command(path)[1]) == (0, 0, 1)
    assert OutsideCredit.objects.get().verifier is None
