"""Difficulties: raised by units and residents, taken from reports, answered, checked, published."""

import threading
from copy import deepcopy
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from notifications.models import Notification, OutboxMail
from obligations.days_off import announce_day
from obligations.models import Obligation
from plan.difficulties import following, from_reports, handling, log, owing, raising, sending
from plan.difficulties.consents import CONTACT, NAME
from plan.difficulties.handling import Public
from plan.difficulties.refusing import SENTENCES, Refused
from plan.models import (
    Difficulty,
    DifficultyContact,
    DifficultyEntry,
    DifficultyNumber,
    ReportState,
    Target,
    Task,
)
from tests.standing import standing
from trust.append_only import Frozen

from . import voices_builders as voices
from .builders import make_plan_ward

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(timezone.datetime(2026, 10, 12, 9))  # a Monday


standing_ward = standing(make_plan_ward)


@pytest.fixture
def ward(standing_ward):
    return deepcopy(standing_ward)


def owed(row):
    """[(kind, owner, due)] of what is open about it."""
    rows = Obligation.objects.open().filter(subject=row.subject).order_by("kind")
    return [(one.kind, one.owner, one.due_on) for one in rows]


def told(event):
    return sorted(Notification.objects.filter(event=event).values_list("recipient__username", flat=True))


def steps(row):
    return list(row.entries.order_by("pk").values_list("change", flat=True))


# ---- raising


def test_a_reporter_raises_and_the_register_keeps_who_what_and_by_when(ward):
    task = Task.objects.get(code="U2.1")
    row = voices.raised(ward, task=task, proposal="Bổ sung kinh phí", now=NOW)
    assert (row.number, row.origin, row.state) == ("VM-2026-001", "unit", "received")
    assert (row.from_unit_name, row.raised_by_name) == (voices.unit("VHXH").name, "Lương Thị Mai")
    assert row.about == str(task)
    assert row.answer_due_on == date(2026, 11, 2)  # 15 working days
    assert owed(row) == [("plan.difficulty", "plan_coordinator", date(2026, 11, 2))]
    assert told("plan.difficulty_raised") == ["dieuphoi"]
    assert steps(row) == ["received"]
    assert voices.raised(ward, "Khác", now=NOW).number == "VM-2026-002"


def test_names_are_values_that_outlive_unit_and_account(ward):
    row = voices.raised(ward)
    unit = voices.unit("VHXH")
    unit.name = "Phòng mới"
    unit.save()
    assert voices.fresh(row).from_unit_name != "Phòng mới"
    with pytest.raises(Frozen):
        DifficultyEntry.objects.first().delete()


@pytest.mark.parametrize(("who", "code"), [("canbo", "only_units_raise"), ("dieuphoi", "only_units_raise")])
def test_only_those_who_report_raise(ward, who, code):
    with pytest.raises(Refused) as refused:
        raising.raise_by_unit(getattr(ward, who), voices.unit("VHXH"), text="x")
    assert refused.value.code == code
    assert not Difficulty.objects.exists()


def test_nobody_raises_for_another_unit(ward):
    with pytest.raises(Refused) as refused:
        raising.raise_by_unit(ward.baocao, voices.unit("CA"), text="x")
    assert refused.value.code == "not_your_unit"


def test_the_same_page_sent_twice_raises_one_and_takes_no_number(ward):
    first, is_new = raising.raise_by_unit(ward.baocao, voices.unit("VHXH"), text="x", form_key="a" * 64)
    again, is_new_again = raising.raise_by_unit(ward.baocao, voices.unit("VHXH"), text="x", form_key="a" * 64)
    assert (is_new, is_new_again, again) == (True, False, first)
    assert DifficultyNumber.objects.get().last == 1


# ---- from reports


def test_the_coordinator_takes_a_difficulty_of_an_accepted_report_once(ward):
    report = voices.report("KTHTDT", ("Thiếu máy", "Mua máy"), ("Thiếu người", ""), by=ward.baocaokt)
    listed = from_reports.shown(from_reports.latest_versions(voices.period()))
    assert [(one.text, one.proposal, one.number) for one in listed[0].difficulties] == [
        ("Thiếu máy", "Mua máy", ""),
        ("Thiếu người", "", ""),
    ]
    key = listed[0].difficulties[0].key
    row, is_new = from_reports.take(ward.dieuphoi, report.pk, key)
    again, is_new_again = from_reports.take(ward.dieuphoi, report.pk, key)
    assert (is_new, is_new_again, again.pk) == (True, False, row.pk)
    assert (row.origin, row.from_unit_name, row.raised_by_name) == (
        "report",
        report.unit_name,
        "Đặng Văn Kiên",
    )
    assert (row.text, row.proposal, row.report_version) == ("Thiếu máy", "Mua máy", report.versions.get())
    listed = from_reports.shown(from_reports.latest_versions(voices.period()))
    assert [one.number for one in listed[0].difficulties] == [row.number, ""]


