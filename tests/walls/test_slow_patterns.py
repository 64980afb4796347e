"""No pattern of ours can be made to run for minutes: every one in the code is asked texts that hurt.

A pattern that backtracks doubles its time with each letter, or squares it; the texts here are long enough
that either shows. What people may type in one field is bounded by it (DATA_UPLOAD_MAX_MEMORY_SIZE in all).
"""

import ast
import re
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONG = 8_000  # letters
SECONDS = 1.0  # of this process's own time; a pattern without backtracking takes milliseconds
CALLS = {"compile", "match", "search", "sub", "subn", "fullmatch", "findall", "finditer", "split"}
# Letters a pattern may repeat, alone and mixed, with an end that fits none.
_UNITS = [
    "a",
    "0",
    " ",
    "\t\n",
    "-",
    ".",
    "(",
    '"',
    "'",
    "=",
    "A1",
    "a ",
    "0.",
    "0 ",
    "1.000",
    "a-",
    "\\",
    "đ",
    "Ạ̣",
    "a\u0323",
]
ATTACKS = [
    head + unit * (LONG // len(unit)) + tail
    for unit in _UNITS
    for head in ("", "x", "0")
    for tail in ("", "!", "\n!")
]


def _flags(node):
    named = [ast.unparse(each) for each in node.args[1:] + [keyword.value for keyword in node.keywords]]
    return sum(getattr(re, word) for text in named for word in re.findall(r"re\.([A-Z]+)", text))


def _is_literal_pattern(node):
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func.value) == "re"
        and node.func.attr in CALLS
        and bool(node.args)
        and isinstance(node.args[0], ast.Constant)
    )


def patterns():
    """{"file:line": (pattern, whether it is looked for inside a text)}; the others begin at its start."""
    found = {}
    for folder in ("site", "ideas", "training", "competitions"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            text = path.read_text()
            for node in ast.walk(tree := ast.parse(text)):
                if _is_literal_pattern(node):
                    at = f"{path.relative_to(ROOT)}:{node.lineno}"
                    found[at] = re.compile(node.args[0].value, _flags(node)), _searches(node, tree, text)
    return found


def _searches(node, tree, text):
    ways = {node.func.attr}
    if ways == {"compile"}:
        names = [
            each.targets[0].id
            for each in ast.walk(tree)
            if isinstance(each, ast.Assign) and each.value is node and isinstance(each.targets[0], ast.Name)
        ]
        ways = {way for name in names for way in re.findall(rf"\b{name}\.([a-z]+)\(", text)}
    return not ways or not ways <= {"match", "fullmatch"}


@pytest.fixture(scope="module")
def found():
    """Read when it is asked for: every process that collects tests would parse the whole code."""
    return patterns()


def test_the_patterns_of_the_code_were_found(found):
    assert len(found) > 60
    assert any(at.startswith("site/vietnamese/numbers.py") for at in found)


def test_a_pattern_takes_no_longer_than_its_text_is_long(found):
    slow = {
        at: pattern.pattern for at, (pattern, searches) in found.items() if not _is_quick(pattern, searches)
    }
    assert not slow


def _is_quick(pattern, searches):
    attacks = [text.encode() for text in ATTACKS] if isinstance(pattern.pattern, bytes) else ATTACKS
    began = time.process_time()
    for text in attacks:
        pattern.fullmatch(text)
        pattern.search(text) if searches else pattern.match(text)
    return time.process_time() - began < SECONDS


def test_the_walk_notices_a_pattern_that_hurts():
    """A test that cannot fail is none: this one takes far longer on a text a tenth as long."""
    began = time.process_time()
    re.compile(r"\s*(đ|đồng)$").search(" " * (LONG // 2) + "x")
    assert time.process_time() - began > 0.05
