"""docs/security.md answers each requirement once, counts rightly, and names only what there is."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs/security.md").read_text()
# The numbers of ASVS 5.0, levels 1 and 2: in each section they run from 1 to the number behind it.
SECTIONS = re.findall(
    r"(\d+\.\d+) (\d+)",
    """
1.1 2  1.2 9  1.3 11  1.4 3  1.5 2
2.1 3  2.2 3  2.3 4  2.4 1
3.2 2  3.3 4  3.4 6  3.5 5  3.7 2
4.1 3  4.2 1  4.3 2  4.4 4
5.1 1  5.2 3  5.3 2  5.4 3
6.1 3  6.2 12  6.3 4  6.4 4  6.5 5  6.6 3  6.8 4
7.1 3  7.2 4  7.3 2  7.4 5  7.5 2  7.6 2
8.1 2  8.2 3  8.3 1  8.4 1
9.1 3  9.2 4
10.1 2  10.2 2  10.3 4  10.4 11  10.5 5  10.6 2  10.7 3
11.1 2  11.2 3  11.3 3  11.4 4  11.5 1  11.6 1
12.1 3  12.2 2  12.3 4
13.1 1  13.2 5  13.3 2  13.4 5
14.1 2  14.2 4  14.3 3
15.1 3  15.2 3  15.3 7
16.1 1  16.2 5  16.3 4  16.4 3  16.5 3
17.1 1  17.2 4  17.3 2
""",
)
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \|(.*)\|$", re.MULTILINE)
CHAPTER = re.compile(r"^## V(\d+) ", re.MULTILINE)
COUNTS = re.compile(r"^\| (?:V(\d+) [^|]+|all 253) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", re.MULTILINE)
# A file or folder of the repository: relative, with a slash, or one of the files at its root.
NAMED = re.compile(r"`([A-Za-z.][\w.@-]*/[\w./@-]*|[\w-]+\.(?:txt|toml|md))(?:::(\w+))?`")


def numbers():
    return [f"{section}.{number}" for section, last in SECTIONS for number in range(1, int(last) + 1)]


def rows():
    """[(number, cells)] as they stand."""
    return [(number, [cell.strip() for cell in rest.split("|")]) for number, rest in ROW.findall(DOCUMENT)]


def state(cells):
    how = cells[1]
    for mark, name in (("**Not met", "not met"), ("**Partly", "partly")):
        if mark in how:
            return name
    return "none of it" if how.startswith("does not apply: ") else "met"


def path_of(name):
    """Tests are named from tests/, all else from the root."""
    below_tests = ROOT / "tests" / name
    return below_tests if Path(name).name.startswith("test_") and below_tests.exists() else ROOT / name


@cache
def names_in(path):
    tree = ast.parse(path.read_text())
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in ast.walk(tree) if isinstance(node, kinds)}


def test_each_requirement_has_one_row_and_they_stand_in_order():
    assert [number for number, _cells in rows()] == numbers()
    assert len(numbers()) == 253


def test_each_row_stands_in_its_chapter_and_says_something_in_each_cell():
    parts = CHAPTER.split(DOCUMENT)[1:]
    for chapter, text in zip(parts[::2], parts[1::2], strict=True):
        assert {number.split(".")[0] for number, _rest in ROW.findall(text)} == {chapter}
    assert [number for number, cells in rows() if len(cells) != 3 or not all(cells)] == []


def test_the_table_of_counts_is_what_the_rows_say():
    columns = ("met", "partly", "not met", "none of it")
    counted = Counter((number.split(".")[0], state(cells)) for number, cells in rows())
    chapters = sorted({chapter for chapter, _state in counted}, key=int)
    wanted = [(chapter, *(counted[chapter, column] for column in columns)) for chapter in chapters]
    wanted.append(("", *(sum(row[at] for row in wanted) for at in range(1, 5))))
    assert [(chapter, *map(int, figures)) for chapter, *figures in COUNTS.findall(DOCUMENT)] == wanted


def test_every_file_and_every_test_it_names_exists():
    named = NAMED.findall(DOCUMENT)
    missing = [name for name, _test in named if not path_of(name).exists()]
    missing += [
        f"{name}::{test}"
        for name, test in named
        if test and path_of(name).is_file() and test not in names_in(path_of(name))
    ]
    assert len(named) > 250 and missing == []
