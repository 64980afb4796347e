"""The council at its edges, from scoring to the decision: recused seats, a tie, two thirds, trimmed means."""

from decimal import Decimal

import pytest

from ideas import evaluation, meetings, workflow
from ideas.meetings import MeetingRefused
from ideas.models import Initiative, InitiativeCertificate, Meeting, Rubric
from ideas.moves import Refused
from ideas.papers import minutes
from scoring.rubric import definition_of

from . import builders
from .paper_builders import held, record, texts
from .test_meeting import in_mode, opened, why
from .test_meeting import record as record_vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward():
    return builders.make_ward()


def without_alternates(ward):
    ward.appointment.seats.filter(role="alternate").delete()


def recuse(ward, dossier, *names):
    for name in names:
        sheet = dossier.sheets.in_force().get(staff=ward.users[name].staff)
        evaluation.declare_conflict(ward.users[name], sheet, "Người nhà của tác giả")


def close(dossier, share="0.8"):
    for sheet in dossier.sheets.in_force().select_related("staff__user").exclude(state="submitted"):
        builders.send_sheet(sheet, Decimal(share))
    return builders.fresh(dossier)


def test_two_recused_of_seven_without_alternates_still_decide_by_five_of_seven(ward):
    without_alternates(ward)
    dossier = builders.evaluating(ward, declared=False)
    recuse(ward, dossier, "hoidong3", "hoidong4")
    dossier = close(dossier)
    assert dossier.state == "evaluated"
    assert (dossier.current_result.submitted, dossier.current_result.expected) == (5, 7)
    meeting = held(ward, dossier, votes_for=5)
    item = meeting.items.get()
    assert (item.seats, item.needed, item.votes_for, item.votes_against) == (7, 5, 5, 0)
    assert "Không tham gia xét và biểu quyết: Lê Thị Hoa (có xung đột lợi ích); Đỗ Văn Hải" in texts(
        minutes.minutes(record(meeting))
    )
    dossier = builders.fresh(dossier)
    assert workflow.move(dossier, "recognise", ward.lanhdao, **builders.decision()).state == "recognised"


def test_with_two_recused_one_vote_against_is_one_too_many(ward):
    without_alternates(ward)
    dossier = builders.evaluating(ward)
    recuse(ward, dossier, "hoidong3", "hoidong4")
    item = in_mode(ward, opened(ward, close(dossier)))
    with pytest.raises(MeetingRefused) as refused:
        record_vote(ward, item, 4, "recognise")  # four of the five who vote, but not of the seven seats
    assert why(refused) == "votes_short"


def test_three_recused_without_alternates_cannot_close_and_an_alternate_helps(ward):
    alternate = ward.appointment.seats.get(number=8)
    ward.appointment.seats.filter(role="alternate").exclude(pk=alternate.pk).delete()
    alternate.staff = None
    alternate.save()
    dossier = builders.evaluating(ward)
    recuse(ward, dossier, "hoidong2", "hoidong3", "hoidong4")
    dossier = close(dossier)
    assert dossier.state == "evaluating"  # four sheets are no quorum of seven seats
    with pytest.raises(Refused) as refused:
        workflow.move(dossier, "close_evaluation", ward.thuky)
    assert refused.value.answer.reason == "sheets_short"
    alternate.staff = ward.hoidong5.staff
    alternate.save()
    from ideas.vacancies import pass_on_vacated_seats

    pass_on_vacated_seats()
    assert close(dossier).state == "evaluated"


def test_a_chair_who_is_author_is_handed_to_the_vice_chair_from_scoring_to_the_minutes(ward):
    draft = builders.draft(ward, co_author=False)
    draft.authors.update(share=Decimal(50))
    builders.add_author(draft, staff=ward.chutich.staff, share=Decimal(50))
    draft.authors.update(confirmed_at=builders.timezone.now())
    dossier = workflow.move(builders.fresh(draft), "submit", ward.tacgia)
    Initiative.objects.filter(pk=dossier.pk).update(
        formality_checklist=dict.fromkeys(builders.CHECKLIST, True)
    )
    dossier = workflow.move(builders.fresh(dossier), "accept", ward.thuky)
    dossier = workflow.move(dossier, "start_evaluation", ward.thuky)
    assert dossier.sheets.get(seat__role="chair").staff == ward.hoidong5.staff
    dossier = close(dossier)
    with pytest.raises(Refused) as refused:
        workflow.move(dossier, "reopen_evaluation", ward.chutich, reason="Xem lại")
    assert refused.value.answer.reason == "only_chair"
    dossier = workflow.move(dossier, "reopen_evaluation", ward.phochutich, reason="Sót một minh chứng")
    dossier = workflow.move(dossier, "close_evaluation", ward.thuky)
    meeting = held(ward, builders.fresh(dossier))
    text = texts(minutes.minutes(record(meeting)))
    assert "Điều hành nội dung này: ông (bà) Nguyễn Văn An, Phó Chủ tịch Hội đồng." in text
    assert "Không tham gia xét và biểu quyết: Phạm Quốc Khánh (tác giả)." in text
    assert "Ủy viên dự khuyết biểu quyết thay: Trịnh Thu Hiền (thay Phạm Quốc Khánh)." in text