def test_a_later_version_of_the_report_does_not_bring_it_again(ward):
    report = voices.report("KTHTDT", ("Thiếu máy", ""))
    key = from_reports.key_of(report.pk, "Thiếu máy", "")
    from_reports.take(ward.dieuphoi, report.pk, key)
    voices.add_version(report, ("THIẾU MÁY ", ""), ("Mới", ""))
    listed = from_reports.shown(from_reports.latest_versions(voices.period()))[0].difficulties
    assert [(one.text, bool(one.number)) for one in listed] == [("THIẾU MÁY", True), ("Mới", False)]
    assert not from_reports.take(ward.dieuphoi, report.pk, listed[0].key)[1]
    assert Difficulty.objects.count() == 1


@pytest.mark.parametrize("state", [ReportState.DRAFT, ReportState.SUBMITTED, ReportState.RETURNED])
def test_only_accepted_reports_are_read(ward, state):
    report = voices.report("KTHTDT", ("Thiếu máy", ""), state=state)
    assert list(from_reports.periods()) == []
    with pytest.raises(Refused) as refused:
        from_reports.take(ward.dieuphoi, report.pk, from_reports.key_of(report.pk, "Thiếu máy", ""))
    assert refused.value.code == "not_in_an_accepted_report"


def test_only_the_coordinator_takes_and_only_what_is_listed(ward):
    report = voices.report("KTHTDT", ("Thiếu máy", ""))
    key = from_reports.key_of(report.pk, "Thiếu máy", "")
    for user, wanted, code in (
        (ward.baocaokt, key, "only_coordinator"),
        (ward.lanhdao, key, "only_coordinator"),
        (ward.dieuphoi, key + "x", "not_in_an_accepted_report"),
    ):
        with pytest.raises(Refused) as refused:
            from_reports.take(user, report.pk, wanted)
        assert refused.value.code == code
    assert not Difficulty.objects.exists()


@pytest.mark.parametrize(
    "payload", [{}, {"difficulties": None}, {"difficulties": [1, {"text": " "}, {}]}, []]
)
def test_a_payload_without_difficulties_lists_nothing(payload):
    assert from_reports.listed_in(payload) == []


# ---- the way through the ward


def test_handed_over_the_unit_owes_the_answer_and_is_told(ward):
    row = voices.assigned(ward, voices.raised(ward, now=NOW), now=NOW)
    assert (row.state, row.unit_name) == ("assigned", voices.unit("KTHTDT").name)
    assert owed(row) == [("plan.difficulty", "KTHTDT", date(2026, 11, 2))]
    assert told("plan.difficulty_assigned") == ["baocaokt", "truongkt"]


def test_another_day_is_kept_when_days_off_are_announced(ward):
    moved = voices.raised(ward, now=NOW)
    fixed = voices.assigned(ward, voices.raised(ward, "Khác", now=NOW), now=NOW, due_on=date(2026, 11, 20))
    assert owed(fixed) == [("plan.difficulty", "KTHTDT", date(2026, 11, 20))]
    announce_day(date(2026, 10, 20), works=False, note="TB", by="Quản trị", now=NOW)
    assert voices.fresh(moved).answer_due_on == date(2026, 11, 3)
    assert voices.fresh(fixed).answer_due_on == date(2026, 11, 20)
    assert owed(moved)[0][2] == date(2026, 11, 3)


def test_a_day_in_the_past_is_refused(ward):
    row = voices.raised(ward, now=NOW)
    with pytest.raises(Refused) as refused:
        voices.assigned(ward, row, now=NOW, due_on=date(2026, 10, 11))
    assert (refused.value.code, refused.value.field) == ("due_in_past", "due_on")


