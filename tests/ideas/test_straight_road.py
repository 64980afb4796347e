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
    assert [step for step in steps if step[0] not in ("sheet_sent", "no_conflict")] == [
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


def test_a_correcting_decision_changes_the_rows_and_every_certificate():
    ward = builders.make_ward()
    initiative = builders.recognised(ward)
    author = initiative.authors.get(is_main=True)
    workflow.move(
        initiative,
        "correct",
        ward.lanhdao,
        reason="Sai họ tên",
        corrections={
            "title": "Tên đúng của sáng kiến",
            "authors": {author.pk: {"full_name": "Bùi Thị Bích"}},
        },
        **builders.decision("500/QĐ-UBND"),
    )
    in_force = InitiativeCertificate.objects.filter(
        author__initiative=initiative, certificate__state="valid"
    ).select_related("certificate")
    said = [(held.certificate.holder_name, held.certificate.title) for held in in_force]
    assert said == [
        ("Bùi Thị Bích", "Tên đúng của sáng kiến"),
        ("Đỗ Minh Tuấn", "Tên đúng của sáng kiến"),
    ]
    assert in_force[1].certificate.data["co_authors"] == ["Bùi Thị Bích"]
    changed = initiative.history.get(transition="correct").details["changed"]
    assert [(row["what"], row["new"]) for row in changed] == [
        ("title", "Tên đúng của sáng kiến"),
        ("full_name", "Bùi Thị Bích"),
    ]


def test_a_new_main_author_means_that_every_share_is_confirmed_anew():
    ward = builders.make_ward()
    initiative = builders.submitted(ward)
    successor = initiative.authors.get(is_main=False)
    ward.tacgia.is_active = False
    ward.tacgia.save()
    workflow.move(initiative, "hand_over", ward.thuky, reason="Nghỉ việc", new_main_author=successor.pk)
    told = successor.staff.user.notifications.values_list("event", flat=True)
    assert "ideas.handed_over" in told
    assert [author.is_confirmed for author in builders.fresh(initiative).authors.all()] == [False, True]
