"""The roster workbook, to the letter: what is written, what is refused, and the sentence said."""

import io
import json
from datetime import date, datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from people.models import Leave, Position, ServiceSpell, Staff, Unit, UnitAssignment
from people.roster import export_roster, import_roster, stored_roster

from .builders import D, small_roster, unit, workbook
from .builders import staff as a_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def run(sheets, **options):
    """An import of `sheets`; (plan as the command prints it)."""
    prepare, epoch = options.pop("prepare", None), options.pop("epoch", None)
    skip = options.pop("skip_errors", False)
    return import_roster(workbook(sheets, prepare=prepare, epoch=epoch), skip_errors=skip).as_dict(skip)


def reasons(found, kind="errors"):
    return [(i["sheet"], i["row"], i["column"], i["value"], i["reason"]) for i in found[kind]]


def counts(found):
    return found["created"], found["changed"], found["unchanged"]


def test_a_roster_is_written_on_a_database_that_is_only_migrated():
    found = run(small_roster())
    assert (found["errors"], found["conflicts"], found["warnings"]) == ([], [], [])
    assert counts(found) == (10, 0, 0)
    assert Unit.objects.get(code="VHXH").parent.code == "HD"
    an = Staff.objects.get(staff_code="HD-0001")
    assert (an.full_name, an.birth_date, an.email) == ("Nguyễn Văn An", D(1980, 5, 12), "an@hungdao.example")
    assert ServiceSpell.objects.get(staff__staff_code="HD-0002").end_before == D(2025, 1, 1)
    assert sorted(Position.objects.values_list("name", flat=True)) == ["Chuyên viên", "Kiêm nhiệm", "Văn thư"]
    assert [a.is_primary for a in UnitAssignment.objects.filter(staff=an).order_by("start_on")] == [
        True,
        False,
    ]
    leave = Leave.objects.get()
    assert (leave.kind, leave.decision_number, leave.is_approved) == ("thai sản", "12/QĐ", True)


def test_the_same_file_twice_changes_nothing():
    run(small_roster())
    assert counts(run(small_roster())) == (0, 0, 10)


def test_importing_an_export_changes_nothing():
    run(small_roster())
    before = stored_roster()
    for with_kind in (True, False):
        found = import_roster(io.BytesIO(export_roster(with_leave_kind=with_kind))).as_dict()
        assert (counts(found), found["errors"], found["warnings"]) == ((0, 0, 10), [], [])
    assert stored_roster() == before


def test_the_kind_of_a_leave_is_exported_only_when_asked_for():
    run(small_roster())
    shown = [
        load_workbook(io.BytesIO(export_roster(with_leave_kind=yes)))["Nghỉ"]["B2"].value
        for yes in (True, False)
    ]
    assert shown == ["thai sản", None]


def test_rows_absent_from_the_file_are_left_alone():
    run(small_roster())
    found = run({"Nhân sự": [["HD-0003", "Lê Thị Ba", None, ""]]})
    assert counts(found) == (1, 0, 0)
    assert Staff.objects.count() == 3 and Leave.objects.count() == 1


def test_a_changed_row_changes_its_record_and_no_other():
    run(small_roster())
    sheets = small_roster()
    sheets["Nhân sự"][1] = ["HD-0002", "Trần Thị Hòa", D(1990, 1, 2), "hoa@hungdao.example"]
    assert counts(run(sheets)) == (0, 1, 9)
    assert Staff.objects.get(staff_code="HD-0002").email == "hoa@hungdao.example"


def test_a_transfer_closes_one_primary_and_opens_another():
    run(small_roster())
    found = run(
        {
            "Phân công": [
                ["HD-0001", "VHXH", "Chuyên viên", D(2020, 1, 1), D(2026, 7, 1), "Có"],
                ["HD-0001", "HD", "Phó phòng", D(2026, 7, 1), None, "Có"],
            ]
        }
    )
    assert (counts(found), found["errors"]) == ((1, 1, 0), [])


def test_absent_columns_change_nothing_and_empty_sheets_are_fine():
    run(small_roster())

    def drop(book):
        book["Nhân sự"].delete_cols(3, 2)
        for title in ("Đơn vị", "Công tác", "Phân công", "Nghỉ"):
            book[title].delete_rows(2, 20)

    assert counts(run(small_roster(), prepare=drop)) == (0, 0, 2)