def test_the_unit_answers_the_coordinator_checks_and_everybody_reads(ward):
    row = voices.answered(ward, voices.raised(ward, now=NOW), now=NOW)
    assert (row.state, row.answer, row.answered_by_name) == ("to_check", voices.ANSWER, "Đặng Văn Kiên")
    assert owed(row) == [("plan.difficulty_check", "plan_coordinator", date(2026, 10, 15))]
    assert told("plan.difficulty_answered") == ["dieuphoi"]
    assert list(Difficulty.objects.published()) == []
    public = Public(voices.TITLE, voices.PUBLIC, voices.ANSWER)
    row = voices.fresh(handling.publish(row, ward.dieuphoi, public, seen=log.last_seen(row), now=NOW))
    assert (row.state, row.public_title, row.published_at) == ("published", voices.TITLE, NOW)
    assert owed(row) == []
    assert told("plan.difficulty_settled") == ["baocao", "truongdonvi"]
    assert steps(row) == ["received", "assigned", "answered", "published"]


def test_a_returned_answer_is_owed_again_with_its_reason_kept(ward):
    row = voices.answered(ward, voices.raised(ward, now=NOW), now=NOW)
    row = voices.fresh(
        handling.send_back(row, ward.dieuphoi, "Chưa rõ hạn", seen=log.last_seen(row), now=NOW)
    )
    assert (row.state, owed(row)) == ("assigned", [("plan.difficulty", "KTHTDT", date(2026, 11, 2))])
    assert row.entries.last().note == "Chưa rõ hạn"
    assert told("plan.difficulty_returned") == ["baocaokt", "truongkt"]


def test_a_coordinator_answers_in_place_of_a_unit_only_with_a_reason(ward):
    row = voices.assigned(ward, voices.raised(ward))
    with pytest.raises(Refused) as refused:
        handling.answer(row, ward.dieuphoi, "Đáp", seen=log.last_seen(row))
    assert refused.value.code == "in_place_of_unit"
    handling.answer(row, ward.dieuphoi, "Đáp", reason="Đơn vị báo qua điện thoại", seen=log.last_seen(row))
    entry = row.entries.last()
    assert (entry.change, entry.note) == ("answered_in_place", "Đơn vị báo qua điện thoại")


CLOSED = [
    ("not_ours", {"pointed_to": "Sở Xây dựng"}, "Sở Xây dựng"),
    ("procedure", {}, ""),
    ("empty", {}, ""),
]


@pytest.mark.parametrize(("why", "more", "kept"), CLOSED)
def test_closed_without_publication_with_its_reason(ward, why, more, kept):
    row = voices.raised(ward)
    row = voices.fresh(handling.close(row, ward.dieuphoi, why, seen=log.last_seen(row), **more))
    assert (row.state, row.close_reason, row.pointed_to, owed(row)) == ("closed", why, kept, [])
    assert told("plan.difficulty_settled") == ["baocao", "truongdonvi"]


@pytest.mark.parametrize(
    ("why", "code"),
    [("not_ours", "pointed_to_missing"), ("duplicate", "duplicate_missing"), ("answered", "answer_first")],
)
def test_a_reason_needs_what_it_speaks_of(ward, why, code):
    row = voices.raised(ward)
    with pytest.raises(Refused) as refused:
        handling.close(row, ward.dieuphoi, why, seen=log.last_seen(row))
    assert refused.value.code == code
    assert voices.fresh(row).state == "received"


def test_a_duplicate_names_what_was_raised_before_and_never_itself(ward):
    first, second = voices.raised(ward), voices.raised(ward, "Khác")
    with pytest.raises(Refused) as refused:
        handling.close(first, ward.dieuphoi, "duplicate", duplicate_of=first, seen=log.last_seen(first))
    assert refused.value.code == "duplicate_of_itself"
    handling.close(second, ward.dieuphoi, "duplicate", duplicate_of=first, seen=log.last_seen(second))
    assert voices.fresh(second).duplicate_of == first


def test_what_is_published_can_be_put_right_and_taken_up_again(ward):
    row = voices.published(ward, voices.raised(ward))
    public = Public("Tiêu đề mới", voices.PUBLIC, voices.ANSWER)
    row = voices.fresh(handling.publish(row, ward.dieuphoi, public, seen=log.last_seen(row)))
    assert (row.public_title, steps(row)[-1]) == ("Tiêu đề mới", "published_again")
    row = voices.fresh(handling.reopen(row, ward.dieuphoi, "Nhầm", seen=log.last_seen(row)))
    assert (row.state, list(Difficulty.objects.published())) == ("to_check", [])


def test_whoever_comes_second_changes_nothing(ward):
    row = voices.raised(ward)
    seen = log.last_seen(row)
    handling.assign(row, ward.dieuphoi, voices.unit("KTHTDT"), seen=seen)
    with pytest.raises(Refused) as refused:
        handling.assign(row, ward.dieuphoi, voices.unit("CA"), seen=seen)
    assert refused.value.code == "changed"
    assert voices.fresh(row).unit.code == "KTHTDT"


