"""Exemptions: who asks, who answers, whose eyes the reason is for."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from notifications.models import Notification, OutboxMail
from training import coverage, exemptions
from training.claim_duties import of_personnel
from training.claims import Refused
from training.models import Exemption, ExemptionHistory

from . import builders
from .claim_people import make_people

pytestmark = pytest.mark.django_db
State = Exemption.State
REASON = "Điều trị dài ngày 6620"


def ask(user, staff=None, since=date(2026, 3, 1), before=date(2026, 7, 1), **values):
    values = {"requirement": builders.requirement(), "reason": REASON} | values
    return exemptions.ask(
        user, staff or user.staff, exemptions.Asked(start_on=since, end_before=before, **values)
    )


def code_of(call, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    return refused.value.code


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("canbo", ""),
        ("dongnghiep", "only_askers"),
        ("truong", ""),
        ("truongkhac", "only_askers"),
        ("daotao", ""),
        ("nhansu", ""),
        ("lanhdao", "only_askers"),
        ("quantri", "only_askers"),
        ("goc", "no_staff"),
    ],
)
def test_who_asks_for_somebody(who, reason):
    people = make_people()
    user = people.everybody()[who]
    if reason:
        assert code_of(exemptions.ask, user, people.canbo.staff, _asked()) == reason
        assert Exemption.objects.count() == 0
    else:
        asked = exemptions.ask(user, people.canbo.staff, _asked())
        assert (asked.state, asked.requester, asked.staff) == (
            State.REQUESTED,
            user.staff,
            people.canbo.staff,
        )


def _asked():
    return exemptions.Asked(builders.requirement(), date(2026, 3, 1), date(2026, 7, 1), REASON)


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("canbo", "only_personnel"),
        ("truong", "only_personnel"),
        ("daotao", "only_personnel"),
        ("nhansu", "approver_asked_for_it"),
        ("nhansu2", ""),
        ("lanhdao", "only_personnel"),
        ("quantri", "only_personnel"),
        ("goc", "only_personnel"),
    ],
)
@pytest.mark.parametrize("to", [State.APPROVED, State.REFUSED])
def test_who_answers(who, reason, to):
    people = make_people()
    asked = ask(people.nhansu, people.canbo.staff)
    user = people.everybody()[who]
    if reason:
        assert code_of(exemptions.decide, asked, user, to, reason="Chưa đủ giấy tờ") == reason
        assert Exemption.objects.get().state == State.REQUESTED
    else:
        answered = exemptions.decide(asked, user, to, reason="Chưa đủ giấy tờ", decision_number="5/QĐ")
        assert (answered.state, answered.approver, answered.decision_number) == (to, user.staff, "5/QĐ")


def test_a_personnel_officer_never_approves_their_own():
    people = make_people()
    own = ask(people.nhansu)
    asked_by_another = ask(people.nhansu2, people.nhansu.staff, since=date(2027, 1, 1), before=None)
    for exemption in (own, asked_by_another):
        assert (
            code_of(exemptions.decide, exemption, people.nhansu, State.APPROVED) == "approver_is_the_person"
        )
    assert list(exemptions.waiting_for(people.nhansu)) == []
    assert list(exemptions.waiting_for(people.nhansu2)) == [own]


def test_the_database_itself_keeps_approver_requester_and_person_apart():
    people = make_people()
    asked = ask(people.truong, people.canbo.staff)
    for staff in (people.truong.staff, people.canbo.staff):
        with pytest.raises(IntegrityError), transaction.atomic():
            Exemption.objects.filter(pk=asked.pk).update(approver=staff)


def test_an_approved_exemption_waives_on_its_days_and_no_longer():
    people = make_people()
    exemptions.decide(ask(people.canbo), people.nhansu, State.APPROVED)
    policy = coverage.policy_of("digital-skills", 2026)

    def state_on(day):
        (person,) = coverage.people(policy, day, staff=[people.canbo.staff.pk])
        return person.state

    last_day = date(2026, 6, 30)
    assert (state_on(last_day), state_on(last_day + timedelta(days=1))) == ("waived", "missing")
    exemptions.decide(Exemption.objects.get(), people.nhansu, State.REFUSED, reason="Đi làm lại sớm")
    assert state_on(last_day) == "missing"


@pytest.mark.parametrize(
    ("since", "before", "overlaps"),
    [
        (date(2026, 6, 30), None, True),
        (date(2026, 7, 1), None, False),
        (date(2026, 1, 1), date(2026, 3, 1), False),
        (date(2026, 1, 1), date(2026, 3, 2), True),
        (date(2026, 1, 1), None, True),
        (date(2026, 3, 1), date(2026, 3, 2), True),
    ],
)
def test_days_asked_for_twice_are_refused(since, before, overlaps):
    people = make_people()
    ask(people.canbo)
    if overlaps:
        assert code_of(ask, people.canbo, since=since, before=before) == "exemption_overlaps"
    else:
        ask(people.canbo, since=since, before=before)
    ask(people.canbo, since=since, before=before, requirement=builders.requirement("innovation"))
    ask(people.dongnghiep, since=since, before=before)
    assert Exemption.objects.count() == (3 if overlaps else 4)


def test_what_was_refused_can_be_asked_for_again():
    people = make_people()
    first = ask(people.canbo)
    exemptions.decide(first, people.nhansu, State.REFUSED, reason="Chưa có giấy tờ")
    again = ask(people.canbo, before=date(2026, 5, 1))
    assert again.pk == first.pk
    again.refresh_from_db()
    assert (again.state, again.last_day, again.refusal_reason) == ("requested", date(2026, 4, 30), "")
    assert list(ExemptionHistory.objects.values_list("step", flat=True)) == ["ask", "refuse", "ask"]


def test_dates_turned_and_a_refusal_without_reason_are_answered():
    people = make_people()
    assert code_of(ask, people.canbo, before=date(2026, 3, 1)) == "dates_turned"
    asked = ask(people.canbo)
    assert code_of(exemptions.decide, asked, people.nhansu, State.REFUSED) == "refusal_reason_missing"
    exemptions.decide(asked, people.nhansu, State.APPROVED)
    assert code_of(exemptions.decide, asked, people.nhansu2, State.APPROVED) == "already_decided"


def test_who_sees_which_and_who_reads_the_reason():
    people = make_people()
    own, for_them = ask(people.canbo), ask(people.truong, people.dongnghiep.staff)
    seen = {
        name: set(exemptions.visible_to(user).values_list("pk", flat=True))
        for name, user in people.everybody().items()
    }
    both = {own.pk, for_them.pk}
    assert seen == {
        "canbo": {own.pk},
        "dongnghiep": {for_them.pk},
        "truong": {for_them.pk},
        "truongkhac": set(),
        "daotao": set(),
        "daotao2": set(),
        "nhansu": both,
        "nhansu2": both,
        "lanhdao": set(),
        "quantri": set(),
        "goc": set(),
    }
    read = {name for name, user in people.everybody().items() if exemptions.reason_for(user, own)}
    assert read == {"nhansu", "nhansu2"}


def test_the_reason_is_in_no_notice_mail_or_history():
    people = make_people()
    for staff in (people.canbo.staff, people.dongnghiep.staff):
        exemptions.decide(ask(people.truong, staff), people.nhansu, State.APPROVED)
    told = Notification.objects.values_list("recipient__username", "event").order_by("pk")
    assert set(told) == {
        ("nhansu", "training.exemption_to_approve"),
        ("nhansu2", "training.exemption_to_approve"),
        ("canbo", "training.exemption_answered"),
        ("dongnghiep", "training.exemption_answered"),
        ("truong", "training.exemption_answered"),
    }
    for model in (Notification, OutboxMail, ExemptionHistory):
        assert model.objects.exists()
        assert "6620" not in str(list(model.objects.values()))


def test_personnel_find_them_on_their_work_page_with_the_same_queries_for_one_and_many():
    people = make_people()
    counts = []
    for number in range(30):
        ask(people.truong, people.canbo.staff, date(2026 + number, 1, 1), date(2027 + number, 1, 1))
        if number in (0, 29):
            user = type(people.nhansu).objects.get(pk=people.nhansu.pk)
            with CaptureQueriesContext(connection) as queries:
                (section,) = of_personnel(user, timezone.now())
            counts.append((len(section.items), len(queries)))
    assert [items for items, _queries in counts] == [1, 30]
    assert counts[0][1] == counts[1][1]
    assert "6620" not in str(section.items)
    assert [list(of_personnel(user, timezone.now())) for user in (people.canbo, people.daotao)] == [[], []]
