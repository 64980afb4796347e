"""The straight road from draft to certificate, through the door alone."""

import pytest

from ideas import workflow
from ideas.models import InitiativeCertificate

from . import builders

pytestmark = pytest.mark.django_db


def test_a_dossier_goes_from_draft_to_a_certificate_for_each_author():
    ward = builders.make_ward()
    initiative = builders.recognised(ward)
    assert initiative.state == "recognised"
    steps = list(initiative.history.values_list("transition", "from_state", "to_state", "actor_role"))
    assert [step for step in steps if step[0] != "sheet_sent"] == [
        ("create", "", "draft", "main_author"),
        ("submit", "draft", "submitted", "main_author"),
        ("accept", "submitted", "accepted", "secretary"),
        ("start_evaluation", "accepted", "evaluating", "secretary"),
        ("close_evaluation", "evaluating", "evaluated", "clock"),
        ("recognise", "evaluated", "recognised", "head"),
    ]
    issued = InitiativeCertificate.objects.filter(author__initiative=initiative)
    assert [paper.certificate.holder_name for paper in issued] == ["Bùi Thị Ngọc", "Đỗ Minh Tuấn"]
    result = initiative.results.get()
    assert (result.submitted, result.expected, result.verdict) == (7, 7, "pass")


@pytest.mark.parametrize("state", ["withdraw", "decline", "revoke", "correct"])
def test_the_side_roads(state):
    ward = builders.make_ward()
    if state == "withdraw":
        moved = workflow.move(builders.evaluating(ward), "withdraw", ward.tacgia, reason="Trùng việc khác")
        assert moved.state == "withdrawn"
        assert set(moved.sheets.values_list("state", flat=True)) == {"void"}
    elif state == "decline":
        assert builders.declined(ward).state == "declined"
    else:
        initiative = builders.recognised(ward)
        words = {"reason": "Sai tên tác giả"} if state == "correct" else {"public_reason": "Khai không đúng"}
        moved = workflow.move(initiative, state, ward.lanhdao, **words, **builders.decision("500/QĐ-UBND"))
        states = InitiativeCertificate.objects.filter(author__initiative=initiative).values_list(
            "certificate__state", flat=True
        )
        expected = (
            ["replaced", "replaced", "valid", "valid"] if state == "correct" else ["revoked", "revoked"]
        )
        assert sorted(states) == expected
