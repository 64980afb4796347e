"""Certificates of attendance: for whoever was there, once, and only as long as it is true."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications.models import Notification
from papers.models import Certificate
from papers.render import certificate_pdf
from training import certificates, editing, roll, workflow
from training.answers import Refused
from training.models import TrainingCertificate

from . import session_builders as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return made.officer()


def confirmed(officer, **marks):
    """A confirmed session of people marked by name, and these people."""
    users = {name: made.account(name, full_name=f"Người {name}") for name in marks}
    session = made.invited(made.held(), officer, list(users.values()))
    roll.mark(session, {users[name].staff.pk: status for name, status in marks.items()}, officer)
    return workflow.move(session, "confirm", officer), users


def states():
    rows = TrainingCertificate.objects.values_list("staff__user__username", "certificate__state")
    return dict(rows)


def test_whoever_was_there_gets_one_and_asking_twice_is_asking_once(officer):
    session, users = confirmed(officer, an="present", binh="late", chi="absent", duc="excused")
    assert certificates.issue(session, officer) == 2
    with pytest.raises(Refused) as refused:
        certificates.issue(session, officer)
    assert refused.value.answer.reason == "nobody_to_certify"
    assert states() == {"an": "valid", "binh": "valid"}
    assert list(Certificate.objects.order_by("sequence").values_list("number", flat=True)) == [
        "01/GCN-TH",
        "02/GCN-TH",
    ]
    told = Notification.objects.filter(event="training.certified").values_list("recipient", flat=True)
    assert set(told) == {users["an"].pk, users["binh"].pk}


def test_a_session_that_is_not_confirmed_certifies_nobody(officer):
    with pytest.raises(Refused) as refused:
        certificates.issue(made.held(), officer)
    assert refused.value.answer.reason == "not_confirmed"


def test_the_paper_says_what_was_attended_and_its_holder_alone_downloads_it(client, officer):
    session, users = confirmed(officer, an="present", binh="present")
    certificates.issue(session, officer)
    paper = TrainingCertificate.objects.get(staff=users["an"].staff).certificate
    day = session.held_on
    assert paper.data["benefit"] == "180 phút"
    assert (
        paper.data["summary"].startswith("08:00 đến 11:00, ngày ") and str(day.year) in paper.data["summary"]
    )
    address = f"/dao-tao/giay-chung-nhan/{paper.code}/"
    found = {}
    for user in (users["an"], users["binh"], officer):
        made.signed_in(client, user)
        answer = client.get(address)
        found[user.username] = answer.status_code
        if answer.streaming:
            assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert found == {"an": 200, "binh": 404, "daotao": 200}
    client.logout()
    answer = client.get(f"/xac-minh/{paper.code}/")
    assert answer.status_code == 200 and "Người an" in answer.content.decode()


def test_the_pdf_is_drawn_and_the_same_each_time(officer):
    session, _users = confirmed(officer, an="present")
    certificates.issue(session, officer)
    data = Certificate.objects.get().data
    one = certificate_pdf(data)
    assert one.startswith(b"%PDF") and one == certificate_pdf(data)


def test_who_was_not_there_after_all_loses_it_at_the_new_confirmation_with_the_reason(officer):
    session, users = confirmed(officer, an="present", binh="present")
    certificates.issue(session, officer)
    workflow.move(session, "reopen", officer, reason="Bình ký nhầm dòng")
    assert states() == {"an": "valid", "binh": "valid"}  # nothing is known to be wrong yet
    roll.mark(session, {users["binh"].staff.pk: "absent"}, officer)
    workflow.move(session, "confirm", officer)
    assert states() == {"an": "valid", "binh": "revoked"}
    assert Certificate.objects.get(state="revoked").state_reason == "Bình ký nhầm dòng"
    told = Notification.objects.filter(event="training.certificate_revoked")
    assert [row.recipient for row in told] == [users["binh"]]


def test_who_was_there_after_all_gets_a_new_one_and_the_old_code_stays_revoked(officer):
    session, users = confirmed(officer, an="present")
    certificates.issue(session, officer)
    for status in ("absent", "present"):
        workflow.move(session, "reopen", officer, reason="Xem lại bản ký")
        roll.mark(session, {users["an"].staff.pk: status}, officer)
        workflow.move(session, "confirm", officer)
    assert certificates.issue(session, officer) == 1
    assert states() == {"an": "valid"}
    assert sorted(Certificate.objects.values_list("state", flat=True)) == ["revoked", "valid"]


def test_a_paper_that_says_something_else_by_now_is_replaced(officer):
    session, _users = confirmed(officer, an="present")
    certificates.issue(session, officer)
    workflow.move(session, "reopen", officer, reason="Buổi học ngắn hơn")
    editing.change(session, {"credit_minutes": 90}, officer)
    workflow.move(session, "confirm", officer)
    held = TrainingCertificate.objects.get()
    assert (held.certificate.state, held.certificate.data["benefit"]) == ("valid", "90 phút")
    old = Certificate.objects.get(state="replaced")
    assert (old.replaced_by, old.state_reason) == (held.certificate, "Buổi học ngắn hơn")


def test_a_cancelled_session_revokes_all(officer):
    session, _users = confirmed(officer, an="present", binh="late")
    certificates.issue(session, officer)
    workflow.move(session, "cancel", officer, reason="Giảng viên không có thẩm quyền")
    assert states() == {"an": "revoked", "binh": "revoked"}


def test_issuing_costs_the_same_for_one_and_thirty(officer):
    def cost(**marks):
        session, _users = confirmed(officer, **marks)
        with CaptureQueriesContext(connection) as queries:
            certificates.issue(session, officer)
        return len(queries)

    cost(truoc="present")  # the first of the year makes the series
    assert cost(mot="present") == cost(**{f"nguoi{n}x": "present" for n in range(30)})
