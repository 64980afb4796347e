"""Every reason code of entering has its sentence; where it belongs to a person, it names them."""

import ast
from pathlib import Path

import pytest
from django.utils import timezone, translation

from competitions import capacities, reasons, workflow
from competitions.entering import reading
from competitions.moves import Answer, Refusal

pytestmark = pytest.mark.once

HOME = Path(reasons.__file__).parent
SOURCES = [
    *(HOME / f"{name}.py" for name in ("rules", "eligibility", "completeness", "consenting")),
    *sorted((HOME / "entering").glob("*.py")),
]
FIGURES = {
    "state": "draft",
    "opens_at": timezone.now(),
    "closes_at": timezone.now(),
    "ends_at": timezone.now(),
    "day": timezone.localdate(),
    "names": "Hoa, Minh",
    "name": "Hoa",
    "answer": "declined",
} | dict.fromkeys(("age", "min", "max", "most", "count", "least"), 1000)


def codes():
    found = {"wrong_state", "only_leader", "only_organiser", "only_clock", "nothing_changed"}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refusal":
                found |= {leaf.value for leaf in ast.walk(node.args[0]) if isinstance(leaf, ast.Constant)}
    return sorted(found)


@pytest.mark.parametrize("code", codes())
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_code_has_its_sentence(code, language):
    with translation.override(language):
        sentence = reasons.sentence(Refusal(code, FIGURES))
    assert sentence.endswith(".") and "%" not in sentence and code not in sentence


def test_what_is_about_one_person_names_them():
    assert reasons.sentence(Refusal("staff_only", {"name": "Hoa"})).startswith("Hoa: ")
    assert not reasons.sentence(Refusal("staff_only")).startswith("Hoa")


def test_an_allowed_step_has_no_reason_and_everybody_has_a_name():
    assert reasons.sentence(Answer("submit", True)) == ""
    answer = Answer("submit", False, "entries_closed", FIGURES, who=("leader", "organiser"))
    with translation.override("en"):
        assert reasons.who_can(answer) == "the leader of the entry or the organisers"
    everybody = {c.code for c in vars(capacities).values() if isinstance(c, capacities.Capacity)}
    assert everybody <= set(reasons.WHO)


def test_every_step_has_its_words_in_the_history():
    assert set(workflow.TRANSITIONS) <= set(reading._STEPS)