def test_notes_in_brackets_case_and_decomposed_letters_of_headings_do_not_matter():
    import unicodedata

    def rename(book):
        book["Phân công"]["F1"] = "CHÍNH (Có/Không)"
        book["Nghỉ"]["F1"] = unicodedata.normalize("NFD", "Đã duyệt (Có/Không; trống = Có)")
        book["Nghỉ"].title = unicodedata.normalize("NFD", "Nghỉ")

    assert counts(run(small_roster(), prepare=rename)) == (10, 0, 0)


# ---- codes


def number(book, cell, value, number_format):
    book["Nhân sự"][cell] = value
    book["Nhân sự"][cell].number_format = number_format


def test_a_code_typed_as_a_number_is_padded_by_its_format():
    sheets = {"Nhân sự": [["x", "Nguyễn Văn An"], ["y", "Trần Thị Hòa"]]}

    def typed(book):
        number(book, "A2", 7, "00000")
        number(book, "A3", 8, '"HD-"0000')

    run(sheets, prepare=typed)
    assert sorted(Staff.objects.values_list("staff_code", flat=True)) == ["00007", "HD-0008"]


def test_a_code_in_general_format_is_padded_when_exactly_one_fits():
    a_person("007", "Nguyễn Văn An")
    found = run({"Nghỉ": [[7, "ốm", D(2024, 1, 1), D(2024, 2, 1)]]})
    assert counts(found) == (1, 0, 0)
    assert Leave.objects.get().staff.staff_code == "007"


def test_a_code_in_general_format_that_fits_several_is_a_conflict_and_nothing_is_written():
    a_person("007", "Nguyễn Văn An")
    a_person("0007", "Trần Thị Hòa")
    found = run({"Nghỉ": [[7, "ốm", D(2024, 1, 1), D(2024, 2, 1)]], "Đơn vị": [["VP", "Văn phòng"]]})
    assert reasons(found, "conflicts") == [
        ("Nghỉ", 2, "Mã cán bộ", "7", "“7” may be 0007, 007. Type the code as text.")
    ]
    assert counts(found) == (0, 0, 0)
    assert not Leave.objects.exists() and not Unit.objects.exists()


def test_text_is_text_007_is_not_7():
    a_person("007", "Nguyễn Văn An")
    run({"Nhân sự": [["7", "Trần Thị Hòa"]]})
    assert sorted(Staff.objects.values_list("staff_code", flat=True)) == ["007", "7"]


def test_apostrophes_hard_spaces_and_spaces_around_a_code_are_trimmed():
    a_person("HD-0001", "Nguyễn Văn An")
    found = run({"Công tác": [["'\u00a0HD-0001 \u200b", "VC", D(2024, 1, 1)]]})
    assert found["created"] == 1


def test_a_row_without_code_needs_a_choice():
    found = run({"Nhân sự": [["", "Nguyễn Văn An", None, ""]]})
    assert reasons(found, "conflicts") == [
        ("Nhân sự", 2, "Mã cán bộ", "", "No staff code: choose the person and write the code.")
    ]


# ---- dates


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2026, 3, 2), D(2026, 3, 2)),
        (datetime(2026, 3, 2), D(2026, 3, 2)),
        ("02/03/2026", D(2026, 3, 2)),
        (" 2/3/2026 ", D(2026, 3, 2)),
        ("'02/03/2026", D(2026, 3, 2)),
        (46083, D(2026, 3, 2)),
    ],
)
def test_dates_are_read(value, expected):
    a_person(since=D(2010, 1, 1))
    run({"Nghỉ": [["HD-0001", "", value, "01/12/2026"]]})
    assert Leave.objects.get().start_on == expected


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("12/31/2026", "The date must look like 31/12/2026. Day and month are never swapped by the portal."),
        ("31/02/2026", "There is no such day. The date must look like 31/12/2026."),
        ("31/12/26", "Write the year with four digits, for example 31/12/2026."),
        ("2026-12-31", "The date must look like 31/12/2026."),
        ("hôm nay", "The date must look like 31/12/2026."),
        (2026, "This looks like a year alone. Type the whole date, for example 31/12/2026."),
        (-5, "The year 1899 cannot be right here."),
        (1e12, "This number is not a date. Type it as 31/12/2026."),
        (
            datetime(2026, 3, 2, 13, 30),
            "The cell holds a time of day too. Type the date alone, for example 31/12/2026.",
        ),
        (True, "A date was expected here, for example 31/12/2026."),
        (None, "Nothing stands here. Fill in “Từ ngày”."),
        ("01/12/2031", "This day must be after “Từ ngày”: it is the first day on which it is over."),
    ],
)
def test_dates_that_are_not_guessed(value, reason):
    a_person(since=D(2010, 1, 1))
    found = run({"Nghỉ": [["HD-0001", "", value, "01/12/2030"]]})
    assert [item["reason"] for item in found["errors"]] == [reason]
    assert not Leave.objects.exists()


