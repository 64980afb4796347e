"""Courses taken elsewhere: who hands in, who verifies, what follows."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from notifications.models import Notification
from training import credits
from training.claim_duties import of_verifiers
from training.claims import Refused
from training.competency.record import still_standing
from training.models import CompetencyEvidence, CreditHistory, OutsideCredit
from trust.append_only import Frozen

from . import builders
from .claim_people import certificate_file, make_people

pytestmark = pytest.mark.django_db
State = OutsideCredit.State
ON = date(2026, 3, 14)


def handed(**values):
    return credits.Handed(
        **{
            "requirement": builders.requirement(),
            "completed_on": ON,
            "minutes": 180,
            "title": "Lớp an toàn thông tin",
            "issuer": "Sở Khoa học và Công nghệ",
            "certificate_number": "12/GCN",
            "topics": (6, 3),
        }
        | values
    )


def submit(user, staff=None, **values):
    stored = credits.store_certificate(certificate_file())
    return credits.submit(user, staff or user.staff, handed(**values), stored)


def code_of(call, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    return refused.value.code


def events_of(user):
    return list(Notification.objects.filter(recipient=user).order_by("pk").values_list("event", flat=True))


def test_one_hands_in_another_verifies_and_it_counts_with_its_evidence():
    people = make_people()
    credit = submit(people.canbo)
    assert (credit.state, credit.submitter, credit.topics) == (State.SUBMITTED, people.canbo.staff, [3, 6])
    verified = credits.decide(credit, people.truong, State.VERIFIED, topics=[6, 3], level=2)
    verified.refresh_from_db()
    assert (verified.state, verified.verifier, verified.level) == (State.VERIFIED, people.truong.staff, 2)
    shown = CompetencyEvidence.objects.order_by("area__topic")
    assert [(e.area.topic, e.level, e.kind, e.source, e.shown_on) for e in shown] == [
        (3, 2, "outside", "12/GCN, 14/03/2026", ON),
        (6, 2, "outside", "12/GCN, 14/03/2026", ON),
    ]
    lines = CreditHistory.objects.values_list("step", "from_state", "to_state", "actor_code")
    assert list(lines) == [
        ("submit", "", "submitted", "HD-canbo"),
        ("verify", "submitted", "verified", "HD-truong"),
    ]


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("canbo", "verifier_is_the_person"),
        ("dongnghiep", "only_verifiers"),
        ("truong", ""),
        ("truongkhac", "only_verifiers"),
        ("daotao", ""),
        ("daotao2", ""),
        ("nhansu", "only_verifiers"),
        ("lanhdao", "only_verifiers"),
        ("quantri", "only_verifiers"),
        ("goc", "no_staff"),
    ],
)
@pytest.mark.parametrize("to", [State.VERIFIED, State.REFUSED])
def test_who_verifies_and_refuses(who, reason, to):
    people = make_people()
    credit = submit(people.canbo)
    user = people.everybody()[who]
    refused = credits.refusal(credit, user, to)
    assert (refused.code if refused else "") == reason
    if reason:
        assert code_of(credits.decide, credit, user, to, reason="Thiếu dấu") == reason
        credit.refresh_from_db()
        assert credit.state == State.SUBMITTED
    else:
        assert credits.decide(credit, user, to, reason="Thiếu dấu").state == to


def test_an_officer_enters_for_somebody_and_another_verifies():
    people = make_people()
    credit = submit(people.daotao, people.canbo.staff)
    assert code_of(credits.decide, credit, people.daotao, State.VERIFIED) == "verifier_submitted_it"
    assert credits.decide(credit, people.daotao2, State.VERIFIED).state == State.VERIFIED


@pytest.mark.parametrize("who", ["dongnghiep", "truong", "nhansu", "lanhdao", "quantri"])
def test_nobody_else_enters_for_somebody(who):
    people = make_people()
    assert code_of(submit, people.everybody()[who], people.canbo.staff) == "only_own_or_officer"


def test_a_unit_head_verifies_nothing_of_their_own():
    people = make_people()
    own = submit(people.truong)
    assert code_of(credits.decide, own, people.truong, State.VERIFIED) == "verifier_is_the_person"
    assert list(credits.waiting_for(people.truong)) == []
    assert list(credits.waiting_for(people.daotao)) == [own]


def test_the_database_itself_keeps_verifier_and_submitter_apart():
    people = make_people()
    credit = submit(people.canbo)
    with pytest.raises(IntegrityError), transaction.atomic():
        OutsideCredit.objects.filter(pk=credit.pk).update(verifier=people.canbo.staff)


def test_a_double_is_answered_with_a_sentence():
    people = make_people()
    submit(people.canbo)
    with pytest.raises(Refused) as refused, translation.override("en"):
        submit(people.daotao, people.canbo.staff)
    assert refused.value.code == "credit_is_there"
    with translation.override("en"):
        assert refused.value.sentence == (
            "This certificate (same person, day and number) is there already: waiting to be verified."
        )
    assert OutsideCredit.objects.count() == 1
    submit(people.dongnghiep)  # the same certificate of somebody else is no double
    submit(people.canbo, certificate_number="13/GCN")
    assert OutsideCredit.objects.count() == 3


def test_what_was_refused_can_be_handed_in_again():
    people = make_people()
    credit = submit(people.canbo)
    credits.decide(credit, people.truong, State.REFUSED, reason="Ảnh mờ")
    again = submit(people.canbo, minutes=240)
    assert again.pk == credit.pk
    again.refresh_from_db()
    assert (again.state, again.minutes, again.verifier, again.refusal_reason) == ("submitted", 240, None, "")
    steps = list(CreditHistory.objects.values_list("step", "reason"))
    assert steps == [("submit", ""), ("refuse", "Ảnh mờ"), ("submit", "")]


def test_a_verified_one_is_taken_back_by_the_officer_alone_and_its_evidence_with_it():
    people = make_people()
    credit = credits.decide(submit(people.canbo), people.truong, State.VERIFIED, topics=[6], level=3)
    assert (
        code_of(credits.decide, credit, people.truong, State.REFUSED, reason="Sai")
        == "only_officer_takes_back"
    )
    credits.decide(credit, people.daotao, State.REFUSED, reason="Không phải lớp kỹ năng số")
    evidence = list(CompetencyEvidence.objects.order_by("pk"))
    assert [(e.kind, e.reason) for e in evidence] == [
        ("outside", ""),
        ("withdrawn", "Không phải lớp kỹ năng số"),
    ]
    assert still_standing(evidence) == []
    again = credits.decide(submit(people.canbo), people.truong, State.VERIFIED, topics=[6], level=1)
    assert [(e.level, e.take) for e in still_standing(CompetencyEvidence.objects.all())] == [(1, 2)]
    assert again.pk == credit.pk


def test_a_refusal_says_why_and_nothing_is_decided_twice():
    people = make_people()
    credit = submit(people.canbo)
    assert code_of(credits.decide, credit, people.truong, State.REFUSED, reason="  ") == (
        "refusal_reason_missing"
    )
    credits.decide(credit, people.truong, State.VERIFIED)
    assert code_of(credits.decide, credit, people.daotao, State.VERIFIED) == "already_decided"


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"completed_on": timezone.localdate() + timedelta(days=1)}, "completed_in_future", "completed_on"),
        ({"minutes": 0}, "minutes_wrong", "minutes"),
        ({"minutes": 60_001}, "minutes_wrong", "minutes"),
    ],
)
def test_what_the_certificate_says_has_to_make_sense(values, code, field):
    people = make_people()
    with pytest.raises(Refused) as refused:
        submit(people.canbo, **values)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_those_concerned_are_told_and_nobody_else():
    people = make_people()
    credit = submit(people.canbo)
    waiting = ["training.credit_to_verify"]
    told = {name: events_of(user) for name, user in people.everybody().items()}
    assert {name for name, events in told.items() if events == waiting} == {"truong", "daotao", "daotao2"}
    assert {name for name, events in told.items() if events} == {"truong", "daotao", "daotao2"}
    credits.decide(credit, people.truong, State.REFUSED, reason="Ảnh mờ 5512")
    assert events_of(people.canbo) == ["training.credit_refused"]
    assert "5512" not in str(list(Notification.objects.values()))


def test_who_sees_which_credits():
    people = make_people()
    own, beside = submit(people.canbo), submit(people.truongkhac)
    for_them = submit(people.daotao, people.lanhdao.staff)
    seen = {
        name: set(credits.visible_to(user).values_list("pk", flat=True))
        for name, user in people.everybody().items()
    }
    everything = {own.pk, beside.pk, for_them.pk}
    assert seen == {
        "canbo": {own.pk},
        "dongnghiep": set(),
        "truong": {own.pk},
        "truongkhac": {beside.pk},
        "daotao": everything,
        "daotao2": everything,
        "nhansu": set(),
        "nhansu2": set(),
        "lanhdao": {for_them.pk},
        "quantri": set(),
        "goc": set(),
    }


def test_a_closed_account_sees_nothing():
    people = make_people()
    submit(people.canbo)
    people.daotao.is_active = people.canbo.is_active = False
    assert list(credits.visible_to(people.canbo)) == list(credits.waiting_for(people.daotao)) == []


def test_a_unit_head_reads_who_is_in_the_subtree_today():
    people = make_people()
    credit = submit(people.canbo)
    people.canbo.staff.assignments.update(unit=builders.unit("KTHTDT"))
    assert list(credits.visible_to(people.truong)) == []
    assert list(credits.waiting_for(people.truongkhac)) == [credit]


def test_history_is_never_rewritten():
    people = make_people()
    line = submit(people.canbo).history.get()
    line.reason = "khác"
    with pytest.raises(Frozen):
        line.save()
    with pytest.raises(Frozen):
        CreditHistory.objects.all().delete()


def test_verifiers_find_them_on_their_work_page_with_the_same_queries_for_one_and_many():
    people = make_people()
    submit(people.canbo)
    counts = []
    for more in (0, 29):
        for number in range(more):
            submit(people.canbo, certificate_number=f"{number}/x")
        for user in (people.truong, people.daotao):
            user = type(user).objects.get(pk=user.pk)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                (section,) = of_verifiers(user, timezone.now())
            counts.append((more, len(section.items), len(queries)))
    assert [items for _more, items, _queries in counts] == [1, 1, 30, 30]
    assert [q for _m, _i, q in counts[:2]] == [q for _m, _i, q in counts[2:]]
    assert [list(of_verifiers(user, timezone.now())) for user in (people.canbo, people.nhansu)] == [[], []]
