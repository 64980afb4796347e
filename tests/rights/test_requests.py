"""A request from its letter to its end: taken once, owed by its days, known by proof alone."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from notifications.models import Notification, OutboxMail
from obligations.days_off import announce_day
from obligations.models import Obligation
from obligations.reminding import remind_due
from people.roles import Role
from rights import codes, following, handling, identity, owing, sending
from rights.models import Identity, RequestState, RightsEntry, RightsRequest
from rights.refusing import Refused
from tests.people.builders import account, staff
from trust.models import AuditEvent

from .builders import NOW, at, do, fresh, officer, sent

pytestmark = pytest.mark.django_db


def of_rights():
    return Notification.objects.filter(event__startswith="rights.")


def told():
    return list(of_rights().order_by("pk").values_list("recipient", "event"))


def owed():
    rows = Obligation.objects.order_by("kind").values_list("kind", "state", "due_on", "owner")
    return [(kind.removeprefix("rights."), state, due, owner) for kind, state, due, owner in rows]


def test_a_request_is_taken_once_with_its_days_and_what_is_owed():
    baove = officer()
    made = sent()
    again, is_new = sending.send(
        sending.Sent(
            "delete", text="Mọi dữ liệu về tôi", name="Người Gửi 8120", email="gui.8120@thu.example"
        ),
        "k",
        now=NOW,
    )
    assert (again.pk, is_new) == (made.pk, False)
    assert (made.number, made.state) == ("QDL-2026-001", RequestState.RECEIVED)
    assert (made.first_answer_due_on, made.due_on) == (date(2026, 10, 7), date(2026, 10, 26))
    assert owed() == [
        ("carry_out", "open", date(2026, 10, 26), "data_protection_officer"),
        ("first_answer", "open", date(2026, 10, 7), "data_protection_officer"),
    ]
    assert told() == [(baove.pk, "rights.sent")]
    trail = AuditEvent.objects.filter(action="rights.sent").get()
    assert (trail.target_kind, trail.target_key) == ("rights_request", made.number)


def test_nothing_of_the_sender_stands_in_log_notice_or_trail():
    officer()
    made = sent(phone="0912 000 812")
    kept = [
        str(list(table.objects.values())) for table in (RightsEntry, Notification, AuditEvent, Obligation)
    ]
    for words in ("Người Gửi 8120", "gui.8120", "0912 000 812", "Mọi dữ liệu", made.code):
        assert not any(words in text for text in kept), words


def test_the_sender_gets_the_code_and_a_link_that_proves_the_mailbox():
    made = sent()
    letters = OutboxMail.objects.order_by("pk")
    assert [mail.to for mail in letters] == ["gui.8120@thu.example"] * 2
    assert codes.shown(made.code) in letters[0].body
    assert identity.mailbox_link(made).rsplit("/", 2)[0] in letters[1].body


def test_identity_by_mailbox_is_of_this_request_and_this_address_alone():
    made, other = sent(), sent(key="o", email="khac@thu.example")
    key = identity.mailbox_link(made).rstrip("/").rsplit("/", 1)[1]
    assert identity.confirmed_by(key) == made
    assert identity.confirmed_by(key[:-1] + ("A" if key[-1] != "A" else "B")) is None
    RightsRequest.objects.filter(pk=made.pk).update(email="doi@thu.example")
    assert identity.confirmed_by(key) is None
    assert identity.confirm_mailbox(other, NOW)
    assert fresh(other).identity == Identity.MAILBOX
    assert not identity.confirm_mailbox(other, NOW)


def test_a_mailbox_link_is_good_for_seven_days(monkeypatch):
    made = sent()
    key = identity.mailbox_link(made).rstrip("/").rsplit("/", 1)[1]
    monkeypatch.setattr(identity, "MAILBOX_LINK_SECONDS", -1)
    assert identity.confirmed_by(key) is None


def test_whose_data_it_is_follows_from_what_was_proved():
    user = account("tacgia")
    person = staff("HD-0007", user=user, email="tac.gia@hungdao.example")
    assert identity.person_of(sent(key="n")).is_nobody
    known = identity.person_of(sent(key="u", user=user))
    assert (known.of("user"), known.of("staff")) == (frozenset({user.pk}), frozenset({person.pk}))
    by_mail = sent(key="m", email="TAC.GIA@hungdao.example")
    assert identity.person_of(by_mail).is_nobody
    identity.confirm_mailbox(by_mail, NOW)
    proved = identity.person_of(fresh(by_mail))
    assert proved.of("staff") == {person.pk}
    assert proved.of("email") == {"tac.gia@hungdao.example", "tacgia@hungdao.example"}


def test_a_mailbox_several_people_share_proves_nobody():
    for number in (1, 2):
        staff(f"HD-000{number}", email="vanphong@hungdao.example")
    made = sent(email="vanphong@hungdao.example")
    identity.confirm_mailbox(made, NOW)
    assert identity.person_of(fresh(made)).of("staff") == frozenset()


def test_in_person_the_officer_names_the_person_on_the_roster():
    baove, person = officer(), staff("HD-0009", email="chin@hungdao.example")
    made = sent()
    with pytest.raises(Refused) as refused:
        do("identify", made, baove, "Căn cước", staff_code="HD-9999")
    assert refused.value.code == "no_staff_with_code"
    do("identify", made, baove, "Căn cước, ngày 5/10", staff_code="HD-0009")
    assert identity.person_of(fresh(made)).of("staff") == {person.pk}


def test_answer_ask_add_extend_and_carry_out_in_their_order():
    baove = officer()
    made = sent("correct")
    with pytest.raises(Refused) as refused:
        do("carry_out", made, baove, "Đã sửa.")
    assert refused.value.code == "answer_first"
    do("answer", made, baove, "Phường đã nhận.", with_processor=True)
    assert fresh(made).due_on == date(2026, 10, 20)
    with pytest.raises(Refused) as refused:
        do("carry_out", made, baove, "Đã sửa.")
    assert refused.value.code == "identity_first"
    identity.confirm_mailbox(made, NOW)
    do("ask_more", made, baove, "Sửa thành gì?")
    assert fresh(made).state == RequestState.WAITING
    handling.add(fresh(made), "Ngày sinh là 2/3.", now=NOW)
    assert fresh(made).state == RequestState.IN_HAND
    do("extend", made, baove, "Cần hỏi nơi cấp.")
    assert fresh(made).due_on == date(2026, 10, 30)
    with pytest.raises(Refused) as refused:
        do("extend", made, baove, "Lần nữa.")
    assert refused.value.code == "extended_already"
    do("carry_out", made, baove, "Đã sửa ngày sinh.")
    done = fresh(made)
    assert (done.state, done.answer) == (RequestState.DONE, "Đã sửa ngày sinh.")
    assert {state for _kind, state, _due, _owner in owed()} == {"done"}
    steps = list(made.entries.values_list("step", flat=True))
    assert steps == ["sent", "answered", "identity", "asked", "added", "extended", "carried_out"]


def test_the_first_answer_closes_its_own_clock_alone():
    baove, made = officer(), sent()
    do("answer", made, baove, "Phường đã nhận.")
    assert [(kind, state) for kind, state, _due, _owner in owed()] == [
        ("carry_out", "open"),
        ("first_answer", "done"),
    ]


def test_a_step_pressed_twice_or_from_an_old_page_changes_nothing():
    baove, made = officer(), sent()
    with pytest.raises(Refused) as refused:
        handling.answer(made, baove, "Một", seen=0, now=NOW)
    assert refused.value.code == "changed"
    do("answer", made, baove, "Một")
    with pytest.raises(Refused) as refused:
        do("answer", made, baove, "Hai")
    assert refused.value.code == "answered_already"
    assert fresh(made).answer == "Một"


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.HEAD, Role.PERSONNEL_OFFICER])
def test_nobody_but_the_officer_takes_a_step_or_sees_a_request(role):
    made, other = sent(), account("khac", role)
    assert {handling.refusal(step, made, other).code for step in handling.STEPS} == {"only_officer"}
    assert list(RightsRequest.objects.visible_to(other)) == []
    assert list(RightsRequest.objects.visible_to(officer())) == [made]


def test_the_sender_takes_it_back_and_nothing_is_owed_any_more():
    made = sent()
    handling.drop(made, now=NOW)
    assert fresh(made).state == RequestState.DROPPED
    assert {state for _kind, state, _due, _owner in owed()} == {"cancelled"}
    with pytest.raises(Refused):
        handling.drop(made, now=NOW)


def test_a_late_first_answer_is_told_to_the_officer_then_to_the_head():
    baove, head = officer(), account("lanhdao", Role.HEAD)
    made = sent()
    for day in (7, 8, 9, 12):
        remind_due(at(2026, 10, day, 8))
    assert (baove.pk, "rights.first_overdue") in told()
    assert [who for who, event in told() if event == "rights.escalated"] == [head.pk]
    assert set(of_rights().values_list("subject", flat=True)) == {made.number}


def test_without_an_officer_the_head_is_told_so_that_no_term_runs_unseen():
    head = account("lanhdao", Role.HEAD)
    sent()
    assert told() == [(head.pk, "rights.sent")]


def test_an_announced_day_off_moves_what_runs_and_not_what_is_done():
    made, done = sent(), sent(key="d")
    handling.drop(done, now=NOW)
    announce_day(date(2026, 10, 7), works=False, note="12/CT", by="Quản trị", now=NOW)
    assert (fresh(made).first_answer_due_on, fresh(done).first_answer_due_on) == (
        date(2026, 10, 8),
        date(2026, 10, 7),
    )


def test_what_is_followed_by_the_code_names_nobody():
    baove, made = officer(), sent()
    do("answer", made, baove, "Phường đã nhận.")
    line = list(following.line_of(fresh(made)))
    assert [stop.kind for stop in line] == ["done", "done", "now"]
    assert not any(baove.display_name in f"{stop.title}{stop.note}" for stop in line)
    assert following.by_code("") is None


def test_who_owes_it_is_the_officer_on_the_work_page(client):
    baove = officer()
    now = timezone.now()
    made = sent(now=now)
    client.force_login(baove)
    assert made.number in client.get("/viec-cua-toi/").content.decode()
    assert owing.officers() == [baove]
    assert made.due_on >= timezone.localdate(now) + timedelta(days=20)