def test_bare_serials_follow_the_workbooks_epoch():
    a_person(since=D(2010, 1, 1))
    run({"Nghỉ": [["HD-0001", "", 46083 - 1462, "01/12/2026"]]}, epoch=CALENDAR_MAC_1904)
    assert Leave.objects.get().start_on == D(2026, 3, 2)


# ---- cells nobody may guess


def test_a_formula_without_a_stored_value_is_an_error():
    found = run({"Nhân sự": [["HD-0001", "=A1&B1", None, ""]]})
    assert reasons(found) == [
        (
            "Nhân sự",
            2,
            "Họ và tên",
            "",
            "The formula has no stored value. Open the file in Excel, save it, and try again.",
        )
    ]


def test_merged_cells_are_not_filled_in():
    sheets = {"Nhân sự": [["HD-0001", "Nguyễn Văn An"], ["HD-0002", ""]]}
    found = run(sheets, prepare=lambda book: book["Nhân sự"].merge_cells("B2:B3"))
    assert reasons(found) == [
        ("Nhân sự", 3, "Họ và tên", "", "The cell is merged with others. Unmerge it and fill in each row.")
    ]


def test_hidden_rows_are_read_and_said():
    def hide(book):
        book["Nhân sự"].row_dimensions[3].hidden = True

    found = run({"Nhân sự": [["HD-0001", "Nguyễn Văn An"], ["HD-0002", "Trần Thị Hòa"]]}, prepare=hide)
    assert found["created"] == 2
    assert reasons(found, "warnings") == [
        ("Nhân sự", 3, "", "", "The row is hidden in the file; it was read.")
    ]


@pytest.mark.parametrize(
    ("sheet", "row", "reason"),
    [
        ("Công tác", ["HD-0001", "CBX", D(2024, 1, 1)], "Write one of: CB, CC, VC, HDLD, KCT, NC."),
        ("Công tác", ["HD-0001", "", D(2024, 1, 1)], "Nothing stands here. Fill in “Nhóm”."),
        (
            "Phân công",
            ["HD-0001", "KHONG", "", D(2024, 1, 1)],
            "There is no such unit, neither in the portal nor among the correct rows of “Đơn vị”.",
        ),
        ("Phân công", ["HD-0001", "VHXH", "", D(2024, 1, 1), None, "co"], "Write Có or Không."),
        (
            "Nghỉ",
            ["HD-9999", "", D(2024, 1, 1)],
            "Nobody has this code, neither in the portal nor among the correct rows of “Nhân sự”.",
        ),
        ("Nhân sự", ["HD-0002", "", None, ""], "Nothing stands here. Fill in “Họ và tên”."),
        ("Nhân sự", ["HD-0002", "Lê Ba", None, "khong-phai"], "This is not an e-mail address."),
        ("Nhân sự", ["HD-0002", "Lê Ba", D(2990, 1, 1), ""], "The year 2990 cannot be right here."),
        ("Nhân sự", ["HD-0002", "x" * 121, None, ""], "The text has 121 characters, at most 120."),
        ("Nhân sự", ["x" * 31, "Lê Ba", None, ""], "The code is longer than 30 characters."),
        ("Đơn vị", ["", "Phòng mới"], "Nothing stands here. Fill in “Mã”."),
        (
            "Đơn vị",
            ["A", "Phòng A", "B"],
            "There is no such unit, neither in the portal nor among the correct rows of this sheet.",
        ),
        ("Đơn vị", ["A", "Phòng A", "A"], "The unit would be its own superior."),
        ("Nghỉ", ["HD-0001", "", D(2024, 1, 1), None, D(2026, 12, 1)],
         "Excel turned this cell into a date or a yes/no value. Type it as text."),
    ],
)  # fmt: skip
def test_each_mistake_has_its_sentence_and_nothing_is_written(sheet, row, reason):
    unit()
    a_person()
    before = stored_roster()
    found = run({sheet: [row]})
    assert [item["reason"] for item in found["errors"]] == [reason]
    assert counts(found) == (0, 0, 0)
    assert stored_roster() == before