WHO = {
    # step: (state, who may, who may not)
    "assign": ("received", "dieuphoi", "baocao baocaokt truongdonvi lanhdao canbo"),
    "answer": ("assigned", "dieuphoi baocaokt truongkt", "baocao truongdonvi lanhdao canbo"),
    "send_back": ("to_check", "dieuphoi", "baocao baocaokt truongkt lanhdao canbo"),
    "publish": ("to_check", "dieuphoi", "baocao baocaokt truongkt lanhdao canbo"),
    "close": ("received", "dieuphoi", "baocao baocaokt lanhdao canbo"),
    "reopen": ("published", "dieuphoi", "baocao baocaokt lanhdao canbo"),
}


@pytest.mark.parametrize("step", WHO)
def test_who_may_take_each_step(ward, step):
    state, may, may_not = WHO[step]
    make = {
        "received": lambda row: row,
        "assigned": lambda row: voices.assigned(ward, row),
        "to_check": lambda row: voices.answered(ward, row),
        "published": lambda row: voices.published(ward, row),
    }
    row = make[state](voices.raised(ward))
    allowed = {
        name: handling.refusal(step, row, getattr(ward, name)) is None
        for name in (*may.split(), *may_not.split())
    }
    assert allowed == dict.fromkeys(may.split(), True) | dict.fromkeys(may_not.split(), False)


@pytest.mark.parametrize("user", ["dieuphoi", "lanhdao", "baocao", "truongdonvi", "baocaokt", "truongkt"])
def test_who_sees_which(ward, user):
    raised = voices.raised(ward)  # by VHXH
    handed = voices.assigned(ward, voices.sent())  # to KTHTDT
    other = voices.sent(key="other", text="Việc khác")
    seen = set(Difficulty.objects.visible_to(getattr(ward, user)))
    everything, own, theirs = {raised, handed, other}, {raised}, {handed}
    expected = {"dieuphoi": everything, "lanhdao": everything, "baocao": own, "truongdonvi": own}
    assert seen == expected.get(user, theirs)
    assert list(Difficulty.objects.visible_to(ward.canbo)) == []


def test_every_reason_has_its_sentence():
    for code, sentence in SENTENCES.items():
        assert str(sentence), code


# ---- residents


def test_a_resident_s_letter_keeps_only_what_a_consent_needs(ward):
    row = voices.sent(NOW)
    assert (row.origin, row.number, len(row.code)) == ("resident", "VM-2026-001", 16)
    contact = DifficultyContact.objects.get()
    assert (contact.name, contact.email, contact.phone) == (voices.NAME_OF, voices.EMAIL, voices.PHONE)
    mail = OutboxMail.objects.get(to=voices.EMAIL)
    assert voices.TEXT not in mail.body and row.code[:4] in mail.subject
    only_named = voices.sent(key="k2", text="Khác", agreed=frozenset({NAME}))
    assert (only_named.contact.name, only_named.contact.email) == (voices.NAME_OF, "")
    assert not hasattr(voices.sent(key="k3", text="Nữa", agreed=frozenset()), "contact")


def test_the_same_page_is_one_letter_and_the_same_words_are_taken_once(ward):
    first = voices.sent()
    again, is_new = sending.send(sending.Sent(text=voices.TEXT, proposal=voices.PROPOSAL), "k1")
    assert (again.pk, is_new) == (first.pk, False)
    with pytest.raises(Refused) as refused:
        sending.send(sending.Sent(text=voices.TEXT.upper(), proposal=voices.PROPOSAL), "k2")
    assert refused.value.code == "sent_before"
    assert Difficulty.objects.count() == DifficultyNumber.objects.get().last == 1


def test_the_answer_is_read_by_code_only_once_it_was_checked(ward):
    row = voices.answered(ward, voices.sent())
    assert following.answer_of(row) == ""
    public = Public(voices.TITLE, voices.PUBLIC, "Câu trả lời công khai")
    row = voices.fresh(handling.publish(row, ward.dieuphoi, public, seen=log.last_seen(row)))
    assert following.answer_of(row) == "Câu trả lời công khai"
    assert OutboxMail.objects.filter(to=voices.EMAIL).count() == 2


