"""Complaints: who files, by when, who takes up and settles; and what follows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ideas import complaints, workflow
from ideas.models import Complaint, Initiative
from ideas.moves import Refused
from notifications.models import Notification
from obligations.terms import term_of_days
from tests.html import assert_sound

from . import builders
from .starting import begun_by
from .test_dossier_steps import english

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TEXT = "Hội đồng chưa xem số liệu quý III."


start = begun_by(builders.declined)


@pytest.fixture
def declined(initiative):
    return builders.fresh(initiative)


def filed(ward, initiative, **values):
    return complaints.file_complaint(initiative, ward.tacgia, text=TEXT, **values)


def refusal(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.answer.reason


def days(count, start=None):
    return (start or timezone.now()) + timedelta(days=count)


def told(event):
    return sorted(Notification.objects.filter(event=event).values_list("recipient__username", flat=True))


def test_a_complaint_from_filing_to_a_second_consideration(client, ward, declined):
    base = f"{declined.get_absolute_url()}khieu-nai/"
    english(client, ward.dongtacgia)
    assert_sound(client.get(f"{base}moi/").content)
    assert client.post(f"{base}moi/", {"text": TEXT}).headers["Location"] == base
    complaint = Complaint.objects.get()
    assert (complaint.complainant, complaint.against_state) == ("Đỗ Minh Tuấn", "declined")
    assert complaint.take_up_due_on == timezone.localdate() + timedelta(days=10)
    assert told("ideas.complaint_filed") == ["chutich", "lanhdao", "phochutich", "thuky"]

    english(client, ward.lanhdao)
    assert_sound(client.get(base).content)
    assert_sound(client.get(f"{base}{complaint.pk}/thu-ly/").content)
    assert client.post(f"{base}{complaint.pk}/thu-ly/", {"is_complex": "on"}).status_code == 302
    complaint.refresh_from_db()
    assert complaint.settle_due_on == timezone.localdate() + timedelta(days=45)
    answer = client.post(f"{base}{complaint.pk}/giai-quyet/", {"outcome": "accepted", "answer": ""})
    assert "Write the answer" in answer.content.decode()
    client.post(f"{base}{complaint.pk}/giai-quyet/", {"outcome": "accepted", "answer": "Xét lại."})
    assert told("ideas.complaint_settled") == ["chutich", "dongtacgia", "phochutich", "tacgia", "thuky"]

    moved = workflow.move(builders.fresh(declined), "reconsider", ward.lanhdao, reason="Khiếu nại đúng")
    assert moved.state == "evaluating"
    assert Complaint.objects.get().used is True
    steps = declined.history.filter(transition__startswith="complaint").values_list(
        "transition", "actor_role"
    )
    assert list(steps) == [
        ("complaint_filed", "author"),
        ("complaint_taken_up", "head"),
        ("complaint_settled", "head"),
    ]


def ninety_days():
    """How many days there are to file: ninety, and those off that follow."""
    return (term_of_days(timezone.localdate(), 90) - timezone.localdate()).days


@pytest.mark.parametrize(("past_the_last", "allowed"), [(-90, True), (0, True), (1, False)])
def test_the_ninety_days(ward, declined, past_the_last, allowed):
    answer = complaints.may_file(declined, ward.tacgia, now=days(max(0, ninety_days() + past_the_last)))
    assert (answer.allowed, answer.reason) == (allowed, "" if allowed else "complaint_too_late")
    assert answer.until == timezone.localdate() + timedelta(days=ninety_days())


@pytest.mark.parametrize(("is_complex", "term"), [(False, 30), (True, 45)])
def test_the_days_to_settle_start_when_it_is_taken_up(ward, declined, is_complex, term):
    complaint = filed(ward, declined)
    taken = complaints.take_up(complaint, ward.lanhdao, is_complex=is_complex, now=days(7))
    assert taken.settle_due_on == term_of_days(timezone.localdate(days(7)), term)


def test_refusals_in_their_order(ward, declined):
    assert (
        refusal(lambda: complaints.file_complaint(declined, ward.tacgia, text="  "))
        == "complaint_text_missing"
    )
    assert refusal(lambda: complaints.file_complaint(declined, ward.hoidong1, text=TEXT)) == "only_author"
    complaint = filed(ward, declined)
    assert refusal(lambda: filed(ward, declined)) == "complaint_already_open"
    settle = {"outcome": "rejected", "answer": "Giữ nguyên."}
    assert refusal(lambda: complaints.settle(complaint, ward.lanhdao, **settle)) == "complaint_not_taken_up"
    for name in ("thuky", "chutich", "tacgia", "cappho", "quantri"):
        assert refusal(lambda: complaints.take_up(complaint, ward.users[name])) == "only_head"  # noqa: B023
    complaints.take_up(complaint, ward.lanhdao)
    assert refusal(lambda: complaints.take_up(complaint, ward.lanhdao)) == "complaint_already_taken_up"
    wrong = {"outcome": "perhaps", "answer": "?"}
    assert refusal(lambda: complaints.settle(complaint, ward.lanhdao, **wrong)) == "complaint_outcome_missing"
    complaints.settle(complaint, ward.lanhdao, **settle)
    assert (
        refusal(lambda: complaints.settle(complaint, ward.lanhdao, **settle)) == "complaint_already_settled"
    )
    assert refusal(lambda: filed(ward, declined)) == "complaint_already_settled"
    again = workflow.may(builders.fresh(declined), "reconsider", ward.lanhdao)
    assert (again.allowed, again.reason) == (False, "no_accepted_complaint")


@pytest.mark.parametrize("state", ["submitted", "accepted", "evaluated", "recognised"])
def test_there_is_nothing_to_complain_about_elsewhere(ward, state):
    initiative = builders.fresh(getattr(builders, state)(ward))
    assert refusal(lambda: filed(ward, initiative)) == "complaint_nothing_decided"


def test_a_refused_dossier_can_be_complained_about_and_checked_anew(ward):
    refused = workflow.move(
        builders.submitted(ward), "refuse", ward.thuky, public_reason="Không phải giải pháp"
    )
    complaint = filed(ward, builders.fresh(refused))
    complaints.take_up(complaint, ward.lanhdao)
    complaints.settle(complaint, ward.lanhdao, outcome="accepted", answer="Kiểm tra lại.")
    moved = workflow.move(builders.fresh(refused), "reconsider", ward.lanhdao, reason="Kiểm tra lại")
    assert moved.state == "submitted"


def test_the_secretary_records_a_paper_complaint_for_the_author(client, ward, declined):
    base = f"{declined.get_absolute_url()}khieu-nai/"
    english(client, ward.thuky)
    today = timezone.localdate()
    for day, says in (
        (today + timedelta(days=1), "lies in the future"),
        (today - timedelta(days=1), "The decision was told on"),
    ):
        data = {"text": TEXT, "complainant": "Bùi Thị Ngọc", "filed_on": day.strftime("%d/%m/%Y")}
        page = client.post(f"{base}moi/", data).content.decode()
        assert says in page
        assert TEXT in page
    data = {"text": TEXT, "filed_on": today.strftime("%d/%m/%Y")}
    assert "Choose the author who complains" in client.post(f"{base}moi/", data).content.decode()
    assert client.post(f"{base}moi/", {**data, "complainant": "Ai đó"}).status_code == 200
    assert Complaint.objects.count() == 0
    client.post(f"{base}moi/", {**data, "complainant": "Bùi Thị Ngọc"})
    complaint = Complaint.objects.get()
    assert (complaint.complainant, complaint.recorded_by) == ("Bùi Thị Ngọc", ward.thuky)


def test_a_paper_that_arrived_in_time_may_be_recorded_afterwards(ward, declined):
    received = timezone.localdate() + timedelta(days=88)
    values = {"text": TEXT, "complainant": "Bùi Thị Ngọc"}
    complaints.file_complaint(declined, ward.thuky, filed_on=received, now=days(95), **values)
    assert Complaint.objects.get().filed_on == received


def test_members_and_strangers_read_no_complaint(client, ward, declined):
    complaint = filed(ward, declined)
    base = f"{declined.get_absolute_url()}khieu-nai/"
    for name, status in (
        ("hoidong1", 403),
        ("nguoikhac", 404),
        ("quantri", 404),
        ("thuky", 200),
        ("cappho", 404),
    ):
        english(client, ward.users[name])
        page = client.get(base)
        assert (name, page.status_code, TEXT in page.content.decode()) == (name, status, status == 200)
        assert TEXT not in client.get(declined.get_absolute_url()).content.decode()
    english(client, ward.hoidong1)
    assert client.get(f"{base}{complaint.pk}/thu-ly/").status_code == 404


def test_a_complaint_of_another_dossier_is_not_found(client, ward, declined):
    complaint = filed(ward, declined)
    other = builders.declined(ward, title="Việc khác")
    english(client, ward.lanhdao)
    for step in ("thu-ly", "giai-quyet"):
        address = f"{other.get_absolute_url()}khieu-nai/{complaint.pk}/{step}/"
        assert client.get(address).status_code == 404
        assert client.post(address, {"outcome": "accepted", "answer": "x"}).status_code == 404
    complaint.refresh_from_db()
    assert complaint.taken_up_on is None


def test_the_second_to_settle_is_told_it_was_done(client, ward, declined):
    complaint = filed(ward, declined)
    complaints.take_up(complaint, ward.lanhdao)
    address = f"{declined.get_absolute_url()}khieu-nai/{complaint.pk}/giai-quyet/"
    english(client, ward.lanhdao)
    data = {"outcome": "rejected", "answer": "Giữ nguyên quyết định."}
    assert client.post(address, data).status_code == 302
    assert client.post(address, {**data, "outcome": "accepted"}).status_code == 409
    complaint.refresh_from_db()
    assert complaint.outcome == "rejected"
    assert client.get(address).status_code == 403


def test_the_author_sees_the_way_to_complain_until_it_is_over(client, ward, declined):
    english(client, ward.tacgia)
    assert "khieu-nai/moi/" in client.get(declined.get_absolute_url()).content.decode()
    long_ago = timezone.now() - timedelta(days=120)
    Initiative.objects.filter(pk=declined.pk).update(state_since=long_ago)
    page = client.get(declined.get_absolute_url()).content.decode()
    assert "khieu-nai/moi/" not in page
    assert "90 days after the decision" in page
    assert client.post(f"{declined.get_absolute_url()}khieu-nai/moi/", {"text": TEXT}).status_code == 403