def test_spells_overlap_only_in_different_categories():
    rows = [["HD-0001", "CC", D(2020, 1, 1), D(2022, 1, 1)], ["HD-0001", "NC", D(2021, 1, 1), None]]
    person = {"Nhân sự": [["HD-0001", "Nguyễn Văn An"]]}
    assert run(person | {"Công tác": rows})["errors"] == []
    found = run({"Công tác": [["HD-0001", "CC", D(2021, 6, 1), None]]})
    assert [item["reason"] for item in found["errors"]] == [
        "The days overlap another time of service in the same category. Close one before the next."
    ]
    assert run({"Công tác": [["HD-0001", "CC", D(2022, 1, 1), None]]})["created"] == 1


def test_primary_assignments_never_overlap_and_both_new_rows_are_named():
    unit("VP", "Văn phòng")
    unit()
    a_person()
    rows = [
        ["HD-0001", "VP", "", D(2024, 1, 1), None, "Có"],
        ["HD-0001", "VHXH", "", D(2025, 1, 1), None, ""],
    ]
    found = run({"Phân công": rows})
    assert [(item["row"], item["column"]) for item in found["errors"]] == [(2, "Từ ngày"), (3, "Từ ngày")]
    rows[1][5] = "Không"
    assert run({"Phân công": rows})["created"] == 2


def test_assignments_and_leave_outside_service_are_written_with_a_warning():
    unit()
    a_person(since=D(2024, 1, 1))
    found = run(
        {
            "Phân công": [["HD-0001", "VHXH", "", D(2023, 12, 1), None, "Có"]],
            "Nghỉ": [["HD-0001", "ốm", D(2023, 1, 1), D(2023, 2, 1)]],
        }
    )
    assert found["created"] == 2
    assert [item["reason"] for item in found["warnings"]] == [
        "The assignment has days outside the person's service.",
        "The leave has days outside the person's service.",
    ]


def test_a_new_person_with_the_name_and_birth_date_of_another_is_pointed_out():
    a_person("HD-0001", "Nguyễn Thị Hoà", birth_date=D(1988, 5, 12))
    found = run({"Nhân sự": [["HD-0009", "Nguyễn Thị Hòa", D(1988, 5, 12)]]})
    assert found["created"] == 1
    assert [item["reason"] for item in found["warnings"]] == [
        "New person; the same name and date of birth stand under HD-0001."
    ]


def test_two_rows_of_one_key_with_other_contents_are_both_refused():
    found = run({"Nhân sự": [["HD-1", "Lê Ba"], ["HD-1", "Lê Bốn"]]})
    assert [(i["row"], i["reason"]) for i in found["errors"]] == [
        (2, "Row 3 names the same record with other contents. Keep one of them."),
        (3, "Row 2 names the same record with other contents. Keep one of them."),
    ]
    assert counts(run({"Nhân sự": [["HD-1", "Lê Ba"], ["HD-1", "Lê Ba"]]}))[0] >= 1
    assert Staff.objects.count() == 1


def test_skip_errors_writes_the_rest_and_whatever_depends_on_a_wrong_row_is_wrong_too():
    sheets = small_roster()
    sheets["Nhân sự"][1][2] = "12/31/1990"
    found = run(sheets, skip_errors=True)
    assert [(i["sheet"], i["row"]) for i in found["errors"]] == [
        ("Nhân sự", 3),
        ("Công tác", 3),
        ("Phân công", 3),
    ]
    assert found["created"] == 7
    assert list(Staff.objects.values_list("staff_code", flat=True)) == ["HD-0001"]