def test_an_answer_not_for_everybody_is_read_by_its_sender_alone(ward):
    row = voices.answered(ward, voices.sent())
    row = voices.fresh(handling.close(row, ward.dieuphoi, "answered", seen=log.last_seen(row)))
    assert following.answer_of(row) == voices.ANSWER
    assert list(Difficulty.objects.published()) == []


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("title", "Ông lương  thị mơ riêng"),
        ("text", f"viết cho {voices.EMAIL.upper()}"),
        ("answer", "gọi 0912.884.109 nhé"),
        ("answer", "gọi +84 912 884 109"),
        ("answer", "gọi 0225123456 0912884109"),
        ("answer", "0912884109 - 0225123456"),
    ],
)
def test_a_public_text_that_names_the_sender_is_refused(ward, field, text):
    row = voices.answered(ward, voices.sent())
    words = {"title": voices.TITLE, "text": voices.PUBLIC, "answer": voices.ANSWER} | {field: text}
    with pytest.raises(Refused) as refused:
        handling.publish(row, ward.dieuphoi, Public(**words), seen=log.last_seen(row))
    assert (refused.value.code, refused.value.field) == ("names_the_sender", f"public_{field}")
    assert voices.fresh(row).state == "to_check"


def test_the_name_is_shown_by_consent_alone_and_goes_when_it_is_withdrawn(ward):
    row = voices.published(ward, voices.sent(), with_name=True)
    assert row.public_name == voices.NAME_OF
    following.change_consents(row, {CONTACT})
    assert voices.fresh(row).public_name == ""
    other = voices.answered(ward, voices.sent(key="k2", text="Khác", agreed=frozenset({CONTACT})))
    with pytest.raises(Refused) as refused:
        public = Public(voices.TITLE, voices.PUBLIC, voices.ANSWER, True)
        handling.publish(other, ward.dieuphoi, public, seen=log.last_seen(other))
    assert refused.value.code == "name_not_agreed"


def test_withdrawn_contact_is_erased_and_so_is_an_old_one(ward):
    row = voices.published(ward, voices.sent(NOW), now=NOW)
    following.forget_old_contacts(NOW + timedelta(days=364))
    assert DifficultyContact.objects.get().email == voices.EMAIL
    following.forget_old_contacts(NOW + timedelta(days=366))
    assert (DifficultyContact.objects.get().email, DifficultyContact.objects.get().name) == (
        "",
        voices.NAME_OF,
    )
    following.change_consents(row, set())
    assert not DifficultyContact.objects.exists()


def test_a_new_code_makes_the_old_one_void(ward):
    row = voices.sent()
    handling.renew(row, ward.dieuphoi, "Mất mã", seen=log.last_seen(row))
    assert following.by_code(row.code) is None
    unit_s = voices.raised(ward)
    assert handling.refusal("renew", unit_s, ward.dieuphoi).code == "no_code"


# ---- two at once


@pytest.mark.django_db(transaction=True)
def test_two_at_once_take_one_difficulty_and_number_on_without_gaps():
    ward = make_plan_ward()
    report = voices.report("KTHTDT", ("Thiếu máy", ""))
    key = from_reports.key_of(report.pk, "Thiếu máy", "")
    together(
        lambda: from_reports.take(ward.dieuphoi, report.pk, key),
        lambda: from_reports.take(ward.dieuphoi, report.pk, key),
        lambda: raising.raise_by_unit(ward.baocao, voices.unit("VHXH"), text="a"),
        lambda: sending.send(sending.Sent(text="b"), "k"),
        lambda: sending.send(sending.Sent(text="b"), "k"),
    )
    numbers = sorted(Difficulty.objects.values_list("number", flat=True))
    assert numbers == ["VM-2026-001", "VM-2026-002", "VM-2026-003"]


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_settle_it_once():
    ward = make_plan_ward()
    row = voices.answered(ward, voices.raised(ward))
    seen = log.last_seen(row)
    public = Public(voices.TITLE, voices.PUBLIC, voices.ANSWER)
    failed = together(
        lambda: handling.publish(row, ward.dieuphoi, public, seen=seen),
        lambda: handling.close(row, ward.dieuphoi, "answered", seen=seen),
    )
    assert [error.code for error in failed] == ["changed"]
    assert steps(row)[:3] == ["received", "assigned", "answered"] and len(steps(row)) == 4


def together(*acts):
    """Runs all at the same time; the refusals they met."""
    start, refused = threading.Barrier(len(acts)), []

    def run(act):
        try:
            start.wait(20)
            act()
        except Refused as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return refused


def test_the_term_is_a_setting(ward, settings):
    settings.DIFFICULTY_ANSWER_WORKING_DAYS = 5
    assert owing.answer_due(date(2026, 10, 12)) == date(2026, 10, 19)
    assert Target.objects.exists()
