"""Writing workbooks: numbers as numbers, dates as dates, text as text whatever it begins with."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from people.workbook import PrintedSheet, write_workbook


def written(rows, columns=None):
    width = max(len(row) for row in rows)
    columns = columns or [(f"Cột {number}", 12) for number in range(width)]
    return load_workbook(io.BytesIO(write_workbook([("Tờ", columns, rows)]))).active


@pytest.mark.parametrize("text", ["=1+1", "+84912", "-5 %", "@ten", "\tthụt", "\rxuống"])
def test_text_that_looks_like_a_formula_is_marked_as_text(text):
    cell = written([[text]])["A2"]
    assert (cell.data_type, cell.quotePrefix, cell.number_format) == ("s", True, "@")
    assert cell.value.strip() == text.strip()


def test_plain_text_and_codes_carry_no_mark_and_keep_their_zeros():
    sheet = written([["007", "Hoà"]])
    assert (sheet["A2"].value, sheet["A2"].quotePrefix, sheet["A2"].data_type) == ("007", False, "s")


def test_text_is_composed():
    assert written([["Hoa\u0300"]])["A2"].value == "Hoà"


def test_numbers_are_numbers_and_long_ones_stay_exact():
    sheet = written([[7, Decimal("86.40"), 10**17, True]])
    assert [sheet.cell(2, column).data_type for column in (1, 2, 3, 4)] == ["n", "n", "s", "b"]
    assert (sheet["B2"].value, sheet["B2"].number_format) == (86.4, "0.00")
    assert sheet["C2"].value == str(10**17)


def test_dates_are_dates_and_moments_local():
    sheet = written([[date(2026, 12, 31), datetime(2026, 12, 31, 17, 30, tzinfo=UTC)]])
    assert sheet["A2"].number_format == "dd/mm/yyyy"
    assert sheet["B2"].value == datetime(2027, 1, 1, 0, 30)


def test_columns_go_on_after_z():
    sheet = written([list(range(30))], [(f"Cột {number}", 9 + number) for number in range(30)])
    assert sheet.column_dimensions["AD"].width == 38


def test_control_characters_and_endless_text_do_not_break_the_file():
    sheet = written([["a\x00b\x1f", "x" * 40_000]])
    assert sheet["A2"].value == "ab"
    assert len(sheet["B2"].value) == 32_767


def test_a_printed_sheet_repeats_its_head_and_counts_its_pages():
    made = PrintedSheet(
        "Sổ", (("Tên", 10), ("Số", 5)), iter([("a " * 30, 1), ("Cộng", 1)]), ("SỔ", "2026"), True
    )
    sheet = load_workbook(io.BytesIO(write_workbook([made]))).active
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$3:$4", "A5")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.oddFooter.center.text == "&P/&N"
    assert [cell.value for cell in sheet[4]] == ["(1)", "(2)"]
    assert sheet.row_dimensions[5].height > sheet.row_dimensions[6].height