def test_names_are_stored_composed_and_found_by_their_key():
    import unicodedata

    run({"Nhân sự": [["HD-1", unicodedata.normalize("NFD", "Trần  Thuý Hoà")]]})
    person = Staff.objects.get()
    assert person.full_name == "Trần Thuý Hoà"
    assert person.search_key == "tran thuy hoa"
    assert counts(run({"Nhân sự": [["HD-1", "Trần Thuý Hoà"]]})) == (0, 0, 1)


def test_cells_that_begin_like_a_formula_go_out_as_text_and_come_back_unchanged():
    names = ["=1+1", "+84 An", "-An", "@An", "#N/A"]
    for n, name in enumerate(names):
        Staff.objects.create(staff_code=f"HD-{n}", full_name=name)
    content = export_roster(with_leave_kind=True)
    cells = [load_workbook(io.BytesIO(content))["Nhân sự"].cell(row, 2) for row in range(2, 7)]
    assert [(cell.value, cell.data_type) for cell in cells] == [(name, "s") for name in names]
    assert counts(import_roster(io.BytesIO(content)).as_dict()) == (0, 0, 5)


# ---- the commands


@pytest.fixture
def saved(tmp_path):
    def save(file, name="so.xlsx"):
        path = tmp_path / name
        path.write_bytes(file if isinstance(file, bytes) else file.read())
        return str(path)

    return save


def command(path, *args):
    """(exit code, JSON printed, reason on stderr)."""
    out = io.StringIO()
    try:
        call_command("import_roster", path, "--format", "json", *args, stdout=out)
    except CommandError as error:
        return error.returncode, json.loads(out.getvalue()), str(error)
    return 0, json.loads(out.getvalue()), ""


def test_the_command_prints_the_shape_machines_rely_on(saved):
    path = saved(workbook(small_roster()))
    code, dry, _reason = command(path, "--dry-run")
    assert (code, Staff.objects.count()) == (0, 0)
    assert list(dry) == ["created", "changed", "unchanged", "conflicts", "errors", "warnings"]
    assert command(path) == (0, dry, "")
    assert Staff.objects.count() == 2


def test_any_error_exits_2_with_the_reason_and_nothing_written(saved):
    sheets = small_roster() | {"Công tác": [["HD-0001", "XX", D(2020, 1, 1), None]]}
    path = saved(workbook(sheets))
    for args in ((), ("--dry-run",)):
        code, found, reason = command(path, *args)
        assert code == 2
        assert found["errors"] == [
            {
                "sheet": "Công tác",
                "row": 2,
                "column": "Nhóm",
                "value": "XX",
                "reason": "Write one of: CB, CC, VC, HDLD, KCT, NC.",
            }
        ]
        assert reason.startswith("Nothing was written: 1 errors. The first: Công tác 2 Nhóm “XX”")
    assert not Staff.objects.exists()
    assert command(path, "--skip-errors")[0] == 0
    assert Staff.objects.count() == 2


def test_conflicts_alone_exit_1_with_nothing_written(saved):
    path = saved(workbook({"Nhân sự": [["", "Lê Ba"], ["HD-1", "Lê Bốn"]]}))
    for args in ((), ("--skip-errors",)):
        code, found, reason = command(path, *args)
        assert (code, reason) == (1, "Nothing was written: 1 rows need a choice.")
        assert counts(found) == (0, 0, 0)
    assert not Staff.objects.exists()


def test_export_then_import_by_the_commands_changes_nothing(saved, tmp_path):
    command(saved(workbook(small_roster())))
    out = tmp_path / "xuat.xlsx"
    call_command("export_roster", str(out), stdout=io.StringIO())
    assert out.stat().st_mode & 0o777 == 0o600
    code, found, _reason = command(str(out))
    assert (code, counts(found)) == (0, (0, 0, 10))


def test_a_file_that_is_not_there_exits_2(tmp_path):
    assert command(str(tmp_path / "khong-co.xlsx"))[0] == 2


def test_reading_is_a_constant_number_of_queries(django_assert_num_queries):
    from people.roster import examine

    run(small_roster())
    with django_assert_num_queries(5):
        examine(workbook(small_roster()))