@pytest.mark.parametrize(("votes_for", "enough"), [(4, True), (3, False)])
def test_six_seats_exactly_two_thirds_is_enough_and_a_tie_is_not(ward, votes_for, enough):
    ward.appointment.seats.filter(number=7).delete()
    without_alternates(ward)
    dossier = builders.evaluated(ward)
    item = in_mode(ward, opened(ward, dossier))
    wrong = "decline" if enough else "recognise"
    with pytest.raises(MeetingRefused) as refused:
        record_vote(ward, item, votes_for, wrong)
    assert why(refused) == ("votes_enough" if enough else "votes_short")
    item = record_vote(ward, item, votes_for, "recognise" if enough else "decline")
    assert (item.votes_for, item.needed, item.seats) == (votes_for, 4, 6)
    meeting = Meeting.objects.get()
    version = meeting.edit_version
    meetings.close_meeting(ward.thuky, meeting, "Hội đồng thống nhất.", base_version=version)
    dossier = builders.fresh(dossier)
    may = workflow.may(dossier, "recognise", ward.lanhdao, data=builders.decision(), asking=False)
    assert may.allowed is enough and (enough or may.reason == "votes_short")


def test_a_trimmed_rubric_closes_with_the_trimmed_mean(ward):
    """One wild sheet at each end is dropped from the mean; the spread still shows the disagreement."""
    shipped = definition_of(ward.round.rubric.rubric)
    trimmed = Rubric.objects.create(definition=shipped | {"code": "cat-hai-dau", "mean_kind": "trimmed"})
    ward.round.rubric = trimmed
    ward.round.save()
    dossier = builders.evaluating(ward)
    shares = ["0.1", "0.8", "0.8", "0.8", "0.8", "0.8", "1"]
    sheets = dossier.sheets.select_related("staff__user").order_by("seat__number")
    for sheet, share in zip(sheets, shares, strict=True):
        builders.send_sheet(sheet, Decimal(share))
    result = builders.fresh(dossier).current_result
    assert (result.mean, result.spread) == (Decimal("80.00"), Decimal("90.00"))
    assert result.has_disagreement and result.verdict == "pass"


def test_an_eliminating_criterion_fails_whatever_the_total(ward):
    ward.round.rubric = Rubric.objects.get(code="bay-tieu-chi")
    ward.round.save()
    dossier = builders.evaluating(ward)
    for sheet in dossier.sheets.select_related("staff__user"):
        sheet.refresh_from_db()
        points = builders.points_for(sheet.initiative, Decimal(1)) | {"A2": Decimal("9.5")}
        evaluation.submit_sheet(sheet.staff.user, sheet, points, "", base_version=sheet.edit_version)
    result = builders.fresh(dossier).current_result
    assert result.mean == Decimal("89.50") and result.verdict == "fail"


def test_the_certificates_of_a_revoked_recognition_say_so_to_everybody(ward, client):
    dossier = builders.recognised(ward)
    papers = InitiativeCertificate.objects.filter(author__initiative=dossier).select_related("certificate")
    words = {"public_reason": "Khai không đúng sự thật."}
    workflow.move(dossier, "revoke", ward.lanhdao, **words, **builders.decision("500/QĐ-UBND"))
    client.cookies["ngon_ngu"] = "en"
    for paper in papers:
        html = client.get(f"/xac-minh/{paper.certificate.code}/").content.decode()
        assert "revoked" in html.lower()
    assert InitiativeCertificate.objects.count() == 2  # nothing is deleted
